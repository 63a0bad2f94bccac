"""Cloud, bowl, histogram and heat map: what is drawn is what they are given, in proportion."""

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.plots.canvas.canvas import Canvas
from app.plots.lab.bowl import CONTOURS, BowlFigure
from app.plots.lab.cloud import CloudFigure, LabelledCloud
from app.plots.lab.heat_map import HeatMap, HeatTable, cell_text, contrast
from app.plots.lab.value_histogram import ValueHistogram
from app.theme import DARK, LIGHT, Theme
from simulator.analysis.batch_norm import LayerValues
from simulator.analysis.landscape.loss_bowl import Bowl, bowl_of
from simulator.analysis.preprocessing import FeatureCloud
from simulator.message import Message
from tests.app.plots.conftest import ShowPlot, assert_readable, texts


def cloud(seed: int = 0) -> LabelledCloud:
    rng = np.random.default_rng(seed)
    points = rng.standard_normal((60, 2)) @ np.array([[2.0, 0.8], [0.0, 0.4]]) + [4, 2]
    labels = rng.integers(0, 2, 60)
    moments = points.mean(axis=0), points.std(axis=0), np.cov(points.T, bias=True)
    bowl = bowl_of(points, np.where(labels == 0, 1.0, -1.0))
    return LabelledCloud(FeatureCloud((Message("x"), Message("y")), points, *moments, bowl), labels, ("A", "B"))


def units(canvas: Canvas) -> tuple[float, float]:
    """Pixels of one unit across and up."""
    return canvas.pixel_x(1) - canvas.pixel_x(0), canvas.pixel_y(0) - canvas.pixel_y(1)


def show(show_plot: ShowPlot, kind: type, title: str = "Title") -> object:
    return show_plot(lambda theme: kind(theme, title))


def test_that_a_cloud_is_drawn_in_proportion_with_0_in_view(show_plot: ShowPlot) -> None:
    figure = show(show_plot, CloudFigure)
    assert isinstance(figure, CloudFigure)
    data = cloud()
    figure.show_data(data)
    across, up = units(figure.canvas)
    assert across == pytest.approx(up, rel=0.02)
    for low, high in (figure.canvas.x_range, figure.canvas.y_range):
        assert low < 0 < high
    x, y = figure.points.getData()
    assert x.size == 60
    assert sorted(y) == pytest.approx(sorted(data.cloud.points[:, 1]))
    assert [entry.text for entry in figure.legend()] == ["A", "B", "mean, 1 std"]
    figure.set_series_shown("0", False)
    assert figure.points.getData()[0].size == np.sum(data.labels == 1)


def test_that_the_ellipse_is_one_standard_deviation_from_the_mean() -> None:
    data = cloud().cloud
    away = data.ellipse() - data.mean
    distance = np.einsum("ni,ij,nj->n", away, np.linalg.inv(data.covariance), away)
    np.testing.assert_allclose(distance, 1)


def test_that_a_bowl_shows_lines_of_equal_loss_and_the_descent(show_plot: ShowPlot) -> None:
    figure = show(show_plot, BowlFigure)
    assert isinstance(figure, BowlFigure)
    bowl = cloud().cloud.bowl
    figure.show_data(bowl)
    x, y = figure.contours.getData()
    rings = np.split(np.stack([x, y], axis=1), np.flatnonzero(np.isnan(x)) + 1)
    rises = [bowl.loss(ring[:-1]) - bowl.lowest for ring in rings if len(ring) > 1]
    assert len(rises) == CONTOURS
    for place, rise in enumerate(rises, start=1):
        np.testing.assert_allclose(rise, bowl.outer_rise * (place / CONTOURS) ** 2)
    assert bowl.loss(np.zeros(2)) == pytest.approx(bowl.lowest + bowl.outer_rise)
    start = np.array([each[0] for each in figure.descent.getData()])
    assert bowl.loss(start) == pytest.approx(bowl.lowest + bowl.outer_rise)
    assert any("condition number" in text for text in texts(figure))
    assert str(math.ceil(bowl.steps)) in figure.accessibleDescription()


