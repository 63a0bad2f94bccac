"""The form of a layer, with room of its own beside the stage."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.document.document import Document
from app.panels.build.card_form import CardForm
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.elided_label import ElidedLabel
from app.widgets.page import SCROLL_BAR, Page

PADDING: Final = 16
SMALL_PADDING: Final = 12


class LayerDrawer(QFrame):
    """A layer's name and what can be done with it, its form, and the way to a twin.

    Signals
    -------
    close_asked(), pin_asked(bool)
        It is to go; it is to stay open, or no more.
    step_asked(int)
        The layer before (-1) or after (1) is wanted.
    what_if_asked()
        A twin with something else in this layer is wanted.
    """

    close_asked = Signal()
    pin_asked = Signal(bool)
    step_asked = Signal(int)
    what_if_asked = Signal()

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = self._over = False
        self.form = CardForm(document, theme)
        self._name = ElidedLabel()
        set_role(self._name, "title")
        self.before = self._button("chevron_left", _("The layer before"))
        self.after = self._button("chevron_right", _("The layer after"))
        self.duplicate = self._button("duplicate", _("Duplicate the layer"))
        self.delete = self._button("trash", _("Delete the layer"))
        self.pin = self._button("pin", _("Keep the form open"))
        self.pin.setCheckable(True)
        self.close_button = self._button("close", _("Close the form"))
        self.what_if = QPushButton(_("What if… beside this run"))
        set_role(self.what_if, "outline")
        self.what_if.setAccessibleName(_("What if: open a twin with this layer changed"))
        self.what_if.setToolTip(_("Change this layer in a twin, and train both side by side"))
        self._page = Page()
        self._page.add(self.form)
        self._lay_out()
        self.before.clicked.connect(lambda: self.step_asked.emit(-1))
        self.after.clicked.connect(lambda: self.step_asked.emit(1))
        self.pin.toggled.connect(self.pin_asked)
        self.close_button.clicked.connect(self.close_asked)
        self.what_if.clicked.connect(self.what_if_asked)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self.set_place("beside", may_pin=False)

    @property
    def name(self) -> str:
        """The name of the layer whose form this is."""
        return self._name.text()

    @property
    def page(self) -> Page:
        """What scrolls where the form is longer than the drawer."""
        return self._page

    def show_layer(self, row: int | None, name: str, words: str, *, is_layer: bool) -> None:
        """Show the form of a row of the list, or `words` where there is nothing to change."""
        self._name.setText(name)
        self.setAccessibleName(name)
        self.form.show_layer(row, words)
        for button in (self.duplicate, self.delete):
            button.setVisible(is_layer)
        self._page.verticalScrollBar().setValue(0)

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Say whether there is a layer before and after."""
        self.before.setEnabled(not first)
        self.after.setEnabled(not last)

    def set_place(self, place: str, *, may_pin: bool) -> None:
        """Say whether it stands beside the list of layers or covers it, and then leads from layer to layer."""
        over = place == "over"
        for button in (self.before, self.after):
            button.setVisible(over)
        self.pin.setVisible(may_pin)
        # over the list of layers it is a page of that column, whose frame and edges it has
        set_role(self, "" if over else "card")
        self.what_if.setText(_("What if…") if over else _("What if… beside this run"))
        set_role(self._name, "value" if over else "title")
        self._over = over
        self._set_margins()
        self._dress()

    def set_twinnable(self, twinnable: bool) -> None:
        """Offer a twin, or not: this is one's draft, or there are four runs."""
        self.what_if.setVisible(twinnable)

    def set_past(self, past: bool) -> None:
        """Show values of a past step, which nobody can edit."""
        for part in (self.form, self.duplicate, self.delete):
            part.setEnabled(not past)

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self._compact = compact
        self._set_margins()

    def take_focus(self) -> None:
        """Put the focus on the first control of the form."""
        control = self.form.first_control
        (control or self.close_button).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_asked.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLL_BAR, 0)
        head.setSpacing(0)
        head.addWidget(self.before)
        head.addWidget(self._name, 1)
        head.addWidget(self.after)
        for button in (self.duplicate, self.delete, self.pin, self.close_button):
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, SCROLL_BAR, 0)
        foot.addWidget(self.what_if)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(8)
        self._rows.addLayout(head)
        self._rows.addWidget(self._page, 1)
        self._rows.addLayout(foot)

    def _set_margins(self) -> None:
        side = SMALL_PADDING if self._compact else PADDING
        # the page keeps room for its scroll bar itself
        self._rows.setContentsMargins(*((0, 0, 0, 0) if self._over else (side, 10, side - SCROLL_BAR, side)))

    def _button(self, drawing: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(drawing)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _dress(self) -> None:
        side = self._theme.px(18)
        for button in (self.before, self.after, self.duplicate, self.delete, self.pin, self.close_button):
            button.setIcon(self._theme.icon(button.objectName(), "muted"))
            button.setIconSize(QSize(side, side))
            # five of them and the name must stand in the narrowest column
            button.setFixedWidth(self._theme.px(22 if self._over else 30))
