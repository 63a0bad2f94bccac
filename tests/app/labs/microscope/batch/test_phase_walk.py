"""The steps of one mini-batch: by example or by phase, and back the way one came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.labs.microscope.batch.phase_walk import PHASES, PhaseWalk, Stand


@pytest.mark.parametrize("apart", [True, False])
def test_that_four_clicks_do_four_phases(apart: bool) -> None:
    walk = PhaseWalk(3, apart)
    for phase in range(1, PHASES + 1):
        walk.phase_on()
        assert walk.stand.phase == phase
    assert walk.stand.updated


def test_that_examples_go_forward_and_back_in_turn_as_in_the_lecture() -> None:
    walk = PhaseWalk(2, apart=True)
    seen = []
    while not walk.stand.updated:
        walk.one_on()
        seen.append((walk.stand.forward, walk.stand.backward, walk.stand.averaged))
    assert seen == [
        (0, 0, False),
        (1, 0, False),
        (1, 1, False),
        (2, 1, False),
        (2, 2, False),
        (2, 2, True),
        (2, 2, True),
    ]


def test_that_examples_that_are_tied_together_go_back_together() -> None:
    walk = PhaseWalk(2, apart=False)
    for _step in range(4):
        walk.one_on()
    assert (walk.stand.forward, walk.stand.backward) == (2, 2)


@given(moves=st.lists(st.sampled_from(["one_on", "phase_on"]), max_size=12), apart=st.booleans())
def test_that_back_undoes_every_move(moves: list[str], apart: bool) -> None:
    walk = PhaseWalk(3, apart)
    stands = []
    for move in moves:
        before = walk.stand
        getattr(walk, move)()
        if walk.stand != before:
            stands.append(before)
        assert walk.stand.backward <= walk.stand.forward <= 3
    for before in reversed(stands):
        walk.back()
        assert walk.stand == before
    walk.back()
    assert walk.stand == Stand()


@given(phase=st.integers(0, PHASES))
def test_that_a_phase_can_be_gone_to(phase: int) -> None:
    walk = PhaseWalk(4, apart=True)
    walk.one_on()
    walk.go_to_phase(phase)
    assert walk.stand.phase == phase
