"""The rows of a unit's table: terms, bias, sum, and what the layer makes of it. No Qt."""

from dataclasses import dataclass
from typing import Final, Literal

from app.look.numbers import count, percent
from app.system.i18n import _, ngettext, translate_message
from app.views.network.reading import softmax
from app.views.network.sums import FEWEST_DECIMALS, UnitSum, fewest_decimals, unit_sum, written
from app.views.network.words import makes_shares
from simulator.experiment import Experiment, cards
from simulator.layers import Activation, Layer
from simulator.training import Frame, NetworkWiring

RowKind = Literal["head", "term", "plain", "sum", "result"]
_SAME: Final = 1e-6


@dataclass(frozen=True)
class SumRow:
    """A name and its numbers: h and w of a term, and what it adds; `source` is the input of a term."""

    kind: RowKind
    name: str
    value: str
    h: str = ""
    w: str = ""
    source: int | None = None

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        if self.kind == "term":
            return _("{name}: {h} times {w} is {value}").format(name=self.name, h=self.h, w=self.w, value=self.value)
        return _("{name}: {value}").format(name=self.name, value=self.value)


def rows_of(frame: Frame, wiring: NetworkWiring, experiment: Experiment, layer: int, unit: int) -> list[SumRow]:
    """Return the table of a unit; empty for an input."""
    made = unit_sum(wiring, layer, unit)
    known = cards(experiment.network)
    entries = known[layer - 1].entries if 1 <= layer <= len(known) else ()
    if made is None:
        return _without_weights(frame, wiring, entries, layer, unit)
    decimals = made.decimals
    before = translate_message(frame.layers[layer - 1].name)
    rows = [SumRow("head", _("from"), _("h × w"), "h", "w")]
    places = [fewest_decimals(values) for values in ([each.h for each in made.terms], [each.w for each in made.terms])]
    for term in made.terms:
        name = _("{layer}, {unit}").format(layer=before, unit=count(term.source + 1))
        h, w = (written(value, most) for value, most in zip((term.h, term.w), places, strict=True))
        rows.append(SumRow("term", name, written(term.product, decimals), h, w, term.source))
    if made.others:
        words = ngettext("{count} other", "{count} others", made.others).format(count=count(made.others))
        rows.append(SumRow("plain", words, written(made.rest, decimals)))
    if made.bias is not None:
        rows.append(SumRow("plain", _("bias b"), written(made.bias, decimals)))
    left = made.left_by_rounding(decimals)
    if left:
        rows.append(SumRow("plain", _("left by rounding"), written(left, decimals)))
    name = _("sum")
    if made.pieces > 1:
        name = _("sum, piece {piece} of {pieces}").format(piece=count(made.piece + 1), pieces=count(made.pieces))
    rows.append(SumRow("sum", name, written(made.total, decimals)))
    if layer == len(wiring.layers) - 1:
        return [*rows, *_scores(wiring, experiment, layer, unit)]
    return [*rows, *_onward(made, entries, decimals)]


def formula(experiment: Experiment, layer: int) -> str:
    """Return how a layer makes its output: "output = ReLU(sum of h × w, plus b)"."""
    known = cards(experiment.network)
    inner = _("sum of h × w, plus b")
    for entry in known[layer - 1].entries[1:] if 1 <= layer <= len(known) else ():
        if entry.kind != "dropout":
            inner = _("{function}({inner})").format(function=_(entry.label), inner=inner)
    return _("output = {inner}").format(inner=inner)


def _onward(made: UnitSum, entries: tuple[Layer, ...], decimals: int) -> list[SumRow]:
    """Return what the entries behind the weights make of the sum."""
    onward = [entry for entry in entries[1:] if entry.kind != "dropout"]
    at = next((place for place, entry in enumerate(onward) if isinstance(entry, Activation)), len(onward))
    first, then = onward[:at], onward[at:]
    rows, value = [], made.total
    if first and made.given is not None:
        rows.append(SumRow("plain", _makes(first), written(made.given, decimals)))
        value = made.given
    elif first:
        then = first
    if not then:
        return [*rows, SumRow("result", _("output"), written(made.output, decimals))]
    name = _makes(then)
    if len(then) == 1 and abs(made.output - value) <= _SAME * max(1.0, abs(value)):
        name = _("{layer} keeps it").format(layer=_(then[0].label))
    elif len(then) == 1 and made.output == 0:
        name = _("{layer} makes it 0").format(layer=_(then[0].label))
    return [*rows, SumRow("result", name, written(made.output, decimals))]


def _makes(entries: list[Layer]) -> str:
    names = [_(entry.label) for entry in entries]
    if len(names) == 1:
        return _("{layer} makes of it").format(layer=names[0])
    return _("{layers} make of it").format(layers=", ".join(names))


def _scores(wiring: NetworkWiring, experiment: Experiment, layer: int, unit: int) -> list[SumRow]:
    """Return what the loss makes of a score."""
    if not makes_shares(experiment):
        return []
    share = float(softmax(wiring.layers[layer].outputs)[unit])
    return [SumRow("result", _("softmax of all scores"), percent(share))]


def _without_weights(
    frame: Frame, wiring: NetworkWiring, entries: tuple[Layer, ...], layer: int, unit: int
) -> list[SumRow]:
    """Return the one step of a layer without weights of its own."""
    if layer == 0:
        return []
    before = wiring.layers[layer - 1].outputs
    output = float(wiring.layers[layer].outputs[unit])
    rows = []
    if unit < before.size:
        name = _("{layer}, {unit}").format(layer=translate_message(frame.layers[layer - 1].name), unit=count(unit + 1))
        rows.append(SumRow("plain", name, written(float(before[unit]), FEWEST_DECIMALS)))
    onward = [entry for entry in entries if entry.kind != "dropout"]
    name = _makes(onward) if onward and not entries[0].weighted else _("output")
    return [*rows, SumRow("result", name, written(output, FEWEST_DECIMALS))]
