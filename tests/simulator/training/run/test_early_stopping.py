"""Early stopping: where it stops, what it says, and what it leaves alone."""

import numpy as np
import pytest

from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

EPOCHS = 60


def experiment(**training):
    """Few noisy points and a wide network: it overfits within a few epochs."""
    return from_plain(
        {
            "data": {"kind": "spiral", "examples": 60, "noise": 0.3},
            "split": {"validation": training.pop("validation", 0.4)},
            "network": [{"kind": "dense", "units": 20}, {"kind": "relu"}],
            "training": {"learning_rate": 0.5, "batch_size": 8, **training},
        }
    )


@pytest.fixture(scope="module")
def losses():
    """The validation losses after 0, 1, 2 ... epochs of a run that nothing stops."""
    trainer = Trainer(Run(experiment(epochs=EPOCHS)))
    while trainer.ending is None:
        trainer.advance(1000)
    return trainer.readings.readings().validation_loss


def first_epoch_out_of_patience(losses, patience):
    """The slow way: after which epoch has the least loss so far not been bettered for so long?"""
    for epoch in range(len(losses)):
        best = min(range(epoch + 1), key=lambda at: losses[at])
        if epoch - best >= patience:
            return epoch, best
    return None


@pytest.mark.parametrize("patience", [1, 2, 3, 5, 8, 13, 20])
def test_that_a_run_stops_at_the_first_epoch_out_of_patience(losses, patience):
    expected = first_epoch_out_of_patience(losses, patience)
    trainer = Trainer(Run(experiment(patience=patience, epochs=EPOCHS)))
    while trainer.ending is None:
        trainer.advance(17)
    if expected is None:
        assert trainer.ending.kind == "finished"
        return
    epoch, best = expected
    assert trainer.ending.kind == "stopped"
    assert trainer.epoch == epoch
    assert str(trainer.ending.message) == (
        f"Stopped early: the validation loss has not fallen for {patience} epoch{'s' * (patience > 1)}. "
        f"Its least was {losses[best]:.4g}, after epoch {best}."
    )


def test_that_both_endings_are_reached_by_these_runs(losses):
    assert first_epoch_out_of_patience(losses, 1)
    assert any(first_epoch_out_of_patience(losses, patience) is None for patience in range(EPOCHS + 2))


def test_that_a_stopped_run_makes_no_more_steps_unless_asked_to():
    trainer = Trainer(Run(experiment(patience=1)))
    while trainer.ending is None:
        trainer.advance(100)
    step = trainer.step
    assert trainer.advance(10)[0].size == 0
    assert trainer.step == step
    assert trainer.advance(10, beyond=True)[0].size == 10


def test_that_more_patience_lets_a_stopped_run_go_on():
    trainer = Trainer(Run(experiment(patience=1)))
    while trainer.ending is None:
        trainer.advance(100)
    stopped = trainer.epoch
    trainer.edit({"training.patience": None})
    trainer.advance(30)
    assert trainer.ending is None
    assert trainer.epoch > stopped


def test_that_nothing_to_validate_stops_nothing():
    trainer = Trainer(Run(experiment(validation=0.0, patience=1, epochs=30)))
    while trainer.ending is None:
        trainer.advance(100)
    assert trainer.ending.kind == "finished"
    assert np.isnan(trainer.readings.readings().validation_loss).all()


@pytest.mark.parametrize(
    ("ends", "values"),
    [
        (False, {}),
        (True, {"epochs": 3}),
        (True, {"patience": 3}),
        (False, {"patience": 3, "validation": 0.0}),
        (True, {"patience": 3, "validation": 0.0, "epochs": 3}),
    ],
)
def test_that_patience_is_an_end_only_where_something_validates(ends, values):
    assert experiment(**values).ends == ends


def test_that_patience_without_validation_is_said():
    def notes(**values):
        return [str(note) for note in Trainer(Run(experiment(**values))).facts.notes]

    assert any("early stopping never stops this run" in note for note in notes(patience=3, validation=0.0))
    assert notes(patience=3) == notes(validation=0.0) == []


def test_that_a_run_may_stop_without_having_learned_anything():
    """The loss of the untrained network was the least."""
    trainer = Trainer(Run(experiment(patience=2, learning_rate=30.0, divergence={"enabled": False})))
    while trainer.ending is None:
        trainer.advance(100)
    assert trainer.epoch == 2
    assert "after epoch 0." in str(trainer.ending.message)
