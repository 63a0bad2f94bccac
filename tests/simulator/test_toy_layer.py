"""A new kind of layer is two new files and nothing else: tried on a copy of the tree."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GRADIENTS = ("-q", "-p", "no:cacheprovider", "tests/simulator/kernels/test_gradients.py", "-k", "toy")
DECLARED = '''
"""A wave upon the input."""

import math
from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.initializers.constant import Constant
from simulator.layers.base import Block, Layer, Shape
from simulator.message import N_


class Toy(Layer, tag="toy", frozen=True):
    """y = x + g * sin(speed * x), g learned unit by unit."""

    label: ClassVar[str] = N_("Toy")
    help: ClassVar[str] = N_("Lays a wave upon every value.")
    source: ClassVar[str] = "nobody"

    speed: Annotated[float, Field(N_("Speed"), low=0, high=3, live=True, help=N_("How fast it waves."))] = 1.0

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        units = math.prod(shape)
        return (Block("g", (units,), "gain", units, units, Constant(value=0.5)),)

    def constants(self) -> tuple[float, ...]:
        return (self.speed,)

    def workspace(self, shape: Shape, batch: int) -> int:
        return math.prod(shape) * batch
'''
COMPUTED = '''
"""y = x + g * sin(speed * x);  dx = dy * (1 + g * speed * cos(speed * x)), dg = sum of dy * sin(speed * x)."""

import numpy as np
from numba import carray

from simulator.kernels.columns import BLOCKS, CONSTANTS, INPUT, N_IN, OUTPUT, WORKSPACE
from simulator.kernels.kernel import kernel


@kernel
def forward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, at, to, own = layout[N_IN], layout[INPUT] * batch, layout[OUTPUT] * batch, layout[WORKSPACE]
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    y = carray(activations, to + units * batch)[to:].reshape((batch, units))
    g = carray(parameters, layout[BLOCKS] + units)[layout[BLOCKS] :]
    wave = carray(workspace, own + units * batch)[own:].reshape((batch, units))
    speed = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    for i in range(batch):
        for j in range(units):
            wave[i, j] = np.sin(speed * x[i, j])
            y[i, j] = x[i, j] + g[j] * wave[i, j]


@kernel
def backward(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    units, at, to, own = layout[N_IN], layout[INPUT] * batch, layout[OUTPUT] * batch, layout[WORKSPACE]
    x = carray(activations, at + units * batch)[at:].reshape((batch, units))
    dx = carray(deltas, at + units * batch)[at:].reshape((batch, units))
    dy = carray(deltas, to + units * batch)[to:].reshape((batch, units))
    g = carray(parameters, layout[BLOCKS] + units)[layout[BLOCKS] :]
    dg = carray(gradients, layout[BLOCKS] + units)[layout[BLOCKS] :]
    wave = carray(workspace, own + units * batch)[own:].reshape((batch, units))
    speed = carray(constants, layout[CONSTANTS] + 1)[layout[CONSTANTS]]
    for j in range(units):
        dg[j] = 0
    for i in range(batch):
        for j in range(units):
            dx[i, j] = dy[i, j] * (1 + g[j] * speed * np.cos(speed * x[i, j]))
            dg[j] += dy[i, j] * wave[i, j]
'''
TRAINED = """
import numpy as np
from simulator.analysis.gradients.gradient_check import gradient_check
from simulator.declaration import declared_fields
from simulator.experiment.experiment import Experiment
from simulator.experiment.files import decode, encode
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.layers import LAYERS
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer

run = Run(apply(Experiment(), {"network": [{"kind": "dense", "units": 4}, {"kind": "toy", "speed": 2.0}]}))
assert decode(encode(run), "toy.json") == run
assert run.experiment.network[1] == LAYERS["toy"](speed=2.0)
assert [field.name for field in declared_fields(LAYERS["toy"])] == ["speed"]
trainer = Trainer(run, np.float64)
losses, _ = trainer.advance(50)
trainer.edit({"network.1.speed": 1.0})
trainer.advance(5)
assert np.isfinite(losses).all() and losses[-10:].mean() < losses[0]
checked = gradient_check(run.experiment)
assert checked.judged > 0 and not checked.wrong
print(frame_of(trainer).layers[1].name)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the tree with one kind more: what runs a program in it."""
    tree = tmp_path_factory.mktemp("tree")
    for folder in ("simulator", "tests", "resources"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    (tree / "simulator" / "layers" / "toy.py").write_text(DECLARED, encoding="utf-8")
    (tree / "simulator" / "kernels" / "toy.py").write_text(COMPUTED, encoding="utf-8")
    # float64 alone, and one folder: what one program compiles the next finds.
    environment = {**os.environ, "OBUKA_CACHE": str(tree / "compiled"), "PYTHONPATH": str(tree)}

    def program(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    program.tree = tree
    return program


def test_that_a_new_kind_is_listed(copy):
    assert "toy" in json.loads(copy("-m", "simulator", "list", "--json"))["layers"]
    assert "Lays a wave upon every value. (speed=1.0)" in copy("-m", "simulator", "list")


@pytest.mark.timeout(200)
def test_that_a_new_kind_is_written_read_edited_and_trained(copy):
    assert copy("-c", TRAINED).strip() == "Dense 1"


@pytest.mark.timeout(200)
def test_that_the_gradients_of_a_new_kind_are_judged_without_a_word(copy):
    assert "3 passed" in copy("-m", "pytest", *GRADIENTS)


@pytest.mark.timeout(200)
def test_that_the_gradient_of_a_new_kind_can_be_found_wrong(copy):
    wrong = COMPUTED.replace("dg[j] += dy[i, j] * wave[i, j]", "dg[j] += dy[i, j]")
    kernel = copy.tree / "simulator" / "kernels" / "toy.py"
    kernel.write_text(wrong, encoding="utf-8")
    try:
        with pytest.raises(AssertionError, match="3 failed"):
            copy("-m", "pytest", *GRADIENTS)
    finally:
        kernel.write_text(COMPUTED, encoding="utf-8")
