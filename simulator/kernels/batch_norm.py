"""y = gamma * xhat + beta with xhat = (x - E) / sqrt(Var + epsilon), unit by unit (Ioffe and Szegedy 2015, alg. 1).

dgamma = sum dy * xhat, dbeta = sum dy over the batch; with the batch's own statistics
dx = gamma / sqrt(Var + epsilon) * (dy - dbeta / n - xhat * dgamma / n), with running ones dx = gamma / sqrt(..) * dy.

Workspace: E, then 1 / sqrt(Var + epsilon), of the last forward pass. State: running mean, then running variance
(unbiased, n / (n - 1) times the batch's). The first own column is 1 where the batch's statistics serve at test time.
"""

import numpy as np
from numba import carray

from simulator.kernels.columns import BLOCKS, CONSTANTS, INPUT, N_IN, OUTPUT, OWN, STATE, TRAIN, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, at, to = layout[N_IN], layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    y = carray(activations, to + units * batch)[to:].reshape((batch, units))
    gamma = carray(parameters, layout[BLOCKS] + units)[layout[BLOCKS] :]
    beta = carray(parameters, layout[BLOCKS + 1] + units)[layout[BLOCKS + 1] :]
    work = carray(workspace, layout[WORKSPACE] + 2 * units)[layout[WORKSPACE] :]
    mean, inverse = work[:units], work[units:]
    running = carray(state, layout[STATE] + 2 * units)[layout[STATE] :]
    momentum = carray(constants, layout[CONSTANTS] + 2)[layout[CONSTANTS]]
    epsilon = carray(constants, layout[CONSTANTS] + 2)[layout[CONSTANTS] + 1]
    zero, one = y.dtype.type(0), y.dtype.type(1)
    if mode == TRAIN or layout[OWN] == 1:
        share = one / y.dtype.type(batch)
        for j in range(units):
            mean[j] = zero
            inverse[j] = zero
        for i in range(batch):
            for j in range(units):
                mean[j] += x[i, j]
        for j in range(units):
            mean[j] *= share
        for i in range(batch):
            for j in range(units):
                away = x[i, j] - mean[j]
                inverse[j] += away * away
        rest = one - momentum
        unbiased = rest / y.dtype.type(max(batch - 1, 1))
        for j in range(units):
            if mode == TRAIN:
                running[j] = momentum * running[j] + rest * mean[j]
                running[units + j] = momentum * running[units + j] + unbiased * inverse[j]
            inverse[j] = one / np.sqrt(inverse[j] * share + epsilon)
    else:
        for j in range(units):
            mean[j] = running[j]
            inverse[j] = one / np.sqrt(running[units + j] + epsilon)
    for i in range(batch):
        for j in range(units):
            y[i, j] = gamma[j] * ((x[i, j] - mean[j]) * inverse[j]) + beta[j]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, at, to = layout[N_IN], layout[INPUT] * batch, layout[OUTPUT] * batch
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    dx = carray(deltas, at + units * batch)[at:].reshape((batch, units))
    dy = carray(deltas, to + units * batch)[to:].reshape((batch, units))
    gamma = carray(parameters, layout[BLOCKS] + units)[layout[BLOCKS] :]
    dgamma = carray(gradients, layout[BLOCKS] + units)[layout[BLOCKS] :]
    dbeta = carray(gradients, layout[BLOCKS + 1] + units)[layout[BLOCKS + 1] :]
    work = carray(workspace, layout[WORKSPACE] + 2 * units)[layout[WORKSPACE] :]
    mean, inverse = work[:units], work[units:]
    zero = dx.dtype.type(0)
    for j in range(units):
        dgamma[j] = zero
        dbeta[j] = zero
    for i in range(batch):
        for j in range(units):
            dgamma[j] += dy[i, j] * ((x[i, j] - mean[j]) * inverse[j])
            dbeta[j] += dy[i, j]
    if mode == TRAIN or layout[OWN] == 1:
        share = dx.dtype.type(1) / dx.dtype.type(batch)
        for i in range(batch):
            for j in range(units):
                xhat = (x[i, j] - mean[j]) * inverse[j]
                dx[i, j] = gamma[j] * inverse[j] * (dy[i, j] - share * (dbeta[j] + xhat * dgamma[j]))
    else:
        for i in range(batch):
            for j in range(units):
                dx[i, j] = gamma[j] * inverse[j] * dy[i, j]
