"""Running text for labels and text browsers, and texts that come from outside beside it."""

import re
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel

from app.theme.fonts import LINE_HEIGHT_PERCENT, SEMIBOLD

LONGEST_TIP: Final = 1000
"""Letters of a tooltip, at most."""
_TAGS: Final = r"/?(?:b|strong|sup|sub)|br|b style=\"color: #[0-9a-fA-F]+\""
_OTHER_MARKS: Final = re.compile(rf"<(?!(?:{_TAGS})>)")


def prose(rich_text: str, line_height: int = LINE_HEIGHT_PERCENT) -> str:
    """Return rich text with the line height of prose, in percent, and with real semi-bold words.

    Qt makes ``<b>`` of weight 700, which Inter does not have here, so it would smear the letters. Only the marks of
    our own sentences count, ``<b>``, ``<br>``, ``<sup>`` and ``<sub>``: whatever else begins with ``<`` is a letter.
    """
    text = _OTHER_MARKS.sub("&lt;", rich_text)
    text = re.sub(r"<(?:b|strong)>", f'<span style="font-weight:{SEMIBOLD}">', text)
    text = re.sub(r"<b style=\"(.*?)\">", rf'<span style="font-weight:{SEMIBOLD}; \1">', text)
    text = re.sub(r"</(?:b|strong)>", "</span>", text)
    return f'<div style="line-height:{line_height}%">{text}</div>'


def show_prose(label: QLabel) -> None:
    """Let a label show rich text of ours; the style sheet makes every other one show what it is given by letter."""
    label.setProperty("rich", True)
    label.setTextFormat(Qt.TextFormat.RichText)


def as_tip(text: str) -> str:
    """Return a text that may hold anything, such as a name from a file, as a tooltip that shows it by letter."""
    if len(text) > LONGEST_TIP:
        text = text[:LONGEST_TIP] + "…"
    return f"<p>{escape(text)}</p>" if GuiQt.mightBeRichText(text) else text
