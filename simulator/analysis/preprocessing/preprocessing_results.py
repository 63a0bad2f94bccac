"""What the preprocessing lens shows, as values: no numba, so that the window knows them at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.landscape.loss_bowl import Bowl
from simulator.data.preprocessing import Preprocessing
from simulator.message import Message
from simulator.training.frames.curves import LossCurve

Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FeatureCloud:
    """The training examples in the plane of two coordinates, with their moments (divided by n).

    Attributes
    ----------
    names
        Of the two coordinates.
    points
        Shape (n, 2).
    mean, std, covariance
        Shapes (2,), (2,) and (2, 2).
    bowl
        The loss of a linear neuron with these two inputs.
    """

    names: tuple[Message, Message]
    points: Real
    mean: Real
    std: Real
    covariance: Real
    bowl: Bowl

    def ellipse(self, points: int = 121) -> Real:
        """Return the closed curve (points, 2) one standard deviation from the mean, in every direction."""
        variances, directions = np.linalg.eigh(self.covariance)
        angle = np.linspace(0, 2 * np.pi, points)
        circle = np.stack([np.cos(angle), np.sin(angle)])
        return np.asarray(self.mean + (directions * np.sqrt(np.maximum(variances, 0)) @ circle).T)


@dataclass(frozen=True)
class FeatureSpread:
    """All coordinates together.

    Attributes
    ----------
    features, constant
        How many there are, and how many of them have one value throughout.
    largest_mean
        The mean that is furthest from 0, without its sign.
    stds
        The least and the largest standard deviation of those that vary; (0, 0) where none does.
    largest_covariance
        The largest covariance of two different ones, without its sign; 0 where there is only one.
    condition, directions
        Condition number of the Hessian of a linear neuron with all inputs and no bias, over the directions in which it
        curves at all, and how many those are.
    """

    features: int
    constant: int
    largest_mean: float
    stds: tuple[float, float]
    largest_covariance: float
    condition: float
    directions: int


@dataclass(frozen=True, eq=False)
class PreparedSide:
    """The data before, or after."""

    cloud: FeatureCloud
    spread: FeatureSpread


@dataclass(frozen=True, eq=False)
class PreparedPictures:
    """What centring means for pictures (slide C2). PreparedPictures are (height, width) or (height, width, colours).

    Attributes
    ----------
    mean_image
        The mean of the training examples, pixel by pixel.
    colour_means
        One number a colour, over all pixels of the training examples; one number for grey pictures.
    before, after
        One training example; None where what comes out is no picture any more.
    number, label
        Which one it is (from 0) and its class.
    """

    mean_image: Real
    colour_means: Real
    before: Real
    after: Real | None
    number: int
    label: str


@dataclass(frozen=True, eq=False)
class PreprocessingView:
    """Data before and after one preprocessing, measured on training examples alone.

    Attributes
    ----------
    preprocessing
        What is done.
    offered
        Ids of all that these data can be given.
    measured, training, examples
        How many examples are looked at here, train, and there are.
    labels, class_names
        Class of each point, int64 (measured,), and the classes.
    features
        Indices of the two raw features that are drawn.
    note
        What the preprocessing says of itself, such as how many components it keeps.
    pictures
        None where an example is no picture.
    """

    preprocessing: Preprocessing
    offered: tuple[str, ...]
    measured: int
    training: int
    examples: int
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    features: tuple[int, int]
    before: PreparedSide
    after: PreparedSide
    note: Message | None
    pictures: PreparedPictures | None


@dataclass(frozen=True, eq=False)
class LossRun:
    """Short trainings on data given one preprocessing, one at each learning rate.

    Attributes
    ----------
    preprocessing
        What the data were given.
    rates, lasts
        Learning rates, and the data loss of the same training examples after the steps, in evaluation mode; both
        (rates,). NaN where a training was not made, infinite where it ended in no finite number.
    first
        That loss before the first step.
    best
        Index of the rate with the least loss after the steps; None where no training came to an end.
    curve
        Losses of the mini-batches at that rate, or of the training that is being made.
    """

    preprocessing: Preprocessing
    rates: Real
    lasts: Real
    first: float
    best: int | None
    curve: LossCurve

    @property
    def last(self) -> float:
        """The least loss after the steps; NaN before there is one."""
        return float("nan") if self.best is None else float(self.lasts[self.best])

    @property
    def rate(self) -> float:
        """The learning rate that led to it; NaN before there is one."""
        return float("nan") if self.best is None else float(self.rates[self.best])


@dataclass(frozen=True, eq=False)
class TrainingEffect:
    """The same network, first weights and order of mini-batches on data without and with a preprocessing.

    Attributes
    ----------
    runs
        Without first, then with.
    steps
        Of each training.
    examples
        How many training examples the losses after the steps are measured on.
    untrained
        The loss of a network that knows nothing.
    complete
        Whether all trainings were made.
    """

    runs: tuple[LossRun, ...]
    steps: int
    examples: int
    untrained: float
    complete: bool
