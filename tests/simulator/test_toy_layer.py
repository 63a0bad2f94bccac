"""Adding a layer kind takes two files; everything else finds it by itself."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LAYER = '''"""A toy."""

from typing import Annotated, ClassVar

from simulator.declaration import Field
from simulator.layers.base import Activation
from simulator.message import N_


class Toy(Activation, tag="toy", frozen=True):
    """f(x) = gain * x * x."""

    label: ClassVar[str] = N_("toy")
    help: ClassVar[str] = N_("Squares.")

    gain: Annotated[float, Field(N_("Gain"), low=0, high=10, live=True, help=N_("A factor."))] = 0.5

    def constants(self) -> tuple[float, ...]:
        return (self.gain,)
'''
USE = """
import json
import numpy as np
from simulator import LAYERS, declared_fields, decode, encode, from_plain, Run
from simulator.analysis.gradient_check import gradient_check
from simulator.experiment.check import check
from simulator.headless.command_line import main

experiment = from_plain({"network": [{"kind": "dense", "units": 5}, {"kind": "toy", "gain": 0.3}]})
assert "toy" in LAYERS
assert [field.name for field in declared_fields(LAYERS["toy"])] == ["gain"]
assert decode(encode(Run(experiment)), "toy.json").experiment == experiment
main(["list", "--json"])
found = gradient_check(experiment)
print(found.judged > 0 and not found.wrong and found.worst.largest < 1e-5)
"""


def kernel_of_a_toy() -> str:
    """The kernel of leaky ReLU with another formula."""
    text = (ROOT / "simulator" / "kernels" / "leaky_relu.py").read_text(encoding="utf-8")
    forward = "y[i] = slope * x[i] if x[i] <= zero else x[i]"
    backward = "dx[i] = slope * dy[i] if x[i] <= zero else dy[i]"
    assert forward in text
    assert backward in text
    text = text.replace(forward, "y[i] = slope * x[i] * x[i] + zero")
    return text.replace(backward, "dx[i] = (slope + slope) * x[i] * dy[i] + zero")


def test_that_a_new_kind_is_two_files(tmp_path):
    for folder in ("simulator", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "simulator" / "layers" / "toy.py").write_text(LAYER, encoding="utf-8")
    (tmp_path / "simulator" / "kernels" / "toy.py").write_text(kernel_of_a_toy(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=110
    )
    assert done.returncode == 0, done.stderr
    listed, verdict = done.stdout.strip().splitlines()
    assert '"toy"' in listed
    assert verdict == "True"
