"""How a number is called: `layers[3].dead@0`, `zigzag(positive, 1).same_sign`. Read by a grammar, never run as code."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from simulator.errors import ExperimentError
from simulator.message import N_, Message

LONGEST: Final = 200
"""Letters of a name."""
Step = int | Literal["end"]

_WORD: Final = r"[A-Za-z][A-Za-z0-9_]*"
_VALUE: Final = r"[A-Za-z0-9_.+-]+"
_ARGUMENT: Final = rf"(?:{_WORD}\s*=\s*)?{_VALUE}"
_PART: Final = re.compile(
    rf"(?P<word>{_WORD})"
    rf"(?:\[\s*(?P<key>{_VALUE})\s*\])?"
    rf"(?:\(\s*(?P<arguments>{_ARGUMENT}(?:\s*,\s*{_ARGUMENT})*)\s*\))?"
)
_STEP: Final = re.compile(r"@(?P<step>end|[0-9]{1,9})$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, read.

    Attributes
    ----------
    pattern
        What its declaration is found by: "layers[].dead", "zigzag().same_sign".
    values
        What stands in brackets, in order, as text.
    changes
        What is given by name in brackets: `b=-10`.
    step
        What stands behind "@": a step, or "end"; None where nothing does.
    """

    pattern: str
    values: tuple[str, ...]
    changes: tuple[tuple[str, str], ...] = ()
    step: Step | None = None


def read_name(text: str) -> Name:
    """Return a name taken apart; raise `ExperimentError` where it has not the form of one."""
    written = text.strip()
    if len(written) > LONGEST:
        raise _no_name(written[:40])
    step: Step | None = None
    found = _STEP.search(written)
    body = written
    if found is not None:
        body = written[: found.start()]
        step = "end" if found["step"] == "end" else int(found["step"])
    pattern, values, changes = "", [], []
    at = 0
    while True:
        part = _PART.match(body, at)
        if part is None:
            raise _no_name(written)
        pattern += part["word"]
        if part["key"] is not None:
            pattern += "[]"
            values.append(part["key"])
        if part["arguments"] is not None:
            pattern += "()"
            for argument in part["arguments"].split(","):
                name, sign, value = argument.partition("=")
                if sign:
                    changes.append((name.strip(), value.strip()))
                else:
                    values.append(argument.strip())
        at = part.end()
        if at == len(body):
            return Name(pattern, tuple(values), tuple(changes), step)
        if body[at] != ".":
            raise _no_name(written)
        pattern += "."
        at += 1


def _no_name(text: str) -> ExperimentError:
    form = N_("'{name}' does not have the form of a quantity, such as accuracy.all or layers[3].dead@0")
    return ExperimentError(Message(form, {"name": text}))
