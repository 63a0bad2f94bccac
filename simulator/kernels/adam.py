"""m and v are running means of dW and dW^2;  W = W - rate * m^ / (sqrt(v^) + epsilon) (Kingma and Ba 2015, alg. 1).

m^ = m / (1 - beta1^t) and v^ = v / (1 - beta2^t) with t counted from the first step of this rule, in the last number of
its state.
"""

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
    beta1 = carray(constants, own + 3)[own]
    beta2 = carray(constants, own + 3)[own + 1]
    epsilon = carray(constants, own + 3)[own + 2]
    w = carray(parameters, n)
    dw = carray(gradients, n)
    slots = carray(state, 2 * n + 1)
    m, v = slots[:n], slots[n : 2 * n]
    slots[2 * n] += w.dtype.type(1)
    t = float(slots[2 * n])
    one = w.dtype.type(1)
    scale1 = w.dtype.type(1.0 / (1.0 - float(beta1) ** t))
    scale2 = w.dtype.type(1.0 / (1.0 - float(beta2) ** t))
    rest1, rest2 = one - beta1, one - beta2
    for i in range(n):
        m[i] = beta1 * m[i] + rest1 * dw[i]
        v[i] = beta2 * v[i] + rest2 * dw[i] * dw[i]
        w[i] -= rate * (m[i] * scale1) / (np.sqrt(v[i] * scale2) + epsilon)
