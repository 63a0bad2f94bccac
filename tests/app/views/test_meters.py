"""Meters, units and ratios over time on real, short training: B7 and H4 by clicks."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from pytestqt.qtbot import QtBot

from app.cards.plot_card import PlotCard
from app.cards.view_card import ViewCard
from app.plots.canvas.notes import Note
from app.theme import Theme
from app.views.catalogue import views
from app.views.units.card import UnitsCard
from simulator.data.sources.digits import Digits
from simulator.experiment import Experiment, Run, load
from simulator.initializers.normal import Normal
from simulator.layers.dense import Dense
from simulator.layers.tanh import Tanh
from simulator.training import Question
from simulator.training.measuring.framing import frame_of
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture

LEFT = Qt.MouseButton.LeftButton


class Answering:
    """A controller whose questions are answered at once."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    def ask(self, question: Question[object], answer: Callable[[object], None]) -> None:
        answer(question.answer(self._timeline))


@pytest.fixture
def open_view(qtbot: QtBot, theme: Theme) -> Callable[..., ViewCard]:
    """Shows a view at the size of a card."""

    def open_card(view: str, controller: object = None, width: int = 560) -> ViewCard:
        card = views()[view].make(SimpleNamespace(theme=theme, document=None, controller=controller))  # type: ignore[arg-type]
        qtbot.addWidget(card)
        card.resize(QSize(width, 300))
        card.show()
        qtbot.waitExposed(card)
        return card

    return open_card


def sums(trainer: Trainer) -> np.ndarray:
    """Return X W + b of the first layer on the probe batch, in float64."""
    inputs = trainer.setting.inputs
    held = [trainer.state.parameters[item.span].reshape(item.block.shape) for item in trainer.program.placed]
    examples = trainer.setting.dataset.features[trainer.setting.probe].astype(np.float64)
    examples = (examples - inputs.shift) * inputs.scale
    return examples @ held[0].astype(np.float64) + held[1]


def words_of(card: PlotCard) -> list[str]:
    notes = [note.text for note in card.plot.canvas.notes if isinstance(note, Note)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in notes]


def test_that_a_negative_bias_kills_units_and_leaky_relu_revives_them(open_view, qtbot) -> None:
    shown = {}
    for name in ("B7", "B7-leaky"):
        timeline = Timeline(Trainer(load(name)))
        card = open_view("meters")
        card.set_facts(timeline.trainer.facts)
        card.show_picture(trained_picture(timeline, 60, 10))
        shown[name] = words_of(card)
        if name == "B7":
            dead = (sums(timeline.trainer) <= 0).all(axis=0).mean()
            assert dead > 0.3
    assert shown["B7"] == [f"Dense 1, {round(100 * dead)} %"]
    assert shown["B7-leaky"] == ["Dense 1, 0 %"]


def test_that_too_large_a_rate_kills_units(open_view) -> None:
    timeline = Timeline(Trainer(load("H2-dying")))
    card = open_view("meters")
    card.set_facts(timeline.trainer.facts)
    picture = trained_picture(timeline, 580, 20)
    card.show_picture(picture)
    assert picture.track.dead[0, 2] == 0
    assert picture.track.dead[-1, 2] > 0.3
    assert any(text.startswith("Dense 2, ") and text != "Dense 2, 0 %" for text in words_of(card))


def test_that_a_click_on_a_layer_opens_its_units(open_view, qtbot) -> None:
    timeline = Timeline(Trainer(load("B7")))
    card = open_view("meters")
    card.set_facts(timeline.trainer.facts)
    card.show_picture(trained_picture(timeline, 40, 10))
    canvas = card.plot.canvas
    place = QPoint(round(canvas.pixel_x(20)), round(canvas.pixel_y(float(card.plot._values[-1, 0]))))
    heard: list[object] = []
    card.layer_clicked.connect(heard.append)
    card.view_wanted.connect(heard.append)
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=place)
    assert sorted(heard, key=str) == [1, "units"]


def test_that_a_meter_is_chosen_by_a_click(open_view, qtbot) -> None:
    network = tuple(
        entry for key in range(1, 11) for entry in (Dense(units=20, weights=Normal(scale=2.0), key=key), Tanh())
    )
    timeline = Timeline(Trainer(Run(Experiment(data=Digits(), network=network))))
    card = open_view("meters")
    card.set_facts(timeline.trainer.facts)
    picture = trained_picture(timeline, 2)
    card.show_picture(picture)
    button = next(button for button in card.switch.buttons if button.text() == "Saturated")
    qtbot.mouseClick(button, LEFT)
    # ten tanh layers: an image with the newest share at the end of its row
    assert card.plot.is_image
    saturated = float(picture.track.saturated[-1, 10])
    assert words_of(card)[-1] == f"{round(100 * saturated)} %"


def show_units(open_view, name: str, steps: int, layer: int = 1) -> tuple[UnitsCard, Timeline]:
    timeline = Timeline(Trainer(load(name)))
    card = open_view("units", Answering(timeline))
    card.set_facts(timeline.trainer.facts)
    picture = trained_picture(timeline, steps, 40, parts=("units",))
    card.show_picture(picture)
    card.set_selected_layer(layer)
    return card, timeline


