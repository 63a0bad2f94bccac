"""Back in time and twins, with the real runner, by clicks: what is shown is what an uninterrupted run has."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.bootstrap import make_window
from app.forms.number_editor import NumberEditor
from app.panels.build.build_column import BuildColumn
from app.running.run_state import RunState
from app.theme import Theme
from app.window.settings import Settings
from simulator.experiment import Run, load
from simulator.layers import LAYERS
from simulator.training import Picture, Runner
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests.app.conftest import theme  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
LONG = 90_000


class Laboratory:
    """A window on the real runner, and its newest picture."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:  # noqa: F811
        self.qtbot = qtbot
        self.window = make_window(theme, Runner(), Settings())
        qtbot.addWidget(self.window)
        self.picture: Picture | None = None
        self.window.controller.picture_changed.connect(self._take)
        self.window.resize(QSize(1600, 900))
        self.window.show()
        qtbot.waitExposed(self.window)
        self.wait_for(RunState.READY)

    def _take(self, picture: Picture) -> None:
        self.picture = picture

    def wait_for(self, state: RunState) -> None:
        self.qtbot.waitUntil(lambda: self.window.controller.state is state, timeout=LONG)

    def open(self, name: str) -> None:
        """Choose a built-in experiment from its menu."""
        run = self.window.document.state.run_id
        self.window.files.open_built_in(name)
        self.qtbot.waitUntil(lambda: self.window.document.state.run_id != run, timeout=LONG)
        wanted = self.window.document.state.run_id
        self.qtbot.waitUntil(lambda: self.picture is not None and self.picture.run_id == wanted, timeout=LONG)

    def click(self, button: str) -> None:
        self.qtbot.mouseClick(self.window.time.transport.buttons[button], LEFT)

    def epochs(self, count: int) -> None:
        """Press Epoch so many times."""
        for _ in range(count):
            before = self.window.controller.newest
            self.click("epoch")
            self.qtbot.waitUntil(lambda before=before: self.window.controller.newest > before, timeout=LONG)
            self.wait_for(RunState.PAUSED)
        self.qtbot.waitUntil(self.is_still, timeout=LONG)

    def is_still(self) -> bool:
        newest = self.window.controller.newest
        return self.picture is not None and self.picture.newest == newest and self.picture.steps_per_second is None

    def look_back(self, step: int) -> int:
        """Click on the timeline near a step; return the step that is shown then."""
        timeline = self.window.time.history.timeline
        at = QPoint(round(timeline.x_of(step)), timeline.height() // 2)
        self.qtbot.mouseClick(timeline, LEFT, pos=at)
        shown = self.window.document.viewpoint.at
        assert shown is not None
        self.qtbot.waitUntil(
            lambda: self.picture is not None and self.picture.at == shown == self.picture.frame.step, timeout=LONG
        )
        return shown

    def what_if_the_rate_were(self, rate: str) -> None:
        """Open a twin that differs by its learning rate."""
        window = self.window
        self.qtbot.mouseClick(window.lanes.what_if, LEFT)
        column = window.what_if.column
        assert column is not None
        set_rate(self.qtbot, column, rate)
        before = len(window.document.state.lanes)
        self.qtbot.mouseClick(window.what_if.open_button, LEFT)
        wanted = before + 1
        assert len(window.document.state.lanes) == wanted
        self.qtbot.waitUntil(
            lambda: (
                self.picture is not None
                and self.picture.run_id == window.document.state.run_id
                and len(self.picture.beside) == before
            ),
            timeout=LONG,
        )


def set_rate(qtbot: QtBot, column: BuildColumn, rate: str) -> None:
    editor = column.rate.form.editor("learning_rate")
    assert isinstance(editor, NumberEditor)
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, rate)
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)


@pytest.fixture
def laboratory(qtbot: QtBot, theme: Theme) -> Iterator[Laboratory]:  # noqa: F811
    made = Laboratory(qtbot, theme)
    yield made
    made.window.close()


