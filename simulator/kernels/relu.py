"""y = max(0, x);  dx = dy where x > 0, else 0 (slide B2: convention 0 at 0)."""

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
    zero = x.dtype.type(0)
    for i in range(n):
        y[i] = zero if x[i] <= zero else x[i]  # so that NaN stays NaN


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + n)[at:]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    zero = x.dtype.type(0)
    for i in range(n):
        dx[i] = zero if x[i] <= zero else dy[i]
