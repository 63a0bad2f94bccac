"""The oracle: how a network trains, in plain NumPy, written the slow and obvious way.

It reads the fields of a frozen `Experiment` and computes everything itself; nothing of the simulator is imported.
Everything is float64 unless another `dtype` is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Weights = list[tuple[Array, Array]]
"""(W, b) of every dense layer in order, the output layer last."""

OUTPUT_KEY = 0


class Examples(NamedTuple):
    """What trains: features (n, d), preprocessed, and labels (n,)."""

    features: Array
    labels: Array


class Losses(NamedTuple):
    """Loss of a mini-batch before its update: total = data + penalty."""

    total: float
    data: float
    penalty: float


class Trained(NamedTuple):
    """What `train` gives back: the losses of every step, then the weights."""

    losses: list[Losses]
    weights: Weights


# --- layers ---


def dense(x: Array, W: Array, b: Array) -> Array:
    """y = x W + b."""
    return x @ W + b


def dense_backward(x: Array, W: Array, dy: Array) -> tuple[Array, Array, Array]:
    """Return dx, dW, db."""
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)


def linear(x: Array) -> Array:
    return x


def linear_slope(x: Array) -> Array:
    return np.ones_like(x)


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow on either side."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


def sigmoid_slope(x: Array) -> Array:
    return sigmoid(x) * (1 - sigmoid(x))


def tanh(x: Array) -> Array:
    return np.tanh(x)


def tanh_slope(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


def relu(x: Array) -> Array:
    return np.where(x > 0, x, np.zeros_like(x))


def relu_slope(x: Array) -> Array:
    """0 at 0."""
    return np.where(x > 0, np.ones_like(x), np.zeros_like(x))


def leaky_relu(x: Array, slope: float) -> Array:
    return np.where(x > 0, x, x.dtype.type(slope) * x)


def leaky_relu_slope(x: Array, slope: float) -> Array:
    """`slope` at 0."""
    return np.where(x > 0, np.ones_like(x), np.full_like(x, slope))


def activation(entry: Any) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """Return the function and its derivative of one entry of the network."""
    if entry.kind == "leaky_relu":
        return (lambda x: leaky_relu(x, entry.slope)), (lambda x: leaky_relu_slope(x, entry.slope))
    return {
        "linear": (linear, linear_slope),
        "sigmoid": (sigmoid, sigmoid_slope),
        "tanh": (tanh, tanh_slope),
        "relu": (relu, relu_slope),
    }[entry.kind]


# --- loss ---


def softmax(scores: Array) -> Array:
    """exp(s_j) / sum of exp(s), one row an example."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(scores: Array, labels: Array) -> tuple[float, Array]:
    """Return the mean of -log(share of the right class), and its gradient with respect to the scores."""
    count = len(labels)
    rows = np.arange(count)
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_shares = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = softmax(scores)
    gradient[rows, labels] -= 1
    return float(-log_shares[rows, labels].mean()), gradient / scores.dtype.type(count)


def l2(weights: Weights, strength: float) -> float:
    """0.5 * strength * sum of W squared; biases are free."""
    return float(sum(0.5 * strength * (W * W).sum() for W, _ in weights))


# --- the network ---


def forward(experiment: Any, weights: Weights, x: Array) -> list[Array]:
    """Return the input of every entry in order, then of the output layer, then the scores."""
    remaining = iter(weights)
    values = [x]
    for entry in experiment.network:
        if entry.kind == "dense":
            values.append(dense(values[-1], *next(remaining)))
        else:
            values.append(activation(entry)[0](values[-1]))
    values.append(dense(values[-1], *next(remaining)))
    return values


def backward(experiment: Any, weights: Weights, values: list[Array], dscores: Array) -> tuple[Weights, list[Array]]:
    """Return (dW, db) of every dense layer in order, and dL/d(each of `values`)."""
    gradients: Weights = []
    remaining = list(weights)
    deltas = [dscores]
    for entry, x in reversed([*zip(experiment.network, values, strict=False), (None, values[-2])]):
        if entry is None or entry.kind == "dense":
            dx, dW, db = dense_backward(x, remaining.pop()[0], deltas[0])
            gradients.insert(0, (dW, db))
        else:
            dx = deltas[0] * activation(entry)[1](x)
        deltas.insert(0, dx)
    return gradients, deltas


def loss_and_gradients(experiment: Any, weights: Weights, x: Array, labels: Array) -> tuple[Losses, Weights]:
    """Return the loss of a mini-batch and the gradient of the whole of it, penalty included."""
    values = forward(experiment, weights, x)
    data, dscores = softmax_cross_entropy(values[-1], labels)
    gradients, _ = backward(experiment, weights, values, dscores)
    strength = experiment.training.l2
    penalty = l2(weights, strength)
    gradients = [(dW + W.dtype.type(strength) * W, db) for (dW, db), (W, _) in zip(gradients, weights, strict=True)]
    return Losses(data + penalty, data, penalty), gradients


# --- what a run starts from ---


def draw(scheme: Any, seed: int, key: int, fan_in: int, fan_out: int) -> Array:
    """Draw weights (fan_in, fan_out): standard normal numbers of (seed, key), then the scheme."""
    normal = np.random.default_rng([seed, key]).standard_normal([fan_in, fan_out])
    if scheme.kind == "constant":
        return np.full((fan_in, fan_out), float(scheme.value))
    if scheme.kind == "zeros":
        return np.zeros((fan_in, fan_out))
    factor = {
        "xavier": lambda: 1 / np.sqrt(fan_in),
        "he": lambda: 1 / np.sqrt(fan_in / 2),
        "normal": lambda: scheme.scale,
    }[scheme.kind]
    return normal * factor()


