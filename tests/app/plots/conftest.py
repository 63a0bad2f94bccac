"""A plot on screen, and questions about the words on it."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from app.look.ink import Ink
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import AnyNote, Note
from app.plots.canvas.plot import Plot
from app.theme import Theme

ShowPlot = Callable[..., Plot]


@pytest.fixture
def show_plot(qtbot: QtBot, theme: Theme) -> ShowPlot:
    """Shows a plot of a kind, at the size it has in a card."""

    def show(kind: Callable[[Theme], Plot], size: tuple[int, int] = (440, 230)) -> Plot:
        plot = kind(theme)
        qtbot.addWidget(plot)
        plot.resize(*size)
        plot.show()
        qtbot.waitExposed(plot)
        return plot

    return show


def texts(plot: Plot) -> list[str]:
    """Return the words written over the data."""
    return [note.text for note in plot.canvas.notes if isinstance(note, Note)]


def boxes(canvas: Canvas) -> list[tuple[str, QRectF]]:
    """Return the words over the data with the pixels they take."""
    return boxes_of(canvas.notes, canvas.ink)


def boxes_of(notes: Iterable[AnyNote], ink: Ink) -> list[tuple[str, QRectF]]:
    """Return words with the pixels they take; letters need three quarters of a line."""
    found = []
    for note in notes:
        if isinstance(note, Note):
            width, height = ink.width(note.text, note.style), 0.75 * ink.height(note.style)
            left = note.x - width * (note.align + 1) / 2
            found.append((note.text, QRectF(left, note.y - height / 2, width, height)))
    return found


def assert_readable(canvas: Canvas) -> None:
    """Fail if words lie over each other or leave the canvas."""
    assert_apart(boxes(canvas), QRectF(canvas.viewport().rect()))


def assert_apart(words: Sequence[tuple[str, QRectF]], room: QRectF) -> None:
    """Fail if words lie over each other or leave their room."""
    sheet = room.adjusted(-1, -1, 1, 1)
    for index, (text, box) in enumerate(words):
        assert sheet.contains(box), f"{text!r} is cut off"
        for other, other_box in words[:index]:
            assert not box.intersects(other_box), f"{text!r} lies over {other!r}"
