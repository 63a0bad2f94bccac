"""Short texts one below the other."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.theme import set_role
from app.theme.prose import prose, show_prose


class Paragraphs(QWidget):
    """Short texts one below the other; the labels are kept and given other words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[QLabel] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(8)

    def show_texts(self, texts: tuple[str, ...]) -> None:
        """Show these texts, in which <b> is semi-bold."""
        while len(self._labels) < len(texts):
            label = QLabel()
            label.setWordWrap(True)
            show_prose(label)
            set_role(label, "body")
            self._labels.append(label)
            self._stack.addWidget(label)
        for place, label in enumerate(self._labels):
            if place < len(texts):
                label.setText(prose(texts[place]))
            label.setVisible(place < len(texts))
