from dataclasses import replace

import numpy as np
import pytest

from app.plots.run.decision_map import MOST_POINTS, VALIDATION, DecisionMapPlot, blend
from simulator.data import Dataset
from tests.app.canned import EXAMPLES, make_facts, make_picture
from tests.app.plots.conftest import ShowPlot, texts

CARD = np.array([255, 255, 255])


def test_that_the_picture_is_pale_where_the_network_is_unsure() -> None:
    colours = np.array([[0, 0, 200], [200, 0, 0]])
    shares = np.array([[[1, 0], [0.5, 0.5], [0.25, 0.75]]], dtype=np.float32)
    picture = blend(shares, colours, CARD)
    assert picture.shape == (1, 3, 4)
    assert picture[0, 1].tolist() == [255, 255, 255, 255]
    assert picture[0, 0].tolist() == [128, 128, 228, 255]
    assert picture[0, 2].tolist() == [241, 191, 191, 255], "half as strong: the lead is a half"


@pytest.mark.parametrize("classes", [1, 2, 3, 10])
def test_that_the_winner_gives_the_colour(classes: int) -> None:
    rng = np.random.default_rng(0)
    shares = rng.dirichlet(np.full(classes, 0.2), (30, 40)).astype(np.float32)
    colours = rng.integers(0, 200, (classes, 3))
    picture = blend(shares, colours, CARD)
    ordered = np.sort(shares, axis=2)
    lead = ordered[..., -1] - (ordered[..., -2] if classes > 1 else 0)
    wanted = 255 + 0.5 * (colours[shares.argmax(axis=2)] - 255) * lead[..., None]
    assert picture[..., :3] == pytest.approx(wanted, abs=1)


def test_that_shares_that_are_no_numbers_do_no_harm() -> None:
    shares = np.full((2, 2, 3), np.nan, dtype=np.float32)
    assert blend(shares, np.zeros((3, 3), dtype=int), CARD)[..., :3].min() == 255


def test_that_the_map_lies_where_it_was_measured(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    plot.set_facts(make_facts(3))
    picture = make_picture(classes=3)
    plot.show_picture(picture)
    left, right, bottom, top = picture.frame.parts["decision"].extent
    box = plot.image.mapRectToParent(plot.image.boundingRect())
    assert (box.left(), box.right(), box.top(), box.bottom()) == pytest.approx((left, right, bottom, top))
    assert plot.canvas.x_range == (left, right)
    assert plot.image.image.shape == (100, 100, 4)


def test_that_all_examples_are_drawn_filled_or_hollow(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    facts = make_facts(4)
    plot.set_facts(facts)
    plot.show_picture(make_picture(classes=4))
    x, y = plot.points.getData()
    order = np.concatenate([facts.training, facts.validation])
    assert np.allclose(np.stack([x, y], axis=1), facts.dataset.features[order])
    card = plot._theme.tokens.card.lower()
    hollow = [spot.brush().color().name() == card for spot in plot.points.points()]
    assert hollow == [False] * facts.training.size + [True] * facts.validation.size
    assert len({id(spot.symbol()) for spot in plot.points.points()}) == 4


def test_that_a_class_or_the_validation_can_be_hidden(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    facts = make_facts(3)
    plot.set_facts(facts)
    assert [entry.text for entry in plot.legend()] == ["A", "B", "C", "val"]
    plot.set_series_shown(VALIDATION, False)
    assert plot.points.getData()[0].size == facts.training.size
    plot.set_series_shown("0", False)
    assert plot.points.getData()[0].size == np.count_nonzero(facts.dataset.labels[facts.training] != 0)


def test_that_a_large_set_is_sampled(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    many = 20 * MOST_POINTS
    rng = np.random.default_rng(0)
    dataset = Dataset(rng.normal(size=(many, 2)).astype(np.float32), rng.integers(0, 2, many), ("A", "B"))
    facts = make_facts()
    order = np.arange(many)
    plot.set_facts(replace(facts, dataset=dataset, training=order[: many // 2], validation=order[many // 2 :]))
    assert plot.points.getData()[0].size <= MOST_POINTS + 1


def test_that_a_missing_map_is_said(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture(decision=False))
    assert texts(plot) == ["computing"]
    assert not plot.image.isVisible()
    assert plot.points.getData()[0].size == EXAMPLES
    plot.show_picture(make_picture(decision=True))
    assert texts(plot) == []


def test_that_data_of_more_features_have_no_plane(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    plot.set_facts(make_facts(3))
    plot.set_facts(make_facts(10, width=64))
    plot.show_picture(make_picture(classes=10, decision=False))
    assert "two features" in plot.canvas.words
    assert "two features" in plot.describe()


def test_that_the_shares_of_the_plane_are_told(show_plot: ShowPlot) -> None:
    plot = show_plot(DecisionMapPlot)
    plot.set_facts(make_facts())
    plot.show_picture(make_picture())
    assert "210 examples are for training, 90 for validation" in plot.describe()
    assert "A on " in plot.describe()
