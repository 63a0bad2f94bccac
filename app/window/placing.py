"""Where the window may be: inside the screen it is on, its frame included."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStyle

SMALLEST: Final = (1024, 640)
"""Width and height of the window, its frame included, where the screen has so much room."""


@dataclass(frozen=True)
class Box:
    """A rectangle, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Frame:
    """What the system draws round a window, in pixels: the title bar is the top."""

    left: int
    top: int
    right: int
    bottom: int


def smallest(room: Box, frame: Frame) -> tuple[int, int]:
    """Return the smallest size of a window's inside: with its frame no larger than `SMALLEST`, or than the room."""
    width = min(SMALLEST[0], room.width) - frame.left - frame.right
    height = min(SMALLEST[1], room.height) - frame.top - frame.bottom
    return width, height


def inside(wanted: Box, room: Box, frame: Frame) -> Box:
    """Return where a window's inside may be: as wanted, but with its frame within the room of the screen."""
    least_width, least_height = smallest(room, frame)
    width = max(least_width, min(wanted.width, room.width - frame.left - frame.right))
    height = max(least_height, min(wanted.height, room.height - frame.top - frame.bottom))
    left, top = room.x + frame.left, room.y + frame.top
    right, bottom = room.x + room.width - frame.right - width, room.y + room.height - frame.bottom - height
    return Box(max(left, min(wanted.x, right)), max(top, min(wanted.y, bottom)), width, height)


def keep_on_screen(window: QMainWindow) -> None:
    """Move and shrink a window that would reach beyond its screen; one that fills it is left alone."""
    if window.isMaximized() or window.isFullScreen():
        return
    screen = QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
    room, frame = _box(screen.availableGeometry()), _frame_of(window)
    window.setMinimumSize(QSize(*smallest(room, frame)))
    place = inside(_box(window.geometry()), room, frame)
    wanted = QRect(place.x, place.y, place.width, place.height)
    if wanted != window.geometry():
        window.setGeometry(wanted)


def _frame_of(window: QMainWindow) -> Frame:
    if window.isVisible():
        margins = window.windowHandle().frameMargins()
        return Frame(margins.left(), margins.top(), margins.right(), margins.bottom())
    # not known before it is shown: about what a system draws
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return Frame(1, title, 1, 1)


def _box(area: QRect) -> Box:
    return Box(area.x(), area.y(), area.width(), area.height())
