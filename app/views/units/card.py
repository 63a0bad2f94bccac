"""The units of the chosen layer: how active each is, what it looks for, and since when a silent one is silent."""

import time
from typing import Any, Final

from PySide6.QtWidgets import QLabel, QStackedWidget

from app.cards.part_card import PartCard
from app.cards.pieces.unit_art import Art, UnitArt
from app.cards.pieces.unit_model import BY_ACTIVITY, BY_NUMBER
from app.cards.pieces.unit_tiles import UnitTiles
from app.look.numbers import count
from app.running.context import Context
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme, set_role
from app.views.units.detail import UnitDetail
from app.views.view import ViewSpec
from app.widgets.aside import Aside
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.message import N_
from simulator.training import LayerUnits, NetworkUnits, Picture

PART: Final = "units"
NARROW: Final = 90
"""Width of the list of orders, at text scale 1."""
_CALM: Final = 1.0
"""Seconds between two sortings while training goes on: tiles that jump cannot be looked at."""


class UnitsCard(PartCard):
    """Tiles to choose from, and words about the chosen one."""

    part = PART

    def __init__(self, context: Context, title: str = "") -> None:
        super().__init__(context.theme, title or _("Units"))
        self._layer = 1
        self._drawn: tuple[int, int] | None = None
        self._sorted = 0.0
        self._named: tuple[str, ...] = ()
        self.layer_box = ChoiceBox()
        self.layer_box.setAccessibleName(_("Layer"))
        self.layer_box.chosen.connect(lambda value: self._choose_layer(int(value)))
        self.order = ChoiceBox()
        self.order.set_choices(
            [
                Choice(BY_ACTIVITY, _("silent first"), _("The least active units first")),
                Choice(BY_NUMBER, _("in order"), _("In the order of the layer")),
            ]
        )
        self.order.set_value(BY_ACTIVITY)
        self.order.setAccessibleName(_("Order of the units"))
        self.tiles = UnitTiles(context.theme)
        self.order.chosen.connect(self.tiles.units.sort_by)
        self.detail = UnitDetail(context, self)
        self.tiles.unit_chosen.connect(lambda _unit: self._show_detail())
        self._words = QLabel()
        self._words.setWordWrap(True)
        set_role(self._words, "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._words)
        self._pages.addWidget(Aside(context.theme, self.tiles, self.detail))
        self.body.addWidget(self._pages, 1)
        self.add_tool(self.layer_box)
        self.add_tool(self.order)
        self.header.fit_asked.connect(self._fit_order)
        self.tiles.apply_theme()

    @property
    def layer(self) -> int:
        """The layer on display: its index in `Frame.layers`."""
        return self._layer

    def begin_run(self) -> None:
        self._drawn = None

    def clear(self) -> None:
        self.detail.forget()
        super().clear()

    def set_selected_layer(self, layer: int | None) -> None:
        if layer is not None and layer > 0 and layer != self._layer:
            self._layer = layer
            self.refresh()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.tiles.set_compact(compact)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.tiles.apply_theme()

    def _choose_layer(self, layer: int) -> None:
        self._layer = layer
        self.refresh()
        self.layer_clicked.emit(layer)

    def _fit_order(self) -> None:
        """Show the orders side by side, or as a list where the header is full."""
        beside = (self.title_label, self.layer_box, self.menu_button)
        margins, gap = self.header_row.contentsMargins(), self.header_row.spacing()
        room = self.width() - margins.left() - margins.right() - gap
        room -= sum(part.sizeHint().width() + gap for part in beside if not part.isHidden())
        whole = self.order.segments_width
        self.order.setFixedWidth(whole if whole <= room else self.theme.px(NARROW))

    def art_of(self, layer: LayerUnits, fresh: bool) -> Art | None:
        """Return how the units are drawn; None as before. `fresh` for another layer or another run."""
        assert self.facts is not None
        return UnitArt.of(layer, self.facts) if fresh else None

    def missing(self) -> str:
        """Return why there is nothing to draw, or nothing."""
        if self.picture is None:
            return _("The units of the chosen layer will be shown here.")
        return "" if isinstance(self.held, NetworkUnits) and self.facts is not None else _("computing")

    def draw(self) -> None:
        picture, words = self.picture, self.missing()
        layer = None if words else self._layer_of(self.held)
        self._name_layers()
        if layer is None or picture is None:
            self._words.setText(words)
            self._pages.setCurrentIndex(0)
            self.subtitle_label.set_text("")
            return
        self._pages.setCurrentIndex(1)
        self._draw(picture, layer)

    def _layer_of(self, held: Any) -> LayerUnits | None:
        """Return the units of the chosen layer, or of the first one where the network has no such layer."""
        if not isinstance(held, NetworkUnits):
            return None
        if not 0 < self._layer < len(held.layers):
            self._layer = 1
        return held.layers[self._layer]

    def _draw(self, picture: Picture, layer: LayerUnits) -> None:
        drawn = (picture.run_id, self._layer)
        fresh = drawn != self._drawn
        if fresh:
            self._drawn = drawn
        art = self.art_of(layer, fresh)
        if art is not None:
            self.tiles.set_art(art)
        now = time.monotonic()
        sort = fresh or picture.steps_per_second is None or now - self._sorted > _CALM
        if sort:
            self._sorted = now
        self.tiles.units.show_layer(layer, sort=sort)
        if fresh or self.tiles.unit is None:
            self.tiles.choose(self.tiles.units.order[0])
        self._write(layer)
        self._show_detail()

    def _write(self, layer: LayerUnits) -> None:
        if layer.active is None:
            words = ngettext("{units} unit", "{units} units", layer.units).format(units=count(layer.units))
        else:
            silent = int(layer.silent.sum())
            words = ngettext("{silent} of {units} silent", "{silent} of {units} silent", silent).format(
                silent=count(silent), units=count(layer.units)
            )
        self.subtitle_label.set_text(words)

    def _show_detail(self) -> None:
        unit, layer = self.tiles.unit, self.tiles.units.layer
        if unit is None or layer is None or self.picture is None or self.facts is None or unit >= layer.units:
            return
        art = self.tiles.painter_of_tiles.art
        self.detail.show_unit(self.picture, self._layer, layer, unit, self.facts.probe_examples, art)

    def _name_layers(self) -> None:
        """Offer the layers by name."""
        picture = self.picture
        layers = () if picture is None else picture.frame.layers[1:]
        names = tuple(translate_message(layer.name) for layer in layers)
        if names != self._named:
            self._named = names
            self.layer_box.set_choices([Choice(str(at), name) for at, name in enumerate(names, start=1)])
        self.layer_box.setVisible(bool(names))
        self.layer_box.set_value(str(self._layer))


def make(context: Context) -> UnitsCard:
    """Return the card."""
    return UnitsCard(context)


SPEC = ViewSpec(
    id="units",
    title=N_("Units"),
    tip=N_("The units of the chosen layer: weights as pictures, how active each is, since when it is silent"),
    rank=52,
    make=make,
)
