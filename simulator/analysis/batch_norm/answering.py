"""The two ways to answer at test time: normalised by the batch at hand, or by running statistics (slide E4)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from simulator.analysis.batch_norm.batch_norm_results import AnswerModes, Real
from simulator.analysis.batch_norm.noise import SIZES
from simulator.analysis.batch_norm.normalised_copy import NormalisedCopy, Statistics
from simulator.analysis.clock import Clock, Progress, Stop
from simulator.kernels.columns import EVALUATE

COMPANIES: Final = 60  # batches that one example is put into
WAYS: Final[tuple[Statistics, Statistics]] = ("batch", "running")


def answer_modes(
    copy: NormalisedCopy, size: int = 32, example: int = 0, stop: Stop | None = None, progress: Progress | None = None
) -> AnswerModes:
    """Measure accuracy in batches of 1 to 256, and one example's answers in many batches of `size`.

    The examples are those that accuracies are read on: of the validation set, or of the training set without one.

    Parameters
    ----------
    example
        The place of that one example among them.
    """
    clock = Clock(stop=stop, progress=progress)
    setting = copy.trainer.setting
    labels = setting.dataset.labels
    read = setting.read_validation if setting.read_validation.size else setting.read_training
    by_class = read[np.argsort(labels[read], kind="stable")]
    sizes = np.array([one for one in SIZES if one <= read.size])
    mixed, in_order = np.full(sizes.size, np.nan), np.full(sizes.size, np.nan)
    for place, one in enumerate(sizes):
        if clock.over:
            break
        mixed[place] = _accuracy(copy, "batch", read, int(one))
        in_order[place] = _accuracy(copy, "batch", by_class, int(one))
        clock.report((place + 1) / sizes.size)
    place = example % read.size
    size = min(size, read.size)
    answers, right = _answers(copy, int(read[place]), np.delete(read, place), size)
    return AnswerModes(
        sizes=sizes,
        batch=mixed,
        sorted_batch=in_order,
        running=_accuracy(copy, "running", read, int(sizes[-1])),
        examples=read.size,
        chance=float(np.bincount(labels[read]).max() / read.size),
        answers=answers,
        size=size,
        number=place,
        label=setting.dataset.class_names[int(labels[read[place]])],
        right=right,
    )


def _accuracy(copy: NormalisedCopy, statistics: Statistics, sample: NDArray[np.int64], size: int) -> float:
    """Return the share that is right where `sample` is answered in batches of `size`, in its order."""
    probe, _state = copy.probe(statistics, size)
    answers = probe.scores(copy.trainer.setting.inputs, sample).argmax(axis=1)
    return float(np.mean(answers == copy.trainer.setting.dataset.labels[sample]))


def _answers(
    copy: NormalisedCopy, example: int, others: NDArray[np.int64], size: int
) -> tuple[Real, tuple[float, float]]:
    """Return the probability that the example's class gets in the company of others, and how often it wins."""
    setting = copy.trainer.setting
    label = int(setting.dataset.labels[example])
    answers, right = np.empty((len(WAYS), COMPANIES)), np.empty((len(WAYS), COMPANIES))
    for row, statistics in enumerate(WAYS):
        probe, _state = copy.probe(statistics, size)
        rng = copy.generator(size, example)
        for company in range(COMPANIES):
            sample = np.concatenate([[example], rng.choice(others, size - 1, replace=False)])
            probe.forward(setting.inputs, sample, EVALUATE)
            scores = probe.output(probe.program.operations - 1)[0].astype(np.float64)
            answers[row, company] = softmax(scores)[label]
            right[row, company] = scores.argmax() == label
    return answers, (float(right[0].mean()), float(right[1].mean()))
