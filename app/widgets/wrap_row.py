"""Widgets in a row that goes on in the next line where the row is full."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP: Final = 6


class WrapRow(QWidget):
    """Keeps its widgets at their own sizes; its height follows from its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets: tuple[QWidget, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What is in it, in order."""
        return self._widgets

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Hold these widgets; the ones before go."""
        for old in self._widgets:
            old.hide()
            old.deleteLater()
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
            widget.show()
        self.setVisible(bool(self._widgets))
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(0, self._lay(self.width(), move=False))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        # a widget in it has other words, or another font
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return handled

    def _arrange(self) -> None:
        height = self._lay(self.width(), move=True)
        if height != self.height():
            self.setFixedHeight(height)

    def _lay(self, room: int, *, move: bool) -> int:
        """Return the height that a width of `room` needs."""
        sizes = [widget.sizeHint() for widget in self._widgets]
        line = max((size.height() for size in sizes), default=0)
        x = y = 0
        for widget, size in zip(self._widgets, sizes, strict=True):
            if x and x + size.width() > room:
                x, y = 0, y + line + GAP
            if move:
                middle = y + (line - size.height()) // 2
                widget.setGeometry(QRect(x, middle, min(size.width(), max(room, 1)), size.height()))
            x += size.width() + GAP
        return y + line
