"""Hypothesis strategies that read the declarations: a new kind or field is drawn without a word here."""

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from simulator.data.preprocessing import PREPROCESSINGS
from simulator.data.sources import SOURCES
from simulator.data.sources.noise import Noise
from simulator.data.sources.plane import PlaneSource
from simulator.data.split import Split
from simulator.declaration import Field, Kind, declared_fields
from simulator.experiment.cards import with_keys
from simulator.experiment.experiment import Divergence, Experiment, Output, Seeds, Training
from simulator.experiment.run import Run
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.losses import LOSSES
from simulator.optimizers import OPTIMIZERS
from simulator.schedules import SCHEDULES
from tests import reference

LARGEST_KEY = 2**31


def values(hint: Any, about: Field | None = None) -> st.SearchStrategy[Any]:
    """Draw a value of an annotated type, inside the bounds that its `Field` declares."""
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        about = next((extra for extra in extras if isinstance(extra, Field)), about)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return structs(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of([values(option, about) for option in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=6).map(tuple)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    low, high = (about.low, about.high) if about else (None, None)
    if hint is int and about is None:
        return st.integers(0, LARGEST_KEY)
    return {
        bool: st.booleans(),
        str: st.text(max_size=20),
        type(None): st.none(),
        int: st.integers(None if low is None else int(low), None if high is None else int(high)),
        float: st.floats(low, high, allow_nan=False, allow_infinity=False),
    }[hint]


def structs(struct: Any, **instead: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a `struct` from its declaration; `instead` replaces the strategies of single fields."""
    hints = typing.get_type_hints(struct, include_extras=True)
    fields = {name: instead.get(name, values(hints[name])) for name in struct.__struct_fields__}
    return st.builds(struct, **fields)


def kinds(registry: Mapping[str, type[Kind]]) -> st.SearchStrategy[Any]:
    """Draw any kind of a registry."""
    return st.one_of([structs(kind) for kind in registry.values()])


def experiments(**instead: st.SearchStrategy[Any]) -> st.SearchStrategy[Experiment]:
    """Draw any sound experiment, the keys of its layers put in order."""
    return structs(Experiment, **instead).map(
        lambda drawn: msgspec.structs.replace(drawn, network=with_keys(drawn.network))
    )


def known(
    registry: Mapping[str, type[Kind]], kinds: reference.Known, **instead: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Draw any kind of a registry that the reference knows, with the fields that it knows; others keep their default.

    `instead` replaces the strategies of fields, in whatever kind they occur.
    """
    options = []
    for name in kinds:
        if name in registry:
            hints = typing.get_type_hints(registry[name], include_extras=True)
            fields = {field: instead.get(field, values(hints[field])) for field in kinds[name]}
            options.append(st.builds(registry[name], **fields))
    return st.one_of(options)


def small_experiments(
    *, networks: st.SearchStrategy[Any] | None = None, calm: bool = True
) -> st.SearchStrategy[Experiment]:
    """Draw experiments that train in milliseconds and that the reference knows; `calm` ones do not explode."""
    return experiments(
        name=st.just("drawn"),
        data=small_sources(),
        split=small_splits(),
        preprocessing=known(PREPROCESSINGS, reference.PREPROCESSINGS, divisor=st.floats(0.5, 4)),
        network=any_networks() if networks is None else networks,
        output=structs(Output, weights=small_initializers(), bias=st.floats(-1, 1)),
        loss=known(LOSSES, reference.LOSSES),
        training=small_trainings(calm),
        seeds=structs(Seeds, data=st.integers(0, 5)),
    )


def small_splits() -> st.SearchStrategy[Split]:
    """Draw a split that leaves a few examples on both sides."""
    return st.builds(
        Split,
        validation=st.sampled_from([0.0, 0.2, 0.5]),
        at_most=st.one_of(st.none(), st.integers(1, 10)),
        train_on=st.one_of(st.none(), st.integers(1, 30)),
        order=st.sampled_from(["shuffled", "stratified", "file"]),
    )


def small_trainings(calm: bool = True) -> st.SearchStrategy[Training]:
    """Draw a training without an end; a `calm` one does not explode, and nothing looks whether it does."""
    if calm:
        optimizers, rates, strengths = calm_optimizers(), st.floats(1e-4, 0.05), penalties
    else:
        optimizers = known(OPTIMIZERS, reference.RULES)
        rates, strengths = st.floats(0, 1e9), st.floats(0, 1e6)
    return st.builds(
        Training,
        learning_rate=rates,
        batch_size=st.integers(1, 50),
        optimizer=optimizers,
        schedule=small_schedules(),
        l1=strengths,
        l2=strengths,
        clip_norm=st.one_of(st.none(), st.floats(0.01, 10)),
        max_norm=st.one_of(st.none(), st.floats(0.01, 10)),
        divergence=st.just(Divergence(enabled=False)) if calm else structs(Divergence),
    )


penalties = st.sampled_from([0.0, 1e-4, 0.01, 0.1])


def calm_optimizers() -> st.SearchStrategy[Any]:
    """Draw an optimizer that does not make mountains of rounding errors."""
    return known(
        OPTIMIZERS,
        reference.RULES,
        momentum=st.floats(0, 0.95),
        epsilon=st.floats(0.01, 1),
        decay=st.floats(0, 0.99),
        beta1=st.floats(0, 0.95),
        beta2=st.floats(0, 0.999),
    )


def small_schedules() -> st.SearchStrategy[Any]:
    """Draw a schedule that does something within a few epochs."""
    return known(
        SCHEDULES,
        reference.SCHEDULES,
        length=st.integers(1, 5),
        period=st.integers(1, 3),
        speed=st.floats(0, 2),
    )


def small_sources() -> st.SearchStrategy[Any]:
    """Draw a data set of few examples."""
    small = {
        "examples": st.integers(10, 40),
        "noise": st.floats(0, 0.5),
        "width": st.integers(1, 6),
        "classes": st.integers(2, 4),
    }
    drawn = [kind for kind in SOURCES.values() if issubclass(kind, PlaneSource | Noise)]
    return st.one_of([structs(kind, **_chosen(small, kind)) for kind in drawn])


def _chosen(drawn: Mapping[str, st.SearchStrategy[Any]], kind: type[Kind]) -> dict[str, st.SearchStrategy[Any]]:
    return {name: strategy for name, strategy in drawn.items() if name in kind.__struct_fields__}


def small_initializers() -> st.SearchStrategy[Any]:
    """Draw an initialiser whose numbers stay near 1."""
    return known(
        INITIALIZERS,
        reference.SCHEMES,
        scale=st.floats(0.01, 1),
        width=st.floats(0.01, 1),
        value=st.floats(-0.5, 0.5),
    )


def small_dense(most: int = 7) -> st.SearchStrategy[Any]:
    """Draw a dense layer of a few units."""
    return structs(
        LAYERS["dense"],
        units=st.integers(1, most),
        weights=small_initializers(),
        bias=st.floats(-1, 1),
        key=st.integers(0, LARGEST_KEY),
    )


def activations() -> st.SearchStrategy[Any]:
    """Draw any activation function that the reference knows."""
    return known(LAYERS, reference.ACTIVATIONS)


def small_networks(most: int = 5) -> st.SearchStrategy[Any]:
    """Draw a network of narrow layers in any order, activations first or twice included."""
    return tuples(st.one_of(small_dense(), activations()), most)


def any_networks(most: int = 6, **instead: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a network of narrow layers of every kind that the reference knows, in any order.

    `instead` replaces the strategies of fields of the kinds that are no plain activations.
    """
    others = known(
        LAYERS,
        {name: fields for name, fields in reference.OTHER_LAYERS.items() if name != "dense"},
        **{
            "units": st.integers(1, 5),
            "pieces": st.integers(2, 3),
            "weights": st.builds(INITIALIZERS["normal"], scale=st.floats(0.1, 1)),  # equal pieces are a kink
            "bias": st.floats(-1, 1),
            "key": st.integers(0, LARGEST_KEY),
            "momentum": st.floats(0, 0.99),
            "epsilon": st.floats(0.01, 1),
            "probability": st.one_of(st.just(0.0), st.floats(0.05, 0.8)),
            **instead,
        },
    )
    return tuples(st.one_of(small_dense(), activations(), others, others), most)


def tuples(element: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    """Draw tuples of 0 to `most` elements, every length about as often: hypothesis's own lists are mostly empty."""
    lengths = sorted(range(most + 1), key=lambda length: abs(length - 3))
    return st.sampled_from(lengths).flatmap(lambda length: st.tuples(*[element] * length))


def network_patches(network: tuple[Any, ...]) -> list[st.SearchStrategy[dict[str, Any]]]:
    """Return a strategy for every live field of the layers of a network, by their declarations."""
    calm = {"momentum": st.floats(0, 0.99), "epsilon": st.floats(0.01, 1), "probability": st.floats(0, 0.8)}
    found = []
    for place, entry in enumerate(network):
        hints = typing.get_type_hints(type(entry), include_extras=True)
        for field in declared_fields(type(entry)):
            if field.about.live:
                path = f"network.{place}.{field.name}"
                drawn = calm.get(field.name, values(hints[field.name]))
                found.append(drawn.map(lambda value, path=path: {path: value}))
    return found


@st.composite
def edited_runs(draw: st.DrawFn, most: int = 3, last: int = 30, **instead: Any) -> Run:
    """Draw a small experiment with a log of calm live edits, those of its layers included."""
    experiment = draw(small_experiments(**instead))
    patches = st.one_of(live_patches(), *network_patches(experiment.network))
    run = Run(experiment)
    for step in sorted(draw(st.lists(st.integers(0, last), max_size=most))):
        run = run.with_edit(step, draw(patches))
    return run


def live_patches() -> st.SearchStrategy[dict[str, Any]]:
    """Draw calm live edits of the training."""
    fields = {
        "training.learning_rate": st.floats(1e-4, 0.05),
        "training.batch_size": st.integers(1, 50),
        "training.l1": penalties,
        "training.l2": penalties,
        "training.optimizer": calm_optimizers().map(msgspec.to_builtins),
        "training.schedule": small_schedules().map(msgspec.to_builtins),
        "training.clip_norm": st.one_of(st.none(), st.floats(0.01, 10)),
        "training.max_norm": st.one_of(st.none(), st.floats(0.01, 10)),
    }
    single = [strategy.map(lambda value, path=path: {path: value}) for path, strategy in fields.items()]
    return st.one_of(*single, st.tuples(single[0], single[1]).map(lambda both: both[0] | both[1]))


def garbage() -> st.SearchStrategy[Any]:
    """Draw what a JSON file may hold, sprinkled with the names that an experiment uses."""
    names = st.sampled_from(
        ["kind", "data", "network", "training", "units", "weights", "dense", "spiral", "optimizer", "seeds", "loss"]
    )
    leaves = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        names,
        st.sampled_from([10**400, -(10**400), 2**63, 2**64, -1, 0, 1e308, "\ud800", "{", "{step}"]),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.one_of(names, st.text(max_size=5)), inner, max_size=5)
        ),
        max_leaves=12,
    )


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """Draw the plain form of a sound experiment with garbage put in one place."""
    raw = msgspec.to_builtins(draw(experiments()))
    holder: Any = raw
    while True:
        places = list(range(len(holder))) if isinstance(holder, list | tuple) else sorted(holder)
        if isinstance(holder, dict):
            places.append("")
        if not places:
            return raw
        place = draw(st.sampled_from(places))
        inner = None if place == "" else holder[place]
        if isinstance(inner, tuple):
            inner = holder[place] = list(inner)
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 2)) == 0:
            if place != "" and isinstance(holder, dict) and draw(st.booleans()):
                holder[draw(st.text(max_size=5))] = holder.pop(place)
            else:
                holder[place] = draw(garbage())
            return raw
        holder = inner
