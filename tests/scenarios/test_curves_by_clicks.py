"""From the lab of loss curves into the laboratory, with the real runner, by clicks (H1)."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.labs.curves.lab import CurvesLab
from app.theme import Theme
from tests.app.conftest import theme  # noqa: F401 (a fixture)
from tests.scenarios.test_time_and_twins import LONG, Laboratory

pytestmark = pytest.mark.slow


@pytest.fixture
def laboratory(qtbot: QtBot, theme: Theme) -> Iterator[Laboratory]:  # noqa: F811
    made = Laboratory(qtbot, theme)
    yield made
    made.window.close()


@pytest.mark.timeout(120)
def test_that_the_lanes_opened_from_the_lab_train_the_very_curves_that_it_shows(laboratory: Laboratory) -> None:
    lab, window = laboratory, laboratory.window
    window.show_tab("explore")
    window.explore.show_lab("curves")
    page = window.explore.lab
    assert isinstance(page, CurvesLab)
    lab.qtbot.waitUntil(lambda: page.curves is not None and page.curves.complete, timeout=LONG)
    lab.qtbot.mouseClick(page.lanes_button, Qt.MouseButton.LeftButton)
    lanes = window.document.state.lanes
    lab.qtbot.waitUntil(
        lambda: (
            lab.picture is not None
            and {lab.picture.run_id, *(each.run_id for each in lab.picture.beside)} == {lane.run_id for lane in lanes}
        ),
        timeout=LONG,
    )
    lab.epochs(2)
    assert lab.picture is not None
    pictures = {each.run_id: each for each in (lab.picture, *lab.picture.beside)}
    for lane, run in zip(lanes, page.curves.runs, strict=True):
        trained = pictures[lane.run_id].data_losses.mean
        assert trained.size == 58
        np.testing.assert_array_equal(trained, run.curve.mean[:58])
        assert lane.name == run.name
