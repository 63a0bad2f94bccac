"""Takes the four rates into the laboratory: one lane each."""

from collections.abc import Sequence

from app.document import Document
from app.labs.curves_parts.bases import at_rate
from simulator import Run


def open_as_lanes(document: Document, rates: Sequence[float], names: Sequence[str]) -> bool:
    """Put the experiment on the table, a lane a rate, each called by its name; tell whether there was room for all.

    Pinned lanes stay; for those that would need their place, the document says why there is none.
    """
    document.open_run(Run(at_rate(rates[0])))
    first = document.state.selected
    document.lanes.rename(first, names[0])
    for rate, name in zip(rates[1:], names[1:], strict=True):
        if not document.what_if({"training.learning_rate": rate}, name, step=0):
            return False
    document.lanes.select(first)
    return True
