"""Names of layers in the room there is: "Dense 12", then "D12", then "12"."""

from collections.abc import Callable, Sequence

from app.system.i18n import translate_message
from simulator.message import Message
from simulator.training import LayerFrame


class LayerNames:
    """Names of layers in the reader's language; they are the same in every frame of a run."""

    def __init__(self) -> None:
        self._sources: list[Message] = []
        self._names: list[str] = []

    def of(self, layers: Sequence[LayerFrame]) -> list[str]:
        """Return the names of layers."""
        sources = [layer.name for layer in layers]
        if sources != self._sources:
            self._sources = sources
            self._names = [translate_message(source) for source in sources]
        return self._names


def fit_names(names: Sequence[str], room: float, width: Callable[[str], float]) -> list[str]:
    """Return the names, all shortened alike until each is at most `room` wide.

    Parameters
    ----------
    names
        Such as "Input", "Dense 3", "Output".
    room
        Pixels for one name.
    width
        Measures a text.
    """
    for shorten in (_whole, _initial, _number_alone):
        short = [shorten(name) for name in names]
        if all(width(name) <= room for name in short if name[-1:].isdigit()):
            return [name if width(name) <= room else _cut(name, room, width) for name in short]
    return [_cut(_number_alone(name), room, width) for name in names]


def _whole(name: str) -> str:
    return name


def _initial(name: str) -> str:
    kind, _, number = name.rpartition(" ")
    return kind[:1] + number if kind and number.isdigit() else name


def _number_alone(name: str) -> str:
    kind, _, number = name.rpartition(" ")
    return number if kind and number.isdigit() else name


def _cut(name: str, room: float, width: Callable[[str], float]) -> str:
    """Return as many first letters as there is room for: "Out" says enough beside a row of numbers."""
    if name.isdigit():  # half a number is a lie
        return name
    # not one letter: beside a row of numbers a lone O is a nought
    return name[:3] if width(name[:3]) <= room else name[:2]
