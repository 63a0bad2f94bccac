"""The picture of a check: points where they were measured, what is no number, and words that can be read."""

import numpy as np
import pytest

from app.plots.canvas.notes import MarkNote
from app.plots.lab.check_plot import CheckPlot
from simulator.analysis.checks import BOTH_WAYS, CHECKLIST, CheckPicture, CheckResult
from simulator.message import Message
from tests.app.plots.conftest import ShowPlot, assert_readable, texts

RATES = np.logspace(-6, 1, 15)
LOSSES = np.array([2.3, 2.3, 2.3, 2.29, 2.25, 2.1, 1.6, 0.9, 0.5, 0.4, 0.8, 2.0, np.inf, np.inf, np.inf])


def result(picture: CheckPicture | None, item=CHECKLIST[4], verdict="fail") -> CheckResult:
    return CheckResult(item, 1.0, 1.0, verdict, Message("So it is."), 1.0, picture=picture)


def rates(**more) -> CheckPicture:
    values = {"reference": (2.3, Message("start")), "mark": (11, Message("now")), "best": 9, **more}
    return CheckPicture(
        Message("Loss at each rate"), Message("learning rate"), RATES, LOSSES, logarithmic_x=True, **values
    )


def folds() -> CheckPicture:
    names = tuple(Message(name) for name in ("validation", "fold 1", "fold 2", "fold 3"))
    return CheckPicture(
        Message("Accuracy"),
        Message("judged on"),
        np.arange(4.0),
        np.array([0.84, 0.8, 0.82, 0.79]),
        errors=np.full(4, 0.04),
        names=names,
        reference=(0.803, Message("mean")),
        mark=(0, Message("")),
        joined=False,
        form="share",
    )


def course() -> CheckPicture:
    steps = np.arange(0, 275, 25.0)
    return CheckPicture(
        Message("Loss of the 20 examples"),
        Message("step"),
        steps,
        2.3 * np.exp(-steps / 60),
        logarithmic_y=True,
        reference=(0.05, Message("learned by heart")),
        mark=(10, Message("end")),
    )


def test_that_what_is_no_number_is_a_cross_and_not_a_point(show_plot: ShowPlot) -> None:
    plot = show_plot(CheckPlot)
    plot.show_data(result(rates()))
    x, y = plot.points.getData()
    np.testing.assert_allclose(x, np.log10(RATES[:12]))
    np.testing.assert_allclose(y, LOSSES[:12])
    crosses = [note for note in plot.canvas.notes if isinstance(note, MarkNote) and note.shape == "cross"]
    assert len(crosses) == 3
    assert "NaN" in texts(plot)
    assert "0.03" in texts(plot)
    assert "now" in texts(plot)
    assert "start: 2.3" in texts(plot)


def test_that_a_mark_without_a_number_stands_above(show_plot: ShowPlot) -> None:
    plot = show_plot(CheckPlot)
    plot.show_data(result(rates(mark=(13, Message("now")))))
    diamond = next(note for note in plot.canvas.notes if isinstance(note, MarkNote) and note.shape == "diamond")
    assert diamond.y < plot.canvas.area.top()
    assert diamond.colour == "warn"


def test_that_folds_have_names_and_errors(show_plot: ShowPlot) -> None:
    plot = show_plot(CheckPlot)
    plot.show_data(result(folds(), BOTH_WAYS, "pass"))
    assert [tick.text for tick in plot.canvas.axes.bottom] == ["validation", "fold 1", "fold 2", "fold 3"]
    assert plot.bars.isVisible()
    assert plot.curve.getData()[0].size == 0
    assert "fold 2: 82 %" in plot.describe().replace("\N{NO-BREAK SPACE}", " ")


def test_that_a_result_without_a_picture_says_its_sentence(show_plot: ShowPlot) -> None:
    plot = show_plot(CheckPlot)
    plot.show_data(result(None))
    assert plot.canvas.words == "So it is."


@pytest.mark.parametrize("size", [(390, 112), (440, 190), (600, 220)])
@pytest.mark.parametrize("picture", [rates(), course(), folds()], ids=["rates", "course", "folds"])
def test_that_its_words_can_be_read(show_plot: ShowPlot, picture: CheckPicture, size: tuple[int, int]) -> None:
    plot = show_plot(CheckPlot, size)
    plot.show_data(result(picture))
    assert_readable(plot.canvas)


def test_that_a_point_is_read_with_the_arrows(show_plot: ShowPlot) -> None:
    plot = show_plot(CheckPlot)
    plot.show_data(result(rates()))
    plot.reader.read(-1.6)
    assert plot.reader.words == "learning rate 0.0316: 0.400"
