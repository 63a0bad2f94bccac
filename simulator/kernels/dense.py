"""y = x @ W + b.  dW = x.T @ dy, db = sum of dy over the batch, dx = dy @ W.T."""

import numpy as np
from numba import carray

from simulator.kernels.columns import BLOCKS, FIRST, INPUT, N_IN, N_OUT, OUTPUT, PROBE
from simulator.kernels.kernel import kernel

NARROW = 20_000  # multiply-adds under which plain loops beat the call into BLAS (measured)


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    k, m = layout[N_IN], layout[N_OUT]
    at, to, own, end = layout[INPUT] * batch, layout[OUTPUT] * batch, layout[BLOCKS], layout[BLOCKS + 1]
    x = carray(activations, at + k * batch)[at:].reshape((batch, k))
    y = carray(activations, to + m * batch)[to:].reshape((batch, m))
    w = carray(parameters, own + k * m)[own:].reshape((k, m))
    b = carray(parameters, end + m)[end:]
    if k * m * batch < NARROW:
        for i in range(batch):
            for j in range(m):
                y[i, j] = b[j]
            for p in range(k):
                weight = x[i, p]
                for j in range(m):
                    y[i, j] += weight * w[p, j]
    else:
        np.dot(x, w, y)
        for i in range(batch):
            for j in range(m):
                y[i, j] += b[j]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    k, m = layout[N_IN], layout[N_OUT]
    at, to, own, end = layout[INPUT] * batch, layout[OUTPUT] * batch, layout[BLOCKS], layout[BLOCKS + 1]
    x = carray(activations, at + k * batch)[at:].reshape((batch, k))
    dx = carray(deltas, at + k * batch)[at:].reshape((batch, k))
    dy = carray(deltas, to + m * batch)[to:].reshape((batch, m))
    w = carray(parameters, own + k * m)[own:].reshape((k, m))
    dw = carray(gradients, own + k * m)[own:].reshape((k, m))
    db = carray(gradients, end + m)[end:]
    zero = db.dtype.type(0)
    for j in range(m):
        db[j] = zero
    for i in range(batch):
        for j in range(m):
            db[j] += dy[i, j]
    wanted = layout[FIRST] == 0 or mode == PROBE
    if k * m * batch < NARROW:
        for p in range(k):
            for j in range(m):
                dw[p, j] = zero
        for i in range(batch):
            for p in range(k):
                value = x[i, p]
                for j in range(m):
                    dw[p, j] += value * dy[i, j]
        if wanted:
            for i in range(batch):
                for p in range(k):
                    total = zero
                    for j in range(m):
                        total += dy[i, j] * w[p, j]
                    dx[i, p] = total
    else:
        np.dot(x.T, dy, dw)
        if wanted:
            np.dot(dy, w.T, dx)
