"""One unit of one layer worked out with its numbers, forward and backward (slide A2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from simulator.analysis.gates.batch_parts import BatchParts, BlockPart, LayerPart, Numbers
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.maxout import Maxout
from simulator.layers.prelu import PReLU
from simulator.message import N_

Pairs = tuple[tuple[float, float], ...]
"""Factors of products that are added up."""


@dataclass(frozen=True)
class Line:
    """One formula: marked text with places, and the numbers, products or counts (int) that fill them."""

    text: str
    values: Mapping[str, float | Pairs]


@dataclass(frozen=True)
class Worked:
    """The lines of the way forward and of the way back; none for a kind that is not known here."""

    forward: tuple[Line, ...] = ()
    backward: tuple[Line, ...] = ()


def work_out(layer: LayerPart, blocks: tuple[BlockPart, ...], example: int, unit: int, source: int = 0) -> Worked:
    """Work out one unit of a layer for one example of the mini-batch.

    Parameters
    ----------
    blocks
        The parameters of the layer, as `BatchParts.blocks_of` gives them.
    source
        The input that the weight shown comes from.
    """
    if layer.slope is not None:
        return _activation(layer, blocks, example, unit)
    maker = _MAKERS.get(type(layer.entry))
    return Worked() if maker is None else maker(layer, blocks, example, unit, source)


def work_out_loss(parts: BatchParts, example: int, unit: int) -> Worked:
    """Work out the softmax cross-entropy of one example; `unit` is the class whose score is looked at."""
    score, label = float(parts.layers[-1].y[example, unit]), int(parts.labels[example])
    shares = parts.probabilities[example]
    share, right = float(shares[unit]), float(shares[label])
    forward = (
        Line(N_("p = e<sup>{x}</sup> / Σ eˣ = {p}"), {"x": score, "p": share}),
        Line(N_("L = −ln {right} = {loss}"), {"right": right, "loss": float(parts.losses[example])}),
    )
    values: dict[str, float | Pairs] = {"p": share, "dx": float(parts.layers[-1].dy[example, unit])}
    if parts.apart:
        text = N_("dx = {p} − 1 = {dx}") if unit == label else N_("dx = {p} − 0 = {dx}")
    else:
        text = N_("dx = ({p} − 1) / {count} = {dx}") if unit == label else N_("dx = {p} / {count} = {dx}")
        values["count"] = parts.size
    return Worked(forward, (Line(text, values),))


def _activation(layer: LayerPart, blocks: tuple[BlockPart, ...], i: int, j: int) -> Worked:
    assert layer.slope is not None
    x, y, dx, dy, slope = (float(part[i, j]) for part in (layer.x, layer.y, layer.dx, layer.dy, layer.slope))
    forward = (Line(N_("y = f({x}) = {y}"), {"x": x, "y": y}),)
    backward = [
        Line(N_("f′({x}) = {slope}"), {"x": x, "slope": slope}),
        Line(N_("dx = {dy} × {slope} = {dx}"), {"dy": dy, "slope": slope, "dx": dx}),
    ]
    if isinstance(layer.entry, PReLU) and x <= 0:
        backward.append(Line(N_("da = {x} × {dy} = {da}, from this unit"), {"x": x, "dy": dy, "da": x * dy}))
    return Worked(forward, tuple(backward))


def _dense(layer: LayerPart, blocks: tuple[BlockPart, ...], i: int, j: int, source: int) -> Worked:
    weights = blocks[0].before.reshape(blocks[0].shape)
    x, dy = float(layer.x[i, source]), float(layer.dy[i, j])
    forward = Line(
        N_("y = {products} + {b} = {y}"),
        {
            "products": _pairs(layer.x[i], weights[:, j]),
            "b": float(blocks[1].before[j]),
            "y": float(layer.y[i, j]),
        },
    )
    return Worked(
        (forward,),
        (
            Line(
                N_("dw = {x} × {dy} = {dw}, from input {source}"),
                {"x": x, "dy": dy, "dw": x * dy, "source": source + 1},
            ),
            Line(N_("db = {dy}"), {"dy": dy}),
            Line(
                N_("dx = {products} = {dx}, for input {source}"),
                {
                    "products": _pairs(layer.dy[i], weights[source]),
                    "dx": float(layer.dx[i, source]),
                    "source": source + 1,
                },
            ),
        ),
    )


def _maxout(layer: LayerPart, blocks: tuple[BlockPart, ...], i: int, j: int, source: int) -> Worked:
    assert isinstance(layer.entry, Maxout)
    pieces = slice(j * layer.entry.pieces, (j + 1) * layer.entry.pieces)
    first, second, *_ = (layer.kept["x W"][i] + blocks[1].before)[pieces]
    largest = float(layer.y[i, j])
    x, dy = float(layer.x[i, source]), float(layer.dy[i, j])
    text = N_("y = the larger of {first} and {second} = {y}")
    if layer.entry.pieces > 2:
        text = N_("y = the largest of {first}, {second} … = {y}")
    return Worked(
        (Line(text, {"first": float(first), "second": float(second), "y": largest}),),
        (
            Line(N_("dz = {dy} at that piece, 0 at the others"), {"dy": dy}),
            Line(
                N_("dw = {x} × {dy} = {dw}, from input {source} to that piece"),
                {"x": x, "dy": dy, "dw": x * dy, "source": source + 1},
            ),
        ),
    )


def _batch_norm(layer: LayerPart, blocks: tuple[BlockPart, ...], i: int, j: int, _source: int) -> Worked:
    mean, inverse = (float(layer.kept[symbol][j]) for symbol in ("E", "1/√(Var + ε)"))
    gain, shift = (float(block.before[j]) for block in blocks)
    dgain, dshift = (float(block.batch[j]) for block in blocks)
    x, y, dx, dy = (float(part[i, j]) for part in (layer.x, layer.y, layer.dx, layer.dy))
    u, count = (x - mean) * inverse, len(layer.x)
    return Worked(
        (
            Line(N_("u = ({x} − {mean}) × {inverse} = {u}"), {"x": x, "mean": mean, "inverse": inverse, "u": u}),
            Line(N_("y = {gain} × {u} + {shift} = {y}"), {"gain": gain, "u": u, "shift": shift, "y": y}),
        ),
        (
            Line(N_("dγ = Σ dy u = {dgain}"), {"dgain": dgain}),
            Line(N_("dβ = Σ dy = {dshift}"), {"dshift": dshift}),
            Line(
                N_("dx = {gain} × {inverse} × ({dy} − {dshift}/{count} − {u} × {dgain}/{count}) = {dx}"),
                {
                    "gain": gain,
                    "inverse": inverse,
                    "dy": dy,
                    "dshift": dshift,
                    "count": count,
                    "u": u,
                    "dgain": dgain,
                    "dx": dx,
                },
            ),
        ),
    )


def _dropout(layer: LayerPart, _blocks: tuple[BlockPart, ...], i: int, j: int, _source: int) -> Worked:
    x, y, dx, dy, mask = (float(part[i, j]) for part in (layer.x, layer.y, layer.dx, layer.dy, layer.kept["m"]))
    return Worked(
        (Line(N_("y = {x} × {m} = {y}"), {"x": x, "m": mask, "y": y}),),
        (Line(N_("dx = {dy} × {m} = {dx}"), {"dy": dy, "m": mask, "dx": dx}),),
    )


def _pairs(first: Numbers, second: Numbers) -> Pairs:
    return tuple((float(a), float(b)) for a, b in zip(first, second, strict=True))


_Maker = Callable[[LayerPart, tuple[BlockPart, ...], int, int, int], Worked]
_MAKERS: Final[dict[type, _Maker]] = {Dense: _dense, Maxout: _maxout, BatchNorm: _batch_norm, Dropout: _dropout}
