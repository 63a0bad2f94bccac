"""What an experiment is called when its data are no longer those of its name."""

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
