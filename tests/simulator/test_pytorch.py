"""A hundred steps beside PyTorch, where it happens to be installed: same weights, same mini-batches, float64."""

from itertools import pairwise

import numpy as np
import pytest

from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.layers.batch_norm import BatchNorm
from simulator.training.orders import Orders, Position
from simulator.training.trainer import Trainer

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
pytestmark = pytest.mark.validation

STEPS = 100
CLOSE = {"rtol": 1e-8, "atol": 1e-10}


def experiment(hidden, **training):
    network = [entry for units in (12, 9) for entry in ({"kind": "dense", "units": units}, *hidden)]
    return from_plain(
        {
            "data": {"kind": "blobs", "examples": 200, "classes": 3},
            "network": network,
            "training": {"batch_size": 16, "learning_rate": 0.01, **training},
        }
    )


def twin(trainer, activation, norm):
    """Return the same network in PyTorch, with the trainer's weights."""
    sizes = [2, 12, 9, 3]
    parts = []
    for k, m in pairwise(sizes):
        parts.append(torch.nn.Linear(k, m))
        if m != 3:
            parts += [torch.nn.BatchNorm1d(m, eps=1e-5, momentum=0.1)] * norm + [activation(m)]
    network = torch.nn.Sequential(*parts).double()
    tensors = [t for part in network for t in part.parameters(recurse=False)]
    with torch.no_grad():
        for item, tensor in zip(trainer.program.placed, tensors, strict=True):
            values = trainer.state.parameters[item.span].reshape(item.block.shape)
            tensor.copy_(torch.from_numpy(np.ascontiguousarray(values.T)))
    return network


def batches(trainer):
    """Yield the examples of every step, from the orders that the trainer uses."""
    orders = Orders(trainer.setting.training, trainer.experiment.seeds.order, alone=False)
    plan = orders.plan(Position(), STEPS, trainer.experiment.training.batch_size, STEPS)
    for begin, size, _ends in plan.steps:
        yield plan.order[begin : begin + size]


def compare(value, activation, optimizer, norm=False, rates=None):
    trainer = Trainer(Run(value), np.float64)
    network = twin(trainer, activation, norm)
    rule = optimizer(network.parameters())
    dataset = trainer.setting.dataset
    x, y = torch.from_numpy(dataset.features.astype(np.float64)), torch.from_numpy(dataset.labels.copy())
    losses = []
    for step, chosen in enumerate(batches(trainer)):
        if rates is not None:
            rule.param_groups[0]["lr"] = rates[step]
        rule.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x[chosen]), y[chosen])
        loss.backward()
        rule.step()
        losses.append(loss.item())
    ours, _penalties = trainer.advance(STEPS)
    np.testing.assert_allclose(ours, losses, **CLOSE)
    return trainer, network


def relu(_units):
    return torch.nn.ReLU()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"kind": "sgd", "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)),
        ({"kind": "nesterov", "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True)),
        ({"kind": "adagrad", "epsilon": 1e-8}, lambda p: torch.optim.Adagrad(p, lr=0.01, eps=1e-8)),
        ({"kind": "rmsprop", "decay": 0.9}, lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-8)),
        ({"kind": "adam"}, lambda p: torch.optim.Adam(p, lr=0.01)),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_that_an_optimizer_is_pytorch_s(ours, theirs):
    compare(experiment([{"kind": "relu"}], optimizer=ours), relu, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"kind": "elu", "alpha": 0.7}, lambda _m: torch.nn.ELU(alpha=0.7)),
        ({"kind": "softplus"}, lambda _m: torch.nn.Softplus()),
        ({"kind": "tanh"}, lambda _m: torch.nn.Tanh()),
        ({"kind": "sigmoid"}, lambda _m: torch.nn.Sigmoid()),
        ({"kind": "leaky_relu", "slope": 0.1}, lambda _m: torch.nn.LeakyReLU(0.1)),
        ({"kind": "prelu"}, lambda m: torch.nn.PReLU(m)),
        ({"kind": "prelu", "shared": True}, lambda _m: torch.nn.PReLU(1)),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_that_an_activation_is_pytorch_s(ours, theirs):
    compare(experiment([ours]), theirs, lambda p: torch.optim.SGD(p, lr=0.01))


def test_that_batch_norm_and_its_running_statistics_are_pytorch_s():
    value = experiment([{"kind": "batch_norm"}, {"kind": "relu"}], learning_rate=0.05)
    trainer, network = compare(value, relu, lambda p: torch.optim.SGD(p, lr=0.05), norm=True)
    theirs = [part for part in network if isinstance(part, torch.nn.BatchNorm1d)]
    entries = [i for i, entry in enumerate(trainer.program.entries) if isinstance(entry, BatchNorm)]
    for index, norm in zip(entries, theirs, strict=True):
        units, start = trainer.program.layout[index, 0], trainer.program.layout[index, 6]
        held = trainer.state.running_statistics[start : start + 2 * units]
        np.testing.assert_allclose(held[:units], norm.running_mean.numpy(), **CLOSE)
        np.testing.assert_allclose(held[units:], norm.running_var.numpy(), **CLOSE)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"kind": "decay", "factor": 0.9}, lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9)),
        ({"kind": "step_decay", "factor": 0.5, "period": 3}, lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.5)),
    ],
    ids=["decay", "step_decay"],
)
def test_that_a_schedule_is_pytorch_s(ours, theirs):
    value = experiment([{"kind": "relu"}], schedule=ours)
    steps_per_epoch = -(-160 // 16)
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.01)
    schedule = theirs(optimizer)
    rates = []
    for step in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        if step % steps_per_epoch == steps_per_epoch - 1:
            optimizer.step()
            schedule.step()
    compare(value, relu, lambda p: torch.optim.SGD(p, lr=0.01), rates=rates)
