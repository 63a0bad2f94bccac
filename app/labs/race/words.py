"""What the race came to, as a table and in words."""

from typing import Final

from app.labs.race.chart import epochs_text, name_of
from app.labs.race.controls import FIRST
from app.labs.race.training import Race
from app.look.numbers import count, number, short
from app.system.i18n import _
from app.telling.lab_story import Chapter
from app.widgets.number_table import NumberRow
from app.widgets.numbers import short_number
from simulator.analysis.activations import RaceRun

NONE: Final = "–"
MOST_TOLD: Final = 3
"""Of the others in the headline; of more, the slowest stands for all."""


def facts_of(race: Race) -> str:
    """Return whose network runs, and how long."""
    text = {
        "mine": _("Your own network, {epochs} epochs for each."),
        "no hidden layers": _(
            "Handwritten digits, {epochs} epochs for each: your own network has no hidden layer to change."
        ),
        "too costly": _("Handwritten digits, {epochs} epochs for each: your own network would take too long."),
    }[race.base.whose]
    return text.format(epochs=count(race.epochs))


def race_heads() -> tuple[str, ...]:
    """Return the heads of the table."""
    return _("rate"), _("epochs"), _("ratio")


def race_rows(runs: tuple[RaceRun, ...], loss: float) -> list[NumberRow]:
    """Return a row an activation, the fastest first: its rate, its epochs, and times the epochs of ReLU."""
    yard = _yard(runs, loss)
    rows = []
    for run in by_speed(runs, loss):
        needed = run.epochs_to(loss)
        rate = NONE if run.rate is None else short_number(run.rate)
        epochs = _("never") if needed is None else epochs_text(needed)
        rows.append(NumberRow(name_of(run.kind), (rate, epochs, _ratio(needed, yard))))
    return rows


def by_speed(runs: tuple[RaceRun, ...], loss: float) -> list[RaceRun]:
    """Return the runs in the order of their finish; those that never get there last."""
    return sorted(runs, key=lambda run: (run.epochs_to(loss) is None, run.epochs_to(loss) or 0.0))


def race_story(race: Race | None, kinds: tuple[str, ...], loss: float, *, busy: bool) -> tuple[str, str, list[Chapter]]:
    """Return slide, headline and chapters; None for nothing trained yet."""
    runs = () if race is None else race.done(kinds)
    headline = _("The same network runs with one activation after the other.")
    if not kinds:
        headline = _("Tick the activations that are to run.")
    elif runs and not busy:
        headline = verdict(runs, loss, race.epochs if race else 0)
    slide = "B6" if set(kinds) <= set(FIRST) else "B8"
    return slide, headline, [Chapter("", ()), _counting(), _cited(), _to_try()]


def verdict(runs: tuple[RaceRun, ...], loss: float, epochs: int) -> str:
    """Return the race in a sentence or two."""
    order = by_speed(runs, loss)
    there = [run for run in order if run.epochs_to(loss) is not None]
    missing = [name_of(run.kind) for run in order if run.epochs_to(loss) is None and run.rate is not None]
    stuck = [name_of(run.kind) for run in order if run.rate is None]
    sentences = []
    if there:
        yard = next((run for run in there if run.kind == "relu"), there[0])
        needed = yard.epochs_to(loss)
        text = _("{name} needs {epochs} epochs to reach loss {loss}{others}.")
        rest = [run for run in there if run is not yard and needed]
        # the table has them all
        told = rest if len(rest) <= MOST_TOLD else rest[-1:]
        words = _("{name} {ratio} times as many"), _("{name} {ratio} times")
        others = [
            words[place > 0].format(name=name_of(run.kind), ratio=_ratio(run.epochs_to(loss), needed))
            for place, run in enumerate(told)
        ]
        sentences.append(
            text.format(
                name=name_of(yard.kind),
                epochs=epochs_text(needed or 0.0),
                loss=short(loss),
                others="".join(f", {other}" for other in others),
            )
        )
    if missing:
        text = _("Not within {epochs} epochs: {names}.")
        sentences.append(text.format(epochs=count(epochs), names=", ".join(missing)))
    if stuck:
        sentences.append(_("No learning rate brings the loss down with {names}.").format(names=", ".join(stuck)))
    return " ".join(sentences)


def _yard(runs: tuple[RaceRun, ...], loss: float) -> float | None:
    """Return the epochs of ReLU, if it runs and gets there."""
    return next((run.epochs_to(loss) for run in runs if run.kind == "relu"), None)


def _ratio(needed: float | None, yard: float | None) -> str:
    return NONE if needed is None or not yard else number(needed / yard, 2)


def _counting() -> Chapter:
    return Chapter(
        _("How it is counted"),
        (
            _("Each activation has its <b>own best rate</b>: of 13 rates, the one with the least loss in short runs."),
            _("The loss is that of the <b>whole training set</b> after each epoch; ratio 1 is ReLU."),
            _("Weights start by He's rule, for tanh and sigmoid by Xavier's. All else is the same."),
        ),
    )


def _cited() -> Chapter:
    return Chapter(
        _("And the 6 of the slide?"),
        (
            _(
                "These are <b>your own figures</b>. The 6 is the cited paper's setting: ReLU against tanh in a "
                "convolutional network on small photographs, until a quarter of the training pictures is wrong."
            ),
        ),
    )


def _to_try() -> Chapter:
    return Chapter(
        _("Try it"),
        (
            _("Move the loss: does the order of the finish stay the same?"),
            _("Open them as runs and press <b>Play</b>: the same trainings, with all their layers."),
        ),
    )
