"""Frames: every number of them by its definition, from the weights alone."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.experiment.cards import cards
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.frames.frame import BINS, Histogram
from simulator.training.measuring.framing import frame_of
from simulator.training.measuring.parts import makers
from simulator.training.run.meters import first_limit
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.runs import advance, at_test, fingerprint, weights_of
from tests.strategies import small_experiments

CLOSE = {"rel": 1e-8, "abs": 1e-11}
TINY = 1e-15


def by_reference(trainer):
    """Values, deltas and gradients on the probe batch, the slow way."""
    experiment = trainer.experiment
    dataset = trainer.facts.dataset
    training, _ = reference.preprocessed(experiment, dataset)
    place = {int(example): at for at, example in enumerate(trainer.facts.training)}
    rows = [place[int(example)] for example in trainer.setting.probe]
    weights, how = weights_of(trainer), at_test(trainer)
    values = reference.forward(experiment, weights, training.features[rows], how)
    _, dscores = reference.softmax_cross_entropy(values[-1], training.labels[rows])
    gradients, deltas = reference.backward(experiment, weights, values, dscores, how)
    return values, deltas, gradients


def ends(experiment):
    """The places in the reference's values of input, cards and output layer."""
    return [0, *(card.last + 1 for card in cards(experiment.network)), len(experiment.network) + 1]


@given(small_experiments(), st.integers(0, 20))
def test_that_a_frame_holds_the_moments_and_gradients_of_the_reference(experiment, steps):
    trainer = Trainer(Run(experiment), np.float64)
    advance(trainer, steps, 7)
    frame = frame_of(trainer)
    values, deltas, gradients = by_reference(trainer)
    for layer, place in zip(frame.layers, ends(experiment), strict=True):
        value, delta = values[place], deltas[place]
        assert layer.units == value.shape[1]
        assert layer.mean == pytest.approx(value.mean(), **CLOSE)
        assert layer.std == pytest.approx(value.std(), **CLOSE)
        assert layer.output.total == value.size
        # The smallest numbers may be rounded to 0, and are flushed to 0 below the processor's normal form.
        assert (value == 0).sum() <= layer.output.zeros <= (np.abs(value) < TINY).sum()
        assert layer.output_gradient.norm == pytest.approx(np.linalg.norm(delta), **CLOSE)
        if layer is frame.layers[0] or layer.units == 1:
            assert layer.difference is None
        else:
            largest = np.abs(value).max()
            spread = (value.max(axis=1) - value.min(axis=1)).max()
            assert layer.difference == pytest.approx(spread / largest if largest else 0, abs=1e-6)
    opens = [card.entries[0].weighted for card in cards(experiment.network)]
    kinds = reference.with_parameters(experiment)
    remaining = iter(g for kind, g in zip(kinds, gradients, strict=True) if kind in reference.PENALISED)
    for layer, weighted in zip(frame.layers, [False, *opens, True], strict=True):
        if weighted:
            dW, _ = next(remaining)
            assert layer.weight_gradient.norm == pytest.approx(np.linalg.norm(dW), **CLOSE)
            assert layer.weight_gradient.histogram.total == dW.size
        else:
            assert layer.weight_gradient is None


@given(small_experiments(), st.integers(0, 20))
def test_that_dead_saturated_and_blocked_are_the_shares_of_their_definitions(experiment, steps):
    trainer = Trainer(Run(experiment), np.float64)
    advance(trainer, steps, 7)
    frame = frame_of(trainer)
    values, _, _ = by_reference(trainer)
    for layer, card in zip(frame.layers[1:-1], cards(experiment.network), strict=True):
        if card.activation is None:
            assert layer.dead is layer.saturated is layer.blocked is None
            continue
        x, y = values[card.activation_at], values[card.activation_at + 1]
        slope = reference.slope_at(experiment, weights_of(trainer), card.activation_at, x)
        assert layer.dead == pytest.approx(((y == 0) & (slope == 0)).all(axis=0).mean())
        assert layer.blocked == pytest.approx((np.abs(slope) < 1e-3).mean())
        bounds = card.activation.bounds
        if bounds is None:
            assert layer.saturated is None
        else:
            near = 0.01 * (bounds[1] - bounds[0])
            assert layer.saturated == pytest.approx(((y < bounds[0] + near) | (y > bounds[1] - near)).mean())
    assert frame.layers[0].dead is frame.layers[-1].dead is None