def test_that_a_gutter_is_said_in_words(show_plot: ShowPlot) -> None:
    figure = show(show_plot, BowlFigure)
    assert isinstance(figure, BowlFigure)
    gutter: Bowl = bowl_of(np.stack([np.arange(5.0), np.zeros(5)], axis=1), np.ones(5))
    figure.show_data(gutter)
    assert "always 0" in figure.canvas.words


def values(numbers: np.ndarray) -> LayerValues:
    counts, edges = np.histogram(numbers, 20)
    return LayerValues(edges, counts, float(numbers.mean()), float(numbers.std()), 0.0, 0.0, 1.0)


def test_that_a_histogram_stands_beside_the_bell_of_its_moments(show_plot: ShowPlot) -> None:
    figure = show(show_plot, ValueHistogram)
    assert isinstance(figure, ValueHistogram)
    numbers = np.random.default_rng(0).standard_normal(50_000)
    data = values(numbers)
    figure.show_data(data)
    middles = (data.edges[:-1] + data.edges[1:]) / 2
    bell = np.interp(middles, *figure.bell.getData())
    heights = np.asarray(figure.bars.opts["height"])
    np.testing.assert_allclose(bell, heights, atol=0.03)
    assert heights.max() == 1
    assert {"mean 0.00", "std 1.00"} <= set(texts(figure))
    assert_readable(figure.canvas)


def test_that_one_value_has_no_bell(show_plot: ShowPlot) -> None:
    figure = show(show_plot, ValueHistogram)
    assert isinstance(figure, ValueHistogram)
    figure.show_data(values(np.zeros(7)))
    assert not figure.bell.isVisible()


def table(shares: list[list[float]], crossed: bool = False) -> HeatTable:
    grid = np.array(shares)
    marks = np.zeros(grid.shape, bool)
    marks[0, 0] = crossed
    return HeatTable(grid, marks, ("0.1", "1"), ("1", "2", "3"), "scale", "rate", "A table.")


def test_that_every_cell_that_is_known_has_its_number(show_plot: ShowPlot) -> None:
    figure = show_plot(lambda theme: HeatMap(theme, "Map", "Nothing yet."))
    assert isinstance(figure, HeatMap)
    figure.show_data(table([[0.1, 0.996, np.nan], [1.0, 0.5, 0.004]], crossed=True))
    assert texts(figure) == ["×", "99.6", "100", "50", "0"]
    assert figure.canvas.tooltip_at is not None
    place = figure.canvas.to_data(figure.canvas.to_pixels(2.5, 0.5))
    assert figure.canvas.tooltip_at(place) == "scale 3 · rate 0.1 · not measured yet"
    assert "diverged" in figure.canvas.tooltip_at(figure.canvas.to_data(figure.canvas.to_pixels(0.5, 0.5)))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_that_numbers_are_readable_on_every_colour_of_the_ramp(qtbot: QtBot, theme: Theme, name: str) -> None:
    theme.set_name(name)  # type: ignore[arg-type]
    figure = HeatMap(theme, "Map", "Nothing yet.")
    qtbot.addWidget(figure)
    tokens = LIGHT if name == "light" else DARK
    for share in np.linspace(0, 1, 41):
        ground = figure._colour(float(share))
        # on the ground in the middle between both inks neither can have more than the root of their contrast
        assert max(contrast(QColor(ink), ground) for ink in (tokens.text, tokens.card)) > 3.6


SHARES = [(0.0, "0"), (0.994, "99.4"), (0.9999, "99.9"), (1.0, "100"), (0.126, "13")]


@pytest.mark.parametrize(("share", "text"), SHARES)
def test_that_only_everything_is_a_hundred(share: float, text: str) -> None:
    assert cell_text(share) == text
