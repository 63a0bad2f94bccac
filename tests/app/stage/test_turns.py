"""Views take turns where drawing costs more than the window's thread has, and rest none for long."""

from collections import Counter
from itertools import pairwise

import pytest

from app.stage.turns import MOST_BUSY, Turns

VIEWS = ("plane", "loss", "accuracy", "activations", "gradient_flow")
TICK = 1 / 30


class Bench:
    """A thread whose time is counted, not measured: every view costs so much to draw."""

    def __init__(self, cost):
        self.cost = cost
        self.now = self.worked = 0.0
        self.drawn = []
        self.turns = Turns(lambda: self.now, lambda: self.worked)

    def draw(self, view):
        self.drawn.append((self.now, view))
        self.worked += self.cost
        self.now += self.cost

    def run(self, seconds, large="plane"):
        left_out = False
        end = self.now + seconds
        while self.now < end:
            begun = self.now
            left_out = self.turns.draw(VIEWS, large, self.draw)
            self.now = max(self.now, begun + TICK)
        return left_out

    def rates(self, since):
        count = Counter(view for at, view in self.drawn if at >= since)
        return {view: count[view] / (self.now - since) for view in VIEWS}


def test_that_every_view_draws_every_picture_where_that_is_cheap():
    bench = Bench(0.001)
    assert not bench.run(2)
    assert min(bench.rates(0).values()) > 29
    assert bench.turns.strain == 0


@pytest.mark.parametrize("cost", [0.004, 0.006, 0.010])
def test_that_the_thread_stays_idle_for_more_than_half_of_the_time(cost):
    bench = Bench(cost)
    bench.run(4)
    since, worked = bench.now, bench.worked
    bench.run(4)
    assert (bench.worked - worked) / (bench.now - since) < 1.12 * MOST_BUSY
    rates = bench.rates(since)
    assert rates["plane"] >= 7.5
    assert min(rates.values()) >= 1.9
    assert rates["plane"] > 1.3 * rates["loss"]


def test_that_no_view_rests_for_long_however_dear_drawing_is():
    bench = Bench(0.030)
    bench.run(4)
    since = bench.now
    bench.run(6)
    for view in VIEWS:
        moments = [at for at, drawn in bench.drawn if drawn == view and at >= since]
        assert max(b - a for a, b in pairwise(moments)) < 0.7, view


def test_that_calm_begins_anew():
    bench = Bench(0.010)
    bench.run(4)
    assert bench.turns.strain > 0
    bench.turns.calm()
    bench.drawn.clear()
    assert not bench.turns.draw(VIEWS, "plane", bench.draw)
    assert [view for _at, view in bench.drawn] == [*VIEWS]
