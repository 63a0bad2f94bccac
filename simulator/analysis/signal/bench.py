"""The initialisation bench (slides D1 to D8): what a recipe's network does to a signal, measured fast.

A slider asks again and again for nearly the same: data, drawn numbers, arenas and finished readings are kept.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
from msgspec.structs import replace as struct_replace
from numpy.typing import NDArray

from simulator.analysis.clock import Progress, Stop
from simulator.analysis.signal.layer_signal import Reading, Signal, Spread, Theory
from simulator.analysis.signal.recipe import Recipe, gaussian
from simulator.analysis.signal.signal import backward, forward, row_range, standard_deviation, unit_gradient
from simulator.analysis.signal.theory import POINTS, Entering, expected_signal
from simulator.experiment.experiment import Experiment
from simulator.layers import Activation
from simulator.machine.curve import Curve
from simulator.machine.draws import Draws
from simulator.machine.fitting import fit_on_the_way
from simulator.machine.probe import Probe
from simulator.machine.program import compile_program
from simulator.machine.state import Arenas, State
from simulator.training.run.setting import Setting, prepare

READINGS: Final = 64
"""Finished readings kept: sliders go back and forth."""
SETTINGS: Final = 3
FIRST_OTHER: Final = 1_000_000
"""Weight seed of the first draw of a spread: they are not those of the user."""


class Bench:
    """Measures one recipe after the other, in one thread."""

    def __init__(self) -> None:
        self._draws = Draws()
        self._arenas: Arenas | None = None
        self._settings: OrderedDict[Experiment, Setting] = OrderedDict()
        self._inputs: dict[Experiment, Entering] = {}
        self._readings: OrderedDict[Recipe, Reading] = OrderedDict()
        self._spreads: dict[Recipe, list[list[float]]] = {}
        self._curve: tuple[Activation | None, Curve] | None = None
        self._gradient: tuple[Any, NDArray[np.float32]] | None = None

    def measure(
        self, recipe: Recipe, stop: Stop | None = None, show: Callable[[Reading], None] | None = None
    ) -> Reading | None:
        """Return the reading of a recipe, None where `stop` ended it; the way forward is shown first."""
        known = self._readings.get(recipe)
        if known is not None:
            self._readings.move_to_end(recipe)
            return known
        probe = self._probe(recipe, self._setting(recipe), self._draws)
        signal = forward(probe, *row_range(probe.program, probe.output(-1)), stop)
        if signal is None:
            return None
        entering = self._entering(recipe, probe)
        reading = Reading(recipe, signal, self._theory(recipe, entering), entering.features)
        if show is not None:
            show(reading)
        back = backward(probe, signal, self._unit_gradient(recipe, signal), stop)
        if back is None:
            return None
        reading = replace(reading, signal=back)
        self._readings[recipe] = reading
        if len(self._readings) > READINGS:
            self._readings.popitem(last=False)
        return reading

    def spread(
        self, recipe: Recipe, draws: int, stop: Stop | None = None, progress: Progress | None = None
    ) -> Spread | None:
        """Return the standard deviations of `draws` draws of the weights, None where `stop` ended it.

        They do not depend on the recipe's own seed. Those made before are kept: there may be more than asked for.
        """
        kept = self._spreads.setdefault(replace(recipe, seed=0), [])
        setting = self._setting(recipe)
        while len(kept) < draws:
            probe = self._probe(replace(recipe, seed=FIRST_OTHER + len(kept)), setting, Draws(most=0))
            stds, done = [], 0
            for group in probe.program.groups[:-1]:
                if stop is not None and stop():
                    return None
                probe.run(done, group.last + 1)
                done = group.last + 1
                stds.append(standard_deviation(probe.output(group.last)))
            kept.append(stds)
            if progress is not None:
                progress(len(kept) / draws)
        return Spread(np.array(kept))

    def _setting(self, recipe: Recipe) -> Setting:
        what = _data_of(recipe)
        if what not in self._settings:
            self._settings[what] = prepare(what, np.dtype(np.float32))
            if len(self._settings) > SETTINGS:
                self._inputs.pop(self._settings.popitem(last=False)[0], None)
        self._settings.move_to_end(what)
        return self._settings[what]

    def _probe(self, recipe: Recipe, setting: Setting, draws: Draws) -> Probe:
        """Return a probe with the examples loaded and the weights as they are before the first step."""
        sample = setting.probe
        program = compile_program(
            recipe.experiment(), (setting.inputs.width,), setting.dataset.classes, int(sample.size)
        )
        if self._arenas is None or not self._arenas.serve(program):
            self._arenas = None  # the old ones go before the new ones come
            self._arenas = Arenas.of(program)
        state = State.initial(program, draws.parameters(program))
        probe = Probe(program, state, self._arenas)
        probe.load(setting.inputs, sample)
        fit_on_the_way(probe, state)
        return probe

    def _entering(self, recipe: Recipe, probe: Probe) -> Entering:
        what = _data_of(recipe)
        if what not in self._inputs:
            self._inputs[what] = Entering.of(probe.output(-1))
        return self._inputs[what]

    def _theory(self, recipe: Recipe, entering: Entering) -> Theory | None:
        if self._curve is None or self._curve[0] != recipe.activation:
            self._curve = (recipe.activation, Curve(recipe.activation, POINTS))
        return expected_signal(recipe.weights, self._curve[1].at, recipe.layers, recipe.units, entering)

    def _unit_gradient(self, recipe: Recipe, signal: Signal) -> NDArray[np.float32]:
        what = (recipe.seed, (signal.examples, signal.layers[-1].units))
        if self._gradient is None or self._gradient[0] != what:
            self._gradient = (what, unit_gradient(*what))
        return self._gradient[1]


def _data_of(recipe: Recipe) -> Experiment:
    """Return an experiment that stands for what goes into the network, and for nothing else."""
    base = gaussian(recipe.units) if recipe.base is None else recipe.base
    return Experiment(
        data=base.data,
        split=base.split,
        preprocessing=base.preprocessing,
        seeds=struct_replace(base.seeds, weights=0, order=0),
    )
