"""What every unit of the chosen layer puts out over the plane, and its border (slide B7)."""

from app.cards.pieces.map_art import MapArt
from app.cards.pieces.unit_art import Art, some_points
from app.running.context import Context
from app.system.i18n import _
from app.views.units.card import UnitsCard
from app.views.view import ViewSpec
from simulator.message import N_
from simulator.training import LayerUnits, UnitMaps


class UnitMapsCard(UnitsCard):
    """The tiles of `UnitsCard` with maps on them."""

    parts_beside = frozenset({"unit_maps"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Unit maps"))
        self.title_label.set_words(_("Unit maps"), _("Maps"))

    def missing(self) -> str:
        if self.facts is not None and not self.facts.dataset.plane:
            return _(
                "A map needs data of two features. Choose the spiral or the moons under Data to see where each unit "
                "is active."
            )
        if self.picture is None:
            return _("What each unit puts out over the plane will be shown here.")
        return super().missing() or ("" if isinstance(self._maps, UnitMaps) else _("computing"))

    def art_of(self, layer: LayerUnits, fresh: bool) -> Art | None:
        assert self.facts is not None
        maps = self._maps
        held = maps.layers[self.layer] if isinstance(maps, UnitMaps) and self.layer < len(maps.layers) else None
        if held is None or not isinstance(maps, UnitMaps):
            return None
        return MapArt(held, some_points(self.facts), maps.extent)

    @property
    def _maps(self) -> object:
        return None if self.picture is None else self.picture.frame.parts.get("unit_maps")


def make(context: Context) -> UnitMapsCard:
    """Return the card."""
    return UnitMapsCard(context)


SPEC = ViewSpec(
    id="unit_maps",
    title=N_("Unit maps"),
    tip=N_("What each unit puts out over the plane, and the border where its activation bends"),
    rank=53,
    make=make,
    in_a_plane=True,
)
