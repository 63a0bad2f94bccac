"""The plane of two features: what the network says everywhere, and the examples."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.export.table import Table
from app.look.marks import CIRCLE, CLASS_SHAPES, LegendEntry, mark_path
from app.look.numbers import count, percent
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.lanes import Lane, name_note
from app.plots.canvas.notes import BOX, CENTRE, AnyNote, Note
from app.plots.canvas.plot import Plot
from app.plots.run.tables import decision_table
from app.system.i18n import _
from app.theme import Theme
from simulator.training import DecisionMap, Picture, RunFacts

VALIDATION: Final = "validation"
MOST_POINTS: Final = 500
"""Examples drawn: more would hide the map, and cost a frame."""
_STRENGTH: Final = 0.5
"""Share of the class colour where the network is sure; the rest is the card."""
_POINT: Final = 10
_LARGEST_POINT: Final = 12
"""Larger ones would hide the map: they are no words, and need not grow with them."""
_EDGE: Final = 0.04


class SmoothImageItem(pg.ImageItem):
    """An image whose pixels flow into each other: the map has far fewer than the screen."""

    def paint(self, painter: QPainter, *rest: QStyleOptionGraphicsItem | QWidget | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        super().paint(painter, *rest)


class DecisionMapPlot(Plot):
    """An image under the examples: a shape a class, filled marks train, hollow ones validate."""

    zooms = True

    part = "decision"

    def __init__(self, theme: Theme) -> None:
        empty = _("What the network says at each place of the plane will be drawn here.")
        super().__init__(theme, _("Decision boundary"), empty)
        self.short_title = _("Boundary")
        self._extent = QRectF(0, 0, 1, 1)
        self._natural = 1.0
        self.image = SmoothImageItem(axisOrder="row-major")
        self.canvas.add(self.image, depth=3)
        # one item for all: each one costs a quarter of a millisecond a frame, though nothing moves
        self.points = pg.ScatterPlotItem(pxMode=True)
        self.canvas.add(self.points, depth=1)

    def legend(self) -> tuple[LegendEntry, ...]:
        if self._facts is None:
            return ()
        names = self._facts.dataset.class_names
        entries = [
            LegendEntry(str(index), name, _shape(index), self._colour(index)) for index, name in enumerate(names)
        ]
        if self._facts.validation.size:
            entries.append(LegendEntry(VALIDATION, _("val"), CIRCLE, "muted", hollow=True))
        return tuple(entries)

    def set_series_shown(self, key: str, shown: bool) -> None:
        super().set_series_shown(key, shown)
        self._style()

    def _style(self) -> None:
        """Place the examples: never with a frame, which would cost twenty times as much."""
        if self._facts is None or not self._facts.dataset.plane:
            self.points.clear()
            return
        dataset = self._facts.dataset
        chosen, hollow = _examples(self._facts)
        labels = dataset.labels[chosen]
        shown = np.array([self._is_shown(str(label)) for label in range(dataset.classes)])[labels]
        shown &= ~hollow | self._is_shown(VALIDATION)
        chosen, hollow, labels = chosen[shown], hollow[shown], labels[shown]
        places = np.asarray(dataset.features, dtype=np.float64)[chosen]
        shapes = [mark_path(_shape(label)) for label in range(dataset.classes)]
        card = self._theme.tokens.card
        filled = [(pg.mkPen(card, width=1), pg.mkBrush(self._colour(label))) for label in range(dataset.classes)]
        outline = [(pg.mkPen(self._colour(label), width=1.6), pg.mkBrush(card)) for label in range(dataset.classes)]
        inks = [(outline if open_ else filled)[label] for label, open_ in zip(labels, hollow, strict=True)]
        size = min(self._theme.px(_POINT), round(self.canvas.ink.stroke(_LARGEST_POINT)))
        self.points.setData(
            x=places[:, 0],
            y=places[:, 1],
            symbol=[shapes[label] for label in labels],
            pen=[pen for pen, _brush in inks],
            brush=[brush for _pen, brush in inks],
            size=np.where(hollow, size - 1, size),
        )

    def _take_facts(self, facts: RunFacts) -> None:
        self._extent = _extent_of(facts) if facts.dataset.plane else QRectF(0, 0, 1, 1)
        self._natural = min(5.0, max(0.2, self._extent.width() / self._extent.height()))
        self._style()
        self.legend_changed.emit()

    def _lay_empty(self) -> bool:
        if self._picture is None:
            self.canvas.set_axes(Axes(left_line=False, bottom_line=False), Margins())
        return self._picture is None

    def _missing(self, _picture: Picture) -> str:
        if self._facts is None or not self._facts.dataset.plane:
            return _("The plane can be drawn for data of two features.")
        return ""

    def _draw(self, picture: Picture) -> None:
        decision: DecisionMap | None = picture.frame.parts.get("decision")
        self.image.setVisible(decision is not None)
        if decision is not None:
            colours = [_rgb(self._colour(index)) for index in range(decision.shares.shape[2])]
            card = _rgb(self._theme.tokens.card)
            self.image.setImage(
                blend(decision.shares, np.array(colours), np.array(card)), autoLevels=False, levels=None
            )
            self._set_extent(decision)
        self._fit()
        area = self.canvas.area
        computing = Note(_("computing"), area.center().x(), area.top() + 16, "muted", align=CENTRE, ground=BOX)
        notes: list[AnyNote] = [] if decision is not None else [computing]
        self.canvas.set_notes(notes)

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        """Draw the selected lane's map, and say whose it is."""
        self._draw(picture)
        look = next(lane.look for lane in lanes if lane.picture is picture)
        self.canvas.set_notes([*self.canvas.notes, name_note(self.canvas, look, self._theme.tokens)])

    def _describe_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> str:
        look = next(lane.look for lane in lanes if lane.picture is picture)
        return _("{lane}: {sentence}").format(lane=look.words, sentence=self._describe(picture))

    def _set_extent(self, decision: DecisionMap) -> None:
        left, right, bottom, top = decision.extent
        self._extent = QRectF(left, bottom, right - left, top - bottom)
        rows, columns, _classes = decision.shares.shape
        self._natural = columns / rows
        self.image.setRect(self._extent)

    def _fit(self) -> None:
        """Show the whole extent as large as the card leaves, the rest of the card empty."""
        viewport = self.canvas.viewport()
        natural = self._natural
        width = max(1, min(viewport.width(), round(viewport.height() * natural)))
        height = max(1, min(viewport.height(), round(width / natural)))
        side, above = (viewport.width() - width) // 2, (viewport.height() - height) // 2
        margins = Margins(left=side, right=side, top=above, bottom=above)
        self.canvas.set_axes(Axes(left_line=False, bottom_line=False), margins)
        self.canvas.set_range((self._extent.left(), self._extent.right()), (self._extent.top(), self._extent.bottom()))

    def _colour(self, index: int) -> str:
        classes = self._theme.tokens.classes
        return classes[index % len(classes)]

    def _tabled(self) -> Table:
        assert self._picture is not None
        return decision_table(self._picture.frame.parts.get("decision"), self._facts)

    def _describe(self, picture: Picture) -> str:
        decision, facts = picture.frame.parts.get("decision"), self._facts
        if decision is None or facts is None:
            return _("The map of the plane is being computed.")
        winners = np.bincount(decision.shares.argmax(axis=2).ravel(), minlength=decision.shares.shape[2])
        shares = winners / max(1, winners.sum())
        parts = [
            _("{name} on {share}").format(name=name, share=percent(float(share)))
            for name, share in zip(facts.dataset.class_names, shares, strict=False)
        ]
        return _(
            "The network answers {parts} of the plane. {examples} examples are for training, {others} for validation."
        ).format(parts=", ".join(parts), examples=count(facts.training.size), others=count(facts.validation.size))


