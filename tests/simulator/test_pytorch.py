"""A hundred steps beside PyTorch's, in float64, from the same weights and on the same mini-batches."""

import numpy as np
import pytest

from simulator.data.sources.spiral import Spiral
from simulator.data.split import Split
from simulator.experiment.cards import with_keys
from simulator.experiment.experiment import Experiment, Training
from simulator.experiment.run import Run
from simulator.initializers.xavier import Xavier
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.elu import ELU
from simulator.layers.leaky_relu import LeakyReLU
from simulator.layers.maxout import Maxout
from simulator.layers.prelu import PReLU
from simulator.layers.relu import ReLU
from simulator.layers.sigmoid import Sigmoid
from simulator.layers.softplus import Softplus
from simulator.layers.tanh import Tanh
from simulator.optimizers import OPTIMIZERS
from simulator.optimizers.adagrad import AdaGrad
from simulator.optimizers.adam import Adam
from simulator.optimizers.nesterov import Nesterov
from simulator.optimizers.rmsprop import RMSprop
from simulator.optimizers.sgd import SGD
from simulator.schedules import SCHEDULES
from simulator.schedules.constant import ConstantRate
from simulator.schedules.cosine import Cosine
from simulator.schedules.decay import Decay
from simulator.schedules.inverse_time import InverseTime
from simulator.schedules.step_decay import StepDecay
from simulator.training.run.trainer import Trainer
from tests import reference

pytestmark = pytest.mark.validation

STEPS = 100
EXAMPLES = 60
BATCH = 12  # five steps an epoch, no remainder
PER_EPOCH = EXAMPLES // BATCH
CLOSE = {"rtol": 1e-9, "atol": 1e-11}


