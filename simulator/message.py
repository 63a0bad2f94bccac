"""What the simulator says, as marked source text with numbers: the window or the command line translates it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for "mark, do not translate yet")
    """Mark `text` for extraction into the catalogues and return it unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence that is not translated yet.

    Parameters
    ----------
    text
        English source text, marked by `N_`, with named places such as ``{step}``.
    values
        What fills the places. A value may be a `Message` itself.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of `translate` (source text -> text)."""
        filled = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return translate(self.text).format(**filled)

    def __str__(self) -> str:
        return self.render(lambda text: text)


class InSentence(Message):
    """A label used inside a sentence: "Units" becomes "units", "L2 penalty" stays."""

    def render(self, translate: Callable[[str], str]) -> str:
        text = super().render(translate)
        return text if text[:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]
