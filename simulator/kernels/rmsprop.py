"""c = decay * c + (1 - decay) * dW^2;  W = W - rate * dW / (sqrt(c) + epsilon) (Hinton 2012, lecture 6)."""

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
    decay = carray(constants, own + 2)[own]
    epsilon = carray(constants, own + 2)[own + 1]
    w = carray(parameters, n)
    dw = carray(gradients, n)
    c = carray(state, n)
    rest = w.dtype.type(1) - decay
    for i in range(n):
        c[i] = decay * c[i] + rest * dw[i] * dw[i]
        w[i] -= rate * dw[i] / (np.sqrt(c[i]) + epsilon)
