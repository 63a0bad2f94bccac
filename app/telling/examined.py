"""The record of what is on display, as the doctor is given it."""

from app.document.document import Document
from simulator.analysis.doctor import RunRecord
from simulator.experiment import cards
from simulator.training import Picture, RunFacts


def record_of(document: Document, picture: Picture | None, facts: RunFacts | None) -> RunRecord | None:
    """Return the record of a picture; None while picture, facts and document are not of one run."""
    experiment = document.viewpoint.experiment
    if picture is None or facts is None or picture.run_id != document.state.run_id:
        return None
    if len(picture.frame.layers) != len(cards(experiment.network)) + 2 or not picture.track.step.size:
        return None
    return RunRecord.of(picture, facts, experiment)
