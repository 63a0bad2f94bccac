"""Icons: one drawing each in resources/icons, recoloured for the theme."""

import functools
import logging
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.system.missing import note_missing
from app.system.paths import cache_directory, resource_path
from app.theme.tokens import Tokens
from simulator.experiment import replace_file

PLACEHOLDER: Final = "#1E2A35"
"""The one colour in the drawings, put in its place at run time."""

NOTHING: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'
"""The drawing in the place of one that is missing: a button keeps its words, its tip and its key."""

SIZES: Final = (16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 48, 56, 64)
"""Pixels; enough for text scales and screens of double density to need no blurred scaling."""

_log = logging.getLogger(__name__)


def icon_names() -> list[str]:
    """Return the names of all drawings."""
    return sorted(path.stem for path in resource_path("icons").glob("*.svg"))


def icon_source(name: str, colour: str) -> str:
    """Return the drawing as SVG text in `colour` (``#RRGGBB``)."""
    return _drawing(name).replace(PLACEHOLDER, colour)


@functools.cache
def icon(name: str, tokens: Tokens, colour: str = "text") -> QIcon:
    """Return an icon in one of the tokens' colours; a disabled button shows it in `tokens.disabled`."""
    made = QIcon()
    for modes, ink in (
        # Qt tints selected and disabled icons by itself unless they are given
        ((QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected), getattr(tokens, colour)),
        ((QIcon.Mode.Disabled,), tokens.disabled),
    ):
        renderer = QSvgRenderer(QByteArray(icon_source(name, ink).encode()))
        for size in SIZES:
            pixmap = _render(renderer, size)
            for mode in modes:
                made.addPixmap(pixmap, mode)
    return made


def icon_pixmap(name: str, tokens: Tokens, size: int, colour: str = "text", ratio: float = 1.0) -> QPixmap:
    """Return an icon for painting by hand: `size` logical pixels on a screen of pixel ratio `ratio`."""
    renderer = QSvgRenderer(QByteArray(icon_source(name, getattr(tokens, colour)).encode()))
    pixmap = _render(renderer, round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon_file(name: str, colour: str) -> Path:
    """Return an SVG file in `colour` for the style sheet, which takes pictures from files only."""
    source = icon_source(name, colour)
    target = cache_directory("icons") / f"{name}-{colour.removeprefix('#')}.svg"
    try:
        if target.read_text(encoding="utf-8") == source:
            return target
    except (OSError, UnicodeDecodeError):
        _log.debug("writing %s", target)
    # another process may start at the same moment: it must never read half a file
    try:
        replace_file(target, source.encode())
    except OSError as error:
        note_missing(target.name, error)
    return target


@functools.cache
def _drawing(name: str) -> str:
    try:
        return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        note_missing(f"{name}.svg", error)
        return NOTHING


def _render(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