def blend(shares: NDArray[np.float32], colours: NDArray[np.int64], card: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the picture of a decision map.

    Each place has the colour of the class with the greatest share, the paler the smaller its lead over the second;
    where two classes are level it is the card's colour, so borders are light lines between any number of classes.

    Parameters
    ----------
    shares
        Shape (rows, columns, classes).
    colours, card
        Shapes (classes, 3) and (3,), 0 to 255.

    Returns
    -------
    numpy.ndarray
        uint8, shape (rows, columns, 4).
    """
    shares = np.nan_to_num(shares, nan=0.0, posinf=1.0, neginf=0.0)
    first, second = shares[..., 0], np.zeros(shares.shape[:2], dtype=shares.dtype)
    # four times faster than a partition along the short axis
    for index in range(1, shares.shape[2]):
        share = shares[..., index]
        second = np.maximum(second, np.minimum(first, share))
        first = np.maximum(first, share)
    winner, lead = shares.argmax(axis=2), first - second
    picture = np.empty((*lead.shape, 4), dtype=np.uint8)
    difference = (_STRENGTH * (colours - card)).astype(np.float32)
    # the extra half rounds instead of cutting off
    picture[..., :3] = difference[winner] * lead[..., None] + (card.astype(np.float32) + 0.5)
    picture[..., 3] = 255
    return picture


def _rgb(colour: str) -> tuple[int, int, int]:
    made = QColor(colour)
    return made.red(), made.green(), made.blue()


def _shape(index: int) -> str:
    return CLASS_SHAPES[index % len(CLASS_SHAPES)]


def _examples(facts: RunFacts) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the indices of the examples to draw, and which are hollow; those, fewer and lighter, lie on top."""
    share = min(1.0, MOST_POINTS / max(1, facts.training.size + facts.validation.size))
    validation = facts.validation[: math.ceil(share * facts.validation.size)]
    training = facts.training[: math.ceil(share * facts.training.size)]
    chosen = np.concatenate([training, validation])
    return chosen, np.arange(chosen.size) >= training.size


def _extent_of(facts: RunFacts) -> QRectF:
    """Return the rectangle of the examples with a margin: before the first map."""
    places = np.asarray(facts.dataset.features, dtype=np.float64)
    low, high = places.min(axis=0), places.max(axis=0)
    size = np.maximum(high - low, 1e-6)
    low, size = low - _EDGE * size, size * (1 + 2 * _EDGE)
    return QRectF(low[0], low[1], size[0], size[1])
