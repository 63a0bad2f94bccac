"""Epochs, orders and mini-batches, against the reference."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.experiment import Experiment, Seeds, Training
from simulator.training.run.orders import Orders, Position
from tests import reference

sizes = st.integers(1, 40)
batches = st.integers(1, 50)


def walk(schedule, sizes_of_chunks, batch_of, epochs=10**9):
    """Cut the schedule into chunks; return the mini-batches and the position after every step."""
    position, batches, positions, step = Position(), [], [], 0
    for count in sizes_of_chunks:
        plan = schedule.plan(position, count, batch_of(step), epochs)
        for begin, size, _ in plan.steps:
            batches.append(plan.order[begin : begin + size].tolist())
        for made in range(1, len(plan.steps) + 1):
            positions.append(schedule.advance(position, plan, made))
        position = schedule.advance(position, plan, len(plan.steps))
        step += len(plan.steps)
    return batches, positions


@given(sizes, st.integers(0, 2**31 - 1), st.lists(st.tuples(st.integers(1, 30), batches), min_size=1, max_size=5))
def test_that_mini_batches_are_those_of_the_reference_whatever_the_chunks(examples, seed, chunks):
    experiments, step, batch_at = {}, 0, {}
    for count, batch in chunks:
        experiments[step] = Experiment(training=Training(batch_size=batch), seeds=Seeds(order=seed))
        batch_at[step] = batch
        step += count
    expected = list(reference.mini_batches(experiments, examples, step))
    numbers = np.arange(100, 100 + examples)
    found, positions = walk(Orders(numbers, seed), [count for count, _ in chunks], batch_at.__getitem__)
    assert found == [numbers[batch].tolist() for _, batch, *_ in expected]
    epochs = [position.epoch + position.offset / examples for position in positions]
    np.testing.assert_allclose(epochs, [epoch for *_, epoch in expected], rtol=1e-12)


@given(sizes, batches, st.integers(1, 5), st.integers(0, 40))
def test_that_a_plan_ends_with_the_epochs_asked_for(examples, batch, epochs, begun):
    schedule = Orders(np.arange(examples), 0)
    position = Position(3, begun % examples)
    plan = schedule.plan(position, 10**6, batch, epochs)
    assert plan.epoch_ends == epochs
    assert plan.steps[-1, 2] == 1
    assert schedule.advance(position, plan, len(plan.steps)) == Position(3 + epochs, 0)


@given(sizes, batches)
def test_that_every_epoch_sees_every_example_once(examples, batch):
    schedule = Orders(np.arange(examples), 5)
    plan = schedule.plan(Position(), 10**6, batch, 3)
    seen = np.concatenate([plan.order[begin : begin + size] for begin, size, _ in plan.steps])
    for epoch in np.split(seen, 3):
        assert sorted(epoch) == list(range(examples))
    ends = np.flatnonzero(plan.steps[:, 2])
    assert np.cumsum(plan.steps[:, 1])[ends].tolist() == [examples, 2 * examples, 3 * examples]


def test_that_no_steps_move_nothing():
    schedule = Orders(np.arange(10), 0)
    plan = schedule.plan(Position(2, 4), 3, 2, 1)
    assert schedule.advance(Position(2, 4), plan, 0) == Position(2, 4)


@given(st.integers(2, 40), st.integers(2, 50), st.lists(st.integers(1, 10), min_size=1, max_size=30))
def test_that_a_remainder_of_one_joins_the_mini_batch_before_it(examples, batch, chunks):
    """Where layers need more than one example; whatever the chunks."""
    found, positions = walk(Orders(np.arange(examples), 3, alone=False), [*chunks, 40], lambda _: batch)
    whole, rest = divmod(examples, batch)
    sizes = [batch] * whole + [rest] * (rest > 0)
    if rest == 1 and whole:
        sizes[-2:] = [batch + 1]
    assert [len(b) for b in found] == (sizes * len(found))[: len(found)]
    for step, position in enumerate(positions, start=1):
        assert position.epoch == step // len(sizes)


# --- where training stands after many steps, in closed form ---


@given(sizes, batches, st.integers(0, 60), st.integers(0, 30), st.booleans())
def test_that_the_position_after_many_steps_is_that_of_the_plan(examples, batch, before, steps, alone):
    orders = Orders(np.arange(examples), 0, alone)
    begin = orders.after(Position(), before % (3 * examples), batch)
    plan = orders.plan(begin, max(steps, 1), batch, 10**9)
    assert orders.after(begin, steps, batch) == orders.advance(begin, plan, steps)


@given(sizes, batches, st.integers(1, 60), st.integers(0, 200), st.booleans())
def test_that_as_many_steps_are_made_as_examples_allow(examples, batch, before, more, alone):
    orders = Orders(np.arange(examples), 0, alone)
    begin = orders.after(Position(), before % (3 * examples), batch)
    steps = orders.within(begin, more, batch)
    limit = orders.seen(begin) + more
    assert orders.seen(orders.after(begin, steps, batch)) <= limit
    assert orders.seen(orders.after(begin, steps + 1, batch)) > limit


def test_that_examples_are_enough_for_the_mini_batches_that_end_within_them():
    """All small cases, counted one mini-batch after the other; with a remainder that joins the one before it too."""
    for examples in range(1, 10):
        for batch in range(1, 11):
            for alone in (True, False):
                whole, rest = divmod(examples, batch)
                sizes = [batch] * whole + [rest] * (rest > 0)
                if not alone and rest == 1 and whole and batch > 1:
                    sizes[-2:] = [batch + 1]
                orders, ends = Orders(np.arange(examples), 0, alone), np.cumsum(sizes * 4)
                for done in range(len(sizes)):
                    used = int(np.sum(sizes[:done]))
                    for more in range(3 * examples + 2):
                        found = orders.within(Position(2, used), more, batch)
                        assert found == np.sum(ends[done:] <= used + more), (examples, batch, alone, done, more)
                    for steps in range(3 * len(sizes) + 1):
                        seen = 2 * examples + used + int(np.sum((sizes * 4)[done : done + steps]))
                        assert orders.seen(orders.after(Position(2, used), steps, batch)) == seen