@pytest.mark.timeout(180)
def test_that_looking_back_and_going_on_is_the_uninterrupted_run(laboratory: Laboratory) -> None:
    """With a live edit on the way, and dropout and batch norm in the network."""
    lab = laboratory
    kinds = ("dense", "batch_norm", "relu", "dropout", "dense", "tanh")
    lab.window.document.set_network(tuple(LAYERS[kind]() for kind in kinds), "Take a network with batch norm")
    lab.qtbot.waitUntil(
        lambda: lab.picture is not None and lab.picture.run_id == lab.window.document.state.run_id, timeout=LONG
    )
    lab.epochs(4)
    set_rate(lab.qtbot, lab.window.build_column, "0.3")
    lab.epochs(4)
    run = lab.window.controller.run_to_save()
    assert len(run.edits) == 1
    through = Trainer(run)
    total = lab.window.controller.newest
    through.advance(total)
    assert lab.picture is not None
    assert lab.picture.losses.mean[-1] == through.losses.curve().mean[-1]

    at = lab.look_back(total * 3 // 4)
    there = Trainer(run)
    there.advance(at)
    assert lab.picture.frame.layers[1].std == frame_of(there).layers[1].std
    lab.qtbot.mouseClick(lab.window.time.history.ways.continue_button, LEFT)
    lab.qtbot.waitUntil(lambda: lab.window.controller.newest == at, timeout=LONG)
    lab.epochs(2)
    again = Trainer(run)
    again.advance(lab.window.controller.newest)
    assert lab.picture.losses.mean.tobytes() == again.losses.curve().mean.tobytes()


@pytest.mark.timeout(180)
def test_that_twins_without_a_difference_stay_equal_and_say_so(laboratory: Laboratory) -> None:
    lab = laboratory
    lab.epochs(2)
    lab.window.show_tab("compare")
    assert lab.window.document.open_twin(lab.window.document.experiment, "")
    lab.qtbot.waitUntil(lambda: lab.picture is not None and len(lab.picture.beside) == 1, timeout=LONG)
    lab.epochs(3)
    assert lab.picture is not None
    [other] = lab.picture.beside
    assert lab.picture.losses.mean.tobytes() == other.losses.mean.tobytes()
    assert "no difference" in lab.window.compare.differs[0]


RATES = {"low": 0.0005, "good": 0.1, "high": 1.5, "very high": 60.0}


@pytest.mark.timeout(240)
def test_that_four_learning_rates_are_laid_over_each_other_and_named(laboratory: Laboratory) -> None:
    """Slide H1: low, good, high and very high, by clicks; the losses shown are those of runs trained apart."""
    lab = laboratory
    lab.open("H1")
    lab.window.show_tab("compare")
    set_rate(lab.qtbot, lab.window.build_column, f"{RATES['low']:g}")
    lab.qtbot.waitUntil(lambda: lab.window.controller.run_to_save().at(0).training.learning_rate > 0, timeout=LONG)
    for name in ("good", "high", "very high"):
        lab.what_if_the_rate_were(f"{RATES[name]:g}")
        row = lab.window.lanes.rows[lab.window.document.state.selected]
        lab.qtbot.mouseDClick(row.button, LEFT)
        lab.qtbot.keyClicks(row.field, name)
        lab.qtbot.keyClick(row.field, Qt.Key.Key_Return)
        lab.qtbot.mouseClick(lab.window.lanes.rows[0].button, LEFT)
        lab.qtbot.waitUntil(
            lambda: lab.picture is not None and lab.picture.run_id == lab.window.document.state.run_id, timeout=LONG
        )
    lab.epochs(3)
    assert lab.picture is not None
    pictures = {each.run_id: each for each in (lab.picture, *lab.picture.beside)}
    assert len(pictures) == 4
    experiment = load("H1").experiment
    for lane, (name, rate) in zip(lab.window.document.state.lanes, RATES.items(), strict=True):
        assert lane.experiment.training.learning_rate == rate, name
        apart = Trainer(Run(lane.experiment))
        # a step whose loss is no number is seen, and not made
        bad = pictures[lane.run_id].losses.first_bad_step is not None
        apart.advance(pictures[lane.run_id].newest + bad)
        assert pictures[lane.run_id].losses.mean.tobytes() == apart.losses.curve().mean.tobytes()
    assert experiment.data == lab.window.document.experiment.data
    names = [row.button.accessibleName() for row in lab.window.lanes.rows]
    assert all(name in spoken for name, spoken in zip(("good", "high", "very high"), names[1:], strict=True))
    finals = [float(pictures[lane.run_id].data_losses.smooth[-1]) for lane in lab.window.document.state.lanes]
    assert finals[1] < finals[0]
    assert not np.isfinite(finals[3]) or finals[3] > finals[1]
    assert any("against" in sentence or "diverged" in sentence for sentence in lab.window.compare.came)


@pytest.mark.timeout(180)
def test_that_a_kept_run_is_laid_over_a_later_one(laboratory: Laboratory) -> None:
    lab = laboratory
    lab.epochs(2)
    lab.window.show_tab("compare")
    lab.what_if_the_rate_were("0.2")
    lab.epochs(1)
    twin = lab.window.document.state.run_id
    lab.qtbot.mouseClick(lab.window.lanes.rows[1].more, LEFT)
    pick(lab, "Put aside")
    assert len(lab.window.document.state.lanes) == 1
    lab.epochs(1)
    lab.qtbot.mouseClick(lab.window.lanes.overlay, LEFT)
    pick(lab, "", place=1)
    lab.qtbot.waitUntil(
        lambda: lab.picture is not None and [each.run_id for each in lab.picture.beside] == [twin], timeout=LONG
    )
    still = lab.picture.beside[0].newest
    lab.epochs(1)
    assert lab.picture.beside[0].newest == still


def pick(lab: Laboratory, text: str, place: int | None = None) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = menu.actions()
    action = actions[place] if place is not None else next(each for each in actions if each.text().startswith(text))
    lab.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