@pytest.fixture(scope="module")
def torch():
    """PyTorch, imported by the first test that asks for it; skips where there is none."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch


class Twin:
    """The same network in PyTorch, with the weights that the trainer starts from."""

    def __init__(self, torch, trainer):
        self.torch = torch
        self.trainer = trainer
        self.training = trainer.experiment.training
        program = trainer.program
        self.layers = [
            self._layer(entry, shape[0]) for entry, shape in zip(program.entries, program.shapes, strict=False)
        ]
        self.penalised = []
        self.free = []
        for item in program.placed:
            (self.penalised if item.block.role == "weight" else self.free).append(self._parameter(item))
        values = trainer.state.parameters
        with torch.no_grad():
            for item in program.placed:
                start = torch.tensor(values[item.span].reshape(item.block.shape))
                self._parameter(item).copy_(start if item.block.role != "weight" else start.T)

    def _layer(self, entry, width):
        nn, real = self.torch.nn, {"dtype": self.torch.float64}
        if entry.kind == "dense":
            return nn.Linear(width, entry.units, **real)
        if entry.kind == "maxout":
            return nn.Linear(width, entry.units * entry.pieces, **real)
        if entry.kind == "batch_norm":
            return nn.BatchNorm1d(width, eps=entry.epsilon, momentum=1 - entry.momentum, **real)
        if entry.kind == "prelu":
            return nn.PReLU(1 if entry.shared else width, **real)
        return {
            "relu": lambda: nn.ReLU(),
            "tanh": lambda: nn.Tanh(),
            "sigmoid": lambda: nn.Sigmoid(),
            "leaky_relu": lambda: nn.LeakyReLU(entry.slope),
            "elu": lambda: nn.ELU(entry.alpha),
            "softplus": lambda: nn.Softplus(threshold=700),  # PyTorch cuts the curve off at 20 otherwise
            "dropout": lambda: nn.Dropout(entry.probability),
        }[entry.kind]()

    def _parameter(self, item):
        layer = self.layers[item.operation]
        return layer.bias if item.block.role in ("bias", "shift") else layer.weight

    def scores(self, x):
        for entry, layer in zip(self.trainer.program.entries, self.layers, strict=True):
            x = layer(x)
            if entry.kind == "maxout":
                x = x.reshape(len(x), entry.units, entry.pieces).amax(dim=2)
        return x

    def optimizer(self):
        optim, rule = self.torch.optim, self.training.optimizer
        groups = [
            {"params": self.penalised, "weight_decay": self.training.l2},
            {"params": self.free, "weight_decay": 0.0},
        ]
        rate = {"lr": self.training.learning_rate}
        return {
            "sgd": lambda: optim.SGD(groups, momentum=rule.momentum, **rate),
            "nesterov": lambda: optim.SGD(groups, momentum=rule.momentum, nesterov=rule.momentum > 0, **rate),
            "adagrad": lambda: optim.Adagrad(groups, eps=rule.epsilon, **rate),
            "rmsprop": lambda: optim.RMSprop(groups, alpha=rule.decay, eps=rule.epsilon, **rate),
            "adam": lambda: optim.Adam(groups, betas=(rule.beta1, rule.beta2), eps=rule.epsilon, **rate),
        }[rule.kind]()

    def schedule(self, optimizer):
        """Return PyTorch's schedule and how many steps lie between two moves of it."""
        made, kept = self.torch.optim.lr_scheduler, self.training.schedule
        return {
            "constant": lambda: (made.ConstantLR(optimizer, 1.0), 1),
            "decay": lambda: (made.ExponentialLR(optimizer, kept.factor), PER_EPOCH),
            "step_decay": lambda: (made.StepLR(optimizer, kept.period, kept.factor), PER_EPOCH),
            "inverse_time": lambda: (
                made.LambdaLR(optimizer, lambda step: 1 / (1 + kept.speed * step / PER_EPOCH)),
                1,
            ),
            "cosine": lambda: (
                made.CosineAnnealingLR(
                    optimizer, kept.length * PER_EPOCH, eta_min=kept.floor * self.training.learning_rate
                ),
                1,
            ),
        }[kept.kind]()

    def train(self, steps):
        """Train on the trainer's mini-batches; return the data losses."""
        torch, setting = self.torch, self.trainer.setting
        x = torch.tensor(setting.inputs.numbers[setting.training].astype(np.float64))
        y = torch.tensor(setting.inputs.labels[setting.training])
        optimizer = self.optimizer()
        schedule, every = self.schedule(optimizer)
        losses = []
        batches = reference.mini_batches({0: self.trainer.experiment}, len(y), steps)
        for step, (_, batch, *_) in enumerate(batches):
            batch = torch.tensor(batch)
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(self.scores(x[batch]), y[batch])
            losses.append(loss.item())
            l1 = self.training.l1 * sum(w.abs().sum() for w in self.penalised)
            (loss + l1).backward()
            if self.training.clip_norm is not None:
                torch.nn.utils.clip_grad_norm_([*self.penalised, *self.free], self.training.clip_norm)
            optimizer.step()
            if (step + 1) % every == 0:
                schedule.step()
            if self.training.max_norm is not None:
                with torch.no_grad():
                    for w in self.penalised:
                        w.copy_(torch.renorm(w, 2, 0, self.training.max_norm))
        return losses

    def parameters(self):
        return [
            (value.detach().T if item.block.role == "weight" else value.detach()).numpy()
            for item in self.trainer.program.placed
            for value in [self._parameter(item)]
        ]

    def running(self):
        """Every batch norm's running mean, then its running variance."""
        layers = [layer for layer in self.layers if isinstance(layer, self.torch.nn.BatchNorm1d)]
        return np.concatenate([np.zeros(0), *[v.numpy() for n in layers for v in (n.running_mean, n.running_var)]])


def hidden(*entries, units=8):
    """A layer with what follows it, twice."""
    return with_keys((Dense(units=units, weights=Xavier()), *entries, Dense(units=units, weights=Xavier()), *entries))


def experiment(network=None, **training):
    return Experiment(
        data=Spiral(examples=EXAMPLES, noise=0.1),
        split=Split(validation=0),
        network=hidden(Tanh()) if network is None else network,
        training=Training(**{"learning_rate": 0.1, "batch_size": BATCH, **training}),
    )


def assert_alike(torch, experiment, close=CLOSE):
    trainer = Trainer(Run(experiment), np.float64)
    twin = Twin(torch, trainer)
    expected = twin.train(STEPS)
    losses, _ = trainer.advance(STEPS)
    np.testing.assert_allclose(losses, expected, **close)
    for item, value in zip(trainer.program.placed, twin.parameters(), strict=True):
        found = trainer.state.parameters[item.span].reshape(item.block.shape)
        np.testing.assert_allclose(found, value, **close, err_msg=f"{item.block.name} of layer {item.operation}")
    np.testing.assert_allclose(trainer.state.running_statistics, twin.running(), **close)


RULES = [
    (SGD(), 0.3),
    (SGD(momentum=0.9), 0.05),
    (Nesterov(momentum=0.9), 0.05),
    (Nesterov(momentum=0.0), 0.3),
    (AdaGrad(), 0.05),
    (AdaGrad(epsilon=0.1), 0.1),
    (RMSprop(), 0.01),
    (RMSprop(decay=0.9, epsilon=1e-3), 0.01),
    (Adam(), 0.01),
    (Adam(beta1=0.5, beta2=0.9, epsilon=1e-3), 0.02),
]