def initial_weights(experiment: Any, width: int, classes: int, dtype: DTypeLike = np.float64) -> Weights:
    """Return the weights at the start for data of `width` features and so many classes."""
    seed = experiment.seeds.weights
    weights = []
    for entry in experiment.network:
        if entry.kind == "dense":
            W = draw(entry.weights, seed, entry.key, width, entry.units)
            weights.append((W.astype(dtype), np.full(entry.units, entry.bias, dtype)))
            width = entry.units
    W = draw(experiment.output.weights, seed, OUTPUT_KEY, width, classes)
    weights.append((W.astype(dtype), np.full(classes, experiment.output.bias, dtype)))
    return weights


def split(experiment: Any, examples: int) -> tuple[Array, Array]:
    """Return the indices of the training and of the validation examples."""
    share = experiment.split.validation
    validating = round(share * examples)
    if share > 0 and validating == 0 and examples > 1:
        validating = 1
    if validating == examples:
        validating = examples - 1
    order = np.arange(examples)
    if experiment.split.order == "shuffled":
        order = np.random.default_rng([experiment.seeds.data, 1]).permutation(examples)
    return order[: examples - validating], order[examples - validating :]


def preprocessed(experiment: Any, dataset: Any, dtype: DTypeLike = np.float64) -> tuple[Examples, Examples]:
    """Return the training and the validation examples; statistics come from the training ones alone."""
    raw = dataset.features.astype(np.float64)
    training, validation = split(experiment, len(raw))
    shift, divisor = np.zeros(raw.shape[1]), np.ones(raw.shape[1])
    for column in range(raw.shape[1]):
        values = raw[training, column]
        constant = values.min() == values.max()
        if experiment.preprocessing.kind in ("centre", "standardise"):
            shift[column] = values[0] if constant else values.sum() / len(values)
        if experiment.preprocessing.kind == "standardise" and not constant:
            divisor[column] = np.sqrt(((values - shift[column]) ** 2).sum() / len(values))
    features = ((raw - shift) / divisor).astype(dtype)
    return (
        Examples(features[training], dataset.labels[training]),
        Examples(features[validation], dataset.labels[validation]),
    )


# --- training ---


def epoch_order(seed: int, epoch: int, examples: int) -> Array:
    """Return the order in which epoch 0, 1, 2 ... goes over the training examples."""
    return np.random.Generator(np.random.PCG64([seed, epoch])).permutation(examples)


def mini_batches(experiments: Mapping[int, Any], examples: int, steps: int) -> Iterator[tuple[Any, Array, float]]:
    """Yield, for every step: the experiment in force, the indices of its mini-batch, the epochs done after it.

    `experiments` maps a step to the experiment in force from it on; step 0 must be there.
    """
    epoch, offset = 0, 0
    experiment = experiments[0]
    for step in range(steps):
        experiment = experiments.get(step, experiment)
        order = epoch_order(experiment.seeds.order, epoch, examples)
        batch = order[offset : offset + experiment.training.batch_size]
        offset += len(batch)
        if offset == examples:
            epoch, offset = epoch + 1, 0
        yield experiment, batch, epoch + offset / examples


def train(
    experiment: Any,
    weights: Weights,
    steps: int,
    examples: Examples,
    edits: Mapping[int, Any] | None = None,
) -> Trained:
    """Train for so many steps, one mini-batch a step, in the dtype of `weights`.

    `edits` maps a step to the whole experiment in force from it on.
    """
    dtype = weights[0][0].dtype.type
    features = examples.features.astype(dtype)
    weights = [(W.copy(), b.copy()) for W, b in weights]
    velocities = [(np.zeros_like(W), np.zeros_like(b)) for W, b in weights]
    losses = []
    optimizer = experiment.training.optimizer.kind
    in_force = {0: experiment, **(edits or {})}
    for now, batch, _ in mini_batches(in_force, len(examples.labels), steps):
        if now.training.optimizer.kind != optimizer:  # the slots of another optimiser start at zero
            optimizer = now.training.optimizer.kind
            velocities = [(np.zeros_like(W), np.zeros_like(b)) for W, b in weights]
        loss, gradients = loss_and_gradients(now, weights, features[batch], examples.labels[batch])
        losses.append(loss)
        rate, momentum = dtype(now.training.learning_rate), dtype(now.training.optimizer.momentum)
        for block, gradient in enumerate(gradients):
            velocities[block] = tuple(momentum * v - rate * g for v, g in zip(velocities[block], gradient, strict=True))
            weights[block] = tuple(w + v for w, v in zip(weights[block], velocities[block], strict=True))
    return Trained(losses, weights)


def accuracy(experiment: Any, weights: Weights, examples: Examples) -> float:
    """Share of the examples whose highest score is that of the right class; the first of equal scores counts."""
    scores = forward(experiment, weights, examples.features)[-1]
    return float((scores.argmax(axis=1) == examples.labels).mean())


def flat(weights: Weights) -> Array:
    """Return all parameters in one row: W then b of every dense layer, row by row."""
    return np.concatenate([part.ravel() for pair in weights for part in pair])
