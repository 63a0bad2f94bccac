"""The same operations again and again, for measuring what one pass costs: a call from Python costs more than many."""

from simulator.kernels.columns import TRAIN
from simulator.machine.compiled import machine_function
from simulator.machine.loop import run_backward, run_forward


@machine_function
def repeat_forward(forward, layout, arrays, first, last, batch, times):
    """Run the operations `first` to `last` - 1 forward, so many times."""
    for step in range(times):
        run_forward(forward, layout, arrays, first, last, batch, TRAIN, 0, step)


@machine_function
def repeat_backward(backward, layout, arrays, first, last, batch, times):
    """Run the operations `last` - 1 down to `first` backward, so many times."""
    for step in range(times):
        run_backward(backward, layout, arrays, first, last, batch, TRAIN, 0, step)
