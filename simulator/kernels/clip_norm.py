"""All gradients times limit / norm where their Euclidean norm exceeds the limit (Pascanu et al. 2013, alg. 1)."""

import numpy as np
from numba import carray

from simulator.kernels.columns import CONSTANTS, N_IN
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n, own = layout[N_IN], layout[CONSTANTS]
    limit = carray(constants, own + 1)[own]
    dw = carray(gradients, n)
    total = 0.0
    for i in range(n):
        total += float(dw[i]) * float(dw[i])
    norm = np.sqrt(total)
    if norm > limit:
        scale = dw.dtype.type(limit / norm)
        for i in range(n):
            dw[i] *= scale
