"""Since when a unit is silent, against a replay that looks at every unit after every step."""

import numpy as np
import pytest

from simulator.analysis.doctor.units import silent_since
from simulator.data.sources.moons import Moons
from simulator.experiment.experiment import Experiment, Seeds, Training
from simulator.experiment.run import Run
from simulator.layers.dense import Dense
from simulator.layers.relu import ReLU
from simulator.layers.tanh import Tanh
from simulator.optimizers.sgd import SGD
from simulator.training.frames.units import Silence
from simulator.training.past.replay import Past
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer

STEPS = 150


def deep(seed):
    """Return a run in which units of the second layer fall silent, come alive again, and were never alive."""
    return Run(
        Experiment(
            data=Moons(examples=60),
            network=(Dense(units=6, key=1), ReLU(), Dense(units=6, key=2), ReLU()),
            training=Training(learning_rate=0.3, batch_size=8, optimizer=SGD(momentum=0.9)),
            seeds=Seeds(weights=seed),
        )
    )


def past_of(run, steps=STEPS, every=40):
    """Return the past of a run with a snapshot after every so many steps."""
    trainer = Trainer(run)
    snapshots = [trainer.snapshot()]
    while trainer.step < steps:
        trainer.advance(min(every, steps - trainer.step))
        snapshots.append(trainer.snapshot())
    return Past(trainer.run, trainer.setting, trainer.program.dtype, tuple(snapshots), trainer.step)


def silent_by_step(run, steps):
    """Return (steps + 1, units): whether a unit of the second layer is silent, by plain NumPy in float64."""
    trainer = Trainer(run)
    examples = trainer.setting.dataset.features[trainer.setting.probe].astype(np.float64)
    rows = []
    for _ in range(steps + 1):
        held = [trainer.state.parameters[item.span].reshape(item.block.shape) for item in trainer.program.placed]
        hidden = np.maximum(examples @ held[0] + held[1], 0)
        rows.append(~(hidden @ held[2] + held[3] > 0).any(axis=0))
        trainer.advance(1)
    return np.array(rows)


def expected(silent, unit):
    alive = np.flatnonzero(~silent[:, unit])
    if not alive.size:
        return Silence(2, unit, STEPS, 0, ever_alive=False)
    since = int(alive[-1]) + 1
    return Silence(2, unit, STEPS, since if since <= STEPS else None, ever_alive=True)


@pytest.mark.parametrize(("seed", "every"), [(0, 150), (2, 150), (2, 17), (2, 1)])
def test_that_the_search_finds_the_step_that_a_replay_finds(seed, every):
    run = deep(seed)
    silent, past = silent_by_step(run, STEPS), past_of(run, every=every)
    found = [silent_since(past, 2, unit) for unit in range(6)]
    assert found == [expected(silent, unit) for unit in range(6)]


def test_that_a_unit_that_came_alive_again_is_silent_since_the_last_time():
    silent = silent_by_step(deep(2), STEPS)
    changes = np.abs(np.diff(silent[:, 3].astype(int))).sum()
    assert changes > 1, "the example no longer shows it"
    since = silent_since(past_of(deep(2)), 2, 3).since
    assert not silent[since - 1, 3]
    assert silent[since:, 3].all()
    assert silent[: since - 1, 3].any()


def test_that_never_alive_is_an_answer():
    assert silent_since(past_of(deep(2)), 2, 4) == Silence(2, 4, STEPS, 0, ever_alive=False)


def test_that_a_unit_that_is_alive_is_no_case():
    found = silent_since(past_of(deep(2)), 2, 1)
    assert (found.since, found.ever_alive) == (None, True)


def test_that_edits_of_the_run_are_replayed():
    run = deep(0).with_edit(20, {"training.learning_rate": 5.0})
    silent = silent_by_step(run, STEPS)
    units, past = np.flatnonzero(silent[-1]), past_of(run)
    assert units.size
    for unit in units:
        assert silent_since(past, 2, int(unit)) == expected(silent, unit)


def test_that_a_search_may_begin_at_a_past_step():
    run = deep(2)
    silent, past = silent_by_step(run, STEPS), past_of(run)
    for step in (0, 41, 130):
        alive = np.flatnonzero(~silent[: step + 1, 3])
        found = silent_since(past, 2, 3, step)
        assert found.since == (int(alive[-1]) + 1 if alive.size and alive[-1] < step else None)


def test_that_an_activation_changed_on_the_way_is_replayed():
    timeline = Timeline(Trainer(deep(2)))
    timeline.advance(60)
    forked = timeline.fork({"network.3": {"kind": "leaky_relu"}}, timeline.trainer.snapshot())
    forked.advance(40)
    # a leaky unit is never silent, so what was silent before is alive since the fork
    assert silent_since(forked.past(), 2, 4).since is None
    assert not silent_since(forked.past(), 2, 4, 59).ever_alive


def test_that_the_search_tells_how_far_it_is_and_ends_when_asked():
    shares = []
    assert silent_since(past_of(deep(2)), 2, 4, progress=shares.append) is not None
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    asked = iter([False] * 10 + [True] * 10)
    assert silent_since(past_of(deep(2)), 2, 4, stop=lambda: next(asked)) is None


def test_that_a_unit_without_activation_is_always_alive():
    run = Run(Experiment(network=(Dense(units=3, key=1), Tanh(), Dense(units=3, key=2))))
    assert silent_since(past_of(run, 5), 2, 0).since is None
