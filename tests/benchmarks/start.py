"""From process start to the first training step: python -m tests.benchmarks.start

Headless, with an empty kernel cache and with a warm one; medians over separate processes.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STEP = """
import time
from simulator.experiment.library import load
from simulator.training.run.trainer import Trainer
Trainer(load("spiral")).advance(1)
print(time.time())
"""


def seconds(cache: str) -> float:
    """Return the seconds from starting the process to its first step."""
    began = time.time()
    environment = {**os.environ, "OBUKA_CACHE": cache}
    done = subprocess.run(
        [sys.executable, "-c", STEP], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout) - began


def main() -> None:
    cold, warm = [], []
    for _round in range(3):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(seconds(cache))
            warm += [seconds(cache), seconds(cache)]
    print(f"first step: {statistics.median(cold):.2f} s on an empty kernel cache (goal 6), ", end="")
    print(f"{statistics.median(warm):.2f} s on a warm one (goal 1.2)")


if __name__ == "__main__":
    main()
