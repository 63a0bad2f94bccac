"""The sheet that a plot draws on: pyqtgraph's view box with axes, rules and words painted by ourselves.

pyqtgraph's own axes drop and shift labels by rules of their own and are painted with every frame. Here what stands
still (rules, axes, tick labels) is painted into the background, which Qt keeps as a picture, and what moves (values at
the ends of curves) into the foreground.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.look.cost import CostMeter
from app.look.ink import Ink
from app.plots.canvas.axes import Axes, Margins, data_area, paint_axes
from app.plots.canvas.notes import AnyNote, MarkNote, RuleNote, paint_notes
from app.plots.canvas.scale import Scale
from app.plots.canvas.touched import Touched
from app.plots.canvas.zoom import Zoom
from app.theme import Theme
from app.theme.prose import as_tip

__all__ = ["Axes", "Canvas", "Margins"]


class Canvas(Touched):
    """One view box with fixed ranges, without pyqtgraph's mouse and menu.

    Signals
    -------
    resized()
        The data area has another size: places in pixels are to be computed anew.
    zoom_changed()
        Another part is zoomed to, or none.
    """

    resized = Signal()
    zoom_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ink = Ink(theme)
        self.cost = CostMeter()
        self._axes = self._whole_axes = Axes()
        self._whole = ((0.0, 1.0), (0.0, 1.0))
        self._zoom = Zoom()
        self._margins = Margins()
        self._scale = Scale(QRectF(0, 0, 1, 1))
        self._notes: tuple[AnyNote, ...] = ()
        self._words = ""
        self._bare = False
        self.paint_ground: Callable[[QPainter], None] | None = None
        """Paints over the ground and under the rules, in pixels; kept until `restyle` or another `set_axes`."""
        self.tooltip_at: Callable[[QPointF], str] | None = None
        """Returns the words for a place of the data, or nothing."""
        self.portrayed = False
        """Whether it is painted to be taken away: without the ring of the focus."""
        # its menus would be slow to make and outlive it: https://github.com/pyqtgraph/pyqtgraph/issues/2497
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        self.scene().addItem(self.box)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        # the ground is ours to the last pixel, so nothing beneath need be painted first
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.zoom_asked.connect(self._on_wheel)
        self.pan_asked.connect(self._on_pan)
        self.axis_opened.connect(lambda axis: self.set_zoom(self._zoom.without(axis)))
        self.setMinimumSize(1, 1)
        self.restyle()

    # what it shows -------------------------------------------------------------------------------------------------

    @property
    def area(self) -> QRectF:
        """The data area in pixels."""
        return self._scale.area

    @property
    def axes(self) -> Axes:
        """The axes on show."""
        return self._axes

    @property
    def notes(self) -> tuple[AnyNote, ...]:
        """The words on show."""
        return self._notes

    @property
    def x_range(self) -> tuple[float, float]:
        """The ends of the horizontal range."""
        return self._scale.x

    @property
    def y_range(self) -> tuple[float, float]:
        """The ends of the vertical range."""
        return self._scale.y

    @property
    def view(self) -> QRectF:
        """The part of the plane in view."""
        (left, right), (low, high) = self._scale.x, self._scale.y
        return QRectF(left, low, right - left, high - low)

    def add(self, item: pg.GraphicsObject, depth: float = 0.0) -> None:
        """Add an item for good; the deeper ones lie under the others."""
        item.setZValue(-depth)
        self.box.addItem(item, ignoreBounds=True)

    def set_axes(self, axes: Axes, margins: Margins | None = None) -> None:
        """Show these ticks, rules and names; nothing happens where they are the same."""
        margins = margins or self._margins
        self._whole_axes = axes
        axes = self._zoom.axes(axes)
        if axes != self._axes or margins != self._margins:
            self._axes, self._margins = axes, margins
            self._lay_out()

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show this part of the plane, where no other is zoomed to; nothing happens where it is the same."""
        self._whole = (x, y)
        x, y = self._zoom.shown(x, y)
        if (x, y) != (self._scale.x, self._scale.y):
            self._scale = Scale(self._scale.area, x, y)
            self._apply_range()
            self.restyle()

    @property
    def zoom(self) -> Zoom:
        """What is zoomed to."""
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """Show another part than the plot would; an empty zoom follows the plot again."""
        if zoom == self._zoom or not zoom.is_possible(self._whole):
            return
        self._zoom = zoom
        self.pans = bool(zoom) or self.wheels
        self.set_axes(self._whole_axes)
        self.set_range(*self._whole)
        self.zoom_changed.emit()

    def set_notes(self, notes: Iterable[AnyNote]) -> None:
        """Write these words over the data."""
        self._notes = tuple(notes)
        # through the scene: the viewport's own update would paint once now and once more for the items
        self.scene().update()

    @property
    def words(self) -> str:
        """What stands here instead of a plot."""
        return self._words

    def set_fine(self, fine: bool) -> None:
        """Draw marks as lines, not as pictures of marks, and curves smoothly: for what is taken away."""
        for item in self.scene().items():
            if isinstance(item, pg.ScatterPlotItem | pg.PlotCurveItem):
                item.setExportMode(fine, {"antialias": True, "resolutionScale": 1.0})

    def paint_round(self, painter: QPainter) -> None:
        """Cover what lies outside the data, and paint axes and words anew: for a device that cannot clip."""
        sheet, area, card = QRectF(self.viewport().rect()), self.area, self.ink.colour("card")
        painter.fillRect(QRectF(0, 0, sheet.width(), area.top()), card)
        painter.fillRect(QRectF(0, area.bottom(), sheet.width(), sheet.bottom() - area.bottom()), card)
        painter.fillRect(QRectF(0, 0, area.left() - 1, sheet.height()), card)
        if self._zoom:
            painter.fillRect(QRectF(area.right(), 0, sheet.right() - area.right(), sheet.height()), card)
        bare = replace(self._axes, rules=())
        paint_axes(painter, bare, self._margins, self.viewport().size(), self._scale, self.ink)
        self.drawForeground(painter, sheet)

    @property
    def is_bare(self) -> bool:
        """Whether the axes stand here without data."""
        return self._bare

    def set_words(self, words: str, *, bare: bool = False) -> None:
        """Show words instead of axes and data, or `bare` axes; an empty text brings the data back."""
        if (words, bare) != (self._words, self._bare):
            self._words, self._bare = words, bare
            self.box.setVisible(not (words or bare))
            self.restyle()

    def restyle(self) -> None:
        """Paint the background anew: the selection or the ranges are different."""
        self.setBackground(self.ink.colour("card"))
        self.resetCachedContent()
        self.viewport().update()

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and type."""
        self.ink.wear(theme)
        self._lay_out()

    # places ----------------------------------------------------------------------------------------------------------

    def to_pixels(self, x: float, y: float) -> QPointF:
        """Return where a place of the data is on the sheet."""
        return QPointF(self.pixel_x(x), self.pixel_y(y))

    def pixel_x(self, x: float) -> float:
        """Return the pixel column of a value on the horizontal axis."""
        return self._scale.pixel_x(x)

    def pixel_y(self, y: float) -> float:
        """Return the pixel row of a value on the vertical axis."""
        return self._scale.pixel_y(y)

    def to_data(self, place: QPointF) -> QPointF:
        """Return the place of the data under a pixel."""
        return self._scale.to_data(place)

    # Qt --------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # pyqtgraph calls this once before the constructor has come so far
        if hasattr(self, "box"):
            self._lay_out()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        super().drawBackground(painter, rect)
        if self._words:
            self._paint_words(painter)
            return
        if self.paint_ground is not None and not self._bare:
            self._confine(painter)
            self.paint_ground(painter)
            painter.setClipping(False)
        paint_axes(painter, self._axes, self._margins, self.viewport().size(), self._scale, self.ink)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not (self._words or self._bare):
            paint_notes(painter, self._notes if not self._zoom else self._in_view(), self.ink)
        if self.hasFocus() and not self.portrayed:
            painter.setPen(QPen(self.ink.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 4, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.cost.painting():
            super().paintEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.tooltip_at is not None:
            text = self.tooltip_at(self.to_data(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), as_tip(text), self)
            return True
        return bool(super().viewportEvent(event))

    # zooming ---------------------------------------------------------------------------------------------------------

    def _on_wheel(self, notches: float, at: QPointF, along: str) -> None:
        self.set_zoom(self._zoom.nearer(notches, at.toTuple(), (self._scale.x, self._scale.y), along))

    def _on_pan(self, by: QPointF) -> None:
        self.set_zoom(self._zoom.moved(by.toTuple(), (self._scale.x, self._scale.y)))

    def _confine(self, painter: QPainter) -> None:
        """Keep what is painted on the ground between the upper and the lower end of the area."""
        if self._zoom:
            painter.setClipRect(QRectF(0, self.area.top(), self.viewport().width(), self.area.height()))

    def _in_view(self) -> list[AnyNote]:
        """Return the notes but those whose place is out of view."""
        seen = self.area.adjusted(-1, -1, 1, 1)
        return [
            note
            for note in self._notes
            if not (isinstance(note, MarkNote) and not seen.contains(note.x, note.y))
            and not (isinstance(note, RuleNote) and not (seen.left() <= note.x and note.to_x <= seen.right()))
        ]

    # painting --------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        area = data_area(self._axes, self._margins, self.viewport().size(), self.ink)
        if area != self._scale.area:
            self._scale = Scale(area, self._scale.x, self._scale.y)
            self.box.setGeometry(area)
            self._apply_range()
            self.resized.emit()
        self.restyle()

    def _apply_range(self) -> None:
        self.box.setRange(xRange=self._scale.x, yRange=self._scale.y, padding=0, disableAutoRange=True)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self.ink.font("control"))
        painter.setPen(self.ink.colour("muted"))
        room = QRectF(self.viewport().rect()).adjusted(12, 4, -12, -4)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
