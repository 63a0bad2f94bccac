"""y = x where x > 0, alpha * (exp(x) - 1) elsewhere;  dx = dy where x > 0, dy * (y + alpha) elsewhere."""

import numpy as np
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
    alpha = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    zero = x.dtype.type(0)
    for i in range(n):
        y[i] = alpha * np.expm1(x[i]) if x[i] <= zero else x[i]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    y = carray(activations, to + n)[to:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    alpha = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    zero = x.dtype.type(0)
    for i in range(n):
        dx[i] = dy[i] * (y[i] + alpha) if x[i] <= zero else dy[i]
