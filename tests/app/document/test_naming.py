"""Names follow the data."""

import msgspec

from app.document.naming import named_after_data
from simulator.experiment import Experiment, apply, load


def changed(**patch: object) -> Experiment:
    return apply(load("spiral").experiment, patch)


def test_that_another_kind_of_data_gives_another_name() -> None:
    before = load("spiral").experiment
    assert named_after_data(before, changed(data={"kind": "moons"})).name == "Moons, 16-16"
    shallow = msgspec.structs.replace(before, data=load("digits").experiment.data, network=())
    assert named_after_data(before, shallow).name == "Handwritten digits, no hidden layer"
    deep = msgspec.structs.replace(shallow, network=before.network * 3)
    assert named_after_data(before, deep).name == "Handwritten digits, 6 layers"


def test_that_a_name_that_was_given_with_the_data_stays() -> None:
    before = load("spiral").experiment
    other = load("digits").experiment
    assert named_after_data(before, other) is other
    within = changed(**{"data.noise": 0.1})
    assert named_after_data(before, within) is within
