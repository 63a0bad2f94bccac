"""The third check (F3): a network that cannot learn 20 examples by heart will not learn more."""

from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from simulator.analysis.checks.check_result import CheckPicture, Outcome, cut_short
from simulator.analysis.clock import Clock, advance
from simulator.analysis.copies import start, with_batch_statistics, with_examples, without_regularisation
from simulator.analysis.effort import affordable, step_effort
from simulator.analysis.measured import Measured, strong
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message
from simulator.training.run.setting import Setting

EXAMPLES = 20
FACTORS = (1.0, 10.0, 0.1)  # times the learning rate, in the order they are tried
STEPS = (100, 2000)  # at each rate: at least, at most
BUDGET = 1e12  # multiply-adds of all attempts, beyond the least steps
LOOK_EVERY = 25  # steps
LOW_LOSS = 0.05


@dataclass(frozen=True)
class Attempt:
    """The best reading at one rate.

    Attributes
    ----------
    complete
        Whether it made all of the 2,000 steps, or needed no more: not stopped, and not too dear.
    course
        (step, data loss) of every reading.
    """

    factor: float
    rate: float
    accuracy: float
    loss: float
    steps: int
    diverged: bool
    complete: bool
    course: tuple[tuple[int, float], ...] = ()

    @property
    def learned(self) -> bool:
        """Whether all examples are right and the loss is low."""
        return self.accuracy == 1 and self.loss < LOW_LOSS


def overfits(experiment: Experiment, clock: Clock) -> Outcome:
    """Train on 20 examples as one batch, without penalties, dropout and schedule, at three rates."""
    copy = few_examples(experiment)
    first = start(copy)
    steps = affordable(BUDGET / len(FACTORS), step_effort(first), *STEPS)
    attempts = []
    for number, factor in enumerate(FACTORS):
        part = clock.part(number / len(FACTORS), (number + 1) / len(FACTORS))
        attempts.append(attempt(copy, factor, part, first.setting, steps))
        if attempts[-1].learned or clock.over:
            break
    return _judged(attempts, first.setting.training.size, clock)


def few_examples(experiment: Experiment) -> Experiment:
    """Return the copy that trains on 20 of the training examples, chosen by the data seed, as one batch."""
    seed = experiment.seeds.data
    training, _validation = experiment.split.indices(experiment.data.load(seed).labels, seed)
    allowed = training[: experiment.split.train_on]
    chosen = np.random.default_rng([seed, 2]).permutation(allowed)
    count = min(EXAMPLES, chosen.size)
    # Preprocessing goes on measuring all training examples, so the chosen ones come first, not alone.
    rest = np.setdiff1d(training, chosen[:count], assume_unique=True)
    copy = with_batch_statistics(without_regularisation(experiment))
    copy = replace(copy, training=replace(copy.training, batch_size=count))
    return with_examples(copy, np.concatenate([chosen[:count], rest]), training[:0], train_on=count)


def attempt(
    copy: Experiment, factor: float, clock: Clock, setting: Setting | None = None, steps: int = STEPS[1]
) -> Attempt:
    """Train at `factor` times the learning rate until everything is learned, or the steps are over."""
    rate = copy.training.learning_rate * factor
    trainer = start(replace(copy, training=replace(copy.training, learning_rate=rate)), setting=setting)
    best, going = (np.inf, 0.0), True
    course = []
    while True:
        loss, accuracy = trainer.evaluate(trainer.setting.training)
        course.append((trainer.step, loss))
        if np.isfinite(loss):
            best = max(best, (loss, accuracy), key=lambda pair: (pair[1], -pair[0]))
        learned = best[1] == 1 and best[0] < LOW_LOSS
        diverged = trainer.ending is not None
        if learned or trainer.step >= steps or diverged or not going:
            complete = learned or diverged or trainer.step >= STEPS[1]
            return Attempt(factor, rate, best[1], best[0], trainer.step, diverged, complete, tuple(course))
        clock.report(trainer.step / steps)
        going = advance(trainer, LOOK_EVERY, clock)


def _picture(best: Attempt) -> CheckPicture:
    step, loss = np.array(best.course).T
    return CheckPicture(
        title=Message(N_("Loss of the 20 examples at rate {rate}"), {"rate": Measured(best.rate, "round")}),
        across=Message(N_("step")),
        x=step,
        y=np.where(np.isfinite(loss), loss, np.inf),
        logarithmic_y=True,
        reference=(LOW_LOSS, Message(N_("learned by heart"))),
        mark=(len(step) - 1, Message(N_("end"))),
    )


def _judged(attempts: list[Attempt], examples: int, clock: Clock) -> Outcome:
    best = max(attempts, key=lambda one: (one.accuracy, -one.loss))
    values = {
        "accuracy": strong(best.accuracy, "share"),
        "examples": Measured(examples, "count"),
        "loss": strong(best.loss),
        "factor": Measured(best.factor, "round"),
        "rate": Measured(best.rate, "round"),
        "steps": Measured(best.steps, "count"),
    }
    picture = _picture(best)
    if best.learned:
        text = N_(
            "Learned by heart in {steps} steps at {factor} times the learning rate, {rate}; data loss {loss} on "
            "{examples} examples."
        )
        if best.factor == 1:
            text = N_(
                "Learned by heart in {steps} steps at the learning rate {rate}; data loss {loss} on {examples} "
                "examples."
            )
        return Outcome(best.accuracy, 1.0, "pass", Message(text, values), picture=picture)
    if all(one.diverged for one in attempts):
        text = N_(
            "Training diverges at every rate tried; the best accuracy on the way was {accuracy} of {examples} "
            "examples, at rate {rate} within {steps} steps."
        )
    elif best.accuracy == 1:
        text = N_(
            "All {examples} examples are right, but the data loss is still {loss} after {steps} steps at its best "
            "rate, {rate}."
        )
    else:
        text = N_(
            "Not learned by heart in {steps} steps: at best accuracy {accuracy} of {examples} examples and data loss "
            "{loss}, at {factor} times the learning rate, {rate}."
        )
    sentence = Message(text, values)
    if clock.stopped:
        return Outcome(best.accuracy, 1.0, "unsure", cut_short(sentence), picture=picture)
    unsure = best.accuracy == 1 or not all(one.complete for one in attempts)
    return Outcome(best.accuracy, 1.0, "unsure" if unsure else "fail", sentence, picture=picture)
