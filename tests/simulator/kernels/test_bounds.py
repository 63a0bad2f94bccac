"""Every kind runs once with bounds checks: a wrong index raises there, where it would write into memory otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.optimizers import OPTIMIZERS

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.timeout(240)
@pytest.mark.slow
def test_that_no_kernel_reaches_beyond_its_arrays(tmp_path):
    """All kernels are compiled anew for it, in a process and a folder of their own."""
    environment = {**os.environ, "OBUKA_BOUNDS_CHECK": "1", "OBUKA_CACHE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.every_kind"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "bounds checks on",
        "a wrong index is noticed",
        f"{6 * len(OPTIMIZERS)} steps",
    ]
