"""y = x where x > 0, slope * x elsewhere;  dx = dy where x > 0, slope * dy elsewhere."""

from numba import carray

from simulator.kernels.columns import CONSTANTS, INPUT, N_IN, OUTPUT
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    y = carray(activations, to + n)[to:]
    slope = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    zero = x.dtype.type(0)
    for i in range(n):
        y[i] = slope * x[i] if x[i] <= zero else x[i]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    slope = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    zero = x.dtype.type(0)
    for i in range(n):
        dx[i] = slope * dy[i] if x[i] <= zero else dy[i]
