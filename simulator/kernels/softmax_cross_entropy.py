"""L = mean over the batch of log(sum_j exp(s_j)) - s_y;  ds = (softmax(s) - one-hot(y)) / batch.

The workspace holds two results, then the targets: [0] the loss, [1] how many examples are right, [2:] the labels.
"""

import numpy as np
from numba import carray

from simulator.kernels.columns import INPUT, N_IN, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    m, at, own = layout[N_IN], layout[INPUT] * batch, layout[WORKSPACE]
    scores = carray(activations, at + m * batch)[at:].reshape((batch, m))
    ds = carray(deltas, at + m * batch)[at:].reshape((batch, m))
    work = carray(workspace, own + 2 + batch)[own:]
    loss = 0.0
    right = 0
    size = work.dtype.type(batch)
    for i in range(batch):
        top, best = scores[i, 0], 0
        for j in range(1, m):
            if scores[i, j] > top:
                top, best = scores[i, j], j
        total = work.dtype.type(0)
        for j in range(m):
            ds[i, j] = np.exp(scores[i, j] - top)
            total += ds[i, j]
        label = int(work[2 + i])
        loss += np.log(total) - (scores[i, label] - top)
        right += best == label
        share = work.dtype.type(1) / (total * size)
        for j in range(m):
            ds[i, j] *= share
        ds[i, label] -= work.dtype.type(1) / size
    work[0] = loss / batch
    work[1] = right
