"""The oracle: how a network trains, in plain NumPy, written the slow and obvious way.

It reads the fields of a frozen `Experiment` and computes everything itself; nothing of the simulator is imported.
Everything is float64 unless another `dtype` is asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]
Known = Mapping[str, tuple[str, ...]]
Weights = list[tuple[Array, ...]]
"""The parameters of every layer that has some, in order, the output layer last: see `PARAMETERS`."""
Statistics = dict[int, tuple[Array, Array]]
"""Running mean and variance of every batch norm, by its place in the network."""

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
OTHER_LAYERS: Known = {
    "dense": ("units", "weights", "bias", "key"),
    "maxout": ("units", "pieces", "weights", "bias", "key"),
    "batch_norm": ("momentum", "epsilon", "test"),
    "prelu": ("slope", "shared"),
    "dropout": ("probability",),
}
LOSSES: Known = {"softmax_cross_entropy": ()}
PARAMETERS = {"dense": 2, "maxout": 2, "batch_norm": 2, "prelu": 1}
"""How many arrays: W and b of dense and maxout, gamma and beta of batch norm, the slopes a of PReLU."""
PENALISED = ("dense", "maxout")
"""Where the first array is weights: what penalties and the largest norm are about."""
PREPROCESSINGS: Known = {"none": (), "centre": ("divisor",), "standardise": ()}
SCHEMES: Known = {
    "xavier": ("distribution", "gain"),
    "he": ("distribution", "gain"),
    "glorot": ("distribution", "gain"),
    "lecun": ("distribution", "gain"),
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
    """What `train` gives back: the losses of every step, then the weights and the running statistics."""

    losses: list[Losses]
    weights: Weights
    running: Statistics


class Pass(NamedTuple):
    """How examples go through layers that behave differently while the network trains.

    Attributes
    ----------
    training
        Whether batch norm takes the statistics of the batch and dropout drops.
    running
        What batch norm takes otherwise; a layer that is not in it is as at the start.
    kept
        Which values (batch, units) a dropout keeps, by its place in the network.
    """

    training: bool = False
    running: Mapping[int, tuple[Array, Array]] = MappingProxyType({})
    kept: Mapping[int, Array] = MappingProxyType({})


AT_THE_START = Pass()


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


def prelu(x: Array, a: Array) -> Array:
    """A slope for every unit, or one for all."""
    return np.where(x > 0, x, a * x)


def prelu_backward(x: Array, a: Array, dy: Array) -> tuple[Array, Array]:
    """Return dx, da; the slope at 0 is a."""
    da = np.where(x > 0, np.zeros_like(x), x * dy).sum(axis=0)
    return np.where(x > 0, dy, a * dy), da if len(a) > 1 else da.sum(keepdims=True)


def maxout(x: Array, W: Array, b: Array, pieces: int) -> tuple[Array, Array]:
    """Return the largest piece of every unit (batch, units), and which it was; the first of equal ones."""
    z = (x @ W + b).reshape(len(x), -1, pieces)
    largest = z.argmax(axis=2)
    return z.max(axis=2), largest


def maxout_backward(x: Array, W: Array, b: Array, pieces: int, dy: Array) -> tuple[Array, Array, Array]:
    """Return dx, dW, db: the gradient goes to the largest piece alone."""
    _, largest = maxout(x, W, b, pieces)
    dz = np.zeros((*dy.shape, pieces), dy.dtype)
    for example, unit in np.ndindex(dy.shape):
        dz[example, unit, largest[example, unit]] = dy[example, unit]
    return dense_backward(x, W, dz.reshape(len(x), -1))


def statistics(x: Array) -> tuple[Array, Array]:
    """Return mean and variance of every unit over the batch."""
    mean = x.sum(axis=0) * (x.dtype.type(1) / x.dtype.type(len(x)))
    return mean, ((x - mean) ** 2).sum(axis=0) / x.dtype.type(len(x))


def batch_norm(x: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float) -> Array:
    """Return gamma * (x - mean) / sqrt(variance + epsilon) + beta."""
    return gamma * ((x - mean) / np.sqrt(variance + x.dtype.type(epsilon))) + beta


def batch_norm_backward(
    x: Array, gamma: Array, mean: Array, variance: Array, epsilon: float, dy: Array, own: bool
) -> tuple[Array, Array, Array]:
    """Return dx, dgamma, dbeta; `own` says that mean and variance are those of x and move with it."""
    root = np.sqrt(variance + x.dtype.type(epsilon))
    xhat = (x - mean) / root
    dxhat = dy * gamma
    dx = dxhat / root
    if own:
        dx = (dxhat - dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)) / root
    return dx, (dy * xhat).sum(axis=0), dy.sum(axis=0)


def carried(running: tuple[Array, Array], x: Array, momentum: float) -> tuple[Array, Array]:
    """Return the running mean and variance after the batch x; the variance is that of a sample, over n - 1."""
    keep = x.dtype.type(momentum)
    mean, variance = statistics(x)
    unbiased = variance * x.dtype.type(len(x)) / x.dtype.type(max(len(x) - 1, 1))
    return keep * running[0] + (1 - keep) * mean, keep * running[1] + (1 - keep) * unbiased


def dropout_kept(seed: int, step: int, operation: int, shape: tuple[int, int], probability: float) -> Array:
    """Return which values of a batch dropout keeps: a hash (the finaliser of splitmix64) of where and when, in ints."""
    ring = 2**64
    limit = int(float(probability) * 2**53)
    start = seed * 0xA0761D6478BD642F + step * 0xD1B54A32D192ED03 + operation * 0x8CB92BA72F3D8DD7
    kept = []
    for place in range(shape[0] * shape[1]):
        z = (start + place * 0x9E3779B97F4A7C15) % ring
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % ring
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % ring
        kept.append((z ^ (z >> 31)) >> 11 >= limit)
    return np.array(kept, bool).reshape(shape)


def dropout(x: Array, probability: float, kept: Array) -> Array:
    """Return x / (1 - probability) where it is kept, 0 elsewhere; the same function serves on the way back."""
    real = x.dtype.type
    return np.where(kept, x * (real(1) / (real(1) - real(probability))), np.zeros_like(x))


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
    return float(sum(0.5 * strength * (W * W).sum() for W, *_ in weights))


def l1(weights: Weights, strength: float) -> float:
    """strength * sum of |W|; biases are free."""
    return float(sum(strength * np.abs(W).sum() for W, *_ in weights))


# --- the network ---


def with_parameters(experiment: Any) -> list[str]:
    """Return the kind of every layer that has parameters, the output layer last."""
    return [*(entry.kind for entry in experiment.network if entry.kind in PARAMETERS), "dense"]


def slope_at(experiment: Any, weights: Weights, place: int, x: Array) -> Array:
    """Return the derivative at x of the activation at that place of the network."""
    entry = experiment.network[place]
    if entry.kind == "prelu":
        (a,) = weights[sum(before.kind in PARAMETERS for before in experiment.network[:place])]
        return prelu_backward(x, a, np.ones_like(x))[0]
    return activation(entry)[1](x)


def normalised_by(place: int, entry: Any, x: Array, how: Pass) -> tuple[Array, Array, bool]:
    """Return the mean and variance that a batch norm takes, and whether they are those of x."""
    if how.training or entry.test == "batch":
        return *statistics(x), True
    mean, variance = how.running.get(place, (np.zeros(x.shape[1]), np.ones(x.shape[1])))
    return mean.astype(x.dtype), variance.astype(x.dtype), False


def forward(experiment: Any, weights: Weights, x: Array, how: Pass = AT_THE_START) -> list[Array]:
    """Return the input of every entry in order, then of the output layer, then the scores."""
    remaining = iter(weights)
    values = [x]
    for place, entry in enumerate(experiment.network):
        x = values[-1]
        if entry.kind == "dense":
            y = dense(x, *next(remaining))
        elif entry.kind == "maxout":
            y, _ = maxout(x, *next(remaining), entry.pieces)
        elif entry.kind == "batch_norm":
            mean, variance, _ = normalised_by(place, entry, x, how)
            y = batch_norm(x, *next(remaining), mean, variance, entry.epsilon)
        elif entry.kind == "prelu":
            y = prelu(x, *next(remaining))
        elif entry.kind == "dropout":
            y = dropout(x, entry.probability, how.kept[place]) if how.training and entry.probability > 0 else x
        else:
            y = activation(entry)[0](x)
        values.append(y)
    values.append(dense(values[-1], *next(remaining)))
    return values


def backward(
    experiment: Any, weights: Weights, values: list[Array], dscores: Array, how: Pass = AT_THE_START
) -> tuple[Weights, list[Array]]:
    """Return the gradients of all parameters in the order of `weights`, and dL/d(each of `values`)."""
    remaining = list(weights)
    dx, *gradient = dense_backward(values[-2], remaining.pop()[0], dscores)
    gradients: Weights = [tuple(gradient)]
    deltas = [dx, dscores]
    for place, entry in reversed([*enumerate(experiment.network)]):
        x, dy = values[place], deltas[0]
        gradient = []
        if entry.kind == "dense":
            dx, *gradient = dense_backward(x, remaining.pop()[0], dy)
        elif entry.kind == "maxout":
            dx, *gradient = maxout_backward(x, *remaining.pop(), entry.pieces, dy)
        elif entry.kind == "batch_norm":
            mean, variance, own = normalised_by(place, entry, x, how)
            gamma, _ = remaining.pop()
            dx, *gradient = batch_norm_backward(x, gamma, mean, variance, entry.epsilon, dy, own)
        elif entry.kind == "prelu":
            dx, *gradient = prelu_backward(x, *remaining.pop(), dy)
        elif entry.kind == "dropout":
            dx = dropout(dy, entry.probability, how.kept[place]) if how.training and entry.probability > 0 else dy
        else:
            dx = dy * activation(entry)[1](x)
        if gradient:
            gradients.insert(0, tuple(gradient))
        deltas.insert(0, dx)
    return gradients, deltas


def loss_and_gradients(
    experiment: Any, weights: Weights, x: Array, labels: Array, how: Pass = AT_THE_START
) -> tuple[Losses, Weights]:
    """Return the loss of a mini-batch and the gradient of the whole of it, penalty included."""
    values = forward(experiment, weights, x, how)
    data, dscores = softmax_cross_entropy(values[-1], labels)
    gradients, _ = backward(experiment, weights, values, dscores, how)
    training = experiment.training
    penalty = 0.0
    for index, kind in enumerate(with_parameters(experiment)):
        if kind in PENALISED:
            (W, _), (dW, db) = weights[index], gradients[index]
            real = W.dtype.type
            penalty += l1([(W,)], training.l1) + l2([(W,)], training.l2)
            gradients[index] = dW + real(training.l1) * np.sign(W) + real(training.l2) * W, db
    return Losses(data + penalty, data, penalty), gradients


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
        return rng.uniform(-1, 1, shape) * scheme.width
    variance = {
        "xavier": 1 / fan_in,
        "lecun": 1 / fan_in,
        "he": 2 / fan_in,
        "glorot": 2 / (fan_in + fan_out),
    }[scheme.kind]
    if scheme.distribution == "uniform":
        return rng.uniform(-np.sqrt(3), np.sqrt(3), shape) * np.sqrt(variance) * scheme.gain
    return rng.standard_normal(shape) * np.sqrt(variance) * scheme.gain


def initial_weights(experiment: Any, width: int, classes: int, dtype: DTypeLike = np.float64) -> Weights:
    """Return the weights at the start for data of `width` features and so many classes."""
    seed = experiment.seeds.weights
    weights: Weights = []
    for entry in experiment.network:
        if entry.kind in PENALISED:
            columns = entry.units * (entry.pieces if entry.kind == "maxout" else 1)
            W = draw(entry.weights, seed, entry.key, width, columns)
            weights.append((W.astype(dtype), np.full(columns, entry.bias, dtype)))
            width = entry.units
        elif entry.kind == "batch_norm":
            weights.append((np.ones(width, dtype), np.zeros(width, dtype)))
        elif entry.kind == "prelu":
            weights.append((np.full(1 if entry.shared else width, entry.slope, dtype),))
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

    The last mini-batch of an epoch may be smaller; with batch norm an example left alone joins those before it.
    `experiments` maps a step to the experiment in force from it on; step 0 must be there.
    """
    epoch, offset = 0, 0
    experiment = experiments[0]
    for step in range(steps):
        experiment = experiments.get(step, experiment)
        order = epoch_order(experiment.seeds.order, epoch, examples)
        size = experiment.training.batch_size
        normalised = any(entry.kind == "batch_norm" for entry in experiment.network)
        if normalised and size > 1 and offset + size == examples - 1:
            size += 1
        batch = order[offset : offset + size]
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


