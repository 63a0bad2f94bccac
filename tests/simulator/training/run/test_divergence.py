"""Runs that leave the road stop calmly, with a sentence that names rule, step and number."""

import math

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.measuring.framing import frame_of
from simulator.training.run.rule import WINDOW
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.runs import advance, fingerprint, trained_by_reference

pytestmark = pytest.mark.slow

RATE = "training.learning_rate"


def diverging(**patch):
    patch = {name.replace("__", "."): value for name, value in patch.items()}
    return Run(apply(load("spiral").experiment, {RATE: 1e6, **patch}))


def test_that_a_learning_rate_of_a_million_ends_in_a_named_divergence():
    trainer = Trainer(diverging())
    advance(trainer, 10_000, 1000)
    assert trainer.ending.kind == "diverged"
    said = str(trainer.ending.message)
    assert said.startswith("Diverged: ")
    assert "1e+06" in said
    assert f"step {trainer.step + 1}" in said or f"step {trainer.step} " in said


@pytest.mark.parametrize("rate", [1e3, 1e6, 1e9])
@pytest.mark.parametrize("name", ["spiral", "digits", "A4-linear", "D6"])
def test_that_no_rate_of_the_experiments_crashes(name, rate):
    run = Run(apply(load(name).experiment, {RATE: rate, "training.epochs": None}))
    trainer = Trainer(run)
    advance(trainer, 300, 50)
    frame_of(trainer, {"decision"})
    trainer.read()
    assert trainer.ending is None or trainer.ending.kind == "diverged"


def test_that_the_loss_that_is_no_number_is_the_last_one_kept():
    trainer = Trainer(diverging(training__divergence__enabled=False, training__l2=10.0))
    losses, penalties = advance(trainer, 10_000, 1000)
    assert trainer.ending.kind == "diverged"
    assert np.isfinite(losses[:-1] + penalties[:-1]).all()
    assert not math.isfinite(losses[-1] + penalties[-1])
    assert losses.size == trainer.step + 1
    assert trainer.losses.first_bad_step == losses.size
    assert f"the loss of step {losses.size} is " in str(trainer.ending.message)


def test_that_a_diverged_run_stays_where_it_stopped():
    trainer = Trainer(diverging())
    advance(trainer, 10_000, 1000)
    before, step, ending = fingerprint(trainer), trainer.step, trainer.ending
    assert [part.size for part in trainer.advance(50, beyond=True)] == [0, 0]
    assert (fingerprint(trainer), trainer.step, trainer.ending) == (before, step, ending)


def test_that_a_diverged_run_can_still_be_looked_at():
    trainer = Trainer(diverging(training__divergence__enabled=False))
    advance(trainer, 10_000, 1000)
    frame = frame_of(trainer, {"decision"})
    assert frame.step == trainer.step
    assert len(frame.layers) == 4
    trainer.read()
    assert trainer.losses.curve().first_bad_step is not None


# --- the rule ---


def initial_loss(run):
    """The untrained network on the whole training set, penalty included."""
    experiment = run.at(0)
    dataset = experiment.data.load(experiment.seeds.data)
    training, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    return reference.loss_and_gradients(experiment, weights, training.features, training.labels)[0].total


def first_step_over(losses, initial, factor, window):
    """The rule, slowly: the first step after which the mean of the last `window` losses is too large."""
    for step in range(window, len(losses) + 1):
        if np.mean(losses[step - window : step]) > factor * initial:
            return step
    return None


def first_epoch_over(losses, initial, factor, steps):
    for step in range(steps, len(losses) + 1, steps):
        if np.mean(losses[step - steps : step]) > factor * initial:
            return step
    return None


def reference_losses(run, steps):
    return [loss.total for loss in trained_by_reference(run, steps, np.float64).losses]


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0, 3.0])
def test_that_the_mean_of_the_last_100_steps_is_judged_at_every_step(factor, chunk):
    run = diverging(training__learning_rate=3.0, training__divergence__factor=factor)
    losses = reference_losses(run, 400)
    expected = first_step_over(losses, initial_loss(run), factor, WINDOW)
    trainer = Trainer(run, np.float64)
    advance(trainer, 400, chunk)
    if expected is None:
        assert trainer.ending is None
    else:
        assert trainer.step == expected
        mean = np.mean(losses[expected - WINDOW : expected])
        said = f"at step {expected} the mean loss of the last {WINDOW} steps is {mean:.3g}, over {factor:g} times the "
        assert f"{said}initial loss, {initial_loss(run):.3g}." in str(trainer.ending.message)


def test_that_the_cases_above_hold_both_endings():
    run = diverging(training__learning_rate=3.0)
    losses = reference_losses(run, 400)
    assert first_step_over(losses, initial_loss(run), 1.0, WINDOW) is not None
    assert first_step_over(losses, initial_loss(run), 1000.0, WINDOW) is None


@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_that_the_window_is_an_epoch_where_that_is_longer(chunk):
    run = diverging(training__learning_rate=1.5, training__batch_size=2, training__divergence__factor=1.1)
    trainer = Trainer(run, np.float64)
    window = trainer.steps_per_epoch
    assert window == 160 > WINDOW
    losses = reference_losses(run, 500)
    expected = first_step_over(losses, initial_loss(run), 1.1, window)
    assert expected is not None
    advance(trainer, 500, chunk)
    assert trainer.step == expected


