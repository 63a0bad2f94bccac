"""The curves of the functions that may bend a layer's output, as the compiled kernels compute them."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.running.worker import Task, Worker
from simulator.analysis import activations
from simulator.analysis.activations import SCALAR_FUNCTIONS, FunctionCurve, ScalarFunction

REACH: Final = 3.0
X: Final = np.linspace(-REACH, REACH, 61)

_known: Final[dict[str, NDArray[np.float64]]] = {}


class FunctionShapes(QObject):
    """Asks once in the life of the program.

    Signals
    -------
    known()
        The curves can be drawn.
    """

    known = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("shapes", self)
        self._worker.answered.connect(self._take)

    def curve(self, kind: str) -> NDArray[np.float64] | None:
        """Return f at the places `X`, shape (points,); None until it is known."""
        return _known.get(kind)

    def ask(self) -> None:
        """Compute what is not known yet, beside the window."""
        unknown = [ScalarFunction.default(kind) for kind in SCALAR_FUNCTIONS if kind not in _known]
        if not unknown or self._worker.busy:
            return

        def work(task: Task) -> Any:
            return activations.function_curves(unknown, X, stop=task.stop)

        self._worker.ask(work)

    def close_down(self) -> None:
        """End the thread."""
        self._worker.close()

    def _take(self, curves: tuple[FunctionCurve, ...]) -> None:
        _known.update({each.function.kind: each.y for each in curves})
        self.known.emit()