@pytest.mark.parametrize(("optimizer", "rate"), RULES, ids=str)
def test_that_every_optimizer_steps_as_pytorch_s(torch, optimizer, rate):
    assert_alike(torch, experiment(optimizer=optimizer, learning_rate=rate))


MOVES = [
    ConstantRate(),
    Decay(factor=0.9),
    StepDecay(factor=0.5, period=3),
    InverseTime(speed=0.3),
    Cosine(length=20, floor=0.0),
    Cosine(length=40, floor=0.1),
]


@pytest.mark.parametrize("schedule", MOVES, ids=str)
@pytest.mark.parametrize("optimizer", [SGD(), Adam(epsilon=1e-3)], ids=lambda optimizer: optimizer.kind)
def test_that_every_schedule_is_pytorch_s(torch, schedule, optimizer):
    assert_alike(torch, experiment(schedule=schedule, optimizer=optimizer, learning_rate=0.05))


@pytest.mark.parametrize(
    "entry",
    [
        BatchNorm(),
        BatchNorm(momentum=0.99, epsilon=1e-3),
        BatchNorm(momentum=0.0),
        PReLU(),
        PReLU(slope=0.1, shared=True),
        ELU(),
        ELU(alpha=0.3),
        Softplus(),
        ReLU(),
        LeakyReLU(slope=0.1),
        Sigmoid(),
        Dropout(probability=0.0),
    ],
    ids=str,
)
def test_that_every_layer_trains_as_pytorch_s(torch, entry):
    assert_alike(torch, experiment(network=hidden(entry), optimizer=SGD(momentum=0.5)))


def test_that_batch_norm_before_every_other_layer_trains_as_pytorch_s(torch):
    network = hidden(BatchNorm(), PReLU(), BatchNorm(momentum=0.5), ELU(), Softplus())
    assert_alike(torch, experiment(network=network, optimizer=Adam(epsilon=1e-3), learning_rate=0.01, l2=0.01))


def test_that_a_remainder_and_one_that_joins_train_as_pytorch_s(torch):
    """Mini-batches of 25, 25 and 10; of 59, and the one that is left with them."""
    for size in (25, 59):
        assert_alike(torch, experiment(network=hidden(BatchNorm(), Tanh()), batch_size=size, learning_rate=0.02))


def test_that_maxout_trains_as_the_largest_of_pytorch_s_pieces(torch):
    network = with_keys((Maxout(units=6, pieces=3, weights=Xavier()), BatchNorm(), Maxout(units=4, weights=Xavier())))
    assert_alike(torch, experiment(network=network))


def test_that_penalties_are_those_of_pytorch(torch):
    assert_alike(torch, experiment(l1=0.002, l2=0.03))


def test_that_clipping_is_nearly_pytorch_s(torch):
    """PyTorch adds a millionth to the norm before it divides."""
    assert_alike(torch, experiment(clip_norm=0.1), {"rtol": 1e-4, "atol": 1e-5})


def test_that_the_largest_norm_is_nearly_pytorch_s(torch):
    """PyTorch adds a ten-millionth to the norm before it divides."""
    assert_alike(torch, experiment(max_norm=0.8, learning_rate=0.3), {"rtol": 1e-4, "atol": 1e-5})


def test_that_batch_norm_at_test_time_answers_as_pytorch_s(torch):
    trainer = Trainer(Run(experiment(network=hidden(BatchNorm(momentum=0.8), Tanh()))), np.float64)
    twin = Twin(torch, trainer)
    twin.train(STEPS)
    trainer.advance(STEPS)
    for layer in twin.layers:
        layer.eval()
    setting = trainer.setting
    x = torch.tensor(setting.inputs.numbers[setting.training].astype(np.float64))
    y = torch.tensor(setting.inputs.labels[setting.training])
    with torch.no_grad():
        scores = twin.scores(x)
    loss, right = trainer.evaluate(setting.training)
    assert loss == pytest.approx(torch.nn.functional.cross_entropy(scores, y).item(), rel=1e-9)
    assert right == (scores.argmax(dim=1) == y).double().mean().item()


@pytest.mark.parametrize("known", [OPTIMIZERS, SCHEDULES], ids=["optimizers", "schedules"])
def test_that_every_kind_that_is_declared_is_compared(known):
    assert set(known.values()) <= {type(entry) for entry in (*MOVES, *(rule for rule, _ in RULES))}
