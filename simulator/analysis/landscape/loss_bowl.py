"""The loss of a linear neuron over its two weights: a bowl that is round, or a long valley (slide C1)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float64]

FLAT = 1e-12  # of the largest curvature: less is the arithmetic's own noise
NEARER = 100.0  # times: how far a descent has to come


@dataclass(frozen=True, eq=False)
class Bowl:
    """L(w) = mean of (w·x - y)² / 2 over the examples, with no bias: exactly a parabola in every direction.

    Attributes
    ----------
    hessian
        X^T X / n, shape (2, 2).
    minimum
        The weights of the least loss, shape (2,).
    lowest
        The loss there.
    curvatures
        Eigenvalues of the Hessian, the larger first, shape (2,).
    directions
        Their unit directions as columns, shape (2, 2).
    """

    hessian: Real
    minimum: Real
    lowest: float
    curvatures: Real
    directions: Real

    @property
    def condition(self) -> float:
        """The condition number: the larger curvature over the smaller. 1 is a round bowl; infinite, a gutter."""
        return condition_number(self.curvatures)

    @property
    def rate(self) -> float:
        """The constant learning rate at which descent comes nearest at every step: 2 / (sum of the curvatures)."""
        total = float(self.curvatures.sum())
        return 2.0 / total if total > 0 else 0.0

    @property
    def steps(self) -> float:
        """Steps at that rate until what is left of the way is a hundredth, from the worst start; may be infinite.

        Every step leaves the share (condition - 1) / (condition + 1) of it.
        """
        left = (self.condition - 1) / (self.condition + 1) if math.isfinite(self.condition) else 1.0
        if left >= 1:
            return math.inf
        return max(1.0, math.log(NEARER) / -math.log(left)) if left > 1 / NEARER else 1.0

    @property
    def outer_rise(self) -> float:
        """How much the loss rises from the minimum to weights of 0, at least a hundredth of the loss at 0.

        The natural size of the picture: training that begins at 0 begins on this line.
        """
        at_zero = float(self.loss(np.zeros(2)))
        return max(at_zero - self.lowest, 0.01 * at_zero)

    @property
    def worst_start(self) -> Real:
        """A place on that line from which both curvatures count alike, shape (2,)."""
        return np.asarray(self.minimum + self.directions @ np.sqrt(self.outer_rise / self.curvatures))

    def loss(self, weights: Real) -> Real:
        """Return the loss at `weights` (..., 2)."""
        away = weights - self.minimum
        return np.asarray(self.lowest + 0.5 * np.einsum("...i,ij,...j->...", away, self.hessian, away))

    def ellipse(self, rise: float, points: int = 181) -> Real:
        """Return the closed curve (points, 2) on which the loss is `rise` above the least; both curvatures > 0."""
        angle = np.linspace(0, 2 * np.pi, points)
        circle = np.stack([np.cos(angle), np.sin(angle)])
        axes = self.directions * np.sqrt(2 * rise / self.curvatures)
        return np.asarray(self.minimum + (axes @ circle).T)

    def descent(self, start: Real, steps: int) -> Real:
        """Return the places (steps + 1, 2) of a descent by the whole gradient, at the best constant rate."""
        places = [np.asarray(start, np.float64)]
        for _step in range(steps):
            places.append(places[-1] - self.rate * self.hessian @ (places[-1] - self.minimum))
        return np.array(places)


def bowl_of(points: Real, targets: Real) -> Bowl:
    """Return the bowl of examples (n, 2) with targets (n,). Along a flat direction the minimum has no weight."""
    hessian = points.T @ points / len(points)
    curvatures, directions = np.linalg.eigh(hessian)
    curvatures = np.where(curvatures > FLAT * curvatures[-1], curvatures, 0.0)[::-1]
    directions = directions[:, ::-1]
    inverse = np.divide(1.0, curvatures, out=np.zeros(2), where=curvatures > 0)
    minimum = directions @ (inverse * (directions.T @ (points.T @ targets / len(points))))
    lowest = 0.5 * float(np.mean(np.square(points @ minimum - targets)))
    return Bowl(hessian, minimum, lowest, curvatures, directions)


def condition_number(curvatures: Real) -> float:
    """Return the largest over the smallest of curvatures >= 0; infinite where one of them is 0."""
    least, largest = float(curvatures.min()), float(curvatures.max())
    return largest / least if least > 0 else math.inf
