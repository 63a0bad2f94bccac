"""How the runs of the tables are written down."""

from dataclasses import dataclass
from typing import Any

from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain

RELU, TANH, SIGMOID = {"kind": "relu"}, {"kind": "tanh"}, {"kind": "sigmoid"}
LEAKY, ELU, NORM = {"kind": "leaky_relu"}, {"kind": "elu"}, {"kind": "batch_norm"}
HE, XAVIER, ZEROS = {"kind": "he"}, {"kind": "xavier"}, {"kind": "zeros"}
ADAM, PLAIN = {"kind": "adam"}, {"kind": "sgd", "momentum": 0}


@dataclass(frozen=True)
class Course:
    """One run of so many steps.

    Attributes
    ----------
    expected
        The diagnosis that must be among the findings at its end; None where there must be none, at no recorded step.
    """

    name: str
    experiment: Experiment
    steps: int
    expected: str | None = None


def built_in(name: str, **patch: Any) -> Experiment:
    """Return a built-in experiment, changed; "training__l2" stands for "training.l2"."""
    return apply(load(name).experiment, {path.replace("__", "."): value for path, value in patch.items()})


def normal(scale: float) -> dict[str, Any]:
    return {"kind": "normal", "scale": scale}


def constant(value: float) -> dict[str, Any]:
    return {"kind": "constant", "value": value}


def dense(units: int, weights: dict[str, Any] = HE, **more: Any) -> dict[str, Any]:
    return {"kind": "dense", "units": units, "weights": weights, **more}


def stack(count: int, *entries: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for _ in range(count) for entry in entries]


def network(data: str | dict[str, Any], *layers: dict[str, Any], rate: float = 0.05, **more: Any) -> Experiment:
    """Return an experiment; "pre", "split", "output" and fields of the training by name."""
    training = {"learning_rate": rate, "batch_size": 32, "optimizer": {"kind": "sgd", "momentum": 0.9}}
    plain: dict[str, Any] = {"data": {"kind": data} if isinstance(data, str) else data, "network": list(layers)}
    if "pre" in more:
        plain["preprocessing"] = {"kind": more.pop("pre")}
    plain |= {name: more.pop(name) for name in ("split", "output", "seeds") if name in more}
    return from_plain({**plain, "training": {**training, **more}})
