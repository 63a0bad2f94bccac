"""Slides D1 to D8 on the bench by clicks alone, judged by closed forms and by the lecture's table."""

import math
import re
from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.labs.initialise.bottom import MANY_DRAWS
from app.labs.initialise.lab import SPEC, InitialiseLab
from app.labs.initialise.setup import SLIDES
from app.plots.canvas.notes import Note
from app.plots.canvas.plot import Plot
from app.widgets.favourite_box import FavouriteBox
from app.widgets.numbers import parse_number
from simulator.analysis import signal
from simulator.experiment import Experiment, load
from tests.app.labs.conftest import SMALL, OpenLab
from tests.app.plots.conftest import assert_readable
from tests.app.test_translation import brackets, texts, untranslated  # noqa: F401 (a fixture)
from tests.simulator.test_lecture import GRADIENT_AT_INPUT, ROUNDED, SCATTER, STDS

LEFT = Qt.MouseButton.LeftButton
LAZY_BENCH = signal.Bench
WRITTEN = 0.06
"""Half a unit of the second figure, at most: numbers on screen have two."""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.fixture(autouse=True)
def shared_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """All tests ask one engine: what it has measured once it knows."""
    monkeypatch.setattr(signal, "Bench", engine, raising=False)


@cache
def engine() -> object:
    return LAZY_BENCH()


@pytest.fixture
def bench(open_lab: OpenLab) -> InitialiseLab:
    lab = open_lab(SPEC)
    assert isinstance(lab, InitialiseLab)
    return lab


def measured(qtbot: QtBot, lab: InitialiseLab) -> None:
    """Wait until what the controls say is on display, whole."""

    def done() -> bool:
        reading = lab.measure.reading
        if reading is None or reading.recipe != lab.recipe or not reading.signal.complete:
            return False
        return not lab.setup.grey or lab.measure.other is not None

    qtbot.waitUntil(done, timeout=30_000)


def press(qtbot: QtBot, lab: InitialiseLab, slide: str) -> None:
    qtbot.mouseClick(next(each for each in lab.controls.slides.buttons if each.text() == slide), LEFT)
    measured(qtbot, lab)


def choose(qtbot: QtBot, lab: InitialiseLab, box: FavouriteBox, text: str) -> None:
    """Choose by a segment, or behind "more"."""
    button = next((each for each in box.segments.buttons[:-1] if each.text() == text), None)
    if button is not None:
        qtbot.mouseClick(button, LEFT)
    else:
        qtbot.mouseClick(box.segments.buttons[-1], LEFT)
        assert QApplication.activePopupWidget() is box.menu
        action = next(each for each in box.menu.actions() if each.text() == text)
        qtbot.mouseClick(box.menu, LEFT, pos=box.menu.actionGeometry(action).center())
    measured(qtbot, lab)


def written(plot: Plot, before: str = "", after: str = "") -> float:
    """Return the number that a plot writes between these words."""
    found = [each.text for each in plot.canvas.notes if isinstance(each, Note)]
    text = next(text for text in found if text.startswith(before) and text.endswith(after))
    number = parse_number(text.removeprefix(before).removesuffix(after))
    assert number is not None
    return number


def slide_words(lab: InitialiseLab) -> list[str]:
    return [label.text() for label in lab.told.story.findChildren(QLabel)]


def heights(item: object) -> np.ndarray:
    """Return what marks or a line stand for, from their logarithms."""
    return np.asarray(10 ** item.getData()[1])  # type: ignore[attr-defined]


