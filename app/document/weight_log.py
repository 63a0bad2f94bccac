"""Sequences of weights set by hand: how one grows, and how one differs from another. Pure functions."""

from simulator.experiment import Run, WeightEdit

Weights = tuple[WeightEdit, ...]


def with_edit(weights: Weights, edit: WeightEdit) -> Weights:
    """Return the sequence with a weight set: one entry a weight and step, and none where it has its old value again."""
    at = next((place for place, each in enumerate(weights) if _key(each) == _key(edit)), None)
    if at is None:
        return weights if edit.new == edit.old else (*weights, edit)
    first = weights[at]
    merged = (WeightEdit(first.step, first.block, first.index, first.old, edit.new),) if edit.new != first.old else ()
    return (*weights[:at], *merged, *weights[at + 1 :])


def missing(held: Weights, wanted: Weights) -> Weights:
    """Return the edits that make `wanted` of what is `held`, in the order in which they can be made.

    An entry too many is taken back by the edit to its old value.
    """
    hold, want = {_key(edit): edit for edit in held}, {_key(edit): edit for edit in wanted}
    back = [
        WeightEdit(edit.step, edit.block, edit.index, edit.new, edit.old)
        for edit in reversed(held)
        if _key(edit) not in want
    ]
    put = [edit for edit in wanted if _key(edit) not in hold or hold[_key(edit)].new != edit.new]
    return tuple(sorted((*back, *put), key=lambda edit: edit.step))


def as_logged(edit: WeightEdit, before: Run | None, now: Run) -> WeightEdit:
    """Return an edit with the old value that the engine found, where the log had no entry of it before."""
    key = (edit.step, *edit.parameter)
    at = now.place_of(*key)
    entry = None if at is None or (before is not None and before.place_of(*key) is not None) else now.edits[at]
    if not isinstance(entry, WeightEdit):
        return edit
    return WeightEdit(edit.step, edit.block, edit.index, entry.old, edit.new)


def _key(edit: WeightEdit) -> tuple[int, str, tuple[int, ...]]:
    return edit.step, *edit.parameter
