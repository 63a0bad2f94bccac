"""Obuka's engine: a small, exact simulator of how neural networks train. No Qt.

These are the names of a first example; every room below has a door of its own. Importing any of them loads no numba:
names that need it load it when they are first asked for, so the window asks for those in a worker's thread only.
"""

import os

# One BLAS thread, set before NumPy and SciPy load: two threads give other bits and slow two runs down.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from simulator.errors import ExperimentError, FileError, ObukaError
from simulator.experiment.experiment import Experiment
from simulator.experiment.files import read, write
from simulator.experiment.library import load, names
from simulator.experiment.patch import Patch, apply
from simulator.experiment.run import Run
from simulator.message import Message
from simulator.training.desk.runner import Runner

__all__ = [
    "Experiment",
    "ExperimentError",
    "FileError",
    "Message",
    "ObukaError",
    "Patch",
    "Run",
    "Runner",
    "apply",
    "load",
    "names",
    "read",
    "write",
]