def test_that_units_are_sorted_and_chosen_by_the_keyboard(open_view, qtbot) -> None:
    card, timeline = show_units(open_view, "B7", 30)
    shares = (sums(timeline.trainer) > 0).mean(axis=0)
    order = card.tiles.units.order
    assert shares[list(order)] == pytest.approx(np.sort(shares), abs=0.01)
    card.tiles.setFocus()
    qtbot.keyClick(card.tiles, Qt.Key.Key_Right)
    assert card.tiles.unit == order[1]
    qtbot.keyClick(card.tiles, Qt.Key.Key_End)
    unit = card.tiles.unit
    assert unit == order[-1]
    assert f"Unit {unit + 1} is active on {round(100 * shares[unit])}" in card.detail.head.text()
    assert not card.detail.button.isVisible()


def test_that_looking_back_finds_since_when_a_unit_is_silent(open_view, qtbot) -> None:
    card, timeline = show_units(open_view, "H2-dying", 300, layer=2)
    assert card.detail.button.isVisible()
    qtbot.mouseClick(card.detail.button, LEFT)
    qtbot.waitUntil(card.detail.found.isVisible, timeout=30_000)
    unit = card.tiles.unit
    since = int("".join(letter for letter in card.detail.found.text().split(",")[0] if letter.isdigit()))
    assert 0 < since <= 300
    replayed = timeline.past().restored(since - 1)
    assert frame_of(replayed, ("units",)).parts["units"].layers[2].active[unit] > 0
    for step in range(since, 301, 20):
        frame = frame_of(timeline.past().restored(step), ("units",))
        assert frame.parts["units"].layers[2].active[unit] == 0


def test_that_never_alive_is_an_answer(open_view, qtbot) -> None:
    card, _timeline = show_units(open_view, "B7", 40)
    qtbot.mouseClick(card.detail.button, LEFT)
    qtbot.waitUntil(card.detail.found.isVisible, timeout=30_000)
    assert card.detail.found.text() == "It was never alive: silent at every step from 0 to 40."


def test_that_looking_back_can_be_stopped(open_view, qtbot) -> None:
    card, _timeline = show_units(open_view, "H2-dying", 580, layer=2)
    qtbot.mouseClick(card.detail.button, LEFT)
    assert card.detail.stop_button.isVisible()
    qtbot.mouseClick(card.detail.stop_button, LEFT)
    qtbot.waitUntil(card.detail.button.isVisible, timeout=10_000)
    assert not card.detail.found.isVisible()


def test_that_a_layer_is_chosen_in_the_card(open_view, qtbot) -> None:
    card, _timeline = show_units(open_view, "H2-dying", 20)
    combo = card.layer_box.control
    with qtbot.waitSignal(card.layer_clicked) as clicked:
        buttons = getattr(combo, "buttons", None)
        if buttons is None:
            combo.setFocus()
            qtbot.keyClick(combo, Qt.Key.Key_Down)
        else:
            qtbot.mouseClick(buttons[1], LEFT)
    assert clicked.args == [2]
    assert card.layer == 2
    assert "50" in card.subtitle_label.text


def test_that_the_part_is_asked_for_while_in_view_only(open_view) -> None:
    card = open_view("units", None)
    assert card.wanted_parts == {"units"}
    card.hide()
    assert card.wanted_parts == frozenset()


def test_that_without_the_part_the_card_says_computing(open_view) -> None:
    timeline = Timeline(Trainer(load("B7")))
    card = open_view("units", None)
    card.set_facts(timeline.trainer.facts)
    card.show_picture(trained_picture(timeline, 5))
    assert not card.tiles.isVisible()


def test_that_the_ratio_at_a_curve_s_end_is_that_of_the_last_update(open_view) -> None:
    run = load("H1")
    trainer = Trainer(Run(run.experiment))
    trainer.advance(39)
    before = trainer.state.parameters.copy()
    timeline = Timeline(Trainer(Run(run.experiment)))
    other = timeline.trainer
    card = open_view("update_ratio_time", width=700)
    card.set_facts(other.facts)
    picture = trained_picture(timeline, 40, 1)
    card.show_picture(picture)
    after = other.state.parameters.astype(np.float64)
    words = words_of(card)
    for layer, item in zip((1, 2, 3), [p for p in other.program.placed if p.block.role == "weight"], strict=True):
        ratio = np.linalg.norm(after[item.span] - before[item.span]) / np.linalg.norm(before[item.span])
        assert picture.track.update_ratio[-1, layer] == pytest.approx(ratio, rel=1e-4)
        mantissa = f"{ratio:.1e}".split("e")[0]
        assert any(mantissa in text for text in words), (mantissa, words)
    assert any("healthy" in text for text in words)


def test_that_a_picture_of_another_run_is_drawn_anew(open_view) -> None:
    timeline = Timeline(Trainer(load("B7")))
    card = open_view("units", None)
    card.set_facts(timeline.trainer.facts)
    picture = trained_picture(timeline, 5, parts=("units",))
    card.show_picture(picture)
    card.show_picture(replace(picture, run_id=2))
    assert card.tiles.unit == card.tiles.units.order[0]
