"""The L2 penalty of one weight block: 0.5 * l2 * sum(W * W), and l2 * W added to dW (slide F2)."""

from numba import carray

from simulator.kernels.columns import BLOCKS, CONSTANTS, N_IN, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n, at = layout[N_IN], layout[BLOCKS]
    result = carray(workspace, layout[WORKSPACE] + 1)[layout[WORKSPACE] :]
    l2 = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    w = carray(parameters, at + n)[at:]
    dw = carray(gradients, at + n)[at:]
    # Four sums side by side: one alone would wait for itself at every addition.
    a = b = c = d = 0.0
    i = 0
    while i + 4 <= n:
        a += w[i] * w[i]
        b += w[i + 1] * w[i + 1]
        c += w[i + 2] * w[i + 2]
        d += w[i + 3] * w[i + 3]
        i += 4
    while i < n:
        a += w[i] * w[i]
        i += 1
    for i in range(n):
        dw[i] += l2 * w[i]
    result[0] = 0.5 * l2 * (a + b + c + d)
