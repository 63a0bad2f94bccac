"""What a view or a lab may use of the window. They meet through the document, never through each other."""

from collections.abc import Callable
from dataclasses import dataclass

from app.document.document import Document
from app.running.run_controller import RunController
from app.theme import Theme


@dataclass(frozen=True)
class Context:
    """Given to the constructor of every view and every lab.

    Attributes
    ----------
    go_to
        Shows the tab of that id, such as "watch".
    """

    theme: Theme
    document: Document
    controller: RunController
    go_to: Callable[[str], None]
