"""v = momentum * v - learning_rate * dW;  W = W + v.  Without momentum: W = W - learning_rate * dW."""

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
    for i in range(n):
        v[i] = momentum * v[i] - rate * dw[i]
        w[i] += v[i]
