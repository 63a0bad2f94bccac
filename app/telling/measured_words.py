"""The doctor's sentences with their numbers set as the window sets numbers, the one that counts in semi-bold."""

import math
from dataclasses import replace
from html import escape

from app.look import numbers
from app.system.i18n import _, translate_message
from simulator.analysis.measured import Measured
from simulator.message import Message


def rich(message: Message) -> str:
    """Return a message as rich text, in which <b> is semi-bold."""
    return translate_message(_prepared(message, marked=True))


def plain(message: Message) -> str:
    """Return a message as plain words, for screen readers."""
    return translate_message(_prepared(message, marked=False))


def written(value: Measured) -> str:
    """Return a number, or a range of them."""
    low = _one(value, value.value)
    if value.to is None or _one(value, value.to) == low:
        return low
    return _("{low} to {high}").format(low=low, high=_one(value, value.to))


def _one(value: Measured, number: float) -> str:
    if value.form == "share":
        return numbers.percent(number)
    if value.form == "count" and math.isfinite(number):
        return numbers.count(round(number))
    return numbers.short(number) if value.form == "round" else numbers.number(number, value.figures)


def _prepared(message: Message, *, marked: bool) -> Message:
    # replaced, not made anew: a number may decide its words
    return replace(message, values={name: _value(value, marked=marked) for name, value in message.values.items()})


def _value(value: object, *, marked: bool) -> object:
    if isinstance(value, Measured):
        words = written(value)
        return f"<b>{words}</b>" if marked and value.strong else words
    if isinstance(value, Message):
        # a name such as "Dense 1" stays in one line
        return translate_message(_prepared(value, marked=marked)).replace(" ", numbers.NO_BREAK_SPACE)
    return escape(str(value)) if marked else value
