"""Counts and moments of arrays, for frames."""

import numpy as np

from simulator.machine.compiled import machine_function


@machine_function
def summarise(values, limit, counts):
    """Count `values` into the bins of `counts` over [-limit, limit]; exact zeros are left out of the bins.

    Returns (mean, standard deviation, sum of squares, below, above, not finite, zeros); the moments are over the
    finite values.
    """
    bins = counts.size
    below = above = bad = zeros = 0
    total = squares = 0.0
    width = bins / (2.0 * limit)
    for i in range(values.size):
        value = float(values[i])
        if not np.isfinite(value):
            bad += 1
            continue
        total += value
        squares += value * value
        if value == 0:
            zeros += 1
        elif value < -limit:
            below += 1
        elif value > limit:
            above += 1
        else:
            counts[min(int((value + limit) * width), bins - 1)] += 1
    good = values.size - bad
    if good == 0:
        return np.nan, np.nan, np.nan, below, above, bad, zeros
    mean = total / good
    spread = 0.0
    for i in range(values.size):
        away = float(values[i]) - mean
        if np.isfinite(away):
            spread += away * away
    return mean, np.sqrt(spread / good), squares, below, above, bad, zeros


@machine_function
def meter(output, derivative, low, high):
    """Return (dead units, saturated values, blocked values) of an activation.

    Parameters
    ----------
    output, derivative
        real (batch, units): f(x) and f'(x).
    low, high
        Bounds between which a value is not saturated; -inf and inf where there are none.
    """
    batch, units = output.shape
    alive = np.zeros(units, np.bool_)
    saturated = blocked = 0
    for i in range(batch):
        for j in range(units):
            y, d = output[i, j], derivative[i, j]
            if y != 0 or d != 0:
                alive[j] = True
            if y < low or y > high:
                saturated += 1
            if abs(d) < 1e-3:
                blocked += 1
    dead = 0
    for j in range(units):
        dead += not alive[j]
    return dead, saturated, blocked


@machine_function
def difference(output):
    """Return (largest difference between two units on one example, largest size) of finite values.

    Parameters
    ----------
    output
        real (batch, units).
    """
    batch, units = output.shape
    most = largest = 0.0
    for i in range(batch):
        low, high = np.inf, -np.inf
        for j in range(units):
            value = float(output[i, j])
            if np.isfinite(value):
                low, high = min(low, value), max(high, value)
        if low <= high:
            most = max(most, high - low)
            largest = max(largest, abs(low), abs(high))
    return most, largest
