"""The last check: what the doctor can tell of data and settings before the first step."""

from simulator.analysis.checks.check_result import Outcome
from simulator.analysis.clock import Clock
from simulator.analysis.copies import start
from simulator.analysis.doctor.examination import foreseen
from simulator.analysis.doctor.record import RunRecord
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message
from simulator.training.desk.lane import Lane
from simulator.training.past.timeline import Timeline


def set_up_is_sound(experiment: Experiment, clock: Clock) -> Outcome:
    """Examine the untrained network; the first finding is the sentence, and the details have them all."""
    trainer = start(experiment)
    record = RunRecord.of(Lane(1, Timeline(trainer)).picture(0), trainer.facts, experiment)
    found = foreseen(record)
    if not found:
        text = N_("Nothing in data and settings stands in the way, as far as can be told before the first step.")
        return Outcome(0, 0, "pass", Message(text))
    details = tuple(finding.title for finding in found[1:])
    return Outcome(len(found), 0, "fail", found[0].sentence, details)
