"""What an experiment and its next data seed are called: names follow the data."""

from typing import Final

import msgspec

from app.system.i18n import _, ngettext
from simulator.experiment import Experiment, cards

MOST_WIDTHS: Final = 4
"""Layers whose widths are told one by one."""


def named_after_data(before: Experiment, after: Experiment) -> Experiment:
    """Return `after`, named after its data and its layers where `before` had another kind of data and that very name.

    "Spiral" would claim what is no longer there: "Handwritten digits, 16-16" is what takes its place.
    """
    if before.data.kind == after.data.kind or before.name != after.name:
        return after
    return msgspec.structs.replace(after, name=_name(after))


def are_drawn(experiment: Experiment) -> bool:
    """Tell whether the data seed draws the examples themselves; of data that are read it draws the split alone."""
    return hasattr(experiment.data, "examples")


def redrawn(experiment: Experiment) -> str:
    """Return what the next data seed gives: new points, or a new split of data that are read."""
    return _("New points") if are_drawn(experiment) else _("New split")


def _name(experiment: Experiment) -> str:
    data = _(experiment.data.label)
    units = [getattr(card.entries[0], "units", None) for card in cards(experiment.network)]
    if not units:
        return _("{data}, no hidden layer").format(data=data)
    if None in units or len(units) > MOST_WIDTHS:
        return ngettext("{data}, {count} layer", "{data}, {count} layers", len(units)).format(
            data=data, count=len(units)
        )
    return _("{data}, {widths}").format(data=data, widths="-".join(map(str, units)))
