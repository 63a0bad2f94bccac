"""What a single parameter is called, and where blocks stand."""

import pytest

from simulator.experiment.cards import with_keys
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Edit, Run, WeightEdit
from simulator.experiment.weights import blocks_of, weight_name
from simulator.layers import LAYERS
from simulator.training.run.trainer import Trainer
from tests import every_kind

KINDS = ("dense", "batch_norm", "relu", "maxout", "prelu")


@pytest.fixture
def experiment():
    shared = LAYERS["prelu"](shared=True)
    return Experiment(network=with_keys((*(LAYERS[kind]() for kind in KINDS), LAYERS["dense"](units=4), shared)))


@pytest.mark.parametrize(
    ("block", "index", "name"),
    [
        ("network.0.W", (1, 3), "Weight Input, 2 → Dense 1, 4"),
        ("network.0.b", (3,), "Bias of Dense 1, 4"),
        ("network.1.gamma", (0,), "Gain of Dense 1, 1"),
        ("network.1.beta", (0,), "Shift of Dense 1, 1"),
        ("network.3.W", (2, 7), "Weight Dense 1, 3 → Maxout 2, 4, piece 2"),
        ("network.4.a", (5,), "Slope of Maxout 2, 6"),
        ("network.6.a", (0,), "Slope of Dense 3"),
        ("output.W", (0, 1), "Weight Dense 3, 1 → Output, 2"),
        ("output.b", (0,), "Bias of Output, 1"),
    ],
)
def test_that_a_parameter_is_called_after_the_units_it_stands_between(experiment, block, index, name):
    assert str(weight_name(experiment, block, index)) == name


def test_that_blocks_are_those_of_the_program():
    trainer = Trainer(Run(every_kind.experiment()))
    known = blocks_of(trainer.experiment, 2, trainer.setting.dataset.classes)
    assert list(known) == [trainer.program.path_of(item) for item in trainer.program.placed]
    assert [block.shape for block in known.values()] == [item.block.shape for item in trainer.program.placed]


def test_that_an_edit_of_layers_keeps_entries_of_one_step_apart():
    first = WeightEdit(5, "network.0.W", (0, 0), 1.0, 2.0)
    live = Run(Experiment()).with_weight(first).with_edit(5, {"training.l2": 0.5})
    assert live.with_weight(WeightEdit(5, "network.0.W", (0, 0), 2.0, 3.0)).edits[0].new == 3.0
    moved = Run(Experiment(network=(LAYERS["dense"](key=1), LAYERS["dropout"]()))).with_weight(first)
    moved = moved.with_edit(5, {"network.1.probability": 0.1})
    assert len(moved.with_weight(WeightEdit(5, "network.0.W", (0, 0), 2.0, 3.0)).edits) == 3
    later = live.with_weight(WeightEdit(6, "network.0.W", (0, 0), 2.0, 1.0))
    assert [edit.step for edit in later.edits] == [5, 5, 6]


def test_that_an_entry_taken_back_takes_no_other_edit_with_it():
    run = Run(Experiment()).with_edit(4, {"training.l2": 0.5}).with_weight(WeightEdit(5, "output.b", (0,), 0.0, 1.0))
    run = run.with_edit(5, {"training.l2": 0.7})
    assert run.at(5).training.l2 == 0.7
    back = run.with_weight(WeightEdit(5, "output.b", (0,), 1.0, 0.0))
    assert back.edits == (Edit(4, {"training.l2": 0.5}), Edit(5, {"training.l2": 0.7}))
    assert (back.at(4).training.l2, back.at(5).training.l2) == (0.5, 0.7)
