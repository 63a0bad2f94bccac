"""v' = momentum * v - rate * dW;  W = W - momentum * v + (1 + momentum) * v' (CS231n's form of Nesterov 1983)."""

from numba import carray

from simulator.kernels.columns import CONSTANTS, N_IN
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n, own = layout[N_IN], layout[CONSTANTS]
    rate = carray(constants, 1)[0]
    momentum = carray(constants, own + 1)[own]
    w = carray(parameters, n)
    dw = carray(gradients, n)
    v = carray(state, n)
    one = w.dtype.type(1)
    for i in range(n):
        before = v[i]
        v[i] = momentum * before - rate * dw[i]
        w[i] += (one + momentum) * v[i] - momentum * before
