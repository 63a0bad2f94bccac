"""Things to try, made from the experiment; each that has a button is a twin beside the run."""

from collections.abc import Sequence
from typing import Final

import msgspec

from app.look import numbers
from app.panels.beside.headlines.headline import Proposal
from app.panels.beside.headlines.moment import Moment, is_bending
from app.system.i18n import _, ngettext, translate_message
from simulator.analysis.doctor import Finding, Remedy
from simulator.errors import ExperimentError
from simulator.experiment import Card, Experiment, Patch, apply, counterpart, declared_at, load, shows, title, with_keys
from simulator.layers import LAYERS, Dense, Layer

FEW_UNITS: Final = 8
FASTER: Final = 3.0
"""Times the learning rate."""
LARGEST: Final = 1.0
"""No larger learning rate is proposed: nearly every network diverges there."""


def linear_layers(moment: Moment) -> Proposal | None:
    """Take the activations out; None where a layer bends by itself."""
    bending = moment.bending
    twin = _changed(moment.experiment, {f"network.{card.activation_at}": {"kind": "linear"} for card in bending})
    if twin is None or any(card.activation is None for card in bending):
        return None
    words = ngettext(
        "Make the hidden layer <b>linear</b>. Does the border still bend?",
        "Make all hidden layers <b>linear</b>. Does the border still bend?",
        len(bending),
    )
    button = ngettext("Make it linear", "Make them linear", len(bending))
    return Proposal(words, button, twin, _("linear"))


def bending_layers(moment: Moment) -> Proposal | None:
    """Put a ReLU into every hidden layer, or add a hidden layer where there is none."""
    if not moment.hidden:
        return hidden_layer(moment, _("Does the border bend?"))
    network = list(moment.experiment.network)
    for card in reversed(moment.hidden):
        if card.activation is not None:
            network[card.activation_at] = LAYERS["relu"]()
        else:
            network.insert(card.activation_at, LAYERS["relu"]())
    words = ngettext(
        "Put a <b>ReLU</b> behind the hidden layer. Does the border bend?",
        "Put a <b>ReLU</b> behind every hidden layer. Does the border bend?",
        len(moment.hidden),
    )
    return Proposal(words, _("Use ReLU"), _with_network(moment.experiment, network), _("ReLU"))


def hidden_layer(moment: Moment, question: str) -> Proposal:
    """Add a small hidden layer."""
    network = (*moment.experiment.network, Dense(units=FEW_UNITS), LAYERS["relu"]())
    words = _("Add a <b>hidden layer</b> of {units} ReLU units. {question}")
    twin = _with_network(moment.experiment, network)
    return Proposal(
        words.format(units=FEW_UNITS, question=question), _("Add a hidden layer"), twin, _("one layer more")
    )


def slower_activation(moment: Moment) -> Proposal | None:
    """Give the first hidden layer a sigmoid, or tanh where it has one."""
    card = next((card for card in moment.hidden if card.activation is not None and is_bending(card)), None)
    if card is None:
        return hidden_layer(moment, _("Is it right more often?"))
    if card.activation is not None and card.activation.kind == "sigmoid":
        return _other_activation(
            moment,
            card,
            "tanh",
            _("Give {layer} <b>tanh</b>. How many epochs to the same loss?"),
            (_("Use tanh"), _("tanh")),
        )
    words = _("Give {layer} a <b>sigmoid</b>. How many epochs to the same loss?")
    return _other_activation(moment, card, "sigmoid", words, (_("Use a sigmoid"), _("sigmoid")))


def faster_or_livelier(moment: Moment) -> Proposal | None:
    """Take a larger learning rate; where most units of a layer are dead, units that do not die."""
    return livelier_units(moment) if moment.is_mostly_dead else faster_rate(moment)


def livelier_units(moment: Moment) -> Proposal | None:
    """Take leaky ReLU in the place of ReLU; None where there is none."""
    rectified = [card for card in moment.hidden if card.activation is not None and card.activation.kind == "relu"]
    if not rectified:
        return None
    twin = _changed(moment.experiment, {f"network.{card.activation_at}": {"kind": "leaky_relu"} for card in rectified})
    words = ngettext(
        "Give the hidden layer a <b>leaky ReLU</b>, and train from step 0. Do units still die?",
        "Give the hidden layers a <b>leaky ReLU</b>, and train from step 0. Do units still die?",
        len(rectified),
    )
    return Proposal(words, _("Use leaky ReLU"), twin, _("leaky ReLU"))


def faster_rate(moment: Moment) -> Proposal | None:
    """Take three times the learning rate, where the form allows it and it stays a rate that anybody would try."""
    rate = float(f"{FASTER * moment.experiment.training.learning_rate:.1g}")
    about = declared_at(moment.experiment, "training.learning_rate")
    if not 0 < rate <= LARGEST or (about is not None and about.high is not None and rate > about.high):
        return None
    written = numbers.short(rate)
    words = _("Raise the <b>learning rate</b> to {rate}. Does the loss fall faster, or does it climb?")
    twin = _changed(moment.experiment, {"training.learning_rate": rate})
    button = _("Use rate {rate}").format(rate=written)
    return Proposal(words.format(rate=written), button, twin, _("rate {rate}").format(rate=written))


def of_the_slide(moment: Moment) -> Proposal | None:
    """Train the slide's next experiment beside this one, where this is one of the lecture's as it comes."""
    # those of the lecture's pictures are counted out in steps, for which the pictures would have to be read
    name = None if moment.experiment.data.kind == "lecture_images" else counterpart(moment.experiment)
    if name is None:
        return None
    beside = load(name).experiment
    if moment.is_mostly_dead and beside.training.learning_rate > moment.experiment.training.learning_rate:
        return None
    words = _("On the slide beside it: <b>{title}</b>. {shows}")
    told, promised = title(name), shows(name)
    return Proposal(
        words.format(title=_(told), shows="" if promised is None else _(promised)).strip(),
        _("Train it beside this"),
        beside,
        _(told),
    )


def remedy_of(moment: Moment, findings: Sequence[Finding]) -> Proposal | None:
    """Return the remedy that the first of these findings has."""
    remedy = next((finding.remedy for finding in findings if finding.remedy is not None), None)
    return None if remedy is None else of_remedy(moment, remedy)


def of_remedy(moment: Moment, remedy: Remedy) -> Proposal:
    """Ask whether a remedy helps: the doctor measures it, this only tries it."""
    name = translate_message(remedy.name)
    words = _("{change} Does it help?").format(change=translate_message(remedy.help))
    return Proposal(words, _("Try: {change}").format(change=name), _changed(moment.experiment, remedy.patch), name)


def _other_activation(moment: Moment, card: Card, kind: str, words: str, names: tuple[str, str]) -> Proposal:
    button, name = names
    twin = _changed(moment.experiment, {f"network.{card.activation_at}": {"kind": kind}})
    return Proposal(words.format(layer=translate_message(card.name)), button, twin, name)


def _changed(experiment: Experiment, patch: Patch) -> Experiment | None:
    try:
        return apply(experiment, patch)
    except ExperimentError:
        return None


def _with_network(experiment: Experiment, network: Sequence[Layer]) -> Experiment:
    return msgspec.structs.replace(experiment, network=with_keys(tuple(network)))
