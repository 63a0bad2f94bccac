"""The function explorer (slides B1, B2, B4, B5): activations and their local gradients under a ruler."""

from typing import Final

import numpy as np
from PySide6.QtWidgets import QLabel

from app.document.document import State
from app.labs.functions import words
from app.labs.functions.controls import PLACES, REACHES, FunctionsBar, make_arriving, make_reach, make_x
from app.labs.functions.function_list import FunctionList
from app.labs.functions.knobs import Knobs
from app.labs.functions.measuring import CostMeasure, CurveMeasure
from app.labs.functions.passed_back import PassedBack
from app.labs.functions.stage import COST, MEAN, SHARE, FunctionStage, Scene
from app.labs.lab import LOADING, Lab, LabSpec
from app.running.context import Context
from app.system.i18n import _
from app.telling.lab_story import Chapter, LabStory
from app.theme import set_role
from simulator.analysis.activations import SCALAR_FUNCTIONS, ScalarFunction
from simulator.message import N_

MAIN: Final = "sigmoid"
SHOWN: Final = ("sigmoid", "tanh", "relu")
SLIDES: Final = {MEAN: "B1, B2, B5", COST: "B2, B4", SHARE: "B2, B4"}


class FunctionsLab(Lab):
    """At the left what is drawn and at which x, in the middle the curves, at the right the chain rule in numbers."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._functions: dict[str, ScalarFunction] = {}
        self._seed = 0
        self.measure = CurveMeasure(np.array(PLACES), self)
        self.costs = CostMeasure(self)
        self._build_left()
        self.stage = FunctionStage(self.theme)
        self.middle.addWidget(self.stage)
        self.passed = PassedBack()
        self.passed.hide()
        self.story = LabStory(self.passed)
        self.right.add(self.story)
        self.bar = FunctionsBar(self.costs.worker)
        self.bottom.addWidget(self.bar)
        self._connect()
        self.story.tell(SLIDES[MEAN], _("The functions are being prepared."), [Chapter("", (_(LOADING),))])
        self._reset()
        self.stage.set_compact(self.compact)

    @property
    def main_function(self) -> ScalarFunction:
        """The function that is explained."""
        return self._functions[self.list.main]

    @property
    def functions(self) -> tuple[ScalarFunction, ...]:
        """All functions with the numbers in force."""
        return tuple(self._functions.values())

    def wake(self) -> None:
        self._ask()

    def rest(self) -> None:
        self.measure.cancel()

    def close_down(self) -> None:
        self.measure.close()
        self.costs.worker.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.stage.set_compact(compact)
        self._draw()

    def _build_left(self) -> None:
        title, width = QLabel(_("Functions")), QLabel(_("Width of the plots"))
        set_role(title, "title")
        set_role(width, "muted")
        self.list = FunctionList(self.theme)
        self.ruler, self.arriving, self.reach, self.knobs = make_x(), make_arriving(), make_reach(), Knobs()
        for part in (title, self.list, self.ruler, self.arriving, width, self.reach):
            self.left.add(part)
        self.left.add_rule()
        self.left.add(self.knobs)

    def _connect(self) -> None:
        self.list.main_chosen.connect(lambda _kind: self._show_main())
        self.list.shown_changed.connect(self._draw)
        self.ruler.changed.connect(lambda _x: self._draw())
        self.arriving.changed.connect(lambda _gradient: self._draw())
        self.reach.chosen.connect(lambda _reach: self._draw())
        self.knobs.turned.connect(self._turn)
        self.stage.x_chosen.connect(self._move)
        self.stage.figure_chosen.connect(self._tell)
        self.bar.preset_chosen.connect(self._move)
        self.bar.sample_asked.connect(self._draw_sample)
        self.bar.cost_asked.connect(self._measure_cost)
        self.bar.reset_asked.connect(self._reset)
        self.measure.changed.connect(self._draw)
        self.measure.changed.connect(self._draw_means)
        self.measure.failed.connect(self.stage.say)
        self.costs.changed.connect(self._draw_costs)
        self.costs.worker.busy_changed.connect(self.stage.set_timing)
        self.context.document.changed.connect(self._follow)
        self.theme.theme_changed.connect(self._dress)

    # what a hand does ------------------------------------------------------------------------------------------------

    def _reset(self) -> None:
        self._functions = {kind: ScalarFunction.default(kind) for kind in SCALAR_FUNCTIONS}
        self._seed = 0
        self.list.choose(MAIN, SHOWN)
        self.ruler.set_value(0.0)
        self.arriving.set_value(1.0)
        self.reach.set_value(str(REACHES[-1]))
        self._show_main()
        self._ask()

    def _show_main(self) -> None:
        self.knobs.show_function(self.main_function)
        self._draw()
        self._draw_means()
        self._draw_costs()

    def _turn(self, function: ScalarFunction) -> None:
        self._functions[function.kind] = function
        self._ask()

    def _move(self, x: float) -> None:
        """Put the ruler to the place nearest to `x`; where it would be out of view, the view widens."""
        place = min(PLACES, key=lambda each: abs(each - x))
        if abs(place) > float(self.reach.value):
            self.reach.set_value(str(next(reach for reach in REACHES if reach >= abs(place))))
        self.ruler.set_value(place)
        self._draw()

    def _draw_sample(self) -> None:
        self._seed += 1
        self.stage.show_figure(MEAN)
        self._tell()
        self._ask()

    def _measure_cost(self) -> None:
        if self.stage.figure == MEAN:
            self.stage.show_figure(COST)
            self._tell()
        self.costs.ask(self.context.document.experiment, self.functions)

    def _follow(self, before: State, after: State) -> None:
        """Drop shares that were measured on another network."""
        old, new = before.experiment, after.experiment
        if (old.network, old.training.batch_size, old.data) != (new.network, new.training.batch_size, new.data):
            self.costs.forget_shares()

    # what is seen ----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self.isVisible():
            self.measure.ask(self.functions, self._seed)

    def _dress(self) -> None:
        self.stage.apply_theme()
        self.set_compact(self.compact)
        self._draw_means()
        self._draw_costs()

    def _draw(self) -> None:
        self.bar.show_x(self.ruler.value)
        curves = [curve for function in self.functions if (curve := self.measure.curve(function)) is not None]
        if len(curves) == len(self._functions):
            reach = float(self.reach.value)
            shown, main = self.list.shown, self.list.main
            self.stage.show_scene(Scene(tuple(curves), shown, main, self.ruler.value, self.arriving.value, reach))
            self._tell()

    def _draw_means(self) -> None:
        means = [mean for function in self.functions if (mean := self.measure.mean(function)) is not None]
        if len(means) == len(self._functions):
            self.stage.show_means(means, self.list.main)
            self._tell()

    def _draw_costs(self) -> None:
        self.stage.show_costs(self.costs.elements, self.costs.shares, self.list.main)
        self._tell()

    def _tell(self) -> None:
        function, arriving = self.main_function, self.arriving.value
        curve = self.measure.curve(function)
        if curve is None:
            return
        at = curve.index(self.ruler.value)
        share = None if self.costs.shares is None else self.costs.shares.share_with(function.kind)
        told = words.Told(curve, at, arriving, self.measure.mean(function), self.costs.elements, share)
        self.passed.show_numbers(arriving, float(curve.slope[at]))
        self.passed.show()
        self.story.tell(
            SLIDES[self.stage.figure], words.headline(told), words.chapters(told, self.stage.figure != MEAN)
        )


SPEC = LabSpec(
    "functions",
    N_("Activation functions"),
    N_("What does each activation make of a number, and what does it pass back?"),
    ("B1", "B2", "B4", "B5"),
    10,
    FunctionsLab,
)
