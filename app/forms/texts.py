"""The words round a field, made from its declaration."""

from html import escape

from PySide6.QtGui import QPalette

from app.system.i18n import _, translate_sentence
from simulator.declaration import Field, Kind
from simulator.message import Message


def in_sentence(label: str) -> str:
    """Return a translated label as it stands inside a sentence: "Units" becomes "units", "L2 penalty" stays."""
    return label if label[:2].isupper() or label[1:2].isdigit() else label[:1].lower() + label[1:]


def change_text(about: Field) -> str:
    """Return what Undo calls a change of the field."""
    return _("Change {field}").format(field=in_sentence(_(about.label)))


def field_tip(about: Field, palette: QPalette, *, restarts: bool | None = None) -> str:
    """Return the tooltip of a field: what it is, then in grey words what a change does and where it is from.

    `restarts` tells whether a change starts the run again; by default as declared.
    """
    restarts = not about.live if restarts is None else restarts
    notes = [_("A change starts the run again.")] if restarts else []
    return _tip(_(about.help or about.label), [*notes, *_source(about.source)], palette)


def kind_tip(kind: type[Kind], palette: QPalette) -> str:
    """Return the tooltip of a kind in a menu."""
    return _tip(_(kind.help or kind.label), _source(kind.source), palette)


def fault_sentence(message: Message) -> str:
    """Return why a value was refused, for the place right under its field, which need not be named again."""
    fault = message.values.get("fault")
    return translate_sentence(fault if isinstance(fault, Message) else message)


def _source(source: str) -> list[str]:
    return [_("Source: {source}").format(source=_(source))] if source else []


def _tip(sentence: str, notes: list[str], palette: QPalette) -> str:
    grey = palette.color(QPalette.ColorRole.PlaceholderText).name()
    paragraphs = [f"<p>{escape(sentence)}</p>"]
    paragraphs += [f'<p style="color:{grey}">{escape(note)}</p>' for note in notes]
    return "".join(paragraphs)
