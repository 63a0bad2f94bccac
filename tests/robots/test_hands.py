"""A short run of the random hands: long ones are run by hand, `python -m tests.robots.hands`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [11])
def test_that_random_hands_break_nothing(seed: int) -> None:
    # a process of its own: the robot puts an application of its own in the place of the tests'
    command = [sys.executable, "-m", "tests.robots.hands", "--seed", str(seed), "--actions", "60"]
    # CPU time, too, is longer on a machine that others use; that an event is short enough is judged by hand
    command += ["--longest", "2000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 actions, 0 faults" in done.stdout
