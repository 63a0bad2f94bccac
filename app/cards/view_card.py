"""The card that every view is: a header with its title and tools, and a body."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.cards.card_menu import CardMenuButton
from app.cards.card_title import CardTitle
from app.look.cost import Cost
from app.look.lane_look import LaneLook
from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.widgets.elided_label import fitted
from simulator.training import Part, Picture, RunFacts

PADDING: Final = {False: (16, 12), True: (12, 8)}
"""Left and right, above and below; by whether room is saved."""
SPACING: Final = {False: 8, True: 4}
"""Between header and body."""
LARGE: Final = "large"
SMALL: Final = "small"
SLIM: Final = "slim"
"""Forms of a card: in full, with what matters alone, or as a row with its title at the left."""
SLIM_HEADER: Final = 120
"""Width of the title of a row."""
LEAST_WIDTH: Final = 300
QWIDGETSIZE_MAX: Final = 16777215


class QuietLabel(QWidget):
    """Grey words, as many whole parts of them as there is room for; the tooltip has them all.

    Where not even the first part has room they end in an ellipsis, or with `elides` false are left out.
    Its size does not depend on the words, so words that change with every frame move nothing.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, elides: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self._elides = elides
        self._text = ""
        self._value = ("", "text")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def text(self) -> str:
        """The words, whole."""
        return self._text

    @property
    def value(self) -> str:
        """The value at the right end."""
        return self._value[0]

    def set_text(self, text: str, value: str = "", ink: str = "text") -> None:
        """Show other words, and a value at the right end in the colour of a token."""
        if (text, (value, ink)) != (self._text, self._value):
            self._text, self._value = text, (value, ink)
            self.setAccessibleName(" · ".join(each for each in (text, value) if each))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self._theme.font("control")).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        value, ink = self._value
        room = self.width()
        painter.setFont(self._theme.font("value"))
        if value and painter.fontMetrics().horizontalAdvance(value) <= room:
            painter.setPen(QColor(getattr(self._theme.tokens, ink)))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
            room -= painter.fontMetrics().horizontalAdvance(value) + 8
        painter.setFont(self._theme.font("control"))
        shown = fitted(self._text, painter.fontMetrics(), room)
        self.setToolTip(as_tip(self._text) if shown != self._text else "")
        if self._elides or self._text.startswith(shown):
            painter.setPen(QColor(self._theme.tokens.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class CardHeader(QWidget):
    """Holds the title and what stands beside it; says when its room or its parts have changed.

    Signals
    -------
    fit_asked()
        Sizes are different: what can give way should be looked at again.
    """

    fit_asked = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_asked.emit()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        # fonts reach the header's parts after the card has its size
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit_asked.emit()
        return handled


class ViewCard(QFrame):
    """A card with a title; a subclass fills `body` and overrides what it listens to.

    A view costs nothing while it is hidden: it keeps the newest picture and draws it when it is shown.

    Signals
    -------
    layer_clicked(int)
        A layer was clicked: its index in `Frame.layers`.
    parts_changed()
        `wanted_parts` is different.
    step_pointed(int | None)
        The value at this step is read, or none any longer.
    view_wanted(str)
        Another view goes on from here: its id.
    proof_asked(str)
        The view of that id shows what this one speaks of: point at it.
    promoted()
        The title was pressed: the card is to be made large.
    """

    layer_clicked = Signal(int)
    parts_changed = Signal()
    step_pointed = Signal(object)
    view_wanted = Signal(str)
    proof_asked = Signal(str)
    promoted = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.theme = theme
        self.compact = False
        self.form = LARGE
        self.header = CardHeader()
        self.title_label = CardTitle(theme, title)
        self.title_label.pressed.connect(self.promoted)
        self.subtitle_label = QuietLabel(theme, elides=False)
        self.cost_label = QLabel()
        set_role(self.cost_label, "small")
        self.cost_label.hide()
        self._cost_action = QAction(_("Show what it costs"), self)
        self._cost_action.setCheckable(True)
        self._cost_action.toggled.connect(self.set_cost_shown)
        self._stage_actions: tuple[QAction, ...] = ()
        self.menu_button = CardMenuButton(theme, self._fill_menu, (self, self.header))
        self.header_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.header)
        self.header_row.setSpacing(8)
        self.header_row.addWidget(self.title_label)
        self.header_row.addWidget(self.subtitle_label, 1)
        self.header_row.addWidget(self.cost_label)
        self.header_row.addStretch()
        self.body = QVBoxLayout()
        self._whole = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._whole.setSpacing(0)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self.header)
        self._whole.addLayout(self.body, 1)
        self.setAccessibleName(title)
        self.menu_button.setParent(self.header)
        self.menu_button.hide()
        self.header.fit_asked.connect(self._place_menu)
        self._pad()

    @property
    def wanted_parts(self) -> frozenset[Part]:
        """Optional parts of frames that this view needs while it is in view."""
        return frozenset()

    def show_picture(self, picture: Picture) -> None:
        """Draw a moment of the run."""

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""

    def clear(self) -> None:
        """Show no run."""

    def set_selected_layer(self, layer: int | None) -> None:
        """Make a layer stand out: its index in `Frame.layers`, or None."""

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        """Show several runs beside each other: the one of the pictures and those beside it."""

    def mark_step(self, step: int | None) -> None:
        """Mark the step that is read in another view, or none any longer."""

    def set_cost_shown(self, shown: bool) -> None:
        """Say in the header what a frame costs, as measured."""
        self._cost_action.setChecked(shown)
        self.cost_label.setVisible(shown)
        self.header.fit_asked.emit()

    def show_cost(self, cost: Cost | None) -> None:
        """Take what a frame costs; None while it is not known."""
        self.cost_label.setText("" if cost is None else cost.words())
        self.cost_label.setToolTip("" if cost is None else cost.sentence())

    has_menu = False
    """Whether the view has entries of its own in the menu of the header."""

    def fill_menu(self, menu: QMenu) -> None:
        """Put the view's own entries into the menu of the header."""

    def set_stage_actions(self, actions: Sequence[QAction]) -> None:
        """Add entries of what holds the card, such as "hide"; they stand under the view's own."""
        self._stage_actions = tuple(actions)
        self.menu_button.setVisible(bool(self.has_menu or self._stage_actions))

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self.compact = compact
        self._pad()

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and type."""
        self.subtitle_label.updateGeometry()
        self.menu_button.apply_theme(theme)
        self.update()

    def add_tool(self, tool: QWidget) -> None:
        """Put a control at the right end of the header, left of the cost and the menu."""
        self.header_row.insertWidget(self.header_row.indexOf(self.cost_label), tool)

    def close_down(self) -> None:
        """End all threads; the window closes."""

    def give_header(self) -> CardHeader:
        """Hand the header over to what holds the card, such as a dock that is dragged by it, and paints its ground."""
        self._whole.removeWidget(self.header)
        set_role(self, "")
        return self.header

    def take_header(self) -> None:
        """Have the header again; whoever holds the card still paints its ground."""
        self._whole.insertWidget(0, self.header)
        self.header.show()
        set_role(self, "")

    def set_form(self, form: str) -> None:
        """Be `LARGE`, `SMALL` or `SLIM`."""
        self.form = form
        slim = form == SLIM
        directions = QBoxLayout.Direction
        self._whole.setDirection(directions.LeftToRight if slim else directions.TopToBottom)
        self.header_row.setDirection(directions.TopToBottom if slim else directions.LeftToRight)
        self.header_row.setSpacing(4 if slim else 8)
        self.header_row.setStretch(self.header_row.count() - 1, int(slim))
        self.subtitle_label.setVisible(not slim)
        self._pad()

    def minimumSizeHint(self) -> QSize:
        # cards of one column are equally wide whatever their headers hold
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.menu_button.name_after(name)

    def _fill_menu(self, menu: QMenu) -> None:
        self.fill_menu(menu)
        if self.has_menu and self._stage_actions:
            menu.addSeparator()
        menu.addActions(list(self._stage_actions))

    def _place_menu(self) -> None:
        """Keep the menu in the padding at the right end, where it takes room from nothing."""
        size = self.menu_button.sizeHint()
        middle = self.header_row.contentsMargins().top() + self.title_label.sizeHint().height() // 2
        self.menu_button.setGeometry(
            self.header.width() - size.width() - 1, middle - size.height() // 2, size.width(), size.height()
        )
        self.menu_button.raise_()

    def _pad(self) -> None:
        across, down = PADDING[self.compact]
        if self.form == SLIM:
            self.header.setFixedWidth(self.theme.px(SLIM_HEADER) + across + 8)
            self.header_row.setContentsMargins(across, down, 12, down)
            self.body.setContentsMargins(SPACING[False], down, across, down)
            return
        self.header.setMinimumWidth(0)
        self.header.setMaximumWidth(QWIDGETSIZE_MAX)
        self.header_row.setContentsMargins(across, down, across, 0)
        self.body.setContentsMargins(across, SPACING[self.compact], across, down)
