"""The loop: what happens when a kernel raises, and what the processor is left like."""

import traceback
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.kernels import linear, relu
from simulator.kernels.kernel import kernel
from simulator.machine import loop
from simulator.machine import program as program_module
from simulator.machine.intrinsics import FLUSH_ARM, FLUSH_X86, flush_denormals, restore_control
from simulator.machine.probe import Inputs
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests.runs import advance, parameters

FLUSH = FLUSH_X86 | FLUSH_ARM


@kernel
def failing_forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    if step == 5:
        raise ValueError("this kernel fails on purpose")  # the line that the traceback must name


@kernel
def failing_backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    if step == 7:
        raise ZeroDivisionError("this kernel fails on purpose, on the way back")


LINE = next(
    number
    for number, line in enumerate(Path(__file__).read_text(encoding="utf-8").splitlines(), start=1)
    if "the line that the traceback must name" in line
)


def flushing():
    """Tell whether this thread flushes denormals now."""
    before = flush_denormals()
    restore_control(before)
    return bool(before & FLUSH)


@pytest.fixture
def failing(monkeypatch):
    """A run whose ReLU raises at step 5 on the way forward, or at step 7 on the way back."""
    found = program_module.kernels_of

    def trainer(forward=linear.forward, backward=linear.backward):
        module = SimpleNamespace(forward=forward, backward=backward)
        monkeypatch.setattr(program_module, "kernels_of", lambda kind: module if kind == "relu" else found(kind))
        return Trainer(load("spiral"))

    return trainer


def test_that_a_raising_kernel_stops_the_loop_with_its_file_and_line(failing):
    trainer = failing(forward=failing_forward)
    with pytest.raises(ValueError, match="this kernel fails on purpose") as caught:
        trainer.advance(100)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert Path(last.filename) == Path(__file__)
    assert last.lineno == LINE


def test_that_a_kernel_that_raises_on_the_way_back_stops_the_loop_too(failing):
    with pytest.raises(ZeroDivisionError, match="on the way back"):
        failing(backward=failing_backward).advance(100)


def test_that_nothing_is_printed_when_a_kernel_raises(failing, capfd):
    with pytest.raises(ValueError, match="on purpose"):
        failing(forward=failing_forward).advance(100)
    assert capfd.readouterr() == ("", "")


def test_that_a_trainer_whose_kernel_raised_is_free_again(failing):
    trainer = failing(forward=failing_forward)
    with pytest.raises(ValueError, match="on purpose"):
        trainer.advance(100)
    frame_of(trainer)
    trainer.evaluate(trainer.facts.training)


# --- denormals ---


def test_that_the_processor_is_left_as_it_was_found():
    assert not flushing()
    trainer = Trainer(load("spiral"))
    trainer.advance(20)
    frame_of(trainer, {"decision"})
    trainer.read()
    assert not flushing()
    assert 5e-324 * 1.0 == 5e-324
    assert np.float32(1e-45) * np.float32(1) != 0


def test_that_it_is_left_so_when_the_run_diverges():
    trainer = Trainer(Run(apply(load("spiral").experiment, {"training.learning_rate": 1e9})))
    advance(trainer, 1000, 1000)
    assert trainer.ending.kind == "diverged"
    assert not flushing()


@pytest.mark.parametrize("way", [{"forward": failing_forward}, {"backward": failing_backward}])
def test_that_it_is_left_so_when_a_kernel_raises(failing, way):
    trainer = failing(**way)
    with pytest.raises((ValueError, ZeroDivisionError)):
        trainer.advance(100)
    assert not flushing()
    assert 5e-324 * 1.0 == 5e-324


def test_that_flushing_is_noticed_at_all():
    before = flush_denormals()
    try:
        small = np.float32(1e-45)
        assert flushing()
        assert small * np.float32(1) == 0
    finally:
        restore_control(before)
    assert not flushing()


def test_that_weights_decay_to_nearly_nothing_and_never_to_denormals():
    """Units that are always off keep nothing but the penalty."""
    patch = {"network.0.bias": -100, "training.learning_rate": 0.5, "training.l2": 1.0}
    trainer = Trainer(Run(apply(load("spiral").experiment, {**patch, "training.optimizer.momentum": 0})))
    block = trainer.state.parameters[trainer.program.placed[0].span]
    assert np.abs(block).min() > 0
    for _ in range(40):
        trainer.advance(5)
        assert not ((block != 0) & (np.abs(block) < np.finfo(np.float32).tiny)).any()
    assert np.abs(block).max() < 1e-37  # the last step before 0 is smaller than the smallest number kept


# --- the examples ---


def test_that_images_and_numbers_are_gathered_alike():
    """The same data as bytes and as numbers: one run."""
    trainers = [Trainer(load("digits")) for _ in range(2)]
    held = trainers[1].setting.inputs
    as_numbers = Inputs.of(held.pixels.astype(np.float32), held.labels, held.transform, held.shift.dtype)
    object.__setattr__(trainers[1].setting, "inputs", as_numbers)
    for trainer in trainers:
        advance(trainer, 50, 1000)
    np.testing.assert_array_equal(parameters(trainers[0]), parameters(trainers[1]))


def test_that_what_is_gathered_is_what_preprocessing_makes_of_the_examples():
    trainer = Trainer(load("digits"))
    setting = trainer.setting
    probe = trainer.probe
    probe.forward(setting.inputs, setting.probe)
    shown = probe.output(-1)
    raw = setting.dataset.features[setting.probe].astype(float)
    transform = trainer.experiment.preprocessing.fit(setting.dataset.features[setting.training])
    np.testing.assert_allclose(shown, (raw - transform.shift) * transform.scale, rtol=1e-4, atol=1e-5)


def test_that_the_reasons_to_stop_are_told_apart():
    reasons = (loop.GOING, loop.BAD_LOSS, loop.BAD_PARAMETER, loop.EXPLODED)
    assert len(set(reasons)) == len(reasons)
    assert relu.forward is not relu.backward
