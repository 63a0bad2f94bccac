"""y = x * mask, dx = dy * mask. While training the mask is 1 / (1 - p) where a draw u >= p, else 0; otherwise it is 1.

The draw of a value is a hash of (seed, step, operation, place in the batch): the same in every replay. The hash is the
finaliser of splitmix64 (Steele et al. 2014). Workspace: the mask of the last forward pass (batch, units).
"""

import numpy as np
from numba import carray

from simulator.kernels.columns import CONSTANTS, INPUT, N_IN, OPERATION, OUTPUT, TRAIN, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to, own = layout[INPUT] * batch, layout[OUTPUT] * batch, layout[WORKSPACE]
    x = carray(activations, at + n)[at:]
    y = carray(activations, to + n)[to:]
    mask = carray(workspace, own + n)[own:]
    p = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    zero, one = x.dtype.type(0), x.dtype.type(1)
    if mode == TRAIN and p > 0:
        scale = one / (one - p)
        limit = np.uint64(float(p) * 9007199254740992.0)  # p of 2^53
        start = np.uint64(seed) * np.uint64(0xA0761D6478BD642F) + np.uint64(step) * np.uint64(0xD1B54A32D192ED03)
        start += np.uint64(layout[OPERATION]) * np.uint64(0x8CB92BA72F3D8DD7)
        for i in range(n):
            z = start + np.uint64(i) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
            mask[i] = scale if (z >> np.uint64(11)) >= limit else zero
    else:
        for i in range(n):
            mask[i] = one
    for i in range(n):
        y[i] = x[i] * mask[i]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    at, to, own = layout[INPUT] * batch, layout[OUTPUT] * batch, layout[WORKSPACE]
    dx = carray(deltas, at + n)[at:]
    dy = carray(deltas, to + n)[to:]
    mask = carray(workspace, own + n)[own:]
    for i in range(n):
        dx[i] = dy[i] * mask[i]
