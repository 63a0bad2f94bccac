"""The confusion matrix: what a network takes the examples for that its accuracy is read on."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.confusion import Confusion

if TYPE_CHECKING:
    from simulator.training.run.trainer import Trainer


def make(trainer: "Trainer") -> Confusion:
    """Ask the validation sample, or the training sample where nothing validates; see `Setting`."""
    setting = trainer.setting
    validates = bool(setting.read_validation.size)
    sample = setting.read_validation if validates else setting.read_training
    scores = trainer.probe.scores(setting.inputs, sample).astype(np.float64)
    labels = setting.inputs.labels[sample]
    known = np.isfinite(scores).all(axis=1)
    scores[~known] = 0.0
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    answers = np.where(known, scores.argmax(axis=1), -1)
    counts = np.zeros((scores.shape[1], scores.shape[1]), np.int64)
    np.add.at(counts, (labels[known], answers[known]), 1)
    each = np.arange(sample.size)
    return Confusion(
        counts=_frozen(counts),
        sample=sample,
        labels=_frozen(labels.astype(np.int16)),
        answers=_frozen(answers.astype(np.int16)),
        chosen=_frozen(np.where(known, shares[each, answers], np.nan).astype(np.float32)),
        true=_frozen(np.where(known, shares[each, labels], np.nan).astype(np.float32)),
        one=_frozen(np.where(known, shares.T, np.nan).T[0].astype(np.float32)),
        validates=validates,
    )


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array
