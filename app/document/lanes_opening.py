"""Takes trainings of a lab into the laboratory: one lane each."""

from collections.abc import Sequence

from app.document.document import Document
from simulator.experiment import Experiment, Run


def open_as_lanes(document: Document, experiments: Sequence[Experiment], names: Sequence[str]) -> bool:
    """Put each experiment on a lane that is called by its name; tell whether there was room for all.

    Pinned lanes stay; for those that would need their place, the document says why there is none.
    """
    document.open_run(Run(experiments[0]))
    first = document.state.selected
    document.lanes.rename(first, names[0])
    for experiment, name in zip(experiments[1:], names[1:], strict=True):
        if not document.open_twin(experiment, name, step=0):
            return False
    document.viewpoint.select(first)
    return True
