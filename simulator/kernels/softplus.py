"""y = log(1 + exp(x));  dx = dy / (1 + exp(-x))."""

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
    zero, one = x.dtype.type(0), x.dtype.type(1)
    for i in range(n):
        # max(x, 0) + log(1 + exp(-|x|)): the same number, without overflow
        y[i] = (zero if x[i] <= zero else x[i]) + np.log1p(np.exp(-abs(x[i]))) * one


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    one = x.dtype.type(1)
    for i in range(n):
        dx[i] = dy[i] / (one + np.exp(-x[i]))
