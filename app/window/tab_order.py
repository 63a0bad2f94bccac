"""Where Tab goes: area by area, and within an area as one reads.

Qt goes in the order in which widgets were made. Forms and legends are made anew while the program runs, and would
come last.
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QScrollArea, QWidget

ROW: Final = 12
"""Centres whose heights differ by less are in one row."""


def stops(areas: Sequence[QWidget]) -> list[QWidget]:
    """Return the controls of `areas` that take the focus by Tab, in order."""
    return [control for area in areas if area.isVisible() for control in _as_read(area)]


def go_to(control: QWidget, *, forward: bool) -> None:
    """Give the focus to a control and bring it into view."""
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    control.setFocus(reason)
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(control)
        parent = parent.parentWidget()


def go_on(areas: Sequence[QWidget], focused: QWidget | None, *, forward: bool) -> bool:
    """Give the focus to the control after the focused one, round and round; return False where there is none."""
    order = stops(areas)
    if not order:
        return False
    place = order.index(focused) if focused in order else (-1 if forward else 0)
    go_to(order[(place + (1 if forward else -1)) % len(order)], forward=forward)
    return True


def _as_read(area: QWidget) -> list[QWidget]:
    """Sort from top to bottom, and from left to right within a row; what scrolls stands where its frame does."""
    found: dict[QWidget, list[QWidget]] = {}
    for control in _controls(area):
        found.setdefault(_frame(control, area), []).append(control)
    placed = sorted(((_centre(frame, area), frame) for frame in found), key=lambda item: item[0].y())
    rows: list[list[tuple[QPoint, QWidget]]] = []
    for centre, control in placed:
        if not rows or centre.y() - rows[-1][0][0].y() > ROW:
            rows.append([])
        rows[-1].append((centre, control))
    frames = [frame for row in rows for _place, frame in sorted(row, key=lambda item: item[0].x())]
    return [control for frame in frames for control in _within(frame, found[frame])]


def _within(frame: QWidget, controls: list[QWidget]) -> list[QWidget]:
    """Return the controls that stand in a frame, the frame's own focus first."""
    content = frame.widget() if isinstance(frame, QScrollArea) else None
    inside = [] if content is None else _as_read(content)
    return [control for control in controls if control not in inside] + inside


def _frame(control: QWidget, area: QWidget) -> QWidget:
    """Return the outermost thing in `area` that scrolls with the control in it, or the control itself."""
    frame, parent = control, control.parentWidget()
    while parent is not None and parent is not area:
        if isinstance(parent, QScrollArea):
            frame = parent
        parent = parent.parentWidget()
    return frame


def _controls(area: QWidget) -> Iterator[QWidget]:
    for widget in area.findChildren(QWidget):
        wanted = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
        if wanted and widget.focusProxy() is None and _speaks_for_its_group(widget):
            yield widget


def _speaks_for_its_group(widget: QWidget) -> bool:
    """Tell whether a button is the one of its group that is on: the arrows go on to the others."""
    group = cast("QButtonGroup | None", widget.group()) if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive():
        return True
    return widget is (group.checkedButton() or group.buttons()[0])


def _centre(control: QWidget, area: QWidget) -> QPoint:
    return control.mapTo(area, control.rect().center())
