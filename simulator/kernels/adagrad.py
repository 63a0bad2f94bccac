"""c = c + dW^2;  W = W - rate * dW / (sqrt(c) + epsilon) (Duchi et al. 2011)."""

import numpy as np
from numba import carray

from simulator.kernels.columns import CONSTANTS, N_IN
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n, own = layout[N_IN], layout[CONSTANTS]
    rate = carray(constants, 1)[0]
    epsilon = carray(constants, own + 1)[own]
    w = carray(parameters, n)
    dw = carray(gradients, n)
    c = carray(state, n)
    for i in range(n):
        c[i] += dw[i] * dw[i]
        w[i] -= rate * dw[i] / (np.sqrt(c[i]) + epsilon)
