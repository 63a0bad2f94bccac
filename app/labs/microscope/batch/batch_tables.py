"""The two tables beside a mini-batch: every example with its loss and its term, and the sums layer by layer."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPixmap

from app.cards.pieces.image_tile import image_of
from app.labs.microscope.batch.batch_words import Following, block_name
from app.labs.microscope.layer.cell_table import Cell, LazyRows, Row
from app.labs.microscope.texts import value_text
from app.look.numbers import number, scientific
from app.system.i18n import _
from simulator.analysis.gates import BatchParts

UNKNOWN = "…"
MOST_FEATURES = 3
PICTURE = 56
"""Pixels of a picture; the table shows it smaller, or on a screen of double density."""


def example_heads(about: Following) -> tuple[str, ...]:
    """Return the heads of the examples' table."""
    heads = (_("no."), _("example"), _("class"), _("loss"), _("sum"))
    return (*heads, _("dL/dw"), _("sum")) if about.parts.apart else heads


def example_rows(about: Following, pictures: Sequence[QIcon | None]) -> LazyRows:
    """Return a row an example; what has not been computed yet is left open."""
    parts, stand = about.parts, about.walk.stand
    losses = np.cumsum(parts.losses)
    terms = np.zeros(parts.size) if about.terms is None else about.terms
    sums = np.cumsum(terms)

    def make(row: int) -> Row:
        here = stand.phase in (2, 3) and row == stand.example
        label = parts.dataset.class_names[int(parts.labels[row])]
        cells = [
            Cell(str(row + 1), strong=here),
            Cell(_example_text(parts, row), "muted", icon=pictures[row]),
            Cell(label),
        ]
        forward, back = row < stand.forward, row < stand.backward and about.terms is not None
        for value in (parts.losses[row], losses[row]):
            cells.append(_cell(float(value), forward, "accent", here and not stand.turned))
        if parts.apart:
            for value in (terms[row], sums[row]):
                cells.append(_cell(float(value), back, "warn", here and stand.turned))
        return tuple(cells)

    return LazyRows(parts.size if stand.sampled else 0, make)


def sum_heads(about: Following, *, brief: bool) -> tuple[str, ...]:
    """Return the heads of the table of sums."""
    if not about.parts.apart:
        return (_("parameters"), _("at once"))
    heads = (_("parameters"), _("sum"), _("average"), _("at once"))
    return heads if brief else (*heads, _("difference"))


def sum_rows(about: Following, *, brief: bool) -> list[Row]:
    """Return a row a block: the size of the sum so far, of the average, of the batch's gradient, and how far apart.

    `brief` leaves the last one out.
    """
    parts, stand = about.parts, about.walk.stand
    rows: list[Row] = []
    for block in parts.blocks:
        strong = block is about.chosen.block
        cells = [Cell(block_name(block), strong=strong)]
        batch = float(np.linalg.norm(block.batch))
        if parts.apart:
            total = float(block.running[stand.backward - 1]) if stand.backward else 0.0
            mean = float(np.linalg.norm(block.total)) / parts.size
            cells += [
                _cell(total, stand.sampled, "warn", strong),
                _cell(mean, stand.averaged, "warn", strong),
                _cell(batch, stand.averaged, "text", strong),
            ]
            if not brief:
                known = stand.averaged
                cells.append(Cell(scientific(block.difference(parts.size)) if known else UNKNOWN, "muted"))
        else:
            cells.append(_cell(batch, stand.backward > 0, "warn", strong))
        rows.append(tuple(cells))
    return rows


def _cell(value: float, known: bool, colour: str, strong: bool = False) -> Cell:
    return Cell(value_text(value), colour, strong) if known else Cell(UNKNOWN, "muted")


def _example_text(parts: BatchParts, row: int) -> str:
    """Return the first features of an example; of a picture, which one it is."""
    place = int(parts.examples[row])
    if parts.dataset.image_shape is not None:
        return _("picture {number}").format(number=place + 1)
    features = parts.dataset.features[place]
    shown = ", ".join(number(float(value), 2) for value in features[:MOST_FEATURES])
    return f"({shown}, …)" if features.size > MOST_FEATURES else f"({shown})"


def pictures_of(parts: BatchParts) -> tuple[QIcon | None, ...]:
    """Return the examples as small pictures, where they are some."""
    shape = parts.dataset.image_shape
    if shape is None:
        return (None,) * parts.size
    return tuple(QIcon(QPixmap.fromImage(_picture(parts, row, shape))) for row in range(parts.size))


def _picture(parts: BatchParts, row: int, shape: tuple[int, ...]) -> QImage:
    values = np.asarray(parts.dataset.features[int(parts.examples[row])], np.float64).reshape(shape)
    image = image_of(values, float(values.min()), float(values.max()))
    return image.scaled(PICTURE, PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
