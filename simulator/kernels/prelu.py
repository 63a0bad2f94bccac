"""y = x where x > 0, a * x elsewhere;  dx = dy where x > 0, a * dy elsewhere;  da = sum of x * dy where x <= 0.

The first own column says how many slopes there are: 1, or one for every unit.
"""

from numba import carray

from simulator.kernels.columns import BLOCKS, INPUT, N_IN, OUTPUT, OWN
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, slopes, own = layout[N_IN], layout[OWN], layout[BLOCKS]
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    y = carray(activations, to + units * batch)[to:].reshape((batch, units))
    a = carray(parameters, own + slopes)[own:]
    zero = x.dtype.type(0)
    for i in range(batch):
        for j in range(units):
            y[i, j] = a[j if slopes > 1 else 0] * x[i, j] if x[i, j] <= zero else x[i, j]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, slopes, own = layout[N_IN], layout[OWN], layout[BLOCKS]
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    dx = carray(deltas, at + units * batch)[at:].reshape((batch, units))
    dy = carray(deltas, to + units * batch)[to:].reshape((batch, units))
    a = carray(parameters, own + slopes)[own:]
    da = carray(gradients, own + slopes)[own:]
    zero = x.dtype.type(0)
    for j in range(slopes):
        da[j] = zero
    for i in range(batch):
        for j in range(units):
            spot = j if slopes > 1 else 0
            if x[i, j] <= zero:
                dx[i, j] = a[spot] * dy[i, j]
                da[spot] += x[i, j] * dy[i, j]
            else:
                dx[i, j] = dy[i, j]
