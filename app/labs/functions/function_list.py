"""Which functions are drawn, and which one everything else is about."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.look.function_looks import LOOKS
from app.look.looks import Look
from app.look.marks import mark_path
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.activations import SCALAR_FUNCTIONS

_ID = Qt.ItemDataRole.UserRole
_ICON = 15


class FunctionList(QListWidget):
    """One line a function: a tick draws it, a click makes it the one that is explained.

    Signals
    -------
    main_chosen(str)
        The user chose the function of that id; it is drawn from now on.
    shown_changed()
        The user ticked a function, or the tick is gone.
    """

    main_chosen = Signal(str)
    shown_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Functions"))
        self.setToolTip(_("Click a name to look at that function; tick those to draw beside it."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind, declared in SCALAR_FUNCTIONS.items():
            item = QListWidgetItem(_(declared.label), self)
            item.setData(_ID, kind)
            item.setToolTip(_(declared.help))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.currentItemChanged.connect(self._on_current)
        self.itemChanged.connect(lambda _item: self.shown_changed.emit())
        theme.theme_changed.connect(self._dress)
        self._dress()

    @property
    def main(self) -> str:
        """The function that is explained."""
        return str(self.item(max(0, self.currentRow())).data(_ID))

    @property
    def shown(self) -> tuple[str, ...]:
        """The functions that are drawn, in the order of the list."""
        ticked = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return tuple(str(item.data(_ID)) for item in ticked)

    def choose(self, main: str, shown: Iterable[str]) -> None:
        """Draw these functions and explain `main`; says nothing."""
        wanted = {main, *shown}
        with QSignalBlocker(self):
            for item in self._items():
                on = item.data(_ID) in wanted
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                if item.data(_ID) == main:
                    self.setCurrentItem(item)

    def item_of(self, kind: str) -> QListWidgetItem:
        """Return the line of a function."""
        return next(item for item in self._items() if item.data(_ID) == kind)

    def sizeHint(self) -> QSize:
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(super().sizeHint().width(), rows + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        with QSignalBlocker(self):
            item.setCheckState(Qt.CheckState.Checked)
        self.viewport().update()
        self.main_chosen.emit(str(item.data(_ID)))

    def _dress(self) -> None:
        side = self._theme.px(_ICON)
        self.setIconSize(QSize(side, side))
        with QSignalBlocker(self):
            for item in self._items():
                item.setIcon(_icon(LOOKS[str(item.data(_ID))], self._theme, side, self.devicePixelRatioF()))
        self.updateGeometry()


def _icon(look: Look, theme: Theme, side: int, ratio: float) -> QIcon:
    """Return the mark of a function."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QPointF(side / 2, side / 2))
    painter.scale(side * 0.85, side * 0.85)
    painter.fillPath(mark_path(look.shape), QColor(look.colour(theme.tokens)))
    painter.end()
    return QIcon(picture)
