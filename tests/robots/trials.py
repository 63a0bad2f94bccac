"""What is done with a spoilt document and a spoilt cache."""

import logging
import os
from pathlib import Path

from simulator.errors import ObukaError
from simulator.experiment import from_plain, parameter_count, read
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

LONGEST_SENTENCE = 1500  # with the ids of all experiments, say
HEAVY = 3e8  # multiply-adds of a step: a sound document may ask for more than there is time for
TINY = {"data": {"kind": "spiral", "examples": 20}, "network": [{"kind": "dense", "units": 4}, {"kind": "relu"}]}


def try_document(path: str) -> str:
    """Read a spoilt document and, if it is sound, train a step of it."""
    try:
        run = read(Path(path))
        if parameter_count(run.experiment, 3072, 10) * run.experiment.training.batch_size > HEAVY:
            return "heavy"
        Trainer(run).advance(1)
    except ObukaError as error:
        said = str(error)
        if not said.isprintable() or len(said) > LONGEST_SENTENCE:
            return f"traceback: no sentence: {said[:200]!r}"
        return "sentence"
    return "trained"


def try_cache(folder: str) -> str:
    """Train a few steps with the cache in `folder`; say what the loss is and whether the log spoke."""
    os.environ["OBUKA_CACHE"] = folder
    words: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: words.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("simulator").addHandler(handler)
    losses, _ = Trainer(Run(from_plain(TINY))).advance(3, measure=True)
    return f"{float(losses[-1]).hex()} {len(words)}"
