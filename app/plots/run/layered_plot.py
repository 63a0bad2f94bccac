"""What all plots of layers share: with several lanes, a curve a lane over the layers; a layer is clicked and read."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.export.table import Table
from app.look.options import Answer, Option
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.lanes import Lane, moments_apart, name_note
from app.plots.canvas.plot import Plot
from app.plots.run.profile import Profiles
from app.plots.run.quantity import Quantity
from app.plots.run.tables import layers_table, named
from app.system.i18n import _, translate_message
from app.theme import Theme
from simulator.training import LayerFrame, Picture

QUANTITY: Final = "quantity"


class LayeredPlot(Plot):
    """One run in a way of its own; several as curves of a quantity, or the selected one alone.

    `quantities` are the numbers of a layer that lanes are compared by, the usual one first. What a subclass must give
    besides: `_layer_at`, `_words_for`, `_show_items`, `_table_of`; what it may: `_paint_one`, `own_view`.
    """

    def __init__(self, theme: Theme, title: str, empty: str, quantities: tuple[Quantity, ...]) -> None:
        super().__init__(theme, title, empty)
        self.profiles = Profiles(self.canvas)
        self._quantities = quantities
        self._quantity = self._quantities[0].key
        self._lanes: tuple[Lane, ...] = ()
        self.canvas.paint_ground = self._paint_ground
        self.canvas.tooltip_at = self._tooltip_at
        self.canvas.pressed.connect(self._on_pressed)

    # what the reader chooses -----------------------------------------------------------------------------------------

    def own_view(self) -> Answer | None:
        """Return the words for the view of one run, where several may be compared in it one after the other."""
        return None

    def options(self) -> tuple[Option, ...]:
        answers = [Answer(each.key, each.text, each.tip) for each in self._quantities]
        own = self.own_view()
        if own is not None:
            answers.append(own)
        if not self._overlaid or len(answers) < 2:
            return ()
        return (Option(QUANTITY, _("Compared"), tuple(answers), self._quantity),)

    def set_option(self, key: str, value: str) -> None:
        if key == QUANTITY and value != self._quantity:
            self._quantity = value
            self.profiles.forget()
            self.options_changed.emit()
            self.legend_changed.emit()
            self.refresh()

    @property
    def compares(self) -> bool:
        """Whether curves of lanes are drawn, not one run in its own way."""
        return self._overlaid and self._chosen is not None

    @property
    def _chosen(self) -> Quantity | None:
        """What runs are compared by; None for one run in its own way, as a small plot shows the chosen one."""
        if self._small:
            return None
        return next((each for each in self._quantities if each.key == self._quantity), None)

    # drawing ---------------------------------------------------------------------------------------------------------

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        self._lanes = tuple(lanes)
        quantity = self._chosen
        self._show_items(quantity is None)
        if quantity is None:
            self.profiles.hide()
            self._draw(picture)
            look = next(lane.look for lane in lanes if lane.picture is picture)
            if self._small:
                self._set_subtitle(look.words)
            else:
                self.canvas.set_notes([*self.canvas.notes, name_note(self.canvas, look, self._theme.tokens)])
            return
        longest = max((quantity.layers(lane.picture.frame) for lane in lanes), key=len)
        first = 0 if quantity.inputs else 1
        selected = None if self._selected is None else self._selected - first
        self.profiles.show(lanes, quantity, self.names_of(longest), selected, self._theme)
        apart = moments_apart(lanes)
        self._set_subtitle(" · ".join(text for text in (apart, quantity.subtitle) if text))

    def _set_overlaid(self, overlaid: bool) -> None:
        if not overlaid:
            self.profiles.hide()
            self._show_items(True)

    def _tabled(self) -> Table:
        runs, quantity = named(self._picture, self._looks), self._chosen
        if len(runs) > 1 and quantity is not None:
            return layers_table(runs, ((quantity.text, quantity.value),), inputs=quantity.inputs)
        assert self._picture is not None
        return self._table_of(self._picture)

    def _table_of(self, picture: Picture) -> Table:
        """Return what is drawn of one run as a table."""
        raise NotImplementedError

    def _describe_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> str:
        quantity = self._chosen
        if quantity is None:
            return self._describe(picture)
        longest = max((quantity.layers(lane.picture.frame) for lane in lanes), key=len)
        sentences = [self._compared(quantity, index, lanes) for index in range(len(longest))]
        apart = moments_apart(lanes)
        return " ".join([_("{moments}.").format(moments=apart), *sentences] if apart else sentences)

    def _compared(self, quantity: Quantity, column: int, lanes: Sequence[Lane]) -> str:
        """Return one layer's numbers in all lanes in a sentence."""
        name, parts = "", []
        for lane in lanes:
            layers = quantity.layers(lane.picture.frame)
            if column < len(layers):
                name = name or translate_message(layers[column].name)
                parts.append(f"{lane.look.letter} {quantity.words(layers[column])}")
        return _("{layer}: {words}.").format(layer=name, words=" · ".join(parts))

    def _lay_empty(self) -> bool:
        self.canvas.set_axes(Axes(left_line=False), Margins())
        return self._picture is None

    def _style(self) -> None:
        self.profiles.style(self._theme)

    def _settle(self, live: bool) -> None:
        self.profiles.settle(live)

    def _forget(self) -> None:
        self.profiles.forget()

    # layers under the mouse ------------------------------------------------------------------------------------------

    def _layer_at(self, place: QPointF) -> int | None:
        """Return the index in `Frame.layers` of what is drawn of one run at a place of the data."""
        raise NotImplementedError

    def _words_for(self, layer: LayerFrame) -> str:
        """Return a layer's numbers in words."""
        raise NotImplementedError

    def _show_items(self, shown: bool) -> None:
        """Show or hide what is drawn of one run."""
        raise NotImplementedError

    def _paint_one(self, painter: QPainter) -> None:
        """Paint the ground of one run's view; the painter is in pixels."""

    def _paint_ground(self, painter: QPainter) -> None:
        if not self.compares:
            self._paint_one(painter)
            return
        quantity = self._chosen
        if self._selected is None or quantity is None:
            return
        column = self._selected - (0 if quantity.inputs else 1)
        left, right = self.canvas.pixel_x(column), self.canvas.pixel_x(column + 1)
        if column >= 0 and right <= self.canvas.area.right():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.canvas.ink.colour("soft"))
            painter.drawRoundedRect(QRectF(left, 0, right - left, self.canvas.viewport().height()), 8, 8)

    def _column_at(self, place: QPointF) -> int | None:
        column = math.floor(place.x())
        quantity = self._chosen
        if quantity is None:
            return None
        there = any(column < len(quantity.layers(lane.picture.frame)) for lane in self._lanes)
        return column if column >= 0 and there else None

    def _tooltip_at(self, place: QPointF) -> str:
        if self._picture is None:
            return ""
        quantity = self._chosen
        if self.compares and quantity is not None:
            column = self._column_at(place)
            if column is None:
                return ""
            words, apart = self._compared(quantity, column, self._lanes), moments_apart(self._lanes)
            return _("{words} {moments}.").format(words=words, moments=apart) if apart else words
        layer = self._layer_at(place)
        if layer is None or layer >= len(self._picture.frame.layers):
            return ""
        return self._words_for(self._picture.frame.layers[layer])

    def _on_pressed(self, place: QPointF) -> None:
        if self._picture is None:
            return
        quantity = self._chosen
        if self.compares and quantity is not None:
            column = self._column_at(place)
            layer = None if column is None else column + (0 if quantity.inputs else 1)
        else:
            layer = self._layer_at(place)
        if layer is not None and layer < len(self._picture.frame.layers):
            self.layer_clicked.emit(layer)
