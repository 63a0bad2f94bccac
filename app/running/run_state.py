"""What the run on display is doing, as a table: which state may follow which, and what may be asked in each."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final


class RunState(Enum):
    """The state of the run on display."""

    PREPARING = auto()  # compiled code is being loaded and the first network built
    READY = auto()  # at step 0
    PLAYING = auto()
    PAUSED = auto()
    FINISHED = auto()  # all epochs asked for are done
    DIVERGED = auto()
    FAILED = auto()


class Order(Enum):
    """What a person may ask of the run on display."""

    PLAY = auto()
    PAUSE = auto()
    CONTINUE = auto()
    STEP = auto()
    EPOCH = auto()
    RESET = auto()
    NEW_WEIGHTS = auto()


_RESTING: Final = frozenset({RunState.READY, RunState.PAUSED, RunState.FINISHED, RunState.DIVERGED, RunState.FAILED})

# Another run, new or kept, may take the display at any time, in whatever state it was left: any resting state may
# follow any. Nothing leads back to PREPARING, and a run that diverged or failed never plays on.
LEGAL_STEPS: Final[Mapping[RunState, frozenset[RunState]]] = MappingProxyType(
    {
        RunState.PREPARING: frozenset({RunState.READY, RunState.FAILED}),
        RunState.READY: _RESTING | {RunState.PLAYING},
        RunState.PLAYING: _RESTING,
        RunState.PAUSED: _RESTING | {RunState.PLAYING},
        RunState.FINISHED: _RESTING | {RunState.PLAYING},
        RunState.DIVERGED: _RESTING,
        RunState.FAILED: _RESTING,
    }
)

_MAKE_ANEW: Final = frozenset({Order.RESET, Order.NEW_WEIGHTS})

ORDERS: Final[Mapping[RunState, frozenset[Order]]] = MappingProxyType(
    {
        # Play pressed while preparing is remembered.
        RunState.PREPARING: frozenset({Order.PLAY}),
        # At step 0 a reset would change nothing.
        RunState.READY: frozenset({Order.PLAY, Order.STEP, Order.EPOCH, Order.NEW_WEIGHTS}),
        RunState.PLAYING: frozenset({Order.PAUSE, Order.STEP, Order.EPOCH}) | _MAKE_ANEW,
        RunState.PAUSED: frozenset({Order.PLAY, Order.STEP, Order.EPOCH}) | _MAKE_ANEW,
        RunState.FINISHED: frozenset({Order.CONTINUE}) | _MAKE_ANEW,
        RunState.DIVERGED: _MAKE_ANEW,
        RunState.FAILED: _MAKE_ANEW,
    }
)


def allows(state: RunState, order: Order) -> bool:
    """Tell whether `order` may be given in `state`."""
    return order in ORDERS[state]


def may_follow(state: RunState, following: RunState) -> bool:
    """Tell whether `following` may come straight after `state`; a state may always follow itself."""
    return following is state or following in LEGAL_STEPS[state]
