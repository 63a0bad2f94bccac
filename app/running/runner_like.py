"""What the window uses of a runner: the thread of the simulator, or a stand-in for tests."""

from typing import Protocol

from simulator.training import Command, Event, Picture


class RunnerLike(Protocol):
    """The methods of `simulator.Runner` that the window uses."""

    def start(self) -> None: ...

    def send(self, command: Command) -> None: ...

    def events(self) -> list[Event]: ...

    def latest(self) -> Picture | None: ...

    def close(self, timeout: float) -> object: ...
