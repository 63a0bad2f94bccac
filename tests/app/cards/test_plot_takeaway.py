"""What is taken away from plots: pictures, numbers, files; and the menu that offers it."""

import csv
import importlib
import pkgutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import app.plots
from app.cards.plot_card import PlotCard
from app.plots.canvas.figure import Figure
from app.plots.canvas.plot import Plot
from app.plots.canvas.portrait import LEAST, Portrait
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.activations import ActivationsPlot
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.gap import GapLossPlot
from app.plots.run.gradient_flow import GradientFlowPlot
from app.plots.run.layer_time import LayerTimePlot
from app.plots.run.layered_plot import LayeredPlot
from app.plots.run.loss import GUESS, LossPlot
from app.plots.run.meters import dead
from app.plots.run.update_ratio import UpdateRatioPlot
from app.theme import LIGHT, Theme
from simulator.training import StepLosses
from tests.app.canned import make_facts, make_lanes, make_looks, make_picture, make_track
from tests.app.conftest import OpenShell


def make_card(qtbot: QtBot, theme: Theme, kind: type[Plot] = LossPlot, lanes: int = 1) -> PlotCard:
    window = QWidget()
    qtbot.addWidget(window)
    card = PlotCard(theme, kind(theme))
    card.host = window  # or Python would give the window away
    QVBoxLayout(window).addWidget(card)
    window.resize(900, 500)
    window.show()
    qtbot.waitExposed(window)
    card.set_facts(make_facts())
    card.set_lanes(make_looks(lanes) if lanes > 1 else ())
    card.show_picture(make_lanes(900, lanes))
    return card


