"""A layer's forward/backward pair in words and formulas, with the numbers of one unit filled in."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.labs.microscope.gates.chain_view import Link
from app.labs.microscope.layer.cell_table import Cell
from app.labs.microscope.texts import bracketed, filled, value_text
from app.look.numbers import count
from app.system.i18n import _, translate_message
from app.telling.lab_story import Chapter
from simulator.analysis.gates import BatchParts, BlockPart, Line, Pairs, Worked, work_out, work_out_loss
from simulator.declaration import Passes

MOST_NUMBERS: Final = 8
"""Numbers of an array that are shown."""
MOST_PRODUCTS: Final = 3
UNKNOWN: Final = "…"


@dataclass(frozen=True)
class Looking:
    """What is looked at: the layer with its place (the loss comes after the last), an example, a unit; and how far.

    Attributes
    ----------
    forward, backward
        Whether the layer has gone forward, and back.
    """

    parts: BatchParts
    place: int
    example: int
    unit: int
    forward: bool
    backward: bool

    @property
    def is_loss(self) -> bool:
        """Whether it is the loss and no layer."""
        return self.place == len(self.parts.layers)


def short_names(parts: BatchParts) -> tuple[str, ...]:
    """Return what stands under the dots and in the boxes: the kinds of the layers, then the loss."""
    return (*(_(layer.entry.label) for layer in parts.layers[:-1]), _("Output"), _("loss"))


def name_of(parts: BatchParts, place: int, loss: str) -> str:
    """Return what a headline calls a layer or the loss."""
    name = loss if place == len(parts.layers) else translate_message(parts.layers[place].name)
    return name[:1].upper() + name[1:]


def links_of(parts: BatchParts, example: int, position: int) -> tuple[Link, ...]:
    """Return the layers and the loss, with the sizes of what has been computed up to a position."""
    names, links = short_names(parts), []
    for place, name in enumerate(names):
        layer = parts.layers[min(place, len(parts.layers) - 1)]
        x, y, dx, dy = layer.sizes(example)
        is_loss = place == len(parts.layers)
        units = layer.y.shape[1] if is_loss else layer.x.shape[1]
        back = position >= 2 * len(names) - place
        size, gradient = (y, dy) if is_loss else (x, dx)
        links.append(Link(name, units, size, gradient, position >= place, back))
    return tuple(links)


def rows(looking: Looking) -> list[tuple[Cell, ...]]:
    """Return the table of what comes in, goes out, is kept, arrives and goes back."""
    parts, example = looking.parts, looking.example
    if looking.is_loss:
        return _loss_rows(looking)
    layer, blocks = parts.layers[looking.place], parts.blocks_of(looking.place)
    shown = looking.forward
    found = [
        _row(_("comes in"), "x", layer.x[example], True, "accent"),
        *(
            _row(_("parameters"), _symbol(block), _of_unit(block.before, block, looking), True, "text")
            for block in blocks
        ),
        _row(_("goes out"), "y", layer.y[example], shown, "accent"),
    ]
    for symbol, values in layer.kept.items():
        row = values[example] if values.ndim > 1 else values
        found.append(_row(_("also kept"), symbol, row, shown, "good"))
    found.append(_row(_("arrives"), "dy", layer.dy[example], looking.backward, "warn"))
    found.append(_row(_("goes back"), "dx", layer.dx[example], looking.backward, "warn"))
    for block in blocks:
        name = _("d{symbol}, average").format(symbol=_symbol(block))
        values = _of_unit(block.batch, block, looking)
        found.append(_row(_("for the update"), name, values, looking.backward, "warn"))
    return found


def _loss_rows(looking: Looking) -> list[tuple[Cell, ...]]:
    parts, example = looking.parts, looking.example
    scores = parts.layers[-1].y[example]
    return [
        _row(_("comes in"), "x", scores, True, "accent"),
        _row(_("also kept"), "p", parts.probabilities[example], looking.forward, "good"),
        _row(_("goes out"), "L", parts.losses[example : example + 1], looking.forward, "accent"),
        _row(_("arrives"), "dL/dL", np.full(1, parts.weight), looking.backward, "warn"),
        _row(_("goes back"), "dx", parts.layers[-1].dy[example], looking.backward, "warn"),
    ]


def heads() -> tuple[str, ...]:
    """Return the heads of the table."""
    return ("", "", _("numbers"), *(str(place) for place in range(1, MOST_NUMBERS + 1)))


def _row(what: str, symbol: str, values: NDArray[np.floating], known: bool, colour: str) -> tuple[Cell, ...]:
    cells = [Cell(what, "muted"), Cell(symbol, colour, strong=True), Cell(count(values.size), "muted")]
    for value in values[:MOST_NUMBERS]:
        cells.append(Cell(value_text(float(value)), colour) if known else Cell(UNKNOWN, "muted"))
    cells += [Cell("")] * (len(heads()) - len(cells))
    return tuple(cells)


def _symbol(block: BlockPart) -> str:
    """Return what stands before the numbers of a block; of weights only those of one unit are shown."""
    return _("{symbol} of the unit").format(symbol=block.symbol) if len(block.shape) == 2 else block.symbol


def _of_unit(values: NDArray[np.floating], block: BlockPart, looking: Looking) -> NDArray[np.floating]:
    """Return the numbers that lead to one unit, or to its first piece; of a vector all numbers."""
    if len(block.shape) != 2:
        return values
    pieces = block.shape[1] // looking.parts.layers[looking.place].y.shape[1]
    return values.reshape(block.shape)[:, looking.unit * pieces]


def worked_of(looking: Looking) -> Worked:
    """Return the worked lines of the unit."""
    if looking.is_loss:
        return work_out_loss(looking.parts, looking.example, looking.unit)
    layer = looking.parts.layers[looking.place]
    return work_out(layer, looking.parts.blocks_of(looking.place), looking.example, looking.unit)


def line_text(line: Line) -> str:
    """Return a worked line with its numbers."""
    return filled(_(line.text), {name: _value(value) for name, value in line.values.items()})


def _value(value: float | Pairs) -> str:
    if isinstance(value, tuple):
        return _products_text(value)
    return count(value) if isinstance(value, int) else value_text(value)


def _products_text(pairs: Pairs) -> str:
    """Return a sum of products; of many only the first."""
    shown = []
    for place, (first, second) in enumerate(pairs[:MOST_PRODUCTS]):
        begin = bracketed(value_text(first)) if place else value_text(first)
        shown.append(f"{begin} × {bracketed(value_text(second))}")
    rest = len(pairs) - MOST_PRODUCTS
    if rest > 0:
        shown.append(_("{count} more").format(count=count(rest)))
    return " + ".join(shown)


def passes_of(looking: Looking, loss: Passes | None) -> Passes | None:
    """Return the formulas declared of the layer, or of the loss."""
    return loss if looking.is_loss else looking.parts.layers[looking.place].entry.passes


def tell(looking: Looking, name: str, passes: Passes | None, help_text: str) -> tuple[str, tuple[Chapter, ...]]:
    """Return the headline and the chapters of the right column."""
    if not looking.forward:
        pair = (
            _("A layer is a gate for many numbers at once: it goes forward, and later it goes back."),
            _("Next sends the example through the first layer."),
        )
        return _("A layer is a pair"), (Chapter("", pair),)
    chapters = [Chapter("", (_(help_text),))]
    if passes is not None:
        kept = _("From forward to backward it keeps {what}.").format(what=_(passes.keeps))
        chapters.append(Chapter(_("Must keep this around"), (kept,)))
    if looking.backward:
        texts = [
            _(
                "What arrives, dy, is the gradient of the loss for what the layer put out. "
                "It hands dx on to the layer below."
            )
        ]
        if not looking.is_loss and looking.parts.blocks_of(looking.place):
            texts.append(_("Its own parameters get their gradients here: they are what the update uses."))
        chapters.append(Chapter(_("On the way back"), tuple(texts)))
    if not looking.parts.apart:
        text = _("Batch norm ties the examples together: dy and dx are of the mean loss of the whole mini-batch.")
        chapters.append(Chapter(_("The whole mini-batch"), (text,)))
    words = _("{layer}, backward") if looking.backward else _("{layer}, forward")
    return words.format(layer=name), tuple(chapters)