def kept_at(experiment: Any, step: int, shape: tuple[int, int]) -> dict[int, Array]:
    """Return what every dropout keeps of a mini-batch of that shape at that step."""
    batch, width = shape
    kept = {}
    for place, entry in enumerate(experiment.network):
        width = getattr(entry, "units", width)
        if entry.kind == "dropout":
            kept[place] = dropout_kept(experiment.seeds.order, step, place, (batch, width), entry.probability)
    return kept


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
    norm = np.sqrt(sum(float((g.astype(np.float64) ** 2).sum()) for layer in gradients for g in layer))
    if limit is None or norm <= limit:
        return gradients
    return [tuple(g * g.dtype.type(limit / norm) for g in layer) for layer in gradients]


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
    dtype = weights[0][0].dtype
    features = examples.features.astype(dtype)
    losses = []
    rules: list[list[Rule]] = []
    running: Statistics = {}
    kinds = with_parameters(experiment)
    in_force = {0: experiment, **(edits or {})}
    batches = mini_batches(in_force, len(examples.labels), steps)
    for step, (now, batch, epochs, _) in enumerate(batches):
        training = now.training
        if not rules or rules[0][0].kind != training.optimizer.kind:  # another rule starts with nothing kept
            rules = [[Rule(training.optimizer.kind, block) for block in layer] for layer in weights]
        how = Pass(training=True, kept=kept_at(now, step, features[batch].shape))
        loss, gradients = loss_and_gradients(now, weights, features[batch], examples.labels[batch], how)
        losses.append(loss)
        values = forward(now, weights, features[batch], how)
        for place, entry in enumerate(now.network):
            if entry.kind == "batch_norm":
                units = values[place].shape[1]
                before = running.get(place, (np.zeros(units, dtype), np.ones(units, dtype)))
                running[place] = carried(before, values[place], entry.momentum)
        gradients = clipped(gradients, training.clip_norm)
        rate = training.learning_rate * rate_factor(training.schedule, epochs)
        updated: Weights = []
        for kind, layer, gradient, rule in zip(kinds, weights, gradients, rules, strict=True):
            blocks = [r.update(training.optimizer, rate, w, dw) for r, w, dw in zip(rule, layer, gradient, strict=True)]
            if kind in PENALISED:
                blocks[0] = shrunk(blocks[0], training.max_norm)
            updated.append(tuple(blocks))
        weights = updated
    return Trained(losses, weights, running)


def accuracy(experiment: Any, weights: Weights, examples: Examples, how: Pass = AT_THE_START) -> float:
    """Share of the examples whose highest score is that of the right class; the first of equal scores counts."""
    scores = forward(experiment, weights, examples.features, how)[-1]
    return float((scores.argmax(axis=1) == examples.labels).mean())


def flat(weights: Weights) -> Array:
    """Return all parameters in one row: W then b of every dense layer, row by row; those of other layers likewise."""
    return np.concatenate([part.ravel() for layer in weights for part in layer])
