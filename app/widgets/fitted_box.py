"""What choice boxes share: segments where they fit, and another control in their place where they do not."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.widgets.segmented import Segmented


class FittedBox(QWidget):
    """Two controls for one choice, one of them shown, by the width there is.

    Signals
    -------
    chosen(str)
        The user chose the choice of that id; never sent when a program sets the value.

    Parameters
    ----------
    instead
        The control for where the segments do not fit.
    """

    chosen = Signal(str)

    def __init__(self, instead: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segments = Segmented(self)
        self._instead = instead
        instead.setParent(self)
        instead.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.segments.setAccessibleName(name)
        self._instead.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        # of one height, whichever is shown: a form must not grow because it became narrow
        height = max(self.segments.sizeHint().height(), self._instead.sizeHint().height())
        return QSize(self._instead.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        # the segments do not keep a column from becoming narrow
        return QSize(self._instead.minimumSizeHint().width(), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # segments learn how wide they are when they are first shown, and when choices or the text size change
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def _fits(self) -> bool:
        """Whether the segments are what is shown."""
        return self.segments.sizeHint().width() <= self.width()

    def _arrange(self) -> None:
        fits = self._fits()
        self.segments.setVisible(fits)
        self._instead.setVisible(not fits)
        control = self.segments if fits else self._instead
        height = control.sizeHint().height()
        control.setGeometry(0, (self.height() - height) // 2, self.width(), height)
