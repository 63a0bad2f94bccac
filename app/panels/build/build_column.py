"""The left column: what one builds."""

from collections.abc import Callable
from typing import Final, Literal, cast

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from app.document.document import Document
from app.look import numbers
from app.panels.build.data_panel import DataPanel
from app.panels.build.network_panel import NetworkPanel
from app.panels.build.training_panel import TrainingPanel
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.page import SCROLL_BAR
from app.widgets.segmented import Choice, Segmented

PageName = Literal["network", "data", "training"]

PADDING: Final = 14
SMALL_PADDING: Final = 11
NARROW: Final = 240


class BuildColumn(QFrame):
    """Network, data and training: one of them at a time, the others one click away."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._network = NetworkPanel(document, theme)
        self._network.set_title_visible(False)
        # a page is made when it is first wanted: all three at once hold a click on "What if" up
        self._makers: dict[PageName, Callable[[], QWidget]] = {
            "network": lambda: self._network,
            "data": lambda: DataPanel(document, theme),
            "training": lambda: TrainingPanel(document),
        }
        self._pages: dict[PageName, QWidget] = {}
        self._switch = Segmented()
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
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLL_BAR, 0)
        head.addWidget(self._switch)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addLayout(head)
        self._layout.addWidget(self._past)
        self._layout.addLayout(self._stack, 1)
        self.show_page("network")

    @property
    def network(self) -> NetworkPanel:
        """The page with the layers."""
        return self._network

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        padding = SMALL_PADDING if self.width() < NARROW else PADDING
        # the pages keep room for their scroll bars themselves, inside the padding
        self._layout.setContentsMargins(padding, 10, padding - SCROLL_BAR, 10)

    def show_page(self, name: PageName) -> None:
        """Show one of the three pages."""
        self._switch.set_value(name)
        self._stack.setCurrentWidget(self._page(name))

    def _page(self, name: PageName) -> QWidget:
        if name not in self._pages:
            page = self._pages[name] = self._makers[name]()
            page.setEnabled(self._past.isHidden())
            self._stack.addWidget(page)
        return self._pages[name]
