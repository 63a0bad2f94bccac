"""Data are held by the runs that look at them, once each, and given back when they rest."""

import gc
from weakref import ref

import numpy as np
import pytest

from simulator.data.formats import kept
from simulator.data.sources.noise import Noise
from simulator.training.desk.commands import Arrange, Change, Fork, Load, RunEpoch
from simulator.training.desk.events import Kept, Loaded, Rejected
from simulator.training.measuring.framing import frame_of
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.runs import advance, fingerprint
from tests.sessions import Desk, spiral

pytestmark = pytest.mark.slow

RATE = "training.learning_rate"
WIDE = {"kind": "noise", "examples": 2000, "width": 500}
ONE_SET = 2000 * 500 * 4 + 2000 * 8  # bytes of examples and labels


def noise(**values):
    return spiral(data=WIDE, **values)


def held_by(desk):
    """The bytes of all examples that runs of the desk hold, each array once."""
    found = {}
    for run_id in range(1, 100):
        timeline = desk.timeline(run_id)
        if isinstance(timeline, Timeline):
            setting = timeline.trainer.setting
            for array in (setting.dataset.features, setting.dataset.labels, setting.inputs.numbers):
                found[id(array)] = array.nbytes
    return sum(found.values())


@pytest.fixture
def loads(monkeypatch):
    """Weak references to all data sets that were drawn."""
    drawn, load = [], Noise.load

    def watched(self, seed):
        dataset = load(self, seed)
        drawn.append(ref(dataset))
        return dataset

    monkeypatch.setattr(Noise, "load", watched)
    return drawn


def alive(references):
    gc.collect()
    return sum(reference() is not None for reference in references)


def test_that_ten_times_new_points_add_at_most_one_data_set(loads):
    desk = Desk().load(noise()).rest()
    before = desk.session._builder._shelf.nbytes
    for seed in range(1, 11):
        desk.send(Load(seed + 1, noise(seeds__data=seed))).rest()
        desk.heard.clear()  # who looks at a run has its data too
        assert alive(loads) == 1
        assert held_by(desk) == ONE_SET
    assert len(loads) == 11
    assert desk.session._builder._shelf.nbytes < before + ONE_SET


@pytest.mark.parametrize("changed", [{"split__validation": 0.5}, {"preprocessing": {"kind": "whiten"}}])
def test_that_another_split_or_preprocessing_takes_the_same_examples(loads, changed):
    desk = Desk().load(noise(), noise(**changed)).rest()
    assert len(loads) == 1
    desk.send(Arrange((1, 2), 1)).rest()
    one, other = (desk.timeline(number).trainer.setting for number in (1, 2))
    assert one is not other
    assert one.dataset is other.dataset


def test_that_a_run_without_its_data_comes_back_exactly(loads):
    desk = Desk().load(noise(training__batch_size=100)).rest().send(RunEpoch()).rest()
    desk.send(Change({RATE: 0.01}), RunEpoch()).rest()
    frame = desk.latest.frame
    desk.send(Load(2, noise(seeds__data=4))).rest()
    assert held_by(desk) == ONE_SET
    desk.send(Arrange((1,), 1)).rest()
    assert len(loads) == 3
    assert desk.told(Loaded)[-1].anew == ()
    assert desk.latest.frame.step == frame.step
    desk.send(RunEpoch()).rest()
    alone = Trainer(noise(training__batch_size=100))
    advance(alone, 16, 1000)
    alone.edit({RATE: 0.01})
    advance(alone, 32, 1000)
    assert fingerprint(desk.timeline(1).trainer) == fingerprint(alone)
    assert {0, 16, 32, 48} <= set(desk.latest.track.step.tolist())


def test_that_a_resting_run_can_be_forked(loads):
    desk = Desk().load(noise(training__batch_size=100)).rest().send(RunEpoch()).rest()
    desk.send(Load(2, noise(seeds__data=4)), Fork(3, 1, 7, {RATE: 0.5})).rest()
    assert desk.told(Kept)[0].step == 7
    desk.send(Arrange((3,), 3), RunEpoch()).rest()
    alone = Trainer(noise(training__batch_size=100).with_edit(7, {RATE: 0.5}))
    advance(alone, 16, 1000)
    assert fingerprint(desk.timeline(3).trainer) == fingerprint(alone)
    assert held_by(desk) == ONE_SET


def test_that_a_resting_run_is_no_trainer():
    desk = Desk().load(noise(), noise(seeds__data=4)).rest()
    trainer = desk.timeline(1).trainer
    for use in (lambda: trainer.advance(1), lambda: frame_of(trainer), lambda: trainer.evaluate(np.arange(3))):
        with pytest.raises(RuntimeError, match="rest"):
            use()


# --- files ---


@pytest.fixture
def table(tmp_path):
    kept.forget()
    file = tmp_path / "points.csv"
    yield file
    kept.forget()


def write(file, last):
    file.write_text("a,b,class\n" + f"1,2,x\n3,{last},y\n" * 8)


@pytest.mark.parametrize("budget", [256_000_000, 0])
def test_that_a_file_that_changed_meanwhile_is_noticed_and_said(table, budget):
    write(table, 5)
    desk = Desk().load(spiral(data={"kind": "csv_file", "path": str(table)})).rest().send(RunEpoch()).rest()
    desk.session._builder._shelf._budget = budget
    desk.send(Load(2, spiral())).rest()
    write(table, 9)
    desk.send(Arrange((1,), 1)).rest()
    loaded = desk.told(Loaded)[-1]
    assert (loaded.run_id, loaded.step, loaded.anew) == (1, 0, (1,))
    assert loaded.facts.dataset.features.max() == 9
    assert desk.latest.newest == 0
    desk.send(Arrange((1,), 1)).rest()
    assert desk.told(Loaded)[-1].anew == ()


@pytest.mark.parametrize("budget", [256_000_000, 0])
def test_that_a_file_written_anew_with_the_same_rows_has_not_changed(table, budget):
    write(table, 5)
    desk = Desk().load(spiral(data={"kind": "csv_file", "path": str(table)})).rest().send(RunEpoch()).rest()
    step = desk.latest.newest
    desk.session._builder._shelf._budget = budget
    desk.send(Load(2, spiral())).rest()
    kept.forget()
    write(table, 5)
    desk.send(Arrange((1,), 1)).rest()
    loaded = desk.told(Loaded)[-1]
    assert (loaded.step, loaded.anew) == (step, ())


def test_that_a_file_that_is_gone_is_said_and_what_is_shown_stays(table):
    write(table, 5)
    desk = Desk().load(spiral(data={"kind": "csv_file", "path": str(table)}), spiral()).rest()
    table.unlink()
    desk.send(Arrange((1,), 1)).rest()
    [rejected] = desk.told(Rejected)
    assert str(rejected.message).startswith("there is no file")
    assert desk.latest.run_id == 2


def test_that_a_fork_of_a_run_whose_file_changed_is_refused(table):
    write(table, 5)
    desk = Desk().load(spiral(data={"kind": "csv_file", "path": str(table)})).rest().send(RunEpoch()).rest()
    desk.send(Load(2, spiral())).rest()
    write(table, 9)
    desk.send(Fork(3, 1, 1, {RATE: 0.5})).rest()
    assert "have changed" in str(desk.told(Rejected)[0].message)
