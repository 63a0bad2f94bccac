"""y = tanh(x);  dx = dy * (1 - y^2)."""

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
    for i in range(n):
        y[i] = np.tanh(x[i])


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
        dx[i] = dy[i] * (one - y[i] * y[i])
