"""Headlines of a run that has not trained yet."""

from typing import Final

from app.look import numbers
from app.panels.beside.headlines.headline import Headline, Proposal, Told
from app.panels.beside.headlines.moment import Moment
from app.panels.beside.headlines.words import guessing
from app.running.run_state import RunState
from app.system.i18n import _, translate_message
from simulator.experiment import promise


def _is_untrained(moment: Moment) -> bool:
    return moment.step == 0 and moment.state is not RunState.FAILED


def _is_promised(moment: Moment) -> bool:
    return _is_untrained(moment) and promise(moment.loaded.run.experiment) is not None


def _is_broken(moment: Moment) -> bool:
    return moment.state is RunState.FAILED


def _tell_untrained(moment: Moment) -> Told:
    known = moment.facts
    text = _("is the loss of guessing ({formula}). Training should bring it down.")
    formula = translate_message(known.guessing_formula).replace(" ", numbers.NO_BREAK_SPACE)
    basis = _("Computed from the labels of {examples} training examples; {count} weights and biases at step 0.")
    return Told(
        headline=_("Nothing is learned yet."),
        number=numbers.number(known.guessing_loss),
        sentence=text.format(formula=formula),
        basis=basis.format(examples=numbers.count(known.training.size), count=numbers.count(known.parameters)),
        proposal=Proposal(_what_to_expect(moment)),
    )


def _what_to_expect(moment: Moment) -> str:
    promised = promise(moment.loaded.run.experiment)
    if promised is not None:
        return _("Press <b>Play</b>. What to see ({slide}): {text}").format(slide=promised[0], text=_(promised[1]))
    if moment.catches_up:
        return _("Press <b>Play</b>: it trains alone until it has seen as many examples as the others.")
    text = _("Press <b>Play</b>. How many epochs until the loss is half of {loss}?")
    return text.format(loss=guessing(moment))


def _tell_broken(_moment: Moment) -> Told:
    return Told(
        headline=_("What is built at the left cannot train."),
        proposal=Proposal(_("Undo the last change, or build another network.")),
    )


PROMISED: Final = Headline("promised", _is_promised, _tell_untrained)
UNTRAINED: Final = Headline("untrained", _is_untrained, _tell_untrained)
BROKEN: Final = Headline("broken", _is_broken, _tell_broken)
