"""The numbers of one function: slopes, alpha, the weights of maxout's pieces."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.system.i18n import _
from app.theme import set_role
from simulator.analysis.activations import ScalarFunction, function_knobs


class Knobs(QWidget):
    """What a function is, as formulas, and a slider for each of its numbers.

    Signals
    -------
    turned(object)
        The `ScalarFunction` with the numbers that the user chose.
    """

    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._function: ScalarFunction | None = None
        self._controls: list[NumberControl] = []
        self._title, self._formulas = QLabel(), QLabel()
        set_role(self._title, "title")
        self._formulas.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._formulas)
        meaning = QLabel(_("x goes in, y comes out. dy is the gradient that arrives, dx what passes back."))
        meaning.setWordWrap(True)
        set_role(meaning, "small")
        self._layout.addWidget(meaning)

    @property
    def controls(self) -> tuple[NumberControl, ...]:
        """The sliders, in the order of the declarations."""
        return tuple(self._controls)

    @property
    def formulas(self) -> str:
        """What is said of the function's two passes."""
        return self._formulas.text()

    def show_function(self, function: ScalarFunction) -> None:
        """Show a function and its numbers."""
        if self._function is None or self._function.kind != function.kind:
            self._rebuild(function)
        self._function = function
        for control, value in zip(self._controls, function.numbers, strict=True):
            control.set_value(value)

    def _rebuild(self, function: ScalarFunction) -> None:
        for old in self._controls:
            old.hide()
            old.deleteLater()
        self._controls = []
        self._title.setText(_(function.declared.label))
        passes = function.declared.passes
        lines = () if passes is None else (*passes.forward, *passes.backward)
        self._formulas.setText("\n".join(_(line) for line in lines))
        for declared in function_knobs(function.kind):
            control = NumberControl(declared)
            control.changed.connect(lambda _value: self._on_turned())
            self._controls.append(control)
            self._layout.addWidget(control)
            control.show()

    def _on_turned(self) -> None:
        if self._function is not None:
            self.turned.emit(ScalarFunction(self._function.kind, tuple(each.value for each in self._controls)))
