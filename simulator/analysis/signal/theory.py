"""What layers of random weights do to a signal on average, if they are wide (slides D2 to D6).

Forward: the sums of a layer are normal numbers of variance q, and q' = s^2 * fan_in * E[phi(sqrt(q) z)^2] for z from
N(0, 1) and weights of variance s^2. Backward: the mean square g of dL/dh becomes
g = g' * s^2 * fan_out * E[phi'(sqrt(q) z)^2] one layer below (Poole et al. 2016; Schoenholz et al. 2017).

The expectations are integrals over panels that shrink towards 0 on both sides. Gauss-Hermite, which comes to mind
first, has nodes about 0.3 apart: it sees nothing of tanh(22 z), which bends within 0.05 (slide D3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.signal.layer_signal import Theory
from simulator.initializers import Initializer

Numbers = NDArray[np.float64]
Curve = Callable[[Numbers], tuple[Numbers, Numbers]]
"""x -> phi(x), phi'(x)."""

PANELS: Final = (0.0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 1.5, 3.0, 5.0, 8.0)
NODES: Final = 10
"""On each panel."""
GROUPS: Final = 16
"""Examples are taken together by their size: those of one group count as equally long."""
POINTS: Final = GROUPS * 2 * NODES * (len(PANELS) - 1)
"""How many numbers the curve is asked about at a time."""


def normal_rule() -> tuple[Numbers, Numbers]:
    """Return nodes z and weights w with sum(w * f(z)) = E[f(z)] for z from N(0, 1); f may bend sharply at 0."""
    roots, weights = np.polynomial.legendre.leggauss(NODES)
    low, high = np.array(PANELS[:-1])[:, None], np.array(PANELS[1:])[:, None]
    half = (high - low) / 2
    z = (low + half + half * roots).ravel()
    w = (half * weights).ravel() * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    w /= 2 * w.sum()
    return np.concatenate([-z[::-1], z]), np.concatenate([w[::-1], w])


@dataclass(frozen=True, eq=False)
class Entering:
    """What theory needs to know of the input.

    Attributes
    ----------
    squares
        float64 (groups,): the mean square of the features of each group of examples.
    spread
        The variance of a feature over the examples, mean over the features.
    """

    examples: int
    features: int
    squares: Numbers
    spread: float

    @classmethod
    def of(cls, x: NDArray[Any]) -> "Entering":
        """Return it for an input x (examples, features)."""
        sizes = np.sort((x.astype(np.float64) ** 2).mean(axis=1))
        parts = np.array_split(sizes, GROUPS)
        squares = np.array([part.mean() if part.size else sizes.mean() for part in parts])
        return cls(x.shape[0], x.shape[1], squares, float(x.var(axis=0, dtype=np.float64).mean()))


def expected_signal(scheme: Initializer, curve: Curve, layers: int, units: int, entering: Entering) -> Theory | None:
    """Return what is expected of `layers` layers of `units` units, all drawn by `scheme`, biases 0.

    Parameters
    ----------
    curve
        The activation; called with `POINTS` numbers.

    Returns
    -------
    Theory | None
        None where the weights are not random numbers of mean 0.
    """
    fan_in = entering.features
    if scheme.variance(fan_in, units) is None:
        return None
    z, w = normal_rule()
    square, spread = entering.squares, entering.spread
    means, stds, squares, derivatives, sizes = [], [], [square], [], []
    for _layer in range(layers):
        size = _weight_variance(scheme, fan_in, units, float(square.mean()), spread)
        q = np.ones(GROUPS) if scheme.fits == "unit" else size * fan_in * square
        value, derivative = curve(np.sqrt(q)[:, None] * z)
        mean = float((value @ w).mean())
        square = (value**2) @ w
        spread = float(square.mean()) - mean**2
        means.append(mean)
        stds.append(np.sqrt(max(spread, 0.0)))
        squares.append(square)
        derivatives.append((derivative**2) @ w)
        sizes.append(size)
        fan_in = units
    # a unit Gaussian gradient enters at the last layer
    back = np.ones(GROUPS)
    gradients, weight_gradients = [back], []
    for layer in reversed(range(layers)):
        sums = back * derivatives[layer]
        weight_gradients.append(np.sqrt((squares[layer] * sums).mean() / entering.examples))
        back = sums * sizes[layer] * units
        gradients.append(back)
    rms = [float(np.sqrt(each.mean())) for each in gradients[::-1]]
    return Theory(
        mean=np.array(means),
        std=np.array(stds),
        gradient=np.array(rms[1:]),
        weight_gradient=np.array(weight_gradients[::-1]),
        input_gradient=rms[0],
    )


def _weight_variance(scheme: Initializer, fan_in: int, units: int, square: float, spread: float) -> float:
    """Return the variance of a weight; schemes that look at the data choose it so that the sums have variance 1."""
    # within a unit, what all examples share goes into the bias
    seen = spread if scheme.fits == "unit" else square
    if scheme.fits:
        return 1.0 / (fan_in * seen) if seen > 0 else 0.0
    return scheme.variance(fan_in, units) or 0.0
