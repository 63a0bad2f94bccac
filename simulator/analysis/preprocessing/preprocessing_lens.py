"""Looks at data before and after preprocessing: moments, covariance, loss of a linear neuron, pictures (C1, C2)."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.landscape.loss_bowl import FLAT, bowl_of, condition_number
from simulator.analysis.preprocessing.preprocessing_results import (
    FeatureCloud,
    FeatureSpread,
    PreparedPictures,
    PreparedSide,
    PreprocessingView,
    Real,
)
from simulator.data.preprocessing import PREPROCESSINGS, Preprocessing, Transform
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

LARGEST_SAMPLE = 2000
COLOURS = (N_("red"), N_("green"), N_("blue"))


class PreprocessingLens:
    """The training examples of an experiment, at most `LARGEST_SAMPLE` of them; keeps what was measured once.

    Statistics come from these examples alone: no validation example is looked at.
    """

    def __init__(self, experiment: Experiment) -> None:
        seed = experiment.seeds.data
        dataset = experiment.data.load(seed)
        training, _validation = experiment.split.indices(dataset.labels, seed)
        self.experiment = experiment
        self.dataset = dataset
        self.training = training
        self.sample = training[:LARGEST_SAMPLE]
        self.raw = dataset.features[self.sample]
        self._fitted: dict[Preprocessing, tuple[Transform, NDArray[np.float32], FeatureSpread]] = {}

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Ids of the preprocessings that these data can be given."""
        pictures = self.dataset.image_shape is not None
        return tuple(kind for kind, made in PREPROCESSINGS.items() if pictures or not made.for_pictures)

    @cached_property
    def features(self) -> tuple[int, int]:
        """The feature that varies most, and the one that goes with it most: those drawn unless others are asked for."""
        if self.dataset.width < 3:
            return 0, self.dataset.width - 1
        values = self.raw.astype(np.float64)
        values -= values.mean(axis=0)
        first = int(np.argmax(values.var(axis=0)))
        together = np.abs(values.T @ values[:, first])
        together[first] = -1
        return first, int(np.argmax(together))

    def look(
        self, preprocessing: Preprocessing, features: tuple[int, int] | None = None, picture: int = 0
    ) -> PreprocessingView:
        """Return the data before and after `preprocessing`.

        Parameters
        ----------
        features
            The two raw features to draw; after a change of axes the first two components are drawn.
        picture
            Which training example to show, from 0, where examples are pictures.

        Raises
        ------
        ExperimentError
            If the data are not of the kind that the preprocessing is for.
        """
        features = features or self.features
        transform, values, spread = self._measured(preprocessing)
        return PreprocessingView(
            preprocessing=preprocessing,
            offered=self.offered,
            measured=self.sample.size,
            training=self.training.size,
            examples=self.dataset.examples,
            labels=self.dataset.labels[self.sample],
            class_names=self.dataset.class_names,
            features=features,
            before=PreparedSide(self._cloud(self.raw, features, self._names(features)), self._raw_spread),
            after=PreparedSide(self._cloud(values, *self._places(transform, values, features)), spread),
            note=transform.note,
            pictures=self._pictures(transform, values, picture % self.sample.size),
        )

    @cached_property
    def _raw_spread(self) -> FeatureSpread:
        return spread_of(self.raw)

    @cached_property
    def _mean_image(self) -> Real:
        return np.asarray(self.raw.mean(axis=0, dtype=np.float64))

    def _measured(self, preprocessing: Preprocessing) -> tuple[Transform, NDArray[np.float32], FeatureSpread]:
        if preprocessing not in self._fitted:
            transform = preprocessing.fit(self.raw, self.dataset.image_shape)
            values = transform.apply(self.raw)
            self._fitted[preprocessing] = transform, values, spread_of(values)
        return self._fitted[preprocessing]

    def _cloud(self, values: NDArray[Any], features: tuple[int, int], names: tuple[Message, Message]) -> FeatureCloud:
        points = values[:, list(features)].astype(np.float64)
        if features[0] == features[1]:
            points[:, 1] = 0.0  # one feature alone is a line
        targets = np.where(self.dataset.labels[self.sample] == 0, 1.0, -1.0)
        covariance = np.cov(points.T, bias=True)
        return FeatureCloud(
            names, points, points.mean(axis=0), points.std(axis=0), covariance, bowl_of(points, targets)
        )

    def _places(
        self, transform: Transform, values: NDArray[np.float32], features: tuple[int, int]
    ) -> tuple[tuple[int, int], tuple[Message, Message]]:
        if transform.matrix is None:
            return features, self._names(features)
        text = N_("component {number}")
        return (0, min(1, values.shape[1] - 1)), (Message(text, {"number": 1}), Message(text, {"number": 2}))

    def _names(self, features: tuple[int, int]) -> tuple[Message, Message]:
        return self._name(features[0]), self._name(features[1])

    def _name(self, feature: int) -> Message:
        shape = self.dataset.image_shape
        if shape is None:
            named = feature < len(self.dataset.feature_names)
            text = "{name}" if named else N_("feature {name}")
            return Message(text, {"name": self.dataset.feature_names[feature] if named else feature + 1})
        place = np.unravel_index(feature, shape)
        values: dict[str, object] = {"row": int(place[0]) + 1, "column": int(place[1]) + 1}
        if len(shape) == 3:
            return Message(
                N_("{colour} in row {row}, column {column}"), {"colour": Message(COLOURS[place[2]]), **values}
            )
        return Message(N_("pixel in row {row}, column {column}"), values)

    def _pictures(self, transform: Transform, values: NDArray[np.float32], number: int) -> PreparedPictures | None:
        shape = self.dataset.image_shape
        if shape is None:
            return None
        colours = shape[2] if len(shape) == 3 else 1
        label = int(self.dataset.labels[self.sample[number]])
        return PreparedPictures(
            mean_image=self._mean_image.reshape(shape),
            colour_means=self._mean_image.reshape(-1, colours).mean(axis=0),
            before=self.raw[number].reshape(shape).astype(np.float64),
            after=values[number].reshape(shape).astype(np.float64) if transform.matrix is None else None,
            number=number,
            label=self.dataset.class_names[label],
        )


def spread_of(values: NDArray[Any]) -> FeatureSpread:
    """Measure all columns of `values` (n, d) in float64."""
    wide = values.astype(np.float64)
    mean, std = wide.mean(axis=0), wide.std(axis=0)
    varying = std[std > 0]
    second = wide @ wide.T if len(wide) < wide.shape[1] else wide.T @ wide
    curvatures: Real = np.asarray(np.linalg.eigvalsh(second / len(wide)), np.float64)
    curvatures = curvatures[curvatures > FLAT * max(float(curvatures[-1]), 0.0)]
    wide -= mean
    covariance = np.abs(wide.T @ wide) / len(wide)
    np.fill_diagonal(covariance, 0.0)
    return FeatureSpread(
        features=wide.shape[1],
        constant=int(np.sum(std == 0)),
        largest_mean=float(np.abs(mean).max()),
        stds=(float(varying.min()), float(varying.max())) if varying.size else (0.0, 0.0),
        largest_covariance=float(covariance.max()),
        condition=condition_number(curvatures) if curvatures.size else np.inf,
        directions=curvatures.size,
    )
