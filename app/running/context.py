"""What a view or a lab may use of the window. They meet through the document, never through each other."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.document.document import Document
from app.running.run_controller import RunController
from app.theme import Theme
from simulator.analysis.doctor import Watch


@dataclass(frozen=True)
class Context:
    """Given to the constructor of every view and every lab.

    Attributes
    ----------
    go_to
        Shows the tab of that id, such as "watch".
    watch
        The doctor's memory of the run on display: whoever asks is told the same findings.
    """

    theme: Theme
    document: Document
    controller: RunController
    go_to: Callable[[str], None]
    watch: Watch = field(default_factory=Watch)
