"""Signals without Qt: what holds values tells those who follow it."""

import sys
import weakref
from collections.abc import Callable
from types import MethodType
from typing import Generic, TypeVarTuple

Values = TypeVarTuple("Values")


class Notifier(Generic[*Values]):
    """Calls every follower, in the order in which they came, with the values it is emitted with.

    A bound method is held weakly, so following keeps nobody alive; any other callable is held for good. Those who
    come while it is emitted are called from the next time on. What a follower raises goes to `sys.excepthook`, as
    with Qt's signals: an edit is whole, and the others hear of it, whatever one of them does.
    """

    def __init__(self) -> None:
        self._followers: list[Callable[[], Callable[..., object] | None]] = []

    def connect(self, follower: Callable[[*Values], object]) -> None:
        """Call `follower` from now on."""
        bound = isinstance(follower, MethodType)
        self._followers.append(weakref.WeakMethod(follower) if bound else lambda: follower)

    def disconnect(self, follower: Callable[[*Values], object]) -> None:
        """Call `follower` no more, if it was called at all."""
        self._followers = [held for held in self._followers if held() != follower]

    def emit(self, *values: *Values) -> None:
        """Call every follower."""
        for held in tuple(self._followers):
            follower = held()
            if follower is None or not _is_there(follower):
                self._followers = [each for each in self._followers if each is not held]
            elif any(each is held for each in self._followers):  # one before it may have disconnected it
                try:
                    follower(*values)
                except Exception:  # noqa: BLE001 (the hook has it)
                    sys.excepthook(*sys.exc_info())


def _is_there(follower: Callable[..., object]) -> bool:
    """Tell whether the object of a bound method can be called: Qt may have deleted a widget that Python still holds."""
    qt = sys.modules.get("shiboken6")
    return qt is None or bool(qt.isValid(getattr(follower, "__self__", None)))
