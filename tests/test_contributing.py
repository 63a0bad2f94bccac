"""The six additions of CONTRIBUTING.md are new files and nothing else: each is tried on a copy of the tree."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).resolve().parents[1]
LISTING = re.compile(r"^`((?:app|simulator)/[\w/]+\.py)`\n\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
TRAINED = """
import numpy as np
from simulator.experiment import Experiment, Run, apply
from simulator.training.run.trainer import Trainer

patch = {
    "data": {"kind": "stripes"},
    "network": [{"kind": "dense", "units": 8}, {"kind": "square"}],
    "loss": {"kind": "squared_error"},
    "training.optimizer": {"kind": "sign_descent"},
    "training.learning_rate": 0.005,
}
trainer = Trainer(Run(apply(Experiment(), patch)), np.float64)
losses, _ = trainer.advance(300)
assert np.isfinite(losses).all()
print(losses[:20].mean() > 1.2 * losses[-20:].mean())
"""
DRAWN = """
from hypothesis import given, settings
from tests.strategies import small_experiments

@settings(max_examples=20, database=None)
@given(small_experiments())
def draw(experiment):
    print(experiment.loss.__struct_config__.tag)

draw()
"""


def listings() -> dict[str, str]:
    """Return the files that the guide shows, by their place in the tree."""
    return dict(LISTING.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the tree with all additions of the guide: what runs a program in it."""
    tree = tmp_path_factory.mktemp("tree")
    for folder in ("simulator", "app", "tests", "resources"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    for name, text in listings().items():
        place = tree / name
        assert not place.exists(), f"{name} is a new file, or it is none of the guide's"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    environment = {**os.environ, "OBUKA_CACHE": str(tree / "compiled"), "PYTHONPATH": str(tree)}

    def program(*arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return program


def test_that_the_guide_shows_an_addition_of_each_kind():
    rooms = ("simulator/layers/", "simulator/losses/", "simulator/optimizers/", "simulator/data/sources/")
    for room in (*rooms, "app/views/", "app/labs/"):
        assert 1 <= sum(name.startswith(room) for name in listings()) <= 2


def test_that_new_kinds_are_listed(copy):
    listed = json.loads(copy("-m", "simulator", "list", "--json"))
    assert "square" in listed["layers"]
    assert "squared_error" in listed["losses"]
    assert "sign_descent" in listed["optimizers"]
    assert "stripes" in listed["data"]


def test_that_new_kinds_are_trained_together(copy):
    assert copy("-c", TRAINED).split() == ["True"]


def test_that_the_gradients_of_new_kinds_are_judged_without_a_word(copy):
    tests = ("tests/simulator/kernels/test_gradients.py", "tests/simulator/analysis/gates/test_phases.py")
    said = copy(*PYTEST, *tests, "-k", "square or squared_error or sign_descent")
    assert "5 passed" in said


def test_that_the_oracle_is_asked_only_of_what_it_knows(copy):
    assert set(copy("-c", DRAWN).split()) == {"softmax_cross_entropy"}


def test_that_a_new_view_and_a_new_lab_are_found(copy):
    tests = ("tests/app/stage/test_stage.py", "tests/app/labs/test_explore_page.py")
    said = copy(*PYTEST, *tests, "-k", "(every_view and step_count) or (slides and empty)")
    assert "2 passed" in said


def test_that_the_walls_of_the_house_need_no_edit(copy):
    run = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    assert "0 broken" in copy("-c", run, "--no-logo", "--no-cache")
