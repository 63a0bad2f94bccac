"""The oracle: how a network trains, in plain NumPy, written the slow and obvious way.

It reads the fields of a frozen `Experiment` and computes everything itself; nothing of the simulator is imported.
Everything is float64 unless another `dtype` is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Known = Mapping[str, tuple[str, ...]]
Weights = list[tuple[Array, Array]]
"""(W, b) of every dense layer in order, the output layer last."""

OUTPUT_KEY = 0
# The kinds and fields that are known here. Others are judged by differences and by what they promise.
ACTIVATIONS: Known = {
    "linear": (),
    "sigmoid": (),
    "tanh": (),
    "relu": (),
    "leaky_relu": ("slope",),
    "elu": ("alpha",),
    "softplus": (),
}
PREPROCESSINGS: Known = {"none": (), "centre": ("divisor",), "standardise": ()}
SCHEMES: Known = {
    "xavier": ("distribution",),
    "he": ("distribution",),
    "glorot": ("distribution",),
    "lecun": ("distribution",),
    "normal": ("scale",),
    "uniform": ("width",),
    "zeros": (),
    "constant": ("value",),
}
RULES: Known = {
    "sgd": ("momentum",),
    "nesterov": ("momentum",),
    "adagrad": ("epsilon",),
    "rmsprop": ("decay", "epsilon"),
    "adam": ("beta1", "beta2", "epsilon"),
}
SCHEDULES: Known = {
    "constant": (),
    "decay": ("factor",),
    "step_decay": ("factor", "period"),
    "inverse_time": ("speed",),
    "cosine": ("length", "floor"),
}


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


def elu(x: Array, alpha: float) -> Array:
    return np.where(x > 0, x, x.dtype.type(alpha) * np.expm1(np.minimum(x, 0)))


def elu_slope(x: Array, alpha: float) -> Array:
    """`alpha` at 0."""
    return np.where(x > 0, np.ones_like(x), x.dtype.type(alpha) * np.exp(np.minimum(x, 0)))


def softplus(x: Array) -> Array:
    """log(1 + exp(x))."""
    return np.logaddexp(np.zeros_like(x), x)


def activation(entry: Any) -> tuple[Callable[[Array], Array], Callable[[Array], Array]]:
    """Return the function and its derivative of one entry of the network."""
    if entry.kind == "leaky_relu":
        return (lambda x: leaky_relu(x, entry.slope)), (lambda x: leaky_relu_slope(x, entry.slope))
    if entry.kind == "elu":
        return (lambda x: elu(x, entry.alpha)), (lambda x: elu_slope(x, entry.alpha))
    return {
        "linear": (linear, linear_slope),
        "sigmoid": (sigmoid, sigmoid_slope),
        "tanh": (tanh, tanh_slope),
        "relu": (relu, relu_slope),
        "softplus": (softplus, sigmoid),
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


def l1(weights: Weights, strength: float) -> float:
    """strength * sum of |W|; biases are free."""
    return float(sum(strength * np.abs(W).sum() for W, _ in weights))


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
    training = experiment.training
    penalty = l1(weights, training.l1) + l2(weights, training.l2)
    penalised = []
    for (dW, db), (W, _) in zip(gradients, weights, strict=True):
        real = W.dtype.type
        penalised.append((dW + real(training.l1) * np.sign(W) + real(training.l2) * W, db))
    return Losses(data + penalty, data, penalty), penalised


# --- what a run starts from ---


def draw(scheme: Any, seed: int, key: int, fan_in: int, fan_out: int) -> Array:
    """Draw weights (fan_in, fan_out): one stream of numbers for (seed, key), then the scheme."""
    shape = [fan_in, fan_out]
    rng = np.random.default_rng([seed, key])
    if scheme.kind == "constant":
        return np.full(shape, float(scheme.value))
    if scheme.kind == "zeros":
        return np.zeros(shape)
    if scheme.kind == "normal":
        return rng.standard_normal(shape) * scheme.scale
    if scheme.kind == "uniform":
        return rng.uniform(-scheme.width, scheme.width, shape)
    variance = {
        "xavier": 1 / fan_in,
        "lecun": 1 / fan_in,
        "he": 2 / fan_in,
        "glorot": 2 / (fan_in + fan_out),
    }[scheme.kind]
    if scheme.distribution == "uniform":
        return rng.uniform(-np.sqrt(3), np.sqrt(3), shape) * np.sqrt(variance)
    return rng.standard_normal(shape) * np.sqrt(variance)


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


def split(experiment: Any, labels: Array) -> tuple[Array, Array]:
    """Return the indices of the training and of the validation examples."""
    examples = len(labels)
    share, at_most = experiment.split.validation, experiment.split.at_most
    validating = round(share * examples)
    if share > 0 and validating == 0:
        validating = 1
    if at_most is not None and validating > at_most:
        validating = at_most
    if validating >= examples:
        validating = examples - 1
    order = list(range(examples))
    if experiment.split.order != "file":
        order = list(np.random.default_rng([experiment.seeds.data, 1]).permutation(examples))
    if experiment.split.order == "stratified":
        order = spread(order, labels)
    return np.array(order[: examples - validating], int), np.array(order[examples - validating :], int)


def spread(order: list[int], labels: Array) -> list[int]:
    """Return the order with the members of every class at equal distances, so that any stretch holds all classes."""
    places = []
    for label in sorted(set(labels)):
        members = [at for at, example in enumerate(order) if labels[example] == label]
        places += [((number + 0.5) / len(members), at) for number, at in enumerate(members)]
    return [order[at] for _, at in sorted(places)]


def preprocessed(experiment: Any, dataset: Any, dtype: DTypeLike = np.float64) -> tuple[Examples, Examples]:
    """Return the training and the validation examples; statistics come from all that may train, and no others."""
    raw = dataset.features.astype(np.float64)
    training, validation = split(experiment, dataset.labels)
    shift, divisor = np.zeros(raw.shape[1]), np.ones(raw.shape[1])
    for column in range(raw.shape[1]):
        values = raw[training, column]
        constant = values.min() == values.max()
        if experiment.preprocessing.kind in ("centre", "standardise"):
            shift[column] = values[0] if constant else values.sum() / len(values)
        if experiment.preprocessing.kind == "centre":
            divisor[column] = experiment.preprocessing.divisor
        if experiment.preprocessing.kind == "standardise" and not constant:
            divisor[column] = np.sqrt(((values - shift[column]) ** 2).sum() / len(values))
    features = ((raw - shift) / divisor).astype(dtype)
    training = training[: experiment.split.train_on]
    return (
        Examples(features[training], dataset.labels[training]),
        Examples(features[validation], dataset.labels[validation]),
    )


# --- training ---


def epoch_order(seed: int, epoch: int, examples: int) -> Array:
    """Return the order in which epoch 0, 1, 2 ... goes over the training examples."""
    return np.random.Generator(np.random.PCG64([seed, epoch])).permutation(examples)


def mini_batches(
    experiments: Mapping[int, Any], examples: int, steps: int
) -> Iterator[tuple[Any, Array, float, float]]:
    """Yield, for every step: the experiment in force, the indices of its mini-batch, the epochs before and after it.

    `experiments` maps a step to the experiment in force from it on; step 0 must be there.
    """
    epoch, offset = 0, 0
    experiment = experiments[0]
    for step in range(steps):
        experiment = experiments.get(step, experiment)
        order = epoch_order(experiment.seeds.order, epoch, examples)
        batch = order[offset : offset + experiment.training.batch_size]
        before = epoch + offset / examples
        offset += len(batch)
        if offset == examples:
            epoch, offset = epoch + 1, 0
        yield experiment, batch, before, epoch + offset / examples


def rate_factor(schedule: Any, epochs: float) -> float:
    """Return what the learning rate is multiplied by after so many epochs."""
    if schedule.kind == "decay":
        return float(schedule.factor ** np.floor(epochs))
    if schedule.kind == "step_decay":
        return float(schedule.factor ** np.floor(epochs / schedule.period))
    if schedule.kind == "inverse_time":
        return 1 / (1 + schedule.speed * epochs)
    if schedule.kind == "cosine":
        way = min(epochs / schedule.length, 1.0)
        return float(schedule.floor + (1 - schedule.floor) * (1 + np.cos(np.pi * way)) / 2)
    return {"constant": 1.0}[schedule.kind]


class Rule:
    """An update rule with what it keeps of one block; a new one for every block."""

    def __init__(self, kind: str, w: Array) -> None:
        self.kind = kind
        self.step = 0
        self.first, self.second = np.zeros_like(w), np.zeros_like(w)

    def update(self, optimizer: Any, rate: float, w: Array, dw: Array) -> Array:
        """Return the new weights."""
        real = w.dtype.type
        rate = real(rate)
        self.step += 1
        if self.kind == "sgd":
            self.first = real(optimizer.momentum) * self.first - rate * dw
            return w + self.first
        if self.kind == "nesterov":
            before, momentum = self.first, real(optimizer.momentum)
            self.first = momentum * before - rate * dw
            return w - momentum * before + (1 + momentum) * self.first
        if self.kind == "adagrad":
            self.second = self.second + dw**2
            return w - rate * dw / (np.sqrt(self.second) + real(optimizer.epsilon))
        if self.kind == "rmsprop":
            decay = real(optimizer.decay)
            self.second = decay * self.second + (1 - decay) * dw**2
            return w - rate * dw / (np.sqrt(self.second) + real(optimizer.epsilon))
        assert self.kind == "adam"
        beta1, beta2 = real(optimizer.beta1), real(optimizer.beta2)
        self.first = beta1 * self.first + (1 - beta1) * dw
        self.second = beta2 * self.second + (1 - beta2) * dw**2
        mean, square = self.first / (1 - beta1**self.step), self.second / (1 - beta2**self.step)
        return w - rate * mean / (np.sqrt(square) + real(optimizer.epsilon))


def clipped(gradients: Weights, limit: float | None) -> Weights:
    """Return the gradients, all made smaller together where their common norm exceeds the limit."""
    norm = np.sqrt(sum(float((g.astype(np.float64) ** 2).sum()) for pair in gradients for g in pair))
    if limit is None or norm <= limit:
        return gradients
    return [(dW * dW.dtype.type(limit / norm), db * db.dtype.type(limit / norm)) for dW, db in gradients]


def shrunk(W: Array, limit: float | None) -> Array:
    """Return W with the incoming weights of every unit (a column) shrunk to a norm of at most the limit."""
    if limit is None:
        return W
    norms = np.sqrt((W.astype(np.float64) ** 2).sum(axis=0))
    factors = np.where(norms > limit, limit / np.where(norms > 0, norms, 1.0), 1.0)
    return W * factors.astype(W.dtype)


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
    features = examples.features.astype(weights[0][0].dtype)
    losses = []
    rules: list[tuple[Rule, Rule]] = []
    in_force = {0: experiment, **(edits or {})}
    for now, batch, epochs, _ in mini_batches(in_force, len(examples.labels), steps):
        training = now.training
        if not rules or rules[0][0].kind != training.optimizer.kind:  # another rule starts with nothing kept
            rules = [(Rule(training.optimizer.kind, W), Rule(training.optimizer.kind, b)) for W, b in weights]
        loss, gradients = loss_and_gradients(now, weights, features[batch], examples.labels[batch])
        losses.append(loss)
        gradients = clipped(gradients, training.clip_norm)
        rate = training.learning_rate * rate_factor(training.schedule, epochs)
        updated = []
        for (W, b), (dW, db), (rule_W, rule_b) in zip(weights, gradients, rules, strict=True):
            W = rule_W.update(training.optimizer, rate, W, dW)
            b = rule_b.update(training.optimizer, rate, b, db)
            updated.append((shrunk(W, training.max_norm), b))
        weights = updated
    return Trained(losses, weights)


def accuracy(experiment: Any, weights: Weights, examples: Examples) -> float:
    """Share of the examples whose highest score is that of the right class; the first of equal scores counts."""
    scores = forward(experiment, weights, examples.features)[-1]
    return float((scores.argmax(axis=1) == examples.labels).mean())


def flat(weights: Weights) -> Array:
    """Return all parameters in one row: W then b of every dense layer, row by row."""
    return np.concatenate([part.ravel() for pair in weights for part in pair])
