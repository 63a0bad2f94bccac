"""How the command line writes numbers and sentences."""

import gettext
import json
import math
import struct
import sys
from importlib.resources import files
from typing import Any

from simulator.experiment.experiment import Experiment
from simulator.message import Message


def _catalogue() -> gettext.NullTranslations:
    """Return the words in the language of this terminal; English where there are none, or they are damaged."""
    try:
        return gettext.translation("obuka", str(files("resources") / "i18n"), fallback=True)
    except (OSError, ImportError, ValueError, struct.error):
        return gettext.NullTranslations()


_words = _catalogue()


def _(text: str, plural: str = "", count: int = 1) -> str:
    """Translate a literal; of a sentence in two forms, the one for `count`."""
    return _words.ngettext(text, plural, count) if plural else _words.gettext(text)


def said(message: Message) -> str:
    """Return a message as a sentence, with a full stop."""
    text = message.sentence(_)
    return text if text.endswith((".", "!", "?")) else text + "."


def tell_of_files(experiment: Experiment) -> None:
    """Say what was read of files, before anything is trained on them."""
    if experiment.data.needs_files:
        for sentence in experiment.data.load(experiment.seeds.data).told:
            print(said(sentence), file=sys.stderr)


def number(value: float | None, form: str = ".4g") -> str:
    """Return a number for a table; "-" where there is none."""
    return "-" if value is None else format(value, form)


def plain(value: float | None) -> float | None:
    """Return the number for JSON: what is not finite becomes null."""
    return None if value is None or not math.isfinite(value) else value


def as_json(value: Any) -> str:
    """Return one JSON object."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
