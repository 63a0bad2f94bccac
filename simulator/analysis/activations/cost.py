"""What an activation costs on this computer: an element alone, and its share of a training step (slide B4).

The fastest of many short rounds counts: whatever else the computer does can only add time.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from simulator.analysis.activations.cost_result import ElementCost, ElementCosts, StepShare, StepShares
from simulator.analysis.activations.scalar_functions import ScalarFunction
from simulator.analysis.activations.timing import Steps, take_turns
from simulator.analysis.clock import Progress, Stop
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.layers import Activation
from simulator.machine.program import Program, compile_program
from simulator.machine.repeat import repeat_backward, repeat_forward
from simulator.machine.state import Arenas, State, arrays_of
from simulator.machine.stepper import Stepper
from simulator.message import N_, Message
from simulator.training.run.setting import Setting, prepare

UNITS, BATCH = 100, 100  # of the pass that is repeated: 10,000 elements, which stay in the processor's cache
ROUNDS = 40
SECONDS = 0.001  # of one round of one contestant: shorter than what a busy computer leaves a program at a time
BUDGET = 5.0  # seconds for the steps of large networks
FORWARD, BACKWARD, STEP = "forward", "backward", "step"


def element_costs(
    functions: Sequence[ScalarFunction],
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> ElementCosts:
    """Time the float32 kernels of activations on unit Gaussian numbers, forward and backward, taking turns.

    Kinds that are no activation (maxout has weights) are left out.
    """
    chosen = [function for function in functions if function.layer.elementwise]
    contestants: dict[str, Steps] = {}
    for place, function in enumerate(chosen):
        program = compile_program(Experiment(network=(function.layer,)), (UNITS,), 2, BATCH)
        passes = _Passes(program, State.initial(program), Arenas.of(program), BATCH)
        passes.fill()
        contestants[f"{place} {FORWARD}"] = passes.forward(0)
        contestants[f"{place} {BACKWARD}"] = passes.backward(0)
    times = take_turns(contestants, rounds, seconds, stop, progress)
    made = min((len(each) for each in times.values()), default=0)
    costs = []
    for place, function in enumerate(chosen if made else ()):
        there, back = (1e9 * min(times[f"{place} {way}"]) / (UNITS * BATCH) for way in (FORWARD, BACKWARD))
        costs.append(ElementCost(function, there, back))
    return ElementCosts(tuple(costs), UNITS, BATCH, made)


def step_shares(
    experiment: Experiment,
    functions: Sequence[ScalarFunction],
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> StepShares:
    """Time training steps of the untrained network and, in the same rounds, the passes of its activations alone.

    First the network as it is, then with each of `functions` in the place of all its activations; all take turns. The
    learning rate is 0: every step does all its work, and the weights stay as they were drawn.

    Raises
    ------
    ExperimentError
        If the network has no activation.
    """
    places = [place for place, entry in enumerate(experiment.network) if isinstance(entry, Activation)]
    if not places:
        raise ExperimentError(Message(N_("the network has no activation function whose share could be measured")))
    setting = prepare(experiment, np.dtype(np.float32))
    batch = min(experiment.training.batch_size, setting.training.size)
    candidates: list[ScalarFunction | None] = [None, *(each for each in functions if each.layer.elementwise)]
    contestants: dict[str, Steps] = {}
    elements = 0
    for number, function in enumerate(candidates):
        program = _compiled(experiment, function, setting, batch)
        elements = batch * sum(math.prod(program.shapes[place]) for place in places)
        for name, steps in _step_contestants(program, setting, places, batch).items():
            contestants[f"{number} {name}"] = steps
    times = take_turns(contestants, rounds, seconds, stop, progress, BUDGET)
    made = min(map(len, times.values()))
    shares = []
    for number, function in enumerate(candidates if made else ()):
        step, there, back = (1e6 * min(times[f"{number} {name}"]) for name in (STEP, FORWARD, BACKWARD))
        shares.append(StepShare(function, step, there + back))
    return StepShares(tuple(shares), elements, batch, made)


def _compiled(experiment: Experiment, function: ScalarFunction | None, setting: Setting, batch: int) -> Program:
    """Return the program of the network, with `function` in the place of every activation unless it is None."""
    network = experiment.network
    if function is not None:
        network = tuple(function.layer if isinstance(entry, Activation) else entry for entry in network)
    return compile_program(
        replace(experiment, network=network), (setting.inputs.width,), setting.dataset.classes, batch
    )


def _step_contestants(program: Program, setting: Setting, places: list[int], batch: int) -> dict[str, Steps]:
    state = State.initial(program)
    arenas = Arenas.of(program)
    step = Stepper(program, state, setting.inputs, setting.training, batch, 0.0, arenas)
    step(1)  # fills the arenas with what the activations will see
    passes = _Passes(program, state, arenas, batch)
    return {STEP: step, FORWARD: passes.forward(*places), BACKWARD: passes.backward(*places)}


class _Passes:
    """Repeats single operations of a program in its arenas."""

    def __init__(self, program: Program, state: State, arenas: Arenas, batch: int) -> None:
        self._program, self._arenas, self._batch = program, arenas, batch
        self._arrays = arrays_of(program, state, arenas)

    def fill(self) -> None:
        """Put unit Gaussian numbers everywhere."""
        rng = np.random.default_rng(0)
        for arena in (self._arenas.activations, self._arenas.deltas):
            arena[:] = rng.standard_normal(arena.size)

    def forward(self, *places: int) -> Steps:
        """Return what runs the operations at `places` forward."""

        def run(times: int) -> None:
            for place in places:
                repeat_forward(
                    self._program.forward, self._program.layout, self._arrays, place, place + 1, self._batch, times
                )

        return run

    def backward(self, *places: int) -> Steps:
        """Return what runs the operations at `places` backward."""

        def run(times: int) -> None:
            for place in places:
                repeat_backward(
                    self._program.backward, self._program.layout, self._arrays, place, place + 1, self._batch, times
                )

        return run
