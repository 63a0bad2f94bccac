"""Fills the style sheet's template from the tokens and the text scale."""

import re

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QWidget

from app.theme.fonts import TYPE, scaled
from app.theme.icons import icon_file
from app.theme.template import TEMPLATE
from app.theme.tokens import Tokens

_SEARCH_PATH = "themeicons"


def stylesheet(tokens: Tokens, scale: float) -> str:
    """Return the application's style sheet.

    The template knows five words beside Qt's own: ``$accent`` is a colour of the tokens, ``12dp`` a length
    that follows the text scale (``12dp-1``: one pixel less), ``half(14dp+4)`` the largest corner radius of
    such a length, ``type(value)`` size and weight of a type style, ``icon(check, accent)`` a drawing.
    """
    sheet = re.sub(r"type\((\w+)\)", lambda found: _type(found[1], scale), TEMPLATE)
    sheet = re.sub(r"(\d+)dp([+-]\d+)?", lambda found: _length(found[1], found[2], scale), sheet)
    # Qt draws square corners as soon as a radius is more than half the side
    sheet = re.sub(r"half\((\d+)px\)", lambda found: f"{int(found[1]) // 2}px", sheet)
    sheet = re.sub(r"icon\((\w+), (\w+)\)", lambda found: _icon(found[1], getattr(tokens, found[2])), sheet)
    return re.sub(r"\$(\w+)", lambda found: str(getattr(tokens, found[1])), sheet)


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a role of the style sheet, such as ``"card"``; also after it has been shown."""
    set_state(widget, "role", role)


def set_state(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet reads, and paint the widget accordingly."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _type(style: str, scale: float) -> str:
    wanted = TYPE[style]
    return f"font-size: {scaled(wanted.size, scale)}px; font-weight: {wanted.weight}"


def _length(pixels: str, offset: str | None, scale: float) -> str:
    return f"{scaled(int(pixels), scale) + int(offset or 0)}px"


def _icon(name: str, colour: str) -> str:
    file = icon_file(name, colour)
    # a search path keeps blanks and quotes of the user's folder out of the sheet
    QDir.setSearchPaths(_SEARCH_PATH, [str(file.parent)])
    return f"url({_SEARCH_PATH}:{file.name})"
