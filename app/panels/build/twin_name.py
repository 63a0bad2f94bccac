"""What a twin is called: by its change. No Qt."""

from typing import Final

from app.look import numbers
from app.system.i18n import _, translate_message
from simulator.experiment import Experiment, what_differs
from simulator.message import InSentence, Message

MOST: Final = 2
"""Changes that a name holds."""


def twin_name(before: Experiment, after: Experiment) -> str:
    """Return what `after` has instead: "tanh", "rate 0.3", "units 8, batch norm added".

    Empty where nothing differs, or too much for a name.
    """
    found = what_differs(before, after)
    rate = after.training.learning_rate
    if len(found) == 1 and rate != before.training.learning_rate:
        return _("rate {rate}").format(rate=numbers.short(rate))
    return ", ".join(map(_named, found)) if len(found) <= MOST else ""


def _named(change: Message) -> str:
    inner = change.values.get("change", change)
    assert isinstance(inner, Message)
    new, field = inner.values.get("new"), inner.values.get("field")
    if isinstance(new, Message):
        return translate_message(new)
    if new is None:
        return translate_message(inner)
    name = translate_message(InSentence(field.text, field.values)) if isinstance(field, Message) else ""
    return _("{field} {value}").format(field=name, value=new).strip()