def test_that_no_share_of_units_is_said_of_numbers_that_are_none():
    trainer = Trainer(load("digits"))
    assert frame_of(trainer).layers[1].dead is not None
    trainer.state.parameters[trainer.program.placed[0].span] = np.nan
    hidden = frame_of(trainer).layers[1]
    assert hidden.output.not_finite == hidden.output.total
    assert (hidden.dead, hidden.saturated, hidden.blocked) == (None, None, None)
    assert hidden.dead_units == 0


@pytest.mark.parametrize("name", ["D1", "D1-constant", "D1-sigmoid", "H2-flat"])
def test_that_units_that_start_alike_stay_alike(name):
    trainer = Trainer(load(name))
    trainer.advance(20)
    assert all(layer.difference <= 1e-5 for layer in frame_of(trainer).layers[1:-1])


@given(small_experiments(), st.integers(0, 20))
def test_that_every_value_is_counted_once(experiment, steps):
    trainer = Trainer(Run(experiment))
    advance(trainer, steps, 7)
    for layer in frame_of(trainer).layers:
        gradients = [layer.output_gradient, layer.weight_gradient]
        for held in (layer.output, *(gradient.histogram for gradient in gradients if gradient)):
            counted = held.counts.sum() + held.below + held.above + held.zeros + held.not_finite
            assert counted == held.total
            assert held.counts.shape == (BINS,)
            assert held.counts.dtype == np.int64
            assert not held.counts.flags.writeable
            assert math.log2(held.limit).is_integer()
            assert held.below + held.above <= 0.005 * held.total + 1


def test_that_histograms_are_those_of_numpy():
    trainer = Trainer(load("spiral"), np.float64)
    values, _, _ = by_reference(trainer)
    for layer, place in zip(frame_of(trainer).layers, ends(trainer.experiment), strict=True):
        value = values[place][values[place] != 0]
        expected, _ = np.histogram(value, BINS, (-layer.output.limit, layer.output.limit))
        assert np.abs(layer.output.counts - expected).sum() <= 2  # values on an edge may fall either way


def test_that_bounded_activations_are_drawn_over_their_bounds():
    trainer = Trainer(load("D3"))
    assert all(layer.output.limit == 1 for layer in frame_of(trainer).layers[1:-1])


def test_that_ranges_are_kept_until_they_must_double():
    trainer = Trainer(load("spiral"))
    limits = [[layer.output.limit for layer in frame_of(trainer).layers]]
    for _ in range(20):
        trainer.advance(20, measure=True)
        limits.append([layer.output.limit for layer in frame_of(trainer).layers])
    for before, after in itertools.pairwise(limits):
        for old, new in zip(before, after, strict=True):
            assert new >= old


# --- the frame as a whole ---


def test_that_the_frame_of_step_0_knows_no_loss():
    frame = frame_of(Trainer(load("spiral")))
    assert (frame.step, frame.epoch, frame.loss, frame.data_loss, frame.penalty) == (0, 0, None, None, None)
    assert all(layer.update_ratio is None for layer in frame.layers)


def test_that_a_frame_holds_the_loss_of_the_last_mini_batch_before_its_update():
    trainer = Trainer(Run(apply(load("spiral").experiment, {"training.l2": 0.1})))
    data, penalties = trainer.advance(13)
    frame = frame_of(trainer)
    assert (frame.step, frame.epoch) == (13, 1.3)
    assert (frame.data_loss, frame.penalty) == (data[-1], penalties[-1])
    assert frame.loss == data[-1] + penalties[-1]


def test_that_layers_are_called_as_on_screen():
    assert [str(layer.name) for layer in frame_of(Trainer(load("spiral"))).layers] == [
        "Input",
        "Dense 1",
        "Dense 2",
        "Output",
    ]


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_that_the_update_ratio_is_that_of_the_last_update(momentum):
    run = Run(apply(load("spiral").experiment, {"training.optimizer.momentum": momentum}))
    trainer = Trainer(run, np.float64)
    trainer.advance(9)
    before = weights_of(trainer)
    trainer.advance(1, measure=True)
    after = weights_of(trainer)
    found = [layer.update_ratio for layer in frame_of(trainer).layers]
    assert found[0] is None
    expected = [
        np.linalg.norm(new - old) / np.linalg.norm(old) for (old, _), (new, _) in zip(before, after, strict=True)
    ]
    assert found[1:] == pytest.approx(expected)


