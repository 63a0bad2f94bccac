"""What the list of layers says of an experiment: one row the input, one a card, one the output."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from app.look import facts
from app.look.numbers import count, percent
from app.system.i18n import _, ngettext, translate_message
from simulator.data import Dataset
from simulator.experiment import Card, Experiment, cards
from simulator.training import Frame, LayerFrame


@dataclass(frozen=True)
class Badge:
    """What is wrong with a layer, whole and shortened."""

    words: str = ""
    short: str = ""


NOTHING_WRONG = Badge()


@dataclass(frozen=True)
class Row:
    """One line of the list.

    Attributes
    ----------
    identity
        Stays with a layer wherever it is moved.
    detail, short_detail
        What it is made of, with and without its size.
    badge
        What is wrong with it now; no words if nothing is.
    """

    identity: Hashable
    place: Literal["input", "card", "output"]
    name: str
    detail: str
    short_detail: str
    badge: Badge = NOTHING_WRONG

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(part for part in (self.name, self.detail, self.badge.words) if part)


def rows_of(experiment: Experiment, dataset: Dataset | None) -> list[Row]:
    """Return the rows of an experiment; without the data set, the sizes at both ends are left out."""
    known = cards(experiment.network)
    return [_input_row(experiment, dataset), *(_card_row(card) for card in known), _output_row(experiment, dataset)]


def badges_of(frame: Frame) -> list[Badge]:
    """Return the badge of every row of a frame."""
    return [_badge(layer) for layer in frame.layers]


def _badge(layer: LayerFrame) -> Badge:
    fault = facts.fault(layer)
    if fault == "not finite":
        return Badge(_("not finite"), _("not finite"))
    if fault == "dead":
        words = ngettext("{count} dead", "{count} dead", layer.dead_units).format(count=count(layer.dead_units))
        return Badge(words, words)
    if fault == "saturated":
        share = percent(layer.saturated or 0.0)
        return Badge(_("{percent} saturated").format(percent=share), _("{percent} sat.").format(percent=share))
    return NOTHING_WRONG


def _input_row(experiment: Experiment, dataset: Dataset | None) -> Row:
    source = _(experiment.data.label)
    if dataset is None:
        return Row("input", "input", _("Input"), source, source)
    if dataset.image_shape is not None:
        height, width = dataset.image_shape[:2]
        size = _("{height} × {width} pixels").format(height=count(height), width=count(width))
        return Row("input", "input", _("Input"), f"{size} · {source}", size)
    size = ngettext("{count} feature", "{count} features", dataset.width).format(count=count(dataset.width))
    names = ", ".join(dataset.feature_names)
    if not names:
        return Row("input", "input", _("Input"), f"{size} · {source}", size)
    return Row("input", "input", _("Input"), _("{size} ({names})").format(size=size, names=names), names)


def _card_row(card: Card) -> Row:
    first = card.entries[0]
    following = [_(entry.label) for entry in card.entries[1:]]
    if first.weighted and card.activation is None and not first.activates:
        following.append(_("linear"))
    size = []
    units = getattr(first, "units", None)
    if units is not None:
        size = [ngettext("{count} unit", "{count} units", units).format(count=count(units))]
    # keys start from 1; entries in front of the first layer have none
    identity = ("card", getattr(first, "key", 0) or -card.number)
    return Row(identity, "card", translate_message(card.name), " · ".join(size + following), " · ".join(following))


def _output_row(experiment: Experiment, dataset: Dataset | None) -> Row:
    # the loss knows what turns scores into shares; its own name is too long for a card
    softmax = experiment.loss.kind.startswith("softmax")
    head = _("softmax") if softmax else _(experiment.loss.label)
    if dataset is None:
        return Row("output", "output", _("Output"), head, head)
    size = ngettext("{count} class", "{count} classes", dataset.classes).format(count=count(dataset.classes))
    return Row("output", "output", _("Output"), f"{size} · {head}", head)
