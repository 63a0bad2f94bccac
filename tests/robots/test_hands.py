"""Random hands: a short run in every suite, long ones with `test --long`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def let_loose(seed: int, actions: int, *options: str) -> None:
    # a process of its own: the robot puts an application of its own in the place of the tests'
    command = [sys.executable, "-m", "tests.robots.hands", "--seed", str(seed), "--actions", str(actions), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{actions} actions, 0 faults" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [11])
def test_that_random_hands_break_nothing(seed: int) -> None:
    # CPU time, too, is longer on a machine that others use; that an event is short enough the long lane judges
    let_loose(seed, 60, "--longest", "2000")


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(5))
def test_that_a_thousand_actions_break_nothing(seed: int) -> None:
    let_loose(seed, 1000)