@pytest.mark.parametrize("slide", ["D4", "D5", "D6"])
def test_that_a_click_on_a_slide_shows_the_lecture_s_table(qtbot: QtBot, bench: InitialiseLab, slide: str) -> None:
    press(qtbot, bench, slide)
    assert_table(bench, slide)
    assert written(bench.backward, after=" reaches the input") == pytest.approx(GRADIENT_AT_INPUT[slide], rel=0.25)
    reading = bench.measure.reading
    assert reading is not None
    drawn = np.reshape(bench.row.main.opts["height"], (10, -1))
    x, y = bench.forward.curves.marks.getData()
    bench.forward.canvas.pointed.emit(QPointF(x[3] + 0.2, y[3]))
    assert bench.forward.reader.words.startswith(f"layer 4: std {10 ** y[3]:.3f}")
    for bars, layer in zip(drawn, reading.signal.layers, strict=True):
        assert bars == pytest.approx(layer.histogram.counts / layer.histogram.counts.max())


def assert_table(bench: InitialiseLab, slide: str) -> None:
    """The marks, and the number at the end, are those of the lecture's table at 4 standard deviations of one draw."""
    table = np.array(STDS[slide])
    allowed = 4 * SCATTER[slide] / 100 * table + ROUNDED[slide]
    assert (np.abs(heights(bench.forward.curves.marks) - table) <= allowed).all()
    assert written(bench.forward, "std ") == pytest.approx(table[-1], abs=allowed[-1] + WRITTEN * table[-1])
    assert f"slide {slide}" in slide_words(bench)


def test_that_d2_asks_first_and_then_shows_that_dh_falls_and_dw_does_not(qtbot: QtBot, bench: InitialiseLab) -> None:
    press(qtbot, bench, "D2")
    assert_table(bench, "D2")
    assert "What happens to the gradients?" in bench.backward.canvas.words
    assert "gradients?" in bench.told.story.text
    assert "falls" not in bench.told.note_text
    qtbot.mouseClick(bench.told.answer_button, LEFT)
    assert not bench.backward.canvas.words
    outputs, weights = heights(bench.backward.curves.marks), heights(bench.backward.curves.second)
    # 1 / (0.01 * sqrt(500)); the last weights see a gradient that no tanh has damped
    np.testing.assert_allclose(outputs[2:] / outputs[1:-1], 4.47, rtol=0.05)
    np.testing.assert_allclose(weights, weights.mean(), rtol=0.03)
    assert written(bench.backward, after=" reaches the input") == pytest.approx(4.47**-10, rel=0.15)
    assert "falls</b> 4.5 times a layer" in bench.told.note_text
    assert "<b>same</b> size" in bench.told.note_text


def test_that_in_a_small_network_d2_s_weights_keep_more(qtbot: QtBot, bench: InitialiseLab) -> None:
    press(qtbot, bench, "D2")
    for _step in range(8):
        qtbot.keyClick(bench.controls.layers.slider, Qt.Key.Key_Left)
    measured(qtbot, bench)
    assert bench.setup.layers == 2
    assert written(bench.forward, "std ") == pytest.approx(STDS["D2"][1], rel=0.05 + WRITTEN)


