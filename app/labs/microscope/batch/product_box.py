"""The chain rule with its numbers: what arrives, times the local gradient, is what is passed back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.labs.microscope.gates.gate_words import Product
from app.system.i18n import _
from app.theme import set_role

Line = tuple[str, str, bool]


class ProductBox(QFrame):
    """Rows of a quiet word and a number; what is passed back stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "warning")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._heading = QLabel(_("Times what arrives"))
        set_role(self._heading, "subtitle")
        self._grid.addWidget(self._heading, 0, 0, 1, 2)

    @property
    def text(self) -> str:
        """All that stands in it."""
        return "\n".join(f"{name.text()} {value.text()}" for name, value in self._rows if not name.isHidden())

    def show_product(self, product: Product | None) -> None:
        """Show these numbers; None hides the box."""
        self.setVisible(product is not None)
        if product is not None:
            self._show(_lines(product))

    def _show(self, lines: list[Line]) -> None:
        while len(self._rows) < len(lines):
            self._add_row()
        for place, (name, value) in enumerate(self._rows):
            there = place < len(lines)
            name.setVisible(there)
            value.setVisible(there)
            if there:
                words, text, strong = lines[place]
                name.setText(words)
                value.setText(text)
                set_role(value, "warn" if strong else "value")

    def _add_row(self) -> None:
        name, value = QLabel(), QLabel()
        set_role(name, "muted")
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = len(self._rows) + 1
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._rows.append((name, value))


def _lines(product: Product) -> list[Line]:
    lines = [(_("arrives"), product.arrives, False)]
    for name, local, passed in product.inputs:
        if len(product.inputs) == 1:
            lines.append((_("local gradient"), _("× {number}").format(number=local), False))
            lines.append((_("passed back"), _("= {number}").format(number=passed), True))
        else:
            lines.append(
                (
                    _("to {name}, × {number}").format(name=name, number=local),
                    _("= {number}").format(number=passed),
                    True,
                )
            )
    return lines
