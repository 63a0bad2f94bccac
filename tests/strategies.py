"""Hypothesis strategies that read the declarations: a new kind or field is drawn without a word here."""

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from simulator.declaration import Field, Kind
from simulator.experiment.cards import with_keys
from simulator.experiment.experiment import Divergence, Experiment, Seeds
from simulator.layers import LAYERS, Activation
from simulator.optimizers.sgd import SGD
from simulator.schedules.constant import ConstantRate

LARGEST_KEY = 2**31
LIVE_TRAINING = ("learning_rate", "batch_size", "l2", "epochs")


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


def small_experiments(
    *, networks: st.SearchStrategy[Any] | None = None, calm: bool = True
) -> st.SearchStrategy[Experiment]:
    """Draw experiments that train in milliseconds: few points, narrow layers; `calm` ones do not explode."""
    hints = typing.get_type_hints(Experiment, include_extras=True)
    sources = st.one_of(
        [
            structs(source, **_small(source))
            for source in get_args(get_args(hints["data"])[0])
            if "examples" in source.__struct_fields__
        ]
    )
    training = hints["training"]
    split = hints["split"]
    rate = st.floats(1e-4, 0.2) if calm else st.floats(0, 1e9)
    penalty = st.sampled_from([0.0, 1e-4, 0.01, 0.1]) if calm else st.floats(0, 1e6)
    return experiments(
        name=st.just("drawn"),
        data=sources,
        split=structs(
            split,
            validation=st.sampled_from([0.0, 0.2, 0.5]),
            at_most=st.none(),
            order=st.sampled_from(["shuffled", "file"]),
        ),
        network=small_networks() if networks is None else networks,
        output=structs(hints["output"], weights=small_initializers(), bias=st.floats(-1, 1)),
        training=structs(
            training,
            learning_rate=rate,
            l2=penalty,
            batch_size=st.integers(1, 50),
            epochs=st.none(),
            divergence=st.just(Divergence(enabled=not calm)),
            patience=st.none(),
            max_norm=st.none(),
            clip_norm=st.none(),
            l1=st.just(0.0),
            schedule=st.just(ConstantRate()),
            optimizer=structs(SGD),
        ),
        seeds=structs(Seeds, data=st.integers(0, 5)),
    )


def small_initializers() -> st.SearchStrategy[Any]:
    """Draw an initialiser whose numbers stay near 1."""
    dense = typing.get_type_hints(LAYERS["dense"], include_extras=True)["weights"]
    one = {"scale": st.floats(0.01, 1), "value": st.floats(-0.5, 0.5)}
    return st.one_of(
        [
            structs(kind, **{name: one[name] for name in kind.__struct_fields__})
            for kind in get_args(get_args(dense)[0])
            if set(kind.__struct_fields__) <= set(one)
        ]
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
    """Draw any activation function."""
    return st.one_of([structs(kind) for kind in LAYERS.values() if issubclass(kind, Activation)])


def small_networks(most: int = 5) -> st.SearchStrategy[Any]:
    """Draw a network of narrow layers in any order, activations first or twice included."""
    return st.lists(st.one_of(small_dense(), activations()), max_size=most).map(tuple)


def _small(source: type[Kind]) -> dict[str, st.SearchStrategy[Any]]:
    small = {
        "examples": st.integers(10, 40),
        "noise": st.floats(0, 0.5),
        "width": st.integers(1, 6),
        "classes": st.integers(2, 4),
    }
    return {name: drawn for name, drawn in small.items() if name in source.__struct_fields__}


def live_patches() -> st.SearchStrategy[dict[str, Any]]:
    """Draw calm live edits of the training."""
    return st.one_of(
        st.floats(1e-4, 0.2).map(lambda rate: {"training.learning_rate": rate}),
        st.integers(1, 50).map(lambda size: {"training.batch_size": size}),
        st.sampled_from([0.0, 0.01, 0.1]).map(lambda penalty: {"training.l2": penalty}),
        st.sampled_from([0.0, 0.5, 0.9]).map(lambda momentum: {"training.optimizer.momentum": momentum}),
        st.fixed_dictionaries(
            {"training.learning_rate": st.floats(1e-4, 0.2), "training.batch_size": st.integers(1, 50)}
        ),
    )


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
