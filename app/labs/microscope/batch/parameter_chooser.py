"""Which parameter of the network is followed: its layer, the input it comes from, the unit it goes to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.labs.microscope.batch.batch_words import Chosen, block_name, parameter_name, short_name
from app.labs.microscope.count_control import CountControl
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.analysis.gates import BatchParts


class ParameterChooser(QWidget):
    """A list of parameter blocks, and places that count from 1.

    Signals
    -------
    chosen()
        The user chose another parameter.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: BatchParts | None = None
        self._names: list[str] = []
        self._block = 0
        title = QLabel(_("Follow one parameter"))
        set_role(title, "muted")
        self.blocks = ChoiceBox()
        self.blocks.setAccessibleName(_("Parameters"))
        self.source = CountControl(_("from input"))
        self.unit = CountControl(_("to unit"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (title, self.blocks, self.source, self.unit):
            column.addWidget(part)
        self.blocks.chosen.connect(self._choose_block)
        for count in (self.source, self.unit):
            count.changed.connect(self.chosen)

    @property
    def parameter(self) -> Chosen | None:
        """The parameter that is chosen."""
        if self._parts is None:
            return None
        block = self._parts.blocks[self._block]
        source, unit = self.source.index, self.unit.index
        index = source * block.shape[1] + unit if len(block.shape) == 2 else unit
        return Chosen(block, index, parameter_name(block, source, unit), short_name(block, source, unit))

    @property
    def place(self) -> tuple[int, int]:
        """Which block, and where in its flat numbers."""
        chosen = self.parameter
        return self._block, 0 if chosen is None else chosen.index

    def show_parts(self, parts: BatchParts | None) -> None:
        """Offer the parameters of a network; the choice stays where the network has the same parameters."""
        self.setEnabled(parts is not None)
        self._parts = parts
        if parts is None:
            return
        names = [block_name(block) for block in parts.blocks]
        if names != self._names:
            self._names = names
            self.blocks.set_choices([Choice(str(place), name) for place, name in enumerate(names)])
            # the weights of the output: every example moves them
            self._block = max(place for place, block in enumerate(parts.blocks) if block.symbol == "W")
        self._offer(parts)

    def _choose_block(self, value: str) -> None:
        self._block = int(value)
        if self._parts is not None:
            self._offer(self._parts)
        self.chosen.emit()

    def _offer(self, parts: BatchParts) -> None:
        shape = parts.blocks[self._block].shape
        self.blocks.set_value(str(self._block))
        self.source.setVisible(len(shape) == 2)
        self.source.set_most(shape[0])
        self.unit.set_most(shape[-1])
