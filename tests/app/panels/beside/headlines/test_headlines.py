"""A headline is a claim: each is made of a real run where its condition holds, and its number is the engine's."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.look import numbers
from app.panels.beside.headlines.choice import HEADLINES, HELD, Teller, choose
from app.panels.beside.headlines.moment import Moment
from app.panels.beside.headlines.proposals import faster_rate
from app.running.run_state import RunState
from simulator.analysis.doctor import RunRecord, Watch
from simulator.analysis.straight_line import straight_line_accuracy
from simulator.experiment import Experiment, Run, apply, load
from simulator.training import Loaded, Picture, RunFacts
from simulator.training.run.trainer import Trainer
from tests.simulator.analysis.doctor.watched import killed, pictures_of

LONGEST = 56
"""Letters of a headline that fit in three lines of the narrowest panel."""
DYING = {"training.learning_rate": 3.0}
MINE = {"name": "Mine"}
HOLDS = {
    "promised": ("A4", {}, 0),
    "untrained": ("A4", MINE, 0),
    "overflowed": ("H2-not-a-number", {}, 400),
    "straight": ("A4-two-linear", {}, 200),
    "cause": ("H2-dying", DYING, 120),
    "overfits": ("H3", {}, 60),
    "bends": ("A4", {}, 400),
    "far below guessing": ("digits", {}, 225),
    "learns": ("spiral", {}, 100),
    "guesses": ("spiral", {}, 1),
}
"""Where each headline is the one that is told: experiment, change, steps."""


@cache
def trained(name: str, patch: tuple[tuple[str, object], ...], steps: int) -> tuple[Experiment, list[Picture], RunFacts]:
    experiment = apply(load(name).experiment, dict(patch))
    return experiment, *pictures_of(experiment, steps)


def moment(name: str, patch: dict[str, object], steps: int, state: RunState = RunState.PAUSED) -> Moment:
    experiment, pictures, facts = trained(name, tuple(patch.items()), max(steps, 1))
    pictures = pictures if steps else pictures[:1]
    watch = Watch()
    for picture in pictures:
        record = RunRecord.of(picture, facts, experiment)
        findings = watch.examine(record)
    loaded = Loaded(1, Run(experiment), experiment, 0, facts)
    return Moment(loaded, experiment, state, pictures[-1], record, findings)


def of(name: str) -> Moment:
    return moment(*HOLDS[name])


@pytest.mark.parametrize("name", HOLDS)
def test_that_each_headline_is_told_where_it_holds(name: str) -> None:
    headline = choose(of(name))
    told = headline.tell(of(name))
    assert headline.id == name
    assert len(told.headline) <= LONGEST
    assert told.number
    assert told.basis
    assert told.proposal is not None
    assert bool(told.proposal.button) == (told.proposal.twin is not None), "no button without something to do"


ELSEWHERE = {
    "promised": "bends",
    "untrained": "learns",
    "overflowed": "cause",
    "straight": "bends",
    "cause": "bends",
    "overfits": "far below guessing",
    "bends": "straight",
    "far below guessing": "learns",
    "learns": "guesses",
    "guesses": "learns",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_that_no_headline_is_claimed_elsewhere(name: str) -> None:
    headline = next(each for each in HEADLINES if each.id == name)
    assert headline.holds(of(name))
    assert not headline.holds(of(ELSEWHERE[name]))


def test_that_what_cannot_be_built_is_said() -> None:
    assert choose(replace(of("promised"), state=RunState.FAILED)).id == "broken"
    assert choose(replace(of("promised"), picture=None, record=None)).id == "promised"


def climbing(training: float) -> Moment:
    """A run whose loss stands while its accuracy has come to so much (slide F4)."""
    found = of("guesses")
    assert found.picture is not None
    readings = found.picture.readings
    readings = replace(
        readings,
        training_loss=np.full(readings.step.size, 2.3025),
        training_accuracy=np.linspace(0.1, training, readings.step.size),
    )
    return replace(found, picture=replace(found.picture, readings=readings))


def test_that_accuracy_without_loss_is_a_headline_of_its_own() -> None:
    told = choose(climbing(0.22)).tell(climbing(0.22))
    assert told.headline == "Accuracy climbs, yet the loss does not fall."
    assert told.number.replace(numbers.NO_BREAK_SPACE, " ") == "22 %"
    assert told.sentence.replace(numbers.NO_BREAK_SPACE, " ").startswith(
        f"of 80 training points are right at step {climbing(0.22).step}. At the start it was 10 %."
    )
    assert told.proposal is not None
    assert told.proposal.twin is not None
    assert choose(climbing(0.12)).id == "guesses"


# --- the numbers ---


def test_that_the_share_on_the_plane_is_the_engine_s() -> None:
    told = choose(of("bends")).tell(of("bends"))
    trainer = Trainer(load("A4"))
    trainer.advance(400)
    share = trainer.evaluate(trainer.setting.read_training)[1]
    assert told.number == numbers.percent(share)
    assert f"of {trainer.setting.read_training.size} training points are right at step 400." in told.sentence
    assert "Read at step 400, on 80 examples of each." in told.basis


def test_that_no_linear_network_does_better_than_the_straight_line_by_much() -> None:
    trainer = Trainer(load("A4-linear"))
    trainer.advance(600)
    known = of("straight")
    assert trainer.evaluate(trainer.setting.training)[1] == pytest.approx(known.straight, abs=0.02)
    assert f"A straight line gets {numbers.percent(known.straight)}." in choose(known).tell(known).sentence


def test_that_straight_borders_find_what_they_can() -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2], 100)
    middles = np.array([[0.0, 0.0], [900.0, 0.0], [0.0, 0.01]])
    apart = middles[labels] + rng.normal(0, 1, (300, 2)) * [20.0, 1e-4]
    assert straight_line_accuracy(apart, labels, 3) == 1.0
    crossed = np.sign(rng.normal(0, 1, (400, 2)))
    assert straight_line_accuracy(crossed, (crossed[:, 0] == crossed[:, 1]).astype(int), 2) < 0.65
    assert straight_line_accuracy(np.ones((4, 2)), np.array([0, 0, 0, 1]), 2) == 0.75


def test_that_a_finding_goes_on_from_its_number() -> None:
    known = of("cause")
    told = choose(known).tell(known)
    assert told.headline == "The learning rate is too large."
    assert known.findings[0].value == pytest.approx(float(told.number.split(numbers.NO_BREAK_SPACE)[0]) / 100, rel=0.01)
    assert told.sentence.startswith("is how far one update moved the weights of")
    assert f"Found at step {known.findings[0].step}, on" in told.basis


def test_that_the_gap_is_that_of_the_percentages() -> None:
    known = of("overfits")
    told = choose(known).tell(known)
    assert known.accuracies is not None
    high, low = (round(100 * share) for share in (known.accuracies.training, known.accuracies.validation))
    assert told.number == str(high - low)
    assert f"{high} %" in told.sentence.replace(numbers.NO_BREAK_SPACE, " ")


# --- what is proposed ---


@pytest.mark.parametrize("steps", [215, 260])
def test_that_no_larger_rate_is_proposed_to_units_that_a_rate_has_killed(steps: int) -> None:
    """An epoch at rate 10, taken back: the units stay dead."""
    run = killed()
    pictures, facts = pictures_of(run, steps, frames=steps // 5 + 1)
    experiment, watch = run.at(210), Watch()
    for picture in pictures:
        record = RunRecord.of(picture, facts, run.at(picture.frame.step))
        findings = watch.examine(record)
    known = Moment(Loaded(1, run, experiment, 0, facts), experiment, RunState.PLAYING, picture, record, findings)
    told = choose(known).tell(known)
    assert known.is_mostly_dead
    assert told.proposal is not None
    assert told.proposal.twin is not None
    assert told.proposal.twin.training.learning_rate <= experiment.training.learning_rate
    if steps == 260:
        assert told.headline.startswith("Units of Dense ")
        assert told.headline.endswith(" are dead.")


@pytest.mark.parametrize("name", ["guesses", "learns"])
def test_that_dead_units_are_to_be_made_livelier_rather_than_faster(name: str) -> None:
    known = of(name)
    picture = known.picture
    assert picture is not None
    faster = choose(known).tell(known).proposal
    assert faster is not None
    assert faster.button.startswith("Use rate")
    first, second, *others = picture.frame.layers
    frame = replace(picture.frame, layers=(first, replace(second, dead=0.9), *others))
    proposal = choose(known).tell(replace(known, picture=replace(picture, frame=frame))).proposal
    assert proposal is not None
    assert proposal.twin is not None
    assert proposal.twin.training.learning_rate == known.experiment.training.learning_rate
    assert {each.kind for each in proposal.twin.network} == {"dense", "leaky_relu"}


def test_that_no_rate_above_1_is_proposed() -> None:
    known = of("guesses")
    for rate, proposed in ((0.02, 0.06), (0.3, 0.9), (0.5, None), (1.0, None)):
        proposal = faster_rate(replace(known, experiment=apply(known.experiment, {"training.learning_rate": rate})))
        assert (None if proposal is None or proposal.twin is None else proposal.twin.training.learning_rate) == proposed


def test_that_proposals_are_twins_with_one_thing_changed() -> None:
    bends, straight, far = (
        choose(of(name)).tell(of(name)).proposal for name in ("bends", "straight", "far below guessing")
    )
    assert bends is not None
    assert bends.button == "Make it linear"
    assert bends.twin is not None
    assert [entry.kind for entry in bends.twin.network] == ["dense", "linear"]
    assert straight is not None
    assert straight.twin is not None
    assert [entry.kind for entry in straight.twin.network] == ["dense", "relu"]
    assert far is not None
    assert far.twin is not None
    assert [entry.kind for entry in far.twin.network] == ["dense", "sigmoid"]


def test_that_an_experiment_of_the_lecture_is_tried_against_that_beside_it_on_the_slide() -> None:
    known = moment("H1", {}, 60)
    proposal = choose(known).tell(known).proposal
    assert proposal is not None
    assert proposal.button == "Train it beside this"
    assert proposal.twin == load("H1-high").experiment
    assert "stays too high and restless" in proposal.words
    changed = moment("H1", {"training.batch_size": 64}, 60)
    other = choose(changed).tell(changed).proposal
    assert other is None or other.button != proposal.button, "it is no longer the slide's"


# --- how long it stays ---


def playing(name: str) -> Moment:
    return replace(of(name), state=RunState.PLAYING)


def test_that_a_headline_changes_only_after_it_held() -> None:
    teller = Teller()
    first = teller.look(playing("learns"))
    for _ in range(3):  # to and fro
        assert teller.look(playing("bends")) == first
        assert teller.look(playing("learns")) == first
    for _ in range(HELD - 1):
        assert teller.look(playing("bends")) == first
    assert teller.look(playing("bends")).headline == "One hidden layer bends the border round both arms."


def test_that_a_pause_and_another_run_are_told_at_once() -> None:
    teller = Teller()
    teller.look(playing("learns"))
    assert "bends" in teller.look(of("bends")).headline
    other = playing("cause")
    assert teller.look(replace(other, loaded=replace(other.loaded, run_id=2))).headline.startswith("The learning rate")