def numbers_of(path: Path) -> tuple[list[str], list[list[str]], list[str]]:
    """Return header, rows and comments of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    return head, rows, [line for line in lines if line.startswith("#")]


def test_that_the_clipboard_holds_a_picture_of_the_right_size_on_white(qtbot: QtBot, theme: Theme) -> None:
    theme.set_name("dark")
    card = make_card(qtbot, theme)
    before = card.plot.grab().toImage()
    card.desk.takeaway.copy_picture(card.plot)
    image = QGuiApplication.clipboard().image()
    assert image.size() == 2 * Portrait(card.plot, theme).size
    assert image.width() >= 2 * max(LEAST.width(), card.plot.width())
    assert image.pixelColor(2, 2).name().upper() == LIGHT.card
    colours = {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 2) for y in (700, 701, 702)}
    assert len(colours) > 1, "something is drawn"
    assert card.plot.grab().toImage() == before, "the plot itself is as it was"


def test_that_a_small_plot_is_drawn_anew_in_a_larger_size(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme)
    card.window().resize(360, 200)
    QTest.qWait(0)
    assert Portrait(card.plot, theme).image().width() >= 2 * LEAST.width()
    assert card.plot.canvas.width() < LEAST.width()


def test_that_pictures_are_saved_as_pixels_and_as_lines(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    card = make_card(qtbot, theme, lanes=2)
    portrait = Portrait(card.plot, theme)
    takeaway = card.desk.takeaway
    takeaway._write(tmp_path / "loss.png", portrait.png())
    assert QImage(str(tmp_path / "loss.png")).size() == 2 * portrait.size
    takeaway._write(tmp_path / "loss.svg", portrait.svg())
    text = (tmp_path / "loss.svg").read_text(encoding="utf-8")
    assert text.lstrip().startswith("<?xml")
    assert "Loss" in text
    assert "polyline" in text or "path" in text
    assert takeaway.folder == str(tmp_path)


def test_that_a_file_that_cannot_be_written_is_told_in_a_sentence(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    card = make_card(qtbot, theme)
    with qtbot.waitSignal(card.desk.takeaway.failed) as failed:
        card.desk.takeaway._write(tmp_path / "missing" / "loss.csv", b"x")
    assert failed.args[0].startswith("loss.csv cannot be written: ")
    assert card.desk.takeaway.folder == ""


def test_that_a_file_holds_the_loss_of_every_step(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = make_card(qtbot, theme)
    rng = np.random.default_rng(3)
    losses = StepLosses(np.arange(1.0, 5001.0), rng.random(5000), rng.random(5000) / 7)
    takeaway = card.desk.takeaway
    takeaway.about = lambda: ["experiment: Spiral"]
    takeaway.ask_for_losses = lambda runs, answer: answer(dict.fromkeys(runs, losses))
    saved = tmp_path / "loss.csv"
    monkeypatch.setattr(takeaway, "_dialog", lambda _title, _filters, _name, save: save(saved))
    takeaway.save_data(card.plot)
    head, rows, about = numbers_of(saved)
    assert head == ["step", "epoch", "loss"]
    assert [float(row[2]) for row in rows] == (losses.data + losses.penalty).tolist(), "to the last figure"
    assert [int(row[0]) for row in rows] == list(range(1, 5001))
    assert about == ["# Loss", "# experiment: Spiral"]
    assert card.plot.losses == {}, "nothing is kept"


def test_that_lanes_have_a_column_each_and_a_spreadsheet_gets_tabs(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, AccuracyPlot, lanes=2)
    card.desk.takeaway.copy_data(card.plot)
    head, *rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert head[:2] == ["step", "epoch"]
    assert {"validation accuracy A", "validation accuracy B"} <= set(head)
    readings = make_lanes(900, 2).readings
    column = head.index("training accuracy A")
    assert [float(row[column]) for row in rows] == readings.training_accuracy.tolist()


def plot_classes() -> list[type[Plot]]:
    """Return all plots that can be on screen."""
    for module in pkgutil.walk_packages(app.plots.__path__, "app.plots."):
        importlib.import_module(module.name)

    def below(kind: type[Plot]) -> list[type[Plot]]:
        return [kind, *(each for sub in kind.__subclasses__() for each in below(sub))]

    return [kind for kind in below(Plot) if kind.__module__.startswith("app.plots.") and not kind.__subclasses__()]


def test_that_every_plot_of_views_and_labs_has_a_table() -> None:
    kinds = plot_classes()
    assert len(kinds) > 15
    for kind in kinds:
        base = Figure if issubclass(kind, Figure) else LayeredPlot if issubclass(kind, LayeredPlot) else None
        if base is None:
            assert kind._tabled is not Plot._tabled, kind
        else:
            assert kind._table_of is not base._table_of, kind


@pytest.mark.parametrize(
    "kind",
    [
        LossPlot,
        AccuracyPlot,
        GapLossPlot,
        ActivationsPlot,
        GradientFlowPlot,
        UpdateRatioPlot,
        DecisionMapPlot,
        lambda theme: LayerTimePlot(theme, dead()),
    ],
)
@pytest.mark.parametrize("lanes", [1, 3])
def test_that_a_plot_of_a_run_tells_its_numbers(qtbot: QtBot, theme: Theme, kind: type[Plot], lanes: int) -> None:
    plot = kind(theme)
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.show()
    assert plot.table().columns == (), "nothing yet"
    plot.set_facts(make_facts())
    plot.set_lanes(make_looks(lanes) if lanes > 1 else ())
    plot.show_picture(replace(make_lanes(900, lanes), track=make_track(4, 60, 900)))
    columns = plot.table().columns
    assert len(columns) >= 2
    assert len({len(column.values) for column in columns}) == 1
    assert len({column.name for column in columns}) == len(columns)


def test_that_histograms_tell_their_bins_and_what_lies_outside(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, ActivationsPlot)
    columns = {column.name: column.values for column in card.plot.table().columns}
    picture = make_picture(900)
    output = picture.frame.layers[1].output
    of_layer = [place for place, name in enumerate(columns["layer"]) if name == "Dense 1"]
    now = [place for place in of_layer if columns["moment"][place] == "now"]
    assert sum(columns["count"][place] for place in now) == output.total - output.not_finite


def menu_of(card: PlotCard, qtbot: QtBot) -> QMenu:
    popup = QApplication.activePopupWidget
    qtbot.waitUntil(lambda: popup() is not None)
    return popup()


def test_that_right_click_menu_key_and_button_open_the_same_entries(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme)
    canvas = card.plot.canvas
    place = QPoint(100, 60)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, canvas.mapToGlobal(place))
    found = []
    for ask in (
        lambda: QApplication.sendEvent(canvas.viewport(), event),
        lambda: QTest.keyClick(canvas, Qt.Key.Key_Menu),
        lambda: QTest.keyClick(canvas, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
    ):
        ask()
        menu = menu_of(card, qtbot)
        found.append([action.text() for action in menu.actions()])
        menu.close()
    card.menu_button.menu().aboutToShow.emit()
    of_button = [action.text() for action in card.menu_button.menu().actions()]
    assert found[0] == found[1] == found[2] == of_button[: len(found[0])]
    assert [text for text in found[0] if not text] == ["", "", ""], "four groups"
    assert "Guessing" in found[0]


def test_that_what_is_shown_is_the_same_in_menu_legend_and_plot(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme)
    card.menu_button.menu().aboutToShow.emit()
    entries = {action.text(): action for action in card.menu_button.menu().actions()}
    entries["Each step"].trigger()
    assert not card.plot.raws[0].isVisible()
    assert not card.legend.buttons[0].isChecked()
    entries["Guessing"].trigger()
    assert not card.plot.is_series_shown(GUESS)
    assert not any(getattr(note, "text", "").startswith("guessing") for note in card.plot.canvas.notes)


def test_that_keys_of_the_window_take_away_from_the_focused_plot(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    window = shell.window
    shell.poll()
    plot = window.stage.card("loss").plot
    plot.show_picture(make_picture(900, run_id=7))
    window.plots.enlarge(plot)
    QTest.keyClick(window.plots.alone, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().width() > 2 * 1400
    plot.canvas.zoom_asked.emit(2.0, QPointF(400, 0.5), "xy")
    assert plot.follow.isVisible()
    QTest.keyClick(window.plots.alone, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert not plot.canvas.zoom
    assert not plot.follow.isVisible()
