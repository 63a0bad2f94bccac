"""The four learning rates, each with the name that its curve was given, and how the loss is drawn."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.document.lanes import LETTERS
from app.forms.number_control import NumberControl
from app.labs.curves.bases import rates_at_first
from app.system.i18n import _
from app.theme import set_role
from app.widgets.segmented import Choice, Segmented
from simulator.declaration import DeclaredField, declared_fields
from simulator.experiment import Training

LINEAR, LOGARITHMIC = "linear", "logarithmic"
LOWEST, HIGHEST = 1e-6, 10.0
"""Ends of the sliders: beyond them a curve says nothing new."""


class RatesControls(QWidget):
    """Four sliders and the scale of the loss.

    Signals
    -------
    changed()
        Another rate was chosen.
    scale_chosen(str)
        The loss is to be drawn `LINEAR` or `LOGARITHMIC`.
    """

    changed = Signal()
    scale_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QLabel(_("Learning rates"))
        set_role(head, "subtitle")
        rate = _declared()
        self.rates = tuple(NumberControl(rate) for _letter in LETTERS)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        set_role(self.facts, "muted")
        self.scale = Segmented()
        self.scale.set_choices(
            [
                Choice(LINEAR, _("linear"), _("As on the slide; what leaves the picture is said in words")),
                Choice(LOGARITHMIC, _("logarithmic"), _("Small losses can be told apart, too")),
            ]
        )
        self.scale.setAccessibleName(_("Scale of the loss"))
        self.scale.set_value(LINEAR)
        self.scale.chosen.connect(self.scale_chosen)
        words = QLabel(_("Scale of the loss"))
        set_role(words, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (head, *self.rates, words, self.scale, self.facts):
            column.addWidget(widget)
        for control, value in zip(self.rates, rates_at_first(), strict=True):
            control.set_value(value)
            control.changed.connect(lambda _rate: self.changed.emit())
        self.name_rates(None)

    @property
    def values(self) -> tuple[float, ...]:
        """The four rates, A to D."""
        return tuple(control.value for control in self.rates)

    def reset(self) -> None:
        """Go back to the lecture's rates."""
        for control, value in zip(self.rates, rates_at_first(), strict=True):
            control.set_value(value)

    def name_rates(self, names: tuple[str, ...] | None) -> None:
        """Write the names that the curves were given beside their letters; None while there are none."""
        for place, (letter, control) in enumerate(zip(LETTERS, self.rates, strict=True)):
            text = _("Learning rate {letter}").format(letter=letter)
            if names is not None:
                text = _("{letter} · {name}").format(letter=letter, name=names[place])
            control.label.setText(text)
            control.set_name(_("Learning rate {letter}").format(letter=letter))


def _declared() -> DeclaredField:
    rate = next(field for field in declared_fields(Training) if field.name == "learning_rate")
    return replace(rate, about=replace(rate.about, low=LOWEST, high=HIGHEST))
