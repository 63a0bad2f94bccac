"""The errors the simulator raises on purpose: each carries one sentence that says what is wrong and what to do."""

from simulator.message import Message


class ObukaError(Exception):
    """Anything a user can put right.

    Attributes
    ----------
    message
        The sentence for the user, not translated yet.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class ExperimentError(ObukaError):
    """An experiment that cannot be run: a value out of range, an unknown kind, shapes that do not fit."""


class FileError(ObukaError):
    """A file that cannot be read or written."""


class BusyError(RuntimeError):
    """Two callers used one trainer at a time: a fault of the program, never of its user."""
