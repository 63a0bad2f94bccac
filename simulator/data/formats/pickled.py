"""Python pickles, read without being run.

Unpickling can call any function, so this reader follows the instructions of a pickle on paper only: numbers, texts,
lists and dicts become themselves; an object becomes a `Made`, a note of what would have been called with what. The
names below are the only ones that may be noted; nothing is ever imported or called.
"""

import io
import pickletools
from dataclasses import dataclass
from typing import Any

from simulator.data.formats.faults import fault, shown, wrong_format
from simulator.message import N_

ALLOWED = frozenset(
    {
        ("numpy", "ndarray"),
        ("numpy", "dtype"),
        ("numpy.core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy.core.numeric", "_frombuffer"),
        ("numpy._core.numeric", "_frombuffer"),
        ("_codecs", "encode"),
    }
)
MOST_INSTRUCTIONS = 300_000  # 10,000 images take 30,000
PICKLE = N_("a Python pickle")

STARTS = (b"\x80", b"(", b"}", b"c")  # a protocol from 2 on; before that a dict, or a call

CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
LITERALS = frozenset(
    {
        *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"),
        *("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"),
        *("BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"),
    }
)
PUTS = frozenset({"PUT", "BINPUT", "LONG_BINPUT"})
GETS = frozenset({"GET", "BINGET", "LONG_BINGET"})
TUPLES = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}


@dataclass(frozen=True, eq=False)
class Name:
    """A name on the list: what a pickle would have imported."""

    module: str
    name: str


@dataclass(eq=False)
class Made:
    """An object that was not made: what would have been called, with what, and the state given to it afterwards."""

    called: Name
    arguments: tuple[Any, ...]
    state: Any = None


def parse(data: bytes, name: str) -> Any:
    """Return what a pickle holds; texts of Python 2 become `str`, byte by byte. Raise `FileError`."""
    if data[:1] not in STARTS:
        raise wrong_format(name, PICKLE, data[:512])
    source = io.BytesIO(data)
    reader = _Reader(name)
    position = 0
    try:
        for count, (instruction, argument, place) in enumerate(pickletools.genops(source)):
            position = place or 0
            if count > MOST_INSTRUCTIONS:
                text = N_("{name} has over {most:,} instructions, more than a data file needs; download it again")
                raise fault(text, name=name, most=MOST_INSTRUCTIONS)
            reader.follow(instruction.name, argument)
        result = reader.stack.pop()
    # What damage leads to: a literal that is none, a stack too short, a memo never filled, a list that is not one.
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        text = N_("{name} is damaged or cut short near byte {byte:,}; download it again")
        raise fault(text, name=name, byte=position) from error
    if source.tell() != len(data):
        text = N_("{name} goes on for {more:,} bytes after its end at byte {byte:,}; download it again")
        raise fault(text, name=name, more=len(data) - source.tell(), byte=source.tell())
    return result


class _Reader:
    """The stack, marks and memo of a pickle."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stack: list[Any] = []
        self._outer: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def follow(self, instruction: str, argument: Any) -> None:
        """Do on paper what one instruction says."""
        stack = self.stack
        if instruction in LITERALS:
            stack.append(argument)
        elif instruction in CONSTANTS:
            stack.append(CONSTANTS[instruction])
        elif instruction in PUTS:
            self._memo[argument] = stack[-1]
        elif instruction in GETS:
            stack.append(self._memo[argument])
        elif instruction in TUPLES:
            count = TUPLES[instruction]
            if len(stack) < count:
                raise IndexError
            stack[-count:] = [tuple(stack[-count:])]
        else:
            step = getattr(self, f"_{instruction.lower()}", None)
            if step is None:
                text = N_("{name} uses {instruction}, which is not allowed in a data file; do not trust it")
                raise fault(text, name=self.name, instruction=instruction)
            step(argument)

    def _since_mark(self) -> list[Any]:
        items, self.stack = self.stack, self._outer.pop()
        return items

    def _nothing(self, argument: Any) -> None:
        pass

    _proto = _frame = _stop = _nothing

    def _mark(self, argument: Any) -> None:
        self._outer.append(self.stack)
        self.stack = []

    def _pop(self, argument: Any) -> None:
        self.stack.pop()

    def _memoize(self, argument: Any) -> None:
        self._memo[len(self._memo)] = self.stack[-1]

    def _empty_list(self, argument: Any) -> None:
        self.stack.append([])

    def _empty_tuple(self, argument: Any) -> None:
        self.stack.append(())

    def _empty_dict(self, argument: Any) -> None:
        self.stack.append({})

    def _tuple(self, argument: Any) -> None:
        items = self._since_mark()
        self.stack.append(tuple(items))

    def _list(self, argument: Any) -> None:
        items = self._since_mark()
        self.stack.append(items)

    def _dict(self, argument: Any) -> None:
        items = self._since_mark()
        self.stack.append({})
        self._fill(items)

    def _append(self, argument: Any) -> None:
        item = self.stack.pop()
        self._lengthen([item])

    def _appends(self, argument: Any) -> None:
        self._lengthen(self._since_mark())

    def _lengthen(self, items: list[Any]) -> None:
        if type(self.stack[-1]) is not list:
            raise TypeError
        self.stack[-1].extend(items)

    def _setitem(self, argument: Any) -> None:
        value, key = self.stack.pop(), self.stack.pop()
        self._fill([key, value])

    def _setitems(self, argument: Any) -> None:
        self._fill(self._since_mark())

    def _fill(self, items: list[Any]) -> None:
        for key, value in zip(items[::2], items[1::2], strict=True):
            if type(key) is Made and key.called.name == "encode" and key.arguments:
                key = key.arguments[0]  # bytes, as Python 3 writes them for Python 2
            # Texts only: they remember their hash, so that nothing here takes for ever.
            if type(key) not in (str, bytes) or type(self.stack[-1]) is not dict:
                raise TypeError
            self.stack[-1][key] = value

    def _global(self, argument: str) -> None:
        module, _, name = argument.partition(" ")
        self._push_name(module, name)

    def _stack_global(self, argument: Any) -> None:
        name, module = self.stack.pop(), self.stack.pop()
        self._push_name(module, name)

    def _inst(self, argument: str) -> None:
        self._global(argument)
        raise TypeError  # nothing on the list is made this way

    def _push_name(self, module: Any, name: Any) -> None:
        if type(module) is not str or type(name) is not str:
            raise TypeError
        if (module, name) not in ALLOWED:
            text = N_("{name} names {what}, which is not allowed in a data file; do not trust it, download it again")
            raise fault(text, name=self.name, what=shown(f"{module}.{name}"))
        self.stack.append(Name(module, name))

    def _reduce(self, argument: Any) -> None:
        arguments, called = self.stack.pop(), self.stack.pop()
        if type(called) is not Name or type(arguments) is not tuple:
            raise TypeError
        self.stack.append(Made(called, arguments))

    def _build(self, argument: Any) -> None:
        state = self.stack.pop()
        if type(self.stack[-1]) is not Made:
            raise TypeError
        self.stack[-1].state = state
