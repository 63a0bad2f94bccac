import pytest

from app.document.lanes import Lane, State
from app.document.undo import MOST_UNDONE, Step, UndoGroup, UndoStack
from simulator.experiment import Experiment


class Table:
    """Numbered states and a stack: what is there now is the number of the state that was shown last."""

    def __init__(self) -> None:
        self.states = [State((Lane(0, number, Experiment()),)) for number in range(MOST_UNDONE + 50)]
        self.now = 0
        self.stack = UndoStack(self._go)

    def go_to(self, number: int, *, paths: tuple[str, ...] = (), gesture: object | None = None) -> None:
        self.stack.push(Step(self.states[self.now], self.states[number], f"Go to {number}", paths, gesture))

    def _go(self, step: Step, forward: bool) -> None:
        self.now = self.states.index(step.after if forward else step.before)


@pytest.fixture
def table() -> Table:
    return Table()


def test_that_it_goes_back_and_forward_and_says_over_what(table: Table) -> None:
    stack = table.stack
    assert (stack.undo_text, stack.redo_text) == ("", "")
    table.go_to(1)
    table.go_to(2)
    stack.undo()
    assert (table.now, stack.undo_text, stack.redo_text) == (1, "Go to 1", "Go to 2")
    stack.redo()
    stack.redo()
    assert (table.now, stack.can_redo) == (2, False)
    for _ in range(3):
        stack.undo()
    assert (table.now, stack.can_undo) == (0, False)


def test_that_a_new_step_leaves_the_undone_ones_behind(table: Table) -> None:
    table.go_to(1)
    table.go_to(2)
    table.stack.undo()
    table.go_to(3)
    assert [step.text for step in table.stack.steps] == ["Go to 1", "Go to 3"]


def test_that_one_drag_is_one_step(table: Table) -> None:
    drag = object()
    for number in (1, 2, 3):
        table.go_to(number, paths=("a",), gesture=drag)
    table.go_to(4, paths=("b",), gesture=drag)
    table.go_to(5, paths=("b",), gesture=object())
    assert table.stack.count() == 3
    for _ in range(3):
        table.stack.undo()
    assert table.now == 0


def test_that_a_drag_back_to_where_it_began_leaves_nothing_to_undo(table: Table) -> None:
    drag = object()
    table.go_to(1)
    for number in (2, 3, 1):
        table.go_to(number, gesture=drag)
    assert (table.stack.count(), table.stack.undo_text) == (1, "Go to 1")


def test_that_a_drag_over_what_was_saved_is_a_step_of_its_own(table: Table) -> None:
    drag = object()
    table.go_to(1, gesture=drag)
    table.stack.mark_clean()
    table.go_to(2, gesture=drag)
    table.stack.undo()
    assert (table.now, table.stack.is_clean) == (1, True)


def test_that_it_is_clean_only_where_it_was_marked_so(table: Table) -> None:
    told: list[bool] = []
    stack = table.stack
    stack.clean_changed.connect(lambda: told.append(stack.is_clean))
    table.go_to(1)
    stack.mark_clean()
    table.go_to(2)
    stack.undo()
    stack.undo()
    table.go_to(3)  # the marked step is gone
    stack.undo()
    assert told == [False, True, False, True, False]


def test_that_the_oldest_steps_fall_out(table: Table) -> None:
    for number in range(1, MOST_UNDONE + 31):
        table.go_to(number)
    while table.stack.can_undo:
        table.stack.undo()
    assert (table.stack.count(), table.now, table.stack.is_clean) == (MOST_UNDONE, 30, False)


def test_that_a_group_undoes_the_active_stack_alone() -> None:
    document, draft = Table(), Table()
    group, told = UndoGroup(document.stack), []
    group.changed.connect(lambda: told.append(group.active.undo_text))
    document.go_to(1)
    group.activate(draft.stack)
    draft.go_to(2)
    group.undo()
    document.go_to(3)
    group.activate(document.stack)
    assert (draft.now, document.now) == (0, 3)
    assert told == ["Go to 1", "", "Go to 2", "", "Go to 3"]
