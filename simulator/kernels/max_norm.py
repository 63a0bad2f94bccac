"""The incoming weights of every unit shrunk to a norm of at most c (Srebro and Shraibman 2005)."""

import numpy as np
from numba import carray

from simulator.kernels.columns import BLOCKS, CONSTANTS, N_IN, N_OUT
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    k, m, at, own = layout[N_IN], layout[N_OUT], layout[BLOCKS], layout[CONSTANTS]
    limit = carray(constants, own + 1)[own]
    w = carray(parameters, at + k * m)[at:].reshape((k, m))
    for j in range(m):
        total = 0.0
        for p in range(k):
            total += float(w[p, j]) * float(w[p, j])
        norm = np.sqrt(total)
        if norm > limit:
            scale = w.dtype.type(limit / norm)
            for p in range(k):
                w[p, j] *= scale
