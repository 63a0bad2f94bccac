"""The ground of Watch: one large card, small ones beside it, and a strip of names."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.arrangement.hierarchy import FOUR, ON_A_PLANE, OTHER, Choice, Hierarchy, as_it_comes, chosen
from app.arrangement.sheet import Room, Sheet, lay_out
from app.cards.view_card import LARGE, SLIM, SMALL
from app.running.context import Context
from app.stage.cards import Cards
from app.stage.name_strip import NameStrip
from app.stage.play_here import PlayHere
from app.system.i18n import _
from app.views.catalogue import views

GAPS: Final = {True: 16, False: 8}
"""By whether the window is roomy."""
RADIUS: Final = 10
RING: Final = 1000
"""Milliseconds that a card is pointed at."""
FULL: Final = (400, 200)
"""Width and height, at text scale 1, from which a card that is not large is drawn in full all the same."""
FIRST: Final = ("network", "plane", "update_ratio", "unit_maps", "confusion")
"""Come first in the strip, in this order."""


class OneLarge(QWidget):
    """Places cards as `app.arrangement.sheet` says, and remembers what was made large for each kind of data.

    Signals
    -------
    arranged()
        Another view is large, or another one is shown.
    """

    arranged = Signal()

    def __init__(self, cards: Cards, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        self._theme = theme = context.theme
        self._open = False
        self._kind = OTHER
        self._choices: dict[str, Choice] = {}
        self._order: Hierarchy = as_it_comes("loss")
        self._sheet: Sheet | None = None
        self._held: tuple[str, ...] = ()
        self._size = QSize(1, 1)
        self._roomy = True
        self._ringed = ""
        self._strip = NameStrip(theme, self)
        self._strip.toggled.connect(self.set_shown)
        self._end_of_ring = QTimer(self)
        self._end_of_ring.setSingleShot(True)
        self._end_of_ring.setInterval(RING)
        self._end_of_ring.timeout.connect(lambda: self._set_ring(""))
        self.play = PlayHere(theme, context.controller, self)
        cards.promoted.connect(self.promote)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the views in sight, as one reads: the large one, then the others from above."""
        places = {} if self._sheet is None else self._sheet.places
        others = sorted(
            (view for view in places if view != self._order.large), key=lambda view: (places[view].y, places[view].x)
        )
        rows: list[list[str]] = [[self._order.large]] if places else []
        for view in others:
            if len(rows) == 1 or places[rows[-1][0]].y != places[view].y:
                rows.append([])
            rows[-1].append(view)
        return tuple(tuple(row) for row in rows)

    @property
    def strip(self) -> NameStrip:
        """The names of the views out of view."""
        return self._strip

    @property
    def large(self) -> str:
        """The view that is large."""
        return self._order.large

    @property
    def is_default(self) -> bool:
        """Whether everything stands as it comes."""
        return self._order.is_default

    @property
    def choices(self) -> dict[str, Choice]:
        """What was chosen, by kind of data."""
        return dict(self._choices)

    def open(self) -> None:
        """Take the cards."""
        self._open = True
        self._lay()
        self.arranged.emit()

    def give_up(self) -> None:
        """Give all cards away: another ground is on show."""
        self._open = False
        for view in self._held:
            self._cards.put_away(view)
        self._held = ()
        self._sheet = None

    def set_kind(self, *, in_a_plane: bool) -> None:
        """Stand as was chosen for this kind of data."""
        kind = ON_A_PLANE if in_a_plane else OTHER
        if kind != self._kind:
            self._kind = kind
            self._follow(chosen(kind, self._choices.get(kind), self._known()), by_hand=False)

    def keep(self, choices: dict[str, Choice]) -> None:
        """Know what was chosen at the last start."""
        self._choices = dict(choices)
        self._follow(chosen(self._kind, self._choices.get(self._kind), self._known()), by_hand=False)

    def promote(self, view: str) -> None:
        """Make a view large."""
        if self._open:
            self._follow(self._order.promoted(view))

    def set_shown(self, view: str, shown: bool) -> None:
        """Show a view in the network's place, or large where there is no such place; or let it go."""
        if not shown:
            self._follow(self._order.without(view))
        elif self._sheet is not None and view not in self._sheet.places:
            by_name = self._order.with_beside if self._sheet.has_beside else self._order.promoted
            self._follow(by_name(view))

    def reset(self) -> None:
        """Stand as it comes."""
        self._choices.pop(self._kind, None)
        self._follow(chosen(self._kind, None, self._known()), by_hand=False)

    def ring(self, view: str) -> QWidget:
        """Point at a view for a second, show it if it is out of view, and return its card."""
        self.set_shown(view, True)
        self._set_ring(view)
        self._end_of_ring.start()
        return self._cards.card(view)

    def is_ringed(self, view: str) -> bool:
        """Tell whether a view is pointed at now."""
        return view == self._ringed

    def fit(self, size: QSize, *, roomy: bool) -> QSize:
        """Stand in a room of this size, and return the room that is needed."""
        self._size, self._roomy = size, roomy
        self._lay()
        return QSize(0, 0 if self._sheet is None else self._sheet.height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._sheet is None:
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tokens.card))
        for view, place in self._sheet.places.items():
            ringed = view == self._ringed
            width = 2 if ringed else 1
            painter.setPen(QPen(QColor(tokens.accent if ringed else tokens.line), width))
            inset = width / 2
            painter.drawRoundedRect(QRectF(*place).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _follow(self, order: Hierarchy, *, by_hand: bool = True) -> None:
        if order == self._order:
            return
        self._order = order
        if by_hand:
            self._choices[self._kind] = order.choice
        self._lay()
        self.arranged.emit()

    def _known(self) -> tuple[str, ...]:
        """Return the views that this kind of data may have here."""
        plane = self._kind == ON_A_PLANE
        there = [view for view, spec in views().items() if not spec.beside and (plane or not spec.in_a_plane)]
        return (*(view for view in FIRST if view in there), *(view for view in there if view not in FIRST))

    def _lay(self) -> None:
        """Place the cards in the room there is."""
        if not self._open:
            return
        room = Room(self._size.width(), self._size.height(), self._theme.text_scale, GAPS[self._roomy])
        extras = [view for view in self._known() if view not in FOUR]
        self._sheet = sheet = lay_out(room, self._order, extras)
        for view in self._held:
            if view not in sheet.places:
                self._cards.put_away(view)
        for view in sheet.places:
            self._place(view, sheet)
        self._held = tuple(sheet.places)
        self._strip.set_names(sheet.names, sheet.places)
        self._strip.setVisible(sheet.strip is not None)
        if sheet.strip is not None:
            self._strip.setGeometry(*sheet.strip)
        self.play.apply_theme()
        self.play.stand_in(QRect(*sheet.places[self._order.large]))
        self._cards.ask_for_parts()
        self.update()

    def _place(self, view: str, sheet: Sheet) -> None:
        card, place, scale = self._cards.card(view), sheet.places[view], self._theme.text_scale
        is_large = view == self._order.large
        full = is_large or (place.width >= FULL[0] * scale and place.height >= FULL[1] * scale)
        form = SLIM if view == sheet.slim and view == "activations" else LARGE if full else SMALL
        if view not in self._held:
            card.take_header()
            card.setParent(self)
            card.set_stage_actions(self._actions_of(view))
        card.set_form(form)
        card.set_compact(not self._roomy or form != LARGE)
        card.title_label.set_promotes(not is_large)
        card.setGeometry(*place)
        card.show()

    def _actions_of(self, view: str) -> list[QAction]:
        """Return what is offered in a card's menu."""
        large = QAction(_("Make large"), self)
        large.triggered.connect(lambda: self.promote(view))
        if view in FOUR:
            return [large]
        go = QAction(_("Close"), self)
        go.triggered.connect(lambda: self.set_shown(view, False))
        return [large, go]

    def _set_ring(self, view: str) -> None:
        self._ringed = view
        self.update()