@pytest.mark.parametrize("judged", ["step", "epoch"])
def test_that_a_factor_just_under_a_new_record_stops_the_run_there_and_nowhere_before(judged):
    run = diverging(training__learning_rate=1.5, training__divergence__judged=judged)
    losses = reference_losses(run, 300)
    window, every = (WINDOW, 1) if judged == "step" else (10, 10)
    ends = range(window, len(losses) + 1, every)
    means = [np.mean(losses[end - window : end]) for end in ends]
    records = [n for n in range(1, len(means)) if means[n] > max(means[:n]) * (1 + 1e-6)]
    assert len(records) >= 5
    for n in records[:: max(len(records) // 8, 1)]:
        factor = math.sqrt(max(means[:n]) * means[n]) / initial_loss(run)
        if factor >= 1:
            trainer = Trainer(Run(apply(run.experiment, {"training.divergence.factor": factor})), np.float64)
            advance(trainer, 300, 1000)
            assert trainer.step == ends[n]


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize("factor", [1.0, 1.5, 3.0])
def test_that_the_lecture_s_rule_judges_whole_epochs(factor, chunk):
    run = diverging(
        training__learning_rate=3.0,
        training__divergence__factor=factor,
        training__divergence__judged="epoch",
    )
    trainer = Trainer(run, np.float64)
    losses = reference_losses(run, 400)
    expected = first_epoch_over(losses, initial_loss(run), factor, trainer.steps_per_epoch)
    advance(trainer, 400, chunk)
    assert trainer.step == (expected or 400)
    assert (trainer.ending is None) == (expected is None)
    if expected is not None:
        mean = np.mean(losses[expected - trainer.steps_per_epoch : expected])
        assert f"the mean loss of the epoch is {mean:.3g}, over {factor:g} times the initial loss" in str(
            trainer.ending.message
        )


def sure(**patch):
    """A network that is sure of all it says, and hardly moves: some examples cost nothing, the mean costs much."""
    return diverging(output__weights={"kind": "normal", "scale": 100.0}, training__learning_rate=1e-9, **patch)


@pytest.mark.parametrize("judged", ["step", "epoch"])
def test_that_a_lucky_first_mini_batch_ends_no_run(judged):
    run = sure(training__batch_size=1, seeds__order=1, training__divergence__judged=judged)
    trainer = Trainer(run)
    first = trainer.advance(1)[0][0]
    assert 1000 * first < 1 < initial_loss(run)
    advance(trainer, 2 * trainer.steps_per_epoch, 50)
    assert trainer.ending is None


def test_that_a_rule_switched_on_late_is_held_against_the_untrained_network_too():
    run = sure(training__l2=0.1, training__divergence__enabled=False)
    early, late = Trainer(run, np.float64), Trainer(run, np.float64)
    early.edit({"training.divergence.enabled": True})
    for trainer in (early, late):
        trainer.edit({"training.divergence.factor": 1.0})
    late.advance(30)
    late.edit({"training.divergence.enabled": True})
    for trainer in (early, late):
        trainer.edit({"training.learning_rate": 1.0})
        advance(trainer, 400, 50)
        assert f"times the initial loss, {initial_loss(run):.3g}." in str(trainer.ending.message)


def test_that_the_rule_can_be_switched_off():
    run = diverging(training__learning_rate=3.0, training__divergence__factor=1.0, training__divergence__enabled=False)
    trainer = Trainer(run)
    advance(trainer, 400, 50)
    assert trainer.ending is None


def test_that_a_calm_run_does_not_diverge():
    trainer = Trainer(load("spiral"))
    advance(trainer, 2000, 500)
    assert trainer.ending is None


# --- weights ---


def test_that_weights_that_are_no_numbers_end_the_run():
    trainer = Trainer(load("spiral"))
    trainer.advance(10)
    trainer.state.parameters[-1] = np.inf
    advance(trainer, 200, 50)
    assert trainer.ending.kind == "diverged"


def test_that_a_dead_branch_with_infinite_weights_is_found_though_the_loss_is_fine():
    """A unit that is always off hides its weights from the loss; the look at the parameters finds them."""
    trainer = Trainer(Run(apply(load("spiral").experiment, {"network.1": {"kind": "relu"}})))
    first_bias = trainer.program.placed[1]
    trainer.state.parameters[first_bias.offset] = -np.inf
    advance(trainer, 200, 7)
    assert trainer.ending.kind == "diverged"
    assert "a weight is no longer a finite number" in str(trainer.ending.message)
    assert trainer.step == trainer.steps_per_epoch


def test_that_a_run_never_finishes_with_weights_that_are_no_numbers():
    run = Run(apply(load("spiral").experiment, {"training.epochs": 2}))
    trainer = Trainer(run)
    first_bias = trainer.program.placed[1]
    trainer.state.parameters[first_bias.offset] = -np.inf
    advance(trainer, 200, 7)
    assert trainer.ending.kind == "diverged"


# --- what the rule compares with ---


@pytest.mark.parametrize("size", [7, 32, 400])
def test_that_a_new_mini_batch_size_does_not_forget_what_losses_are_compared_with(size):
    plain, edited = Trainer(diverging(training__learning_rate=0.5)), Trainer(diverging(training__learning_rate=0.5))
    for trainer in (plain, edited):
        advance(trainer, 130, 1000)
    edited.edit({"training.batch_size": size})
    for trainer in (plain, edited):
        trainer.edit({RATE: 1e5, "training.divergence.factor": 2.0})
        advance(trainer, 10_000, 1000)
        assert "times the initial loss" in str(trainer.ending.message)
    assert edited.ending.message.values["initial"] == plain.ending.message.values["initial"]
