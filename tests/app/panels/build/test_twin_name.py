"""A twin is called by what it has instead."""

import pytest

from app.panels.build.twin_name import twin_name
from simulator.experiment import apply
from tests.app.samples import spiral

TANH = {"kind": "tanh"}


@pytest.mark.parametrize(
    ("patch", "name"),
    [
        ({"network.1": TANH}, "tanh"),
        ({"network.1": TANH, "network.3": TANH}, "tanh"),
        ({"network.0.units": 8}, "units 8"),
        ({"network.0.weights": {"kind": "xavier"}}, "Xavier"),
        ({"training.learning_rate": 0.3}, "rate 0.3"),
        ({"training.l2": 0.1}, "L2 penalty 0.1"),
        ({"training.learning_rate": 0.3, "network.1": TANH}, "tanh, learning rate 0.3"),
        ({"network": [{"kind": "dense", "units": 16, "key": 1}, {"kind": "relu"}]}, "Dense 2 left out"),
        ({}, ""),
    ],
)
def test_that_a_twin_is_called_by_its_change(patch: dict[str, object], name: str) -> None:
    assert twin_name(spiral(), apply(spiral(), patch)) == name


def test_that_three_changes_are_no_name() -> None:
    patch = {"training.l2": 0.1, "training.learning_rate": 0.3, "network.1": TANH}
    assert twin_name(spiral(), apply(spiral(), patch)) == ""
