"""What helps against overfitting and against too little capacity (slide H3), as patches of the experiment. No numba."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from simulator.analysis.doctor.gap import Case
from simulator.experiment.cards import cards, with_keys
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import Patch, declared_at
from simulator.layers import Layer
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.relu import ReLU
from simulator.message import N_, Message

FIRST_L2: Final = 0.01
STRONGER: Final = 10.0
LARGEST_L2: Final = 1.0
"""Ten times more than this leaves no weights to speak of."""
DROPPED: Final = 0.5
MORE: Final = 4
"""Times the points, or the units: a change that shows."""
LESS: Final = 2
FEWEST_UNITS: Final = 2


@dataclass(frozen=True)
class Remedy:
    """One thing to change.

    Attributes
    ----------
    id
        "data", "l2", "dropout", "smaller", "wider", "deeper" or "longer".
    name
        A word or two, for a button and for the twin.
    help
        What would be different, with numbers.
    patch
        Relative to the experiment it was made for.
    """

    id: str
    name: Message
    help: Message
    patch: Patch


def remedies(experiment: Experiment, case: Case, training_examples: int, available: int) -> tuple[Remedy, ...]:
    """Return what may help in this case, the most effective first; nothing for the cases that need no help.

    Parameters
    ----------
    training_examples, available
        How many examples train, and how many could if none were left out.
    """
    if case == "overfitting":
        found = (
            _more_data(experiment, training_examples, available),
            _l2(experiment),
            _dropout(experiment),
            _smaller(experiment),
        )
    elif case == "low capacity":
        found = (_wider(experiment), _deeper(experiment), _longer(experiment), None)
    else:
        return ()
    return tuple(remedy for remedy in found if remedy is not None)


def _more_data(experiment: Experiment, training_examples: int, available: int) -> Remedy | None:
    if experiment.split.train_on is not None and available > training_examples:
        text = N_("Train on all {available} examples instead of {examples}.")
        values = {"available": available, "examples": training_examples}
        return Remedy("data", Message(N_("More data")), Message(text, values), {"split.train_on": None})
    points = getattr(experiment.data, "examples", None)
    about = None if points is None else declared_at(experiment, "data.examples")
    if points is None or about is None:
        return None
    more = MORE * points if about.high is None else min(MORE * points, int(about.high))
    if more <= points:
        return None
    text = N_("Draw {more} points instead of {points}.")
    return Remedy(
        "data", Message(N_("More data")), Message(text, {"more": more, "points": points}), {"data.examples": more}
    )


def _l2(experiment: Experiment) -> Remedy | None:
    before = experiment.training.l2
    after = FIRST_L2 if before < FIRST_L2 else min(STRONGER * before, LARGEST_L2)
    if after <= before:
        return None
    text = N_("An L2 penalty of {after:g} instead of {before:g}: large weights cost.")
    return Remedy(
        "l2",
        Message(N_("L2 {l2:g}"), {"l2": after}),
        Message(text, {"before": before, "after": after}),
        {"training.l2": after},
    )


def _dropout(experiment: Experiment) -> Remedy | None:
    """Put dropout behind every card that has an activation and no dropout."""
    network: list[Layer] = []
    for card in cards(experiment.network):
        network += card.entries
        if card.activation is not None and not card.has(Dropout):
            network.append(Dropout(probability=DROPPED))
    if len(network) == len(experiment.network):
        return None
    help_text = Message(N_("Every hidden unit is switched off in half of the training steps."))
    return Remedy("dropout", Message(N_("Dropout")), help_text, {"network": _plain(network)})


def _smaller(experiment: Experiment) -> Remedy | None:
    patch = {f"network.{at}.units": units // LESS for at, units in _widths(experiment) if units // LESS >= FEWEST_UNITS}
    if not patch:
        return None
    return Remedy("smaller", Message(N_("Smaller")), Message(N_("Half as many hidden units.")), patch)


def _wider(experiment: Experiment) -> Remedy | None:
    patch = {}
    for at, units in _widths(experiment):
        about = declared_at(experiment, f"network.{at}.units")
        most = MORE * units if about is None or about.high is None else int(about.high)
        if min(MORE * units, most) > units:
            patch[f"network.{at}.units"] = min(MORE * units, most)
    if not patch:
        return None
    return Remedy("wider", Message(N_("Wider")), Message(N_("Four times as many hidden units.")), patch)


def _deeper(experiment: Experiment) -> Remedy:
    """Add a card like the last one; a network without hidden layers gets one."""
    found = cards(experiment.network)
    last: tuple[Layer, ...] = found[-1].entries if found and found[-1].entries[0].weighted else (Dense(), ReLU())
    network = with_keys((*experiment.network, *last))
    text = N_("One more hidden layer like the last one.") if found else N_("A hidden layer.")
    return Remedy("deeper", Message(N_("Deeper")), Message(text), {"network": _plain(network)})


def _longer(experiment: Experiment) -> Remedy | None:
    epochs = experiment.training.epochs
    if epochs is None:
        return None
    about = declared_at(experiment, "training.epochs")
    longer = 2 * epochs if about is None or about.high is None else min(2 * epochs, int(about.high))
    text = N_("{longer} epochs instead of {epochs}.")
    return Remedy(
        "longer",
        Message(N_("Longer")),
        Message(text, {"longer": longer, "epochs": epochs}),
        {"training.epochs": longer},
    )


def _widths(experiment: Experiment) -> Iterator[tuple[int, int]]:
    """Yield (index in the network, units) of the hidden layers that have a number of units."""
    for at, entry in enumerate(experiment.network):
        units = getattr(entry, "units", None)
        if isinstance(units, int):
            yield at, units


def _plain(network: "list[Layer] | tuple[Layer, ...]") -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(tuple(network)))
    return plain
