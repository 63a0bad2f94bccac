"""Which data the lab looks at: the user's own, or an experiment of the lecture."""

from typing import Final

import msgspec

from app.document.built_in import built_in
from app.system.i18n import _
from app.widgets.segmented import Choice
from simulator.experiment import Experiment, Seeds
from simulator.message import N_

MINE: Final = "mine"
_LIBRARY: Final = {
    "C1-tilted": N_("tilted clouds"),
    "C1": N_("handwritten digits"),
    "C2": N_("pictures"),
}
FIRST: Final = "C1-tilted"


def base_choices() -> list[Choice]:
    """Return what can be looked at."""
    mine = Choice(MINE, _("my experiment"), _("The data, split and network of your experiment"))
    return [mine, *(Choice(name, _(text), built_in(name).experiment.name) for name, text in _LIBRARY.items())]


def base_experiment(name: str, mine: Experiment) -> Experiment:
    """Return the experiment of a choice; `mine` is the user's own."""
    return mine if name == MINE else built_in(name).experiment


def data_of(experiment: Experiment) -> Experiment:
    """Return an experiment with the same data and split and nothing else of it: two may be compared."""
    seeds = Seeds(data=experiment.seeds.data)
    return msgspec.structs.replace(Experiment(), data=experiment.data, split=experiment.split, seeds=seeds)
