"""What the doctor proposes, as patches of the experiment."""

import math
from collections.abc import Callable
from typing import Any, Final

import msgspec
import numpy as np

from simulator.analysis.doctor.diagnosis import Evidence
from simulator.analysis.doctor.gap import Case
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy, remedies
from simulator.experiment.cards import Card, cards
from simulator.experiment.experiment import Experiment
from simulator.initializers.he import He
from simulator.initializers.xavier import Xavier
from simulator.layers import Layer
from simulator.layers.batch_norm import BatchNorm
from simulator.message import N_, Message

ROUND: Final = (1.0, 3.0)
LARGE_INPUT: Final = 3.0
"""Features with a larger spread drive the first layer by themselves."""


def other_rate(record: RunRecord, factor: float) -> Remedy:
    """Return the rate of the series 1, 3, 10 that is nearest to `factor` times the present one."""
    return rate_remedy(record.experiment, nearest_round(record.experiment.training.learning_rate * factor))


def rate_remedy(experiment: Experiment, rate: float) -> Remedy:
    """Return another learning rate."""
    text = N_("A learning rate of {after:.3g} instead of {before:.3g}.")
    values = {"before": experiment.training.learning_rate, "after": rate}
    return Remedy(
        "rate",
        Message(N_("Rate {rate:.3g}"), {"rate": rate}),
        Message(text, values),
        {"training.learning_rate": rate},
    )


def nearest_round(value: float) -> float:
    """Return the nearest number of the series 1, 3, 10, 30 ... on a logarithmic scale."""
    if not value > 0:
        return value
    power = math.floor(math.log10(value))
    choices = [float(f"{step:g}e{at}") for at in (power, power + 1) for step in ROUND]
    return min(choices, key=lambda choice: abs(math.log(choice / value)))


def better_weights(record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return He's weights for rectifiers and Xavier's for the rest; batch norm where they are that already."""
    patch = dict(_better_weights(record.experiment))
    if patch:
        kinds = sorted({value["kind"] for value in patch.values()})
        schemes = {"he": He, "xavier": Xavier}
        name = Message(N_("{scheme} weights"), {"scheme": Message(schemes[kinds[0]].label)})
        help_text = Message(N_("Weights that keep the spread of the signal from layer to layer."))
        return Remedy("weights", name, help_text, patch)
    return batch_norm(record.experiment)


def _better_weights(experiment: Experiment) -> list[tuple[str, dict[str, str]]]:
    found = []
    for card in cards(experiment.network):
        first = card.entries[0]
        kind = _scheme(card)
        weights = getattr(first, "weights", None)
        if first.weighted and weights is not None and weights.kind != kind:
            found.append((f"network.{card.first}.weights", {"kind": kind}))
    if found and experiment.output.weights.kind not in ("he", "xavier"):
        found.append(("output.weights", {"kind": found[-1][1]["kind"]}))
    return found


def _scheme(card: Card) -> str:
    bounded = card.activation is not None and card.activation.bounds is not None
    return "xavier" if bounded or (card.activation is None and card.entries[0].kind == "dense") else "he"


def batch_norm(experiment: Experiment) -> Remedy | None:
    """Return batch norm before every activation; None where there is some, or no place for it."""
    network: list[Layer] = []
    for card in cards(experiment.network):
        entries = list(card.entries)
        if card.has(BatchNorm):
            return None
        if card.activation is not None and card.entries[0].weighted:
            entries.insert(card.place_of(BatchNorm) - card.first, BatchNorm())
        network += entries
    if len(network) == len(experiment.network):
        return None
    help_text = Message(N_("Every unit gets mean 0 and variance 1 over the mini-batch, before its activation."))
    return Remedy("batch_norm", Message(N_("Batch norm")), help_text, {"network": _plain(network)})


def smaller_input(record: RunRecord) -> Remedy | None:
    """Return standardised features where they are large; None where they are not."""
    layer = record.start.layers[0]
    if not math.hypot(layer.mean, layer.std) >= LARGE_INPUT or record.experiment.preprocessing.kind == "standardise":
        return None
    text = N_("Features of mean 0 and spread 1 instead of {spread:.3g}.")
    values = {"spread": math.hypot(layer.mean, layer.std)}
    return Remedy(
        "standardise", Message(N_("Standardise")), Message(text, values), {"preprocessing": {"kind": "standardise"}}
    )


def livelier_units(record: RunRecord, evidence: Evidence) -> Remedy | None:
    """Return biases of 0 where negative ones killed the units, leaky ReLU in the place of ReLU otherwise."""
    network = record.experiment.network
    biases = {f"network.{at}.bias": 0.0 for at, entry in enumerate(network) if float(getattr(entry, "bias", 0.0)) < 0}
    if biases and evidence.since == 0:
        return Remedy("bias", Message(N_("Biases of 0")), Message(N_("Units that start in the middle.")), biases)
    patch = {f"network.{at}": {"kind": "leaky_relu"} for at, entry in enumerate(network) if entry.kind == "relu"}
    if not patch:
        return None
    help_text = Message(N_("A small slope on the negative side lets the gradient pass."))
    return Remedy("leaky", Message(N_("Leaky ReLU")), help_text, patch)


def more_validation(record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return half of the examples for validation; more points where they are drawn, None where no more can be had."""
    split = record.experiment.split
    total = record.facts.training.size + record.facts.validation.size
    if split.validation >= HALF and split.at_most is None:
        everything = remedies(record.experiment, "overfitting", total, total)
        return next((remedy for remedy in everything if remedy.id == "data"), None)
    patch: dict[str, Any] = {"split.validation": HALF, "split.at_most": None}
    changed = {path: value for path, value in patch.items() if getattr(split, path.partition(".")[2]) != value}
    text = N_("{after} validation examples instead of {before}.")
    values = {"after": round(HALF * total), "before": record.facts.validation.size}
    return Remedy("validation", Message(N_("More validation examples")), Message(text, values), changed)


def against(case: Case) -> Callable[[RunRecord, Evidence], Remedy | None]:
    """Return the cure that is what helps most in a case."""

    def cure(record: RunRecord, _evidence: Evidence) -> Remedy | None:
        available = record.facts.dataset.examples - record.facts.validation.size
        return next(iter(remedies(record.experiment, case, record.facts.training.size, available)), None)

    return cure


HALF: Final = 0.5


def draws_alike(entry: object) -> bool:
    """Tell whether the initialiser of a layer or of the output draws equal numbers."""
    weights = getattr(entry, "weights", None)
    if weights is None:
        return False
    drawn = weights.draw(np.random.default_rng(0), (2, 2), 2, 2)
    return bool((drawn == drawn[0, 0]).all())


def _plain(network: list[Layer]) -> list[dict[str, Any]]:
    plain: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(tuple(network)))
    return plain
