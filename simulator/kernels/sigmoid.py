"""y = 1 / (1 + exp(-x));  dx = dy * y * (1 - y)."""

import numpy as np
from numba import carray

from simulator.kernels.columns import INPUT, N_IN, OUTPUT
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    y = carray(activations, to + n)[to:]
    one = x.dtype.type(1)
    for i in range(n):
        y[i] = one / (one + np.exp(-x[i]))  # exp overflows to inf for large negative x: y becomes 0, as it should


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    y = carray(activations, to + n)[to:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    one = y.dtype.type(1)
    for i in range(n):
        dx[i] = dy[i] * (y[i] * (one - y[i]))