def test_that_d3_blocks_and_yet_grows(qtbot: QtBot, bench: InitialiseLab) -> None:
    press(qtbot, bench, "D3")
    assert_table(bench, "D3")
    outputs = heights(bench.backward.curves.marks)
    np.testing.assert_allclose(outputs[:-1] / outputs[1:], 3.5, rtol=0.1)
    assert written(bench.backward, after=" reaches the input") == pytest.approx(2.6e5, rel=0.25)
    shares = [each.text for each in bench.row.canvas.notes if isinstance(each, Note) and each.text.endswith("%")]
    blocked = [int(text.split("\N{NO-BREAK SPACE}")[0]) for text in shares[: len(shares) // 2]]
    assert blocked == pytest.approx([85] * 10, abs=2)
    assert "grows</b> 3.5 times a layer" in bench.told.note_text


def test_that_theory_is_drawn_and_he_is_one_click_away_from_xavier(qtbot: QtBot, bench: InitialiseLab) -> None:
    press(qtbot, bench, "D5")
    std = math.sqrt(0.5 - 0.5 / math.pi) * math.sqrt(0.5) ** np.arange(10)
    np.testing.assert_allclose(heights(bench.forward.curves.line), std, rtol=0.01)
    np.testing.assert_allclose(heights(bench.backward.curves.line), math.sqrt(0.5) ** np.arange(10, -1, -1), rtol=0.01)
    grey = heights(bench.forward.curves.other)
    qtbot.mouseClick(bench.told.set_button, LEFT)
    measured(qtbot, bench)
    assert bench.setup.scheme == "he"
    np.testing.assert_allclose(heights(bench.forward.curves.marks), grey)
    assert "slide D6" in slide_words(bench)
    assert "silent" in bench.told.story.text


def test_that_d1_is_nothing_and_goes_to_the_laboratory(qtbot: QtBot, open_lab: OpenLab) -> None:
    gone: list[str] = []
    bench = open_lab(SPEC, go_to=gone.append)
    assert isinstance(bench, InitialiseLab)
    press(qtbot, bench, "D1")
    assert bench.forward.curves.marks.getData()[0].size == 0
    assert "0 from layer 1 on" in [each.text for each in bench.forward.canvas.notes if isinstance(each, Note)]
    assert "0 reaches the input" in [each.text for each in bench.backward.canvas.notes if isinstance(each, Note)]
    assert [layer.silent for layer in bench.row.data.layers] == [1.0] * len(bench.row.data.layers)
    assert "50 of 50 units silent" in bench.row.describe()
    qtbot.mouseClick(bench.bar.train, LEFT)
    assert bench.context.document.experiment == load("D1").experiment
    assert gone == ["watch"]

    choose(qtbot, bench, bench.controls.scheme, "constant")
    assert "All units are the same." in bench.told.story.text
    assert "<b>50</b> units" in bench.told.story.text
    qtbot.mouseClick(bench.bar.train, LEFT)
    network = bench.context.document.experiment.network
    assert {entry.weights.kind for entry in network if entry.weighted} == {"constant"}


def test_that_d7_fades_by_the_root_of_2_a_layer(qtbot: QtBot, bench: InitialiseLab) -> None:
    press(qtbot, bench, "D7")
    stds = heights(bench.forward.curves.marks)
    assert len(stds) == 30
    # one draw of 100 units scatters by about a third after 30 layers, theory has 2 ** -15
    assert math.log2(stds[0] / stds[-1]) == pytest.approx(14.5, abs=2)
    assert bench.recipe.base == load("D7").experiment


def narrow(qtbot: QtBot, lab: InitialiseLab) -> None:
    """Drag the slider of the units down to 100, by keys."""
    while lab.setup.units > 100:
        qtbot.keyClick(lab.controls.units.slider, Qt.Key.Key_Left)
    measured(qtbot, lab)


def test_that_d8_shows_the_variance_that_fitted_schemes_promise(qtbot: QtBot, bench: InitialiseLab) -> None:
    press(qtbot, bench, "D8")
    for scheme, words in (("LSUV", "activation: "), ("data-dependent", "variance ")):
        choose(qtbot, bench, bench.controls.scheme, scheme)
        found = re.search(words + r"<b>([\d.]+)</b> to <b>([\d.]+)</b>", bench.told.story.text)
        assert found is not None
        assert [float(found[1]), float(found[2])] == pytest.approx([1, 1], abs=0.011)
        narrow(qtbot, bench)


def test_that_d8_s_random_walk_does_not_drift_and_orthogonal_weights_keep_the_size(
    qtbot: QtBot, bench: InitialiseLab
) -> None:
    """Without an activation Q keeps the length of what comes in and of what comes back, to rounding."""
    bench.set_setup(SLIDES["D6"].setup)
    narrow(qtbot, bench)
    choose(qtbot, bench, bench.controls.scheme, "random walk")
    # g = sqrt 2 exp(1.2 / 97.6): over ten layers exp(0.12), and a scatter of about 25 %
    assert written(bench.backward, after=" reaches the input") == pytest.approx(1.13, rel=0.8)
    choose(qtbot, bench, bench.controls.activation, "linear")
    choose(qtbot, bench, bench.controls.scheme, "orthogonal")
    stds, gradients = heights(bench.forward.curves.marks), heights(bench.backward.curves.marks)
    np.testing.assert_allclose(stds, stds[0], rtol=1e-4)
    np.testing.assert_allclose(gradients, gradients[-1], rtol=1e-4)
    assert "slide D8" in slide_words(bench)


def test_that_another_draw_is_another_seed_and_the_band_follows(qtbot: QtBot, bench: InitialiseLab) -> None:
    bench.set_setup(SLIDES["D5"].setup)
    qtbot.keyClick(bench.controls.units.slider, Qt.Key.Key_Home)
    for _step in range(12):
        qtbot.keyClick(bench.controls.units.slider, Qt.Key.Key_Right)
    measured(qtbot, bench)
    before = heights(bench.forward.curves.marks)
    qtbot.mouseClick(bench.bar.again, LEFT)
    measured(qtbot, bench)
    assert bench.bar.seed_field.text() == "1"
    assert not np.array_equal(heights(bench.forward.curves.marks), before)
    qtbot.mouseClick(bench.bar.draws, LEFT)
    qtbot.waitUntil(lambda: bench.measure.spread is not None and bench.measure.spread.draws == 100, timeout=20_000)
    spread = bench.measure.spread
    assert spread is not None
    inside = (spread.stds >= spread.low) & (spread.stds <= spread.high)
    assert inside.mean() == pytest.approx(0.9, abs=0.02)
    polygon = bench.forward.band.polygon
    assert 10 ** polygon.at(9).y() == pytest.approx(spread.low[9])
    assert bench.bar.draws.text() == "100 draws"


def test_that_the_newest_setting_wins_and_the_window_stays_quick(qtbot: QtBot, bench: InitialiseLab) -> None:
    shown: list[int] = []
    bench.measure.changed.connect(lambda: shown.append(bench.measure.reading.recipe.layers))  # type: ignore[union-attr]
    for layers in range(10, 2, -1):
        qtbot.keyClick(bench.controls.layers.slider, Qt.Key.Key_Left)
        assert bench.setup.layers == layers - 1
    measured(qtbot, bench)
    assert shown[-1] == 2
    assert bench.forward.curves.marks.getData()[0].size == 2


def test_that_the_data_on_the_table_go_in(qtbot: QtBot, open_lab: OpenLab) -> None:
    bench = open_lab(SPEC, experiment=load("spiral").experiment)
    assert isinstance(bench, InitialiseLab)
    narrow(qtbot, bench)
    control = bench.controls.source.control
    if isinstance(control, QComboBox):
        bench.controls.source.combo.setCurrentIndex(1)
        bench.controls.source.combo.activated.emit(1)
    else:
        qtbot.mouseClick(control.buttons[1], LEFT)
    measured(qtbot, bench)
    assert "of 2 numbers" in bench.controls.input_words.text()
    bench.context.document.edit({"preprocessing": {"kind": "standardise"}}, "Change preprocessing")
    measured(qtbot, bench)
    assert bench.recipe.base == bench.context.document.experiment


def test_that_data_that_cannot_be_read_are_said(qtbot: QtBot, bench: InitialiseLab) -> None:
    bench.context.document.edit({"data": {"kind": "csv_file", "path": "/nowhere/at/all.csv"}}, "Change data")
    bench.controls.source.chosen.emit("table")
    qtbot.waitUntil(lambda: "all.csv" in bench.bar.words.text(), timeout=10_000)


def test_that_both_are_trained_side_by_side(qtbot: QtBot, open_lab: OpenLab) -> None:
    gone: list[str] = []
    bench = open_lab(SPEC, go_to=gone.append)
    assert isinstance(bench, InitialiseLab)
    press(qtbot, bench, "D7")
    qtbot.mouseClick(bench.bar.train_both, LEFT)
    assert gone == ["compare"]
    one, other = (lane.experiment for lane in bench.context.document.state.lanes)
    assert without_name(one) == without_name(load("D7-xavier").experiment)
    assert without_name(other) == without_name(load("D7").experiment)


def without_name(experiment: Experiment) -> dict[str, object]:
    return {name: getattr(experiment, name) for name in experiment.__struct_fields__ if name != "name"}


def test_that_draws_asked_for_are_made_when_the_bench_is_looked_at_again(qtbot: QtBot, bench: InitialiseLab) -> None:
    bench.set_setup(SLIDES["D5"].setup)
    qtbot.keyClick(bench.controls.units.slider, Qt.Key.Key_Home)
    measured(qtbot, bench)
    bench.bar.draws.click()
    bench.hide()
    bench.show()
    assert bench.measure.drawing == MANY_DRAWS
    qtbot.waitUntil(lambda: not bench.measure.drawing, timeout=60_000)
    assert bench.measure.spread is not None
    assert bench.measure.spread.draws == MANY_DRAWS


def test_that_a_hidden_bench_measures_nothing_and_its_controls_have_names(qtbot: QtBot, bench: InitialiseLab) -> None:
    bench.hide()
    bench.set_setup(SLIDES["D6"].setup)
    qtbot.wait(50)
    assert not bench.measure.busy
    bench.show()
    measured(qtbot, bench)
    for part in bench.findChildren(QPushButton):
        assert not part.isVisible() or part.accessibleName() or part.text()
    for control in (bench.controls.layers, bench.controls.units, bench.controls.scale):
        assert control.slider.accessibleName()
        assert control.field.accessibleName()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_that_words_on_the_plots_are_neither_cut_nor_over_each_other(
    qtbot: QtBot, open_lab: OpenLab, scale: float
) -> None:
    bench = open_lab(SPEC, SMALL)
    assert isinstance(bench, InitialiseLab)
    bench.theme.set_text_scale(scale)
    for slide in ("D1", "D3", "D6", "D7"):
        press(qtbot, bench, slide)
        for plot in (bench.row, bench.forward, bench.backward):
            assert_readable(plot.canvas)


def test_that_every_word_goes_through_the_catalogue(
    qtbot: QtBot,
    open_lab: OpenLab,
    brackets: None,  # noqa: F811
) -> None:
    bench = open_lab(SPEC)
    assert isinstance(bench, InitialiseLab)
    for slide in ("D1", "D2", "D3", "D6"):
        press(qtbot, bench, slide)
        said = [text for part in bench.findChildren(QWidget) for _where, text in texts(part)]
        for plot in (bench.row, bench.forward, bench.backward):
            said += [
                plot.subtitle,
                plot.describe(),
                *(each.text for each in plot.canvas.notes if isinstance(each, Note)),
            ]
        # formulas are symbols, and so is what a slide is called
        said = [text for text in said if not text.startswith("W = ") and not re.fullmatch(r"D\d", text)]
        missed = {text for text in said if untranslated(text)}
        assert missed == set()


def test_that_what_is_grey_is_chosen_where_it_is_seen_first(open_lab: OpenLab) -> None:
    lab = open_lab(SPEC, SMALL)
    assert isinstance(lab, InitialiseLab)
    QApplication.processEvents()
    grey = lab.controls.grey
    assert lab.rect().contains(grey.mapTo(lab, grey.rect().bottomLeft()))
    assert not grey.visibleRegion().isEmpty()


def test_that_the_bench_says_what_it_waits_for(open_lab: OpenLab) -> None:
    lab = open_lab(SPEC)
    assert isinstance(lab, InitialiseLab)
    assert "The layers are being measured" in lab.told.story.text
    assert "a few seconds" in lab.told.story.text
