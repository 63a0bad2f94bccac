"""The left column: what one builds."""

from collections.abc import Callable
from typing import Final, Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.document.document import Document
from app.look import numbers
from app.panels.build.data_panel import DataPanel
from app.panels.build.layer_drawer import LayerDrawer
from app.panels.build.network_panel import NetworkPanel
from app.panels.build.rate_box import RateBox
from app.panels.build.training_panel import TrainingPanel
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.page import SCROLL_BAR
from app.widgets.segmented import Choice, Segmented

PageName = Literal["network", "data", "training"]

PADDING: Final = 12
SMALL_PADDING: Final = 8
LOW: Final = 320
"""Height at text scale 1 under which the list of layers gets what the others can spare."""


class BuildColumn(QFrame):
    """Network, data and training: one of them at a time, the others one click away; the learning rate always.

    Signals
    -------
    what_if_asked()
        A twin is wanted.
    """

    what_if_asked = Signal()

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "card")
        self._network = NetworkPanel(document, theme)
        # a page is made when it is first wanted: all three at once hold a click on "What if" up
        self._makers: dict[PageName, Callable[[], QWidget]] = {
            "network": lambda: self._network,
            "data": lambda: DataPanel(document, theme),
            "training": lambda: TrainingPanel(document),
        }
        self._pages: dict[PageName, QWidget] = {}
        self._switch = Segmented(room=3)
        self._switch.set_choices(
            [
                Choice("network", _("Network"), _("Layers, and what each of them does")),
                Choice("data", _("Data"), _("What the network learns from")),
                Choice("training", _("Training"), _("How the network is trained")),
            ]
        )
        self._switch.setAccessibleName(_("What you build"))
        self._switch.chosen.connect(self.show_page)
        self._stack = QStackedLayout()
        self._past = QLabel()
        self._past.setWordWrap(True)
        set_role(self._past, "muted")
        self._past.hide()
        self.what_if = QPushButton(_("What if…"))
        self.what_if.setAccessibleName(_("What if: open a twin with something changed"))
        self.what_if.setToolTip(_("Change one thing, and train both side by side"))
        self.what_if.clicked.connect(self.what_if_asked)
        self.drawer.what_if_asked.connect(self.what_if_asked)
        self.rate = RateBox(document)
        self._covered, self._twinnable = False, True
        self._lay_out()
        self.show_page("network")

    @property
    def network(self) -> NetworkPanel:
        """The page with the layers."""
        return self._network

    @property
    def drawer(self) -> LayerDrawer:
        """The form of the selected layer."""
        return self._network.drawer

    @property
    def data(self) -> DataPanel:
        """The page with the data set."""
        return cast(DataPanel, self._page("data"))

    @property
    def training(self) -> TrainingPanel:
        """The page with the learning rate."""
        return cast(TrainingPanel, self._page("training"))

    @property
    def switch(self) -> Segmented:
        """Chooses the page."""
        return self._switch

    def set_past(self, step: int | None) -> None:
        """Show the values of a past step, which nobody can edit; None is the present."""
        text = _("As it was at step {step}. Continue from there, or open a twin, to change something.")
        self._past.setText("" if step is None else text.format(step=numbers.count(step)))
        self._past.setVisible(step is not None)
        for page in self._pages.values():
            page.setEnabled(step is None)
        self.rate.form.setEnabled(step is None)
        self.drawer.set_past(step is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < self._theme.px(LOW) and not self._covered
        self._network.set_low(low)
        self.rate.set_low(low)

    def set_twinnable(self, twinnable: bool, *, here: bool = True) -> None:
        """Offer a twin, or not: this is one's draft, or there are four runs; `here` or where the runs are listed."""
        self._twinnable = twinnable and here
        self.what_if.setVisible(self._twinnable and not self._covered)
        self.drawer.set_twinnable(twinnable)

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        side = SMALL_PADDING if compact else PADDING
        # the pages keep room for their scroll bars themselves, inside the padding
        self._layout.setContentsMargins(side, side, max(0, side - SCROLL_BAR), side)
        self.rate.set_compact(compact)
        self.drawer.set_compact(compact)

    def set_covered(self, covered: bool) -> None:
        """Let the form of a layer stand in the place of the pages, or give it up to whoever has room for it."""
        self._covered = covered
        if covered:
            self._layout.insertWidget(0, self.drawer, 1)
        else:
            self._layout.removeWidget(self.drawer)
        self._front.setVisible(not covered)
        self.what_if.setVisible(self._twinnable and not covered)

    def close_down(self) -> None:
        """End what computes."""
        self.drawer.form.activation.close_down()

    def show_page(self, name: PageName) -> None:
        """Show one of the three pages."""
        self._switch.set_value(name)
        self._stack.setCurrentWidget(self._page(name))

    def _lay_out(self) -> None:
        self._front = QWidget()
        rows = QVBoxLayout(self._front)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLL_BAR, 0)
        head.addWidget(self._switch)
        rows.addLayout(head)
        rows.addWidget(self._past)
        rows.addLayout(self._stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, SCROLL_BAR, 0)
        foot.setSpacing(8)
        foot.addWidget(self.what_if)
        foot.addWidget(self.rate)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._front, 1)
        self._layout.addLayout(foot)
        self.set_compact(False)

    def _page(self, name: PageName) -> QWidget:
        if name not in self._pages:
            page = self._pages[name] = self._makers[name]()
            page.setEnabled(self._past.isHidden())
            self._stack.addWidget(page)
        return self._pages[name]