def test_that_the_update_ratio_of_a_longer_chunk_is_that_of_its_last_step():
    one, other = Trainer(load("spiral")), Trainer(load("spiral"))
    one.advance(25, measure=True)
    other.advance(24)
    other.advance(1, measure=True)
    ratios = [[layer.update_ratio for layer in frame_of(trainer).layers] for trainer in (one, other)]
    assert ratios[0] == ratios[1]


def test_that_an_update_that_was_not_measured_has_no_ratio():
    trainer = Trainer(load("spiral"))
    trainer.advance(5, measure=True)
    trainer.advance(5)
    assert all(layer.update_ratio is None for layer in frame_of(trainer).layers)


def test_that_zero_weights_have_no_ratio():
    zeros = {"kind": "zeros"}
    trainer = Trainer(Run(apply(load("spiral").experiment, {"output.weights": zeros})))
    trainer.advance(1, measure=True)
    assert frame_of(trainer).layers[-1].update_ratio is None


def test_that_a_frame_is_not_moved_by_later_training():
    trainer = Trainer(load("spiral"))
    frame = frame_of(trainer, {"decision"})
    counts = [layer.output.counts.copy() for layer in frame.layers]
    shares = frame.parts["decision"].shares.copy()
    trainer.advance(100)
    frame_of(trainer, {"decision"})
    for layer, kept in zip(frame.layers, counts, strict=True):
        np.testing.assert_array_equal(layer.output.counts, kept)
    np.testing.assert_array_equal(frame.parts["decision"].shares, shares)


def test_that_two_frames_of_one_step_are_equal():
    trainer = Trainer(load("digits"))
    trainer.advance(20)
    first, second = frame_of(trainer), frame_of(trainer)
    for ours, theirs in zip(first.layers, second.layers, strict=True):
        np.testing.assert_array_equal(ours.output.counts, theirs.output.counts)
        assert (ours.mean, ours.std, ours.output_gradient.norm) == (
            theirs.mean,
            theirs.std,
            theirs.output_gradient.norm,
        )


def test_that_parts_come_by_name_when_they_are_asked_for():
    trainer = Trainer(load("spiral"))
    assert frame_of(trainer).parts == {}
    assert frame_of(trainer, makers()).parts.keys() == makers().keys()
    with pytest.raises(KeyError):
        frame_of(trainer, {"colour"})


def test_that_a_frame_touches_nothing_of_the_run():
    trainer = Trainer(load("spiral"))
    trainer.advance(10)
    before = fingerprint(trainer), trainer.state.gradients.tobytes()
    frame_of(trainer, makers())
    assert (fingerprint(trainer), trainer.state.gradients.tobytes()) == before


# --- histograms ---


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=200), st.integers(0, 4))
def test_that_a_widened_histogram_is_that_of_the_wider_range(numbers, doublings):
    values = np.array([value for value in numbers if value != 0])
    limit = 2.0 ** math.ceil(math.log2(max(np.abs(values).max(initial=0), 1.0))) * 2
    wide = limit * 2**doublings

    def histogram(limit):
        edges_low = -limit + 2 * limit / BINS * np.arange(BINS)
        return np.bincount(np.searchsorted(edges_low, values, "right") - 1, minlength=BINS)

    narrow = Histogram(histogram(limit), limit, 0, 0, 0, 0, values.size)
    on_an_edge = np.isclose(values / (2 * limit / BINS) % 1, 0) | np.isclose(values / (2 * limit / BINS) % 1, 1)
    assume(not on_an_edge.any())
    widened = narrow.widened(wide)
    assert widened.limit == wide
    assert widened.counts.sum() == values.size
    np.testing.assert_array_equal(widened.counts, histogram(wide))


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), max_size=300))
def test_that_the_first_range_is_a_power_of_two_that_takes_in_nearly_all(numbers):
    values = np.array(numbers, np.float32)
    limit = first_limit(values)
    assert math.log2(limit).is_integer()
    finite = np.abs(values[np.isfinite(values)]).astype(float)
    assert (finite > limit).sum() <= 0.005 * finite.size + 1
