"""z = x @ W + b, k pieces a unit side by side; y = the largest piece.  dz = dy at the largest piece, 0 elsewhere.

Workspace: z (batch, units * k), then which piece was largest (batch, units). The first own column is k.
"""

import numpy as np
from numba import carray

from simulator.kernels.columns import BLOCKS, FIRST, INPUT, N_IN, N_OUT, OUTPUT, OWN, PROBE, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    fan_in, units, pieces = layout[N_IN], layout[N_OUT], layout[OWN]
    width, own = units * pieces, layout[WORKSPACE]
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + fan_in * batch)[at:].reshape((batch, fan_in))
    y = carray(activations, to + units * batch)[to:].reshape((batch, units))
    w = carray(parameters, layout[BLOCKS] + fan_in * width)[layout[BLOCKS] :].reshape((fan_in, width))
    b = carray(parameters, layout[BLOCKS + 1] + width)[layout[BLOCKS + 1] :]
    work = carray(workspace, own + batch * (width + units))[own:]
    z = work[: batch * width].reshape((batch, width))
    largest = work[batch * width :].reshape((batch, units))
    np.dot(x, w, z)
    for i in range(batch):
        for j in range(units):
            best = 0
            top = z[i, j * pieces] + b[j * pieces]
            for k in range(1, pieces):
                value = z[i, j * pieces + k] + b[j * pieces + k]
                if value > top or value != value:  # so that NaN stays NaN
                    best, top = k, value
            y[i, j] = top
            largest[i, j] = best


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    fan_in, units, pieces = layout[N_IN], layout[N_OUT], layout[OWN]
    width, own = units * pieces, layout[WORKSPACE]
    at, to = layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + fan_in * batch)[at:].reshape((batch, fan_in))
    dx = carray(deltas, at + fan_in * batch)[at:].reshape((batch, fan_in))
    dy = carray(deltas, to + units * batch)[to:].reshape((batch, units))
    w = carray(parameters, layout[BLOCKS] + fan_in * width)[layout[BLOCKS] :].reshape((fan_in, width))
    dw = carray(gradients, layout[BLOCKS] + fan_in * width)[layout[BLOCKS] :].reshape((fan_in, width))
    db = carray(gradients, layout[BLOCKS + 1] + width)[layout[BLOCKS + 1] :]
    work = carray(workspace, own + batch * (width + units))[own:]
    dz = work[: batch * width].reshape((batch, width))  # z is not needed any more
    largest = work[batch * width :].reshape((batch, units))
    zero = db.dtype.type(0)
    for j in range(width):
        db[j] = zero
    for i in range(batch):
        for j in range(width):
            dz[i, j] = zero
        for j in range(units):
            spot = j * pieces + int(largest[i, j])
            dz[i, spot] = dy[i, j]
            db[spot] += dy[i, j]
    np.dot(x.T, dz, dw)
    if layout[FIRST] == 0 or mode == PROBE:
        np.dot(dz, w.T, dx)
