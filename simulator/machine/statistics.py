"""Counts and moments of arrays, for frames. Selections instead of branches: zeros of ReLU come at random."""

import numpy as np

from simulator.machine.compiled import machine_function


@machine_function
def summarise(values, limit, counts):
    """Count `values` into the bins of `counts` over [-limit, limit]; exact zeros are left out of the bins.

    Returns (mean, standard deviation, sum of squares, below, above, not finite, zeros); the moments are over the
    finite values.
    """
    bins = counts.size
    width = bins / (2.0 * limit)
    # below, the bins, above, zeros, not finite; in two rows, so that a bin is not waited for
    tally = np.zeros((2, bins + 4), np.int64)
    total = squares = 0.0
    for i in range(values.size):
        finite = np.isfinite(values[i])
        value = np.float64(values[i]) if finite else 0.0
        total += value
        squares += value * value
        place = int(min(max((value + limit) * width, 0.0), bins - 1.0)) + 1
        place = 0 if value < -limit else place
        place = bins + 1 if value > limit else place
        place = bins + 2 if value == 0 else place
        place = place if finite else bins + 3
        tally[i & 1, place] += 1
    found = tally[0] + tally[1]
    for place in range(bins):
        counts[place] += found[place + 1]
    below, above, zeros, bad = found[0], found[bins + 1], found[bins + 2], found[bins + 3]
    good = values.size - bad
    if good == 0:
        return np.nan, np.nan, np.nan, below, above, bad, zeros
    mean = total / good
    spread = 0.0
    for i in range(values.size):
        away = np.float64(values[i]) - mean
        away = away if np.isfinite(away) else 0.0
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
    alive = np.zeros(units, np.uint8)
    saturated = blocked = 0
    for i in range(batch):
        for j in range(units):
            y, d = output[i, j], derivative[i, j]
            alive[j] |= (y != 0) | (d != 0)
            saturated += (y < low) | (y > high)
            blocked += abs(d) < 1e-3
    dead = 0
    for j in range(units):
        dead += alive[j] == 0
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
