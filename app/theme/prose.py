"""Running text for labels and text browsers."""

import re

from app.theme.fonts import LINE_HEIGHT_PERCENT, SEMIBOLD


def prose(rich_text: str) -> str:
    """Return rich text with the line height of prose and with real semi-bold words.

    Qt makes ``<b>`` of weight 700, which Inter does not have here, so it would smear the letters.
    """
    text = re.sub(r"<(?:b|strong)>", f'<span style="font-weight:{SEMIBOLD}">', rich_text)
    text = re.sub(r"</(?:b|strong)>", "</span>", text)
    return f'<div style="line-height:{LINE_HEIGHT_PERCENT}%">{text}</div>'
