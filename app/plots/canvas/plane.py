"""What figures of a plane share: one unit is as long across as it is up, and both axes have their names."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.look.ticks import linear_ticks
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import PLAIN, AnyNote, Note, RuleNote

Numbers = NDArray[np.float64]

_AIR: Final = 0.06
"""Share of the smaller side kept free on every side."""


def lay_plane(canvas: Canvas, low: Numbers, high: Numbers, name: str) -> None:
    """Show the rectangle from `low` to `high`, both (2,), and what lies round it where the canvas has another shape."""
    canvas.set_axes(Axes(canvas.axes.left, canvas.axes.bottom, (), name), Margins(top=8, right=8))
    middle, size = (low + high) / 2, np.maximum(high - low, 1e-12)
    size = size + 2 * _AIR * size.max()
    # labels take room of their own, which changes the shape once more, and with it the labels
    for _round in range(3):
        area = canvas.area
        unit = max(size[0] / area.width(), size[1] / area.height())
        half = 0.5 * unit * np.array([area.width(), area.height()])
        (left, bottom), (right, top) = middle - half, middle + half
        most = max(2, min(5, int(area.width() / (6 * canvas.ink.height()))))
        ticks, bottom_ticks = linear_ticks(float(bottom), float(top), 4), linear_ticks(float(left), float(right), most)
        axes = Axes(ticks, bottom_ticks, (), name, up=linear_ticks, across=linear_ticks)
        canvas.set_axes(axes)
    canvas.set_range((float(left), float(right)), (float(bottom), float(top)))


def plane_notes(canvas: Canvas, upward: str) -> list[AnyNote]:
    """Return the name of the vertical axis, and the lines through 0 where 0 is in view."""
    area, notes = canvas.area, list[AnyNote]()
    if canvas.x_range[0] < 0 < canvas.x_range[1]:
        column = canvas.pixel_x(0)
        notes.append(RuleNote(column, area.top(), column, area.bottom(), "muted", dotted=True))
    if canvas.y_range[0] < 0 < canvas.y_range[1]:
        row = canvas.pixel_y(0)
        notes.append(RuleNote(area.left(), row, area.right(), row, "muted", dotted=True))
    if upward:
        notes.append(Note(upward, area.left() + 10, area.top() + canvas.ink.height() / 2, "muted", ground=PLAIN))
    return notes
