"""The L1 penalty of one weight block: l1 * sum(|W|), and l1 * sign(W) added to dW; sign(0) = 0."""

from numba import carray

from simulator.kernels.columns import BLOCKS, CONSTANTS, N_IN, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n, at = layout[N_IN], layout[BLOCKS]
    result = carray(workspace, layout[WORKSPACE] + 1)[layout[WORKSPACE] :]
    l1 = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    w = carray(parameters, at + n)[at:]
    dw = carray(gradients, at + n)[at:]
    zero = w.dtype.type(0)
    total = 0.0
    for i in range(n):
        total += abs(w[i])
    for i in range(n):
        dw[i] += l1 if w[i] > zero else (-l1 if w[i] < zero else zero)
    result[0] = l1 * total
