"""The shares of same-sign steps over the size of the mini-batch, as a chart."""

import math
from typing import Final

import numpy as np

from app.labs.zigzag.controls import feed_name
from app.look.looks import Look
from app.look.marks import DIAMOND
from app.look.numbers import count, percent
from app.plots.lab.chart import Chart, Series
from app.system.i18n import _
from app.theme import Tokens
from simulator.analysis.landscape import zigzag

OWN: Final = "own"
_TICKS: Final = (1, 10, 50, zigzag.EXAMPLES)


def share_chart(
    shares: zigzag.SameSignShares, feed: zigzag.Feed, batch: int, own: float | None, tokens: Tokens
) -> Chart:
    """Return the chart: a curve a feed, that of `feed` thick; the run on display, of that share, as a mark."""
    batches = np.array(shares.batches, dtype=np.float64)
    series: list[Series] = []
    for row, each in enumerate(zigzag.FEEDS):
        look, y = Look(row), shares.shares[row]
        colour = look.colour(tokens)
        lost = bool(np.isnan(y).all())
        name = _("{name}: diverges").format(name=feed_name(each)) if lost else feed_name(each)
        line = Series(each, "", batches, y, colour, "line" if each == feed else "thin", readable=False)
        series += [line, Series(each, name, batches, y, colour, "points", look.shape)]
    if own is not None:
        series.append(Series(OWN, "", np.array([float(batch)]), np.array([own]), "text", "points", DIAMOND))
    return Chart(
        tuple(series),
        _("examples in a mini-batch"),
        x_log=True,
        x_ticks=tuple(float(batch) for batch in shares.batches if batch in _TICKS),
        y_range=(-0.04, 1.04),
        at=math.nan if own is None else batch,
        subtitle=_("{draws} draws").format(draws=count(shares.draws)),
        words=_words(shares),
        x_text=_batch,
        y_text=percent,
        tick_text=percent,
    )


def _batch(size: float) -> str:
    return _("all") if size == zigzag.EXAMPLES else count(round(size))


def _words(shares: zigzag.SameSignShares) -> str:
    text = _("{name}: {first} with one example, {last} with all.")
    return " ".join(
        text.format(name=feed_name(feed), first=percent(float(row[0])), last=percent(float(row[-1])))
        for feed, row in zip(zigzag.FEEDS, shares.shares, strict=True)
    )
