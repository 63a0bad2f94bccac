"""The losses of the racers over each other, with a mark where each one reaches the finish."""

import math
from typing import Final

import numpy as np

from app.labs.race.training import Race
from app.look.function_looks import LOOKS
from app.look.numbers import count, number, short
from app.plots.lab.chart import Chart, Level, Look, Series
from app.system.i18n import _
from app.theme import Tokens
from simulator.analysis.activations import SCALAR_FUNCTIONS, RaceRun

_DASHES: Final[tuple[Look, ...]] = ("line", "dashes", "dots", "dots and dashes")
_AIR: Final = 1.25
"""Times the slowest one's epochs: so many are in view."""
_LEAST_SHOWN: Final = 4


def race_chart(race: Race, kinds: tuple[str, ...], loss: float, tokens: Tokens) -> Chart | None:
    """Return the training losses by epoch; None before there is one."""
    runs = [race.runs[kind] for kind in kinds if kind in race.runs and race.runs[kind].epoch.size]
    if not runs:
        return None
    shown = epochs_shown(runs, loss, race.epochs)
    series = [_line(run, shown, tokens) for run in runs]
    series += [mark for run in runs if (mark := _finish(run, loss, tokens)) is not None]
    finish = Level(loss, _("loss {loss}").format(loss=short(loss)))
    words = " ".join(_("{name}: loss {loss}.").format(name=name_of(run.kind), loss=number(_last(run))) for run in runs)
    return Chart(tuple(series), _("epoch"), x_range=(0.0, float(shown)), y_log=True, levels=(finish,), words=words)


def name_of(kind: str) -> str:
    """Return what the reader calls an activation."""
    return _(SCALAR_FUNCTIONS[kind].label)


def epochs_shown(runs: list[RaceRun], loss: float, epochs: int) -> int:
    """Return how many epochs are in view: all, or where every one is at the finish, a little more than that takes."""
    needed = [run.epochs_to(loss) for run in runs]
    if not all(run.complete for run in runs) or any(each is None for each in needed):
        return epochs
    slowest = max(each for each in needed if each is not None)
    return min(epochs, max(_LEAST_SHOWN, math.ceil(_AIR * slowest)))


def _line(run: RaceRun, shown: int, tokens: Tokens) -> Series:
    look = LOOKS[run.kind]
    seen = run.epoch <= shown
    values = np.where(np.isfinite(run.loss[seen]), run.loss[seen], np.nan)
    name = name_of(run.kind)
    return Series(
        run.kind,
        name,
        run.epoch[seen],
        values,
        look.colour(tokens),
        _DASHES[look.index % len(_DASHES)],
        look.shape,
        end=f"{name} {number(float(values[-1]))}" if np.isfinite(values[-1]) else name,
        ink="text",
    )


def _finish(run: RaceRun, loss: float, tokens: Tokens) -> Series | None:
    needed = run.epochs_to(loss)
    if needed is None:
        return None
    look = LOOKS[run.kind]
    at, height = np.array([needed]), np.array([loss])
    return Series(run.kind, "", at, height, look.colour(tokens), "points", look.shape, readable=False)


def _last(run: RaceRun) -> float:
    return float(run.loss[-1])


def epochs_text(epochs: float) -> str:
    """Return epochs as the table writes them: 2.7, 15, 120."""
    return number(epochs, 2) if epochs < 10 else count(round(epochs))
