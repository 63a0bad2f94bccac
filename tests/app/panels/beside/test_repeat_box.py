"""Repeating two lanes with other seeds, by a click."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from simulator.experiment import Run, apply
from simulator.training.run.trainer import Trainer
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shell(open_shell: OpenShell) -> Shell:
    """Lanes A and B, trained 50 steps; B from step 0 at three times the rate."""
    made = open_shell()
    made.window.show_tab("compare")
    made.window.document.what_if({"training.learning_rate": 0.3}, "fast", step=0)
    for _ in range(4):
        made.poll()
    for run_id in made.window.document.state.run_ids:  # the selected one last
        made.runner.train(50, run_id)
        made.poll()
    return made


def test_that_the_spread_of_five_seeds_is_that_of_runs_trained_apart(qtbot: QtBot, shell: Shell) -> None:
    box = shell.window.compare.repeat
    assert box.isVisible()
    assert box.button.accessibleName() == "Repeat A and B with 5 seeds"
    qtbot.mouseClick(box.button, LEFT)
    qtbot.waitUntil(lambda: bool(box.told), timeout=60_000)
    ends = []
    for lane in shell.window.document.state.lanes:
        steps = shell.window.document.runs[lane.run_id].step
        assert steps
        seeds = [{"seeds.weights": number, "seeds.order": number} for number in range(1, 6)]
        trainers = [Trainer(Run(apply(lane.experiment, patch))) for patch in seeds]
        ends.append([trainer.advance(steps)[0][-10:].mean() for trainer in trainers])
    wins = int(np.count_nonzero(np.array(ends[1]) < np.array(ends[0])))
    letter = "B" if wins >= 3 else "A"
    other = "A" if letter == "B" else "B"
    assert shell.window.compare.repeat.words.isVisible()
    assert f"{letter} is better than {other} in <b>{max(wins, 5 - wins)}</b> of 5 seeds" in box.told[0]


def test_that_other_lanes_make_the_repetition_forgotten(qtbot: QtBot, shell: Shell) -> None:
    box = shell.window.compare.repeat
    qtbot.mouseClick(box.button, LEFT)
    shell.window.document.what_if({"training.learning_rate": 0.5}, "faster", step=0)
    assert box.button.accessibleName() == "Repeat A and C with 5 seeds"
    qtbot.waitUntil(lambda: not box.worker.busy)
    assert box.told == ()


def test_that_untrained_lanes_are_not_repeated(qtbot: QtBot, open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.show_tab("compare")
    assert not shell.window.compare.repeat.isVisible()
