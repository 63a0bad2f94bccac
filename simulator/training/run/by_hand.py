"""Parameters set by hand between two steps: they are written in place, and the log of the run says so."""

import math

from simulator.errors import ExperimentError
from simulator.experiment.run import Run, WeightEdit
from simulator.experiment.weights import block_at, check_value, weight_name
from simulator.message import N_, Message
from simulator.training.run.network import Network

NEAR = 1e-3  # share of a value by which another machine's may differ
TINY = 1e-6


def set_by_hand(run: Run, network: Network, step: int, block: str, index: tuple[int, ...], value: float) -> Run:
    """Give a parameter another value, and return `run` with that in its log; raise `ExperimentError` if it may not be.

    A parameter that has the value of before this step's edits again has no entry.
    """
    setting = network.setting
    block_at(network.experiment, block, index, setting.inputs.width, setting.dataset.classes)
    at = run.place_of(step, block, index)
    earlier = None if at is None else run.edits[at]
    present = network.parameter(block, index)
    old = earlier.old if isinstance(earlier, WeightEdit) else present
    check_value(value)
    if not math.isfinite(old):
        raise ExperimentError(Message(N_("this weight is NaN or infinite; go back to an earlier step")))
    network.set_parameter(block, index, value)
    new = old if network.parameter(block, index) == old else value
    return run if new == present == old else run.with_weight(WeightEdit(step, block, index, old, new))


def told(run: Run, number: int, found: float | None) -> Message:
    """Say what an entry of the log sets, and where that was not done to the value that it notes, what was found."""
    edit = run.edits[number]
    assert isinstance(edit, WeightEdit)
    values: dict[str, object] = {"weight": weight_name(run.after(number), *edit.parameter), "new": f"{edit.new:.4g}"}
    if found is None:
        return Message(N_("{weight}: {new}"), values)
    text = N_("{weight}: {new}; it was {found} here, and {old} in the run that the log is of")
    return Message(text, values | {"found": f"{found:.4g}", "old": f"{edit.old:.4g}"})


def repeat(network: Network, number: int, edit: WeightEdit) -> dict[int, float]:
    """Carry out an entry of the log; return its number with what it found, if that is not the value of then."""
    found = network.parameter(*edit.parameter)
    network.set_parameter(*edit.parameter, edit.new)
    return {} if math.isclose(found, edit.old, rel_tol=NEAR, abs_tol=TINY) else {number: found}
