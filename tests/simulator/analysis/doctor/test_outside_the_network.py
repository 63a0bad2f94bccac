"""Causes outside the network are told before the first step where data and settings show them, and cured by trial."""

import json
import math
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.analysis.checks.sanity import CHECKS
from simulator.analysis.checks.set_up import set_up_is_sound
from simulator.analysis.clock import Clock
from simulator.analysis.doctor.examination import diagnoses, examine, foreseen
from simulator.analysis.doctor.trial import try_remedy
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply
from simulator.headless.command_line import main
from tests.simulator.analysis.doctor.courses import NORM, RELU, dense, network
from tests.simulator.analysis.doctor.watched import records_of

SHARED = Path(os.environ.get("OBUKA_DATA") or Path(__file__).resolve().parents[5] / "shared" / "data").parent
CASES = SHARED / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="no folder of cases beside the data sets")
ROWS = 200


def table(columns: dict[str, np.ndarray], labels: np.ndarray) -> str:
    lines = [",".join([*columns, "kind"])]
    lines += [
        ",".join([*map(repr, map(float, row)), label]) for *row, label in zip(*columns.values(), labels, strict=True)
    ]
    return "\n".join(lines) + "\n"


def points(**more: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return two columns of unit spread whose sum tells two classes apart, and further columns."""
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(2, ROWS))
    return {"x": x, "y": y, **more}, np.where(x + y > 0, "a", "b")


def unscaled() -> str:
    columns, labels = points()
    return table({"large": 5000 + 2500 * columns["x"], "small": 0.02 * columns["y"]}, labels)


def with_constant() -> str:
    return table(*points(still=np.full(ROWS, 7.0)))


def nearly_constant() -> str:
    return table(*points(still=1000 + 1e-3 * (np.arange(ROWS) % 3)))


def counting() -> str:
    columns, labels = points()
    order = np.argsort(labels, kind="stable")
    return table({"Id": np.arange(1.0, ROWS + 1), "x": columns["y"][order]}, labels[order])


def sorted_by_class(shares: tuple[float, ...]) -> str:
    rng = np.random.default_rng(0)
    counts = [round(share * ROWS) for share in shares]
    kinds = np.repeat(np.arange(len(counts)), counts)
    return table({"x": rng.normal(kinds * 3.0, 1.0), "y": rng.normal(size=kinds.size)}, np.array(list("abcd"))[kinds])


def amounts() -> str:
    rng = np.random.default_rng(0)
    x = rng.normal(size=ROWS)
    return table({"x": x}, np.array([f"{value:.1f}" for value in 20 + 5 * x]))


@dataclass(frozen=True, eq=False)
class Case:
    """A run with a cause outside the network.

    Attributes
    ----------
    remedy
        What a patch must hold for a cure that was tried; None where nothing is proposed.
    """

    expected: str
    text: str | None
    remedy: dict[str, Any] | None
    words: tuple[str, ...]
    more: tuple[tuple[str, Any], ...] = ()
    reading: tuple[tuple[str, Any], ...] = ()
    layers: tuple[dict[str, Any], ...] = (dense(16), RELU)


FILE_ORDER = (("split.order", "file"),)
CASES_BEFORE = (
    Case("unscaled_inputs", unscaled(), {"preprocessing": {"kind": "standardise"}}, ("large", "small", "5.77e+03")),
    Case("constant_columns", with_constant(), None, ("still", "is 7 in all 160")),
    Case("constant_columns", nearly_constant(), None, ("still", "1e+03", "rounding")),
    Case("counting_column", counting(), None, ("Id", "200 rows"), reading=(("keep_counting", True),)),
    Case("one_class", sorted_by_class((0.85, 0.15)), {"split.order": "shuffled"}, ("class a", "2 classes"), FILE_ORDER),
    Case(
        "unseen_class",
        sorted_by_class((0.5, 0.4, 0.1)),
        {"split.order": "shuffled"},
        ("20 of 40", "class c"),
        FILE_ORDER,
    ),
    Case("number_classes", amounts(), None, ("quantity"), reading=(("many_classes", True),)),
    Case("rate_zero", None, {"training.learning_rate": 0.1}, ("learning rate is 0",), (("training.learning_rate", 0),)),
    Case(
        "lone_example",
        None,
        {"training.batch_size": 32},
        ("1 example",),
        (("training.batch_size", 1),),
        layers=(dense(16), NORM, RELU),
    ),
)
every_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.expected}-{at}") for at, case in enumerate(CASES_BEFORE)]
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    @cache
    def build(case: Case) -> Experiment:
        data: str | dict[str, Any] = "moons"
        if case.text is not None:
            path = tmp_path_factory.mktemp("tables") / "own.csv"
            path.write_text(case.text, encoding="utf-8")
            data = {"kind": "csv_file", "path": str(path), **dict(case.reading)}
        return apply(network(data, *case.layers), dict(case.more))

    return build


def found_at_start(experiment: Experiment):
    return {finding.id: finding for finding in foreseen(records_of(experiment, 1)[0])}


@every_case
def test_that_it_is_told_before_the_first_step(case, built):
    found = found_at_start(built(case))
    assert next(iter(found)) == case.expected
    finding = found[case.expected]
    assert (finding.step, finding.is_cause) == (0, True)
    for words in case.words:
        assert words in str(finding.sentence)


@every_case
def test_that_the_checklist_says_the_same(case, built):
    outcome = set_up_is_sound(built(case), Clock())
    assert outcome.verdict == "fail"
    assert str(outcome.sentence) == str(found_at_start(built(case))[case.expected].sentence)
    assert outcome.measured == 1 + len(outcome.details)


@every_case
def test_that_its_remedy_is_measured_and_helps(case, built):
    finding = found_at_start(built(case))[case.expected]
    if case.remedy is None:
        assert finding.remedy is None
        return
    trial = try_remedy(built(case), finding.remedy, 200, finding.aim, budget=math.inf)
    assert set(trial.remedy.patch) == set(case.remedy)
    if case.expected != "rate_zero":  # the best of several is taken
        assert dict(trial.remedy.patch) == case.remedy
    assert trial.helps
    assert case.expected not in found_at_start(apply(built(case), trial.remedy.patch))


def test_that_the_list_of_what_is_known_before_is_covered():
    assert {name for name, diagnosis in diagnoses().items() if diagnosis.before} == {
        case.expected for case in CASES_BEFORE
    }


def test_that_scaled_columns_and_letters_are_no_finding(built):
    columns, labels = points()
    assert found_at_start(
        built(Case("", table({"cm": 170 + 10 * columns["x"], "kg": 70 + 10 * columns["y"]}, labels), None, ()))
    ).keys() <= {"unscaled_inputs"}
    letters = np.resize(np.arange(26), 26 * 20)
    text = table({"x": np.sin(letters), "y": np.cos(letters)}, letters.astype(str))
    assert found_at_start(built(Case("", text, None, ()))) == {}
    assert "set_up" in [check.item.id for check in CHECKS]


@pytest.mark.parametrize("penalty", [{"l2": 1.0}, {"l2": 5.0}, {"l1": 0.5}])
def test_that_a_penalty_that_holds_the_loss_is_named_and_taken_away(penalty):
    experiment = network("digits", dense(32), RELU, pre="standardise", **penalty)
    record = records_of(experiment, 150)[-1]
    found = {finding.id: finding for finding in examine(record)}
    assert [name for name, finding in found.items() if finding.is_cause] == ["strong_penalty"]
    trial = try_remedy(experiment, found["strong_penalty"].remedy, 150, budget=math.inf)
    assert trial.helps
    assert dict(trial.remedy.patch) == {f"training.{name}": 0.0 for name in penalty}
    # the weights' own gradients: a penalty that is usual does not speak up
    usual = network("digits", dense(32), RELU, pre="standardise", l2=1e-3)
    assert examine(records_of(usual, 150)[-1]) == ()


def test_that_the_pull_is_what_numpy_finds():
    experiment = network("digits", dense(32), RELU, pre="standardise", l2=1.0, rate=0.0)
    record = records_of(experiment, 1)[-1]
    from simulator.analysis.doctor.strong_penalty import pull
    from simulator.experiment.run import Run
    from simulator.training.run.trainer import Trainer

    trainer = Trainer(Run(experiment))
    weights = [trainer.state.parameters[item.span] for item in trainer.program.placed if item.block.role == "weight"]
    size = np.sqrt(sum(float((w.astype(float) ** 2).sum()) for w in weights))
    gradients = [record.start.layers[at].weight_gradient.norm for at in record.weighted]
    assert pull(record).values[-1, 0] == pytest.approx(size / np.sqrt(np.square(gradients).sum()), rel=1e-3)


@needs_cases
@pytest.mark.parametrize(
    ("name", "reading", "order", "expected"),
    [
        ("oneclass.csv", {}, "file", "one_class"),
        ("id.csv", {"keep_counting": True}, "shuffled", "counting_column"),
        ("housing.csv", {"many_classes": True}, "shuffled", "number_classes"),
    ],
)
def test_that_the_files_people_brought_are_told_of_by_doctor_and_checklist(capsys, name, reading, order, expected):
    source = json.dumps({"kind": "csv_file", "path": str(CASES / name), **reading})
    changes = ["--set", f"data={source}", "--set", f"split.order={order}"]
    assert main(["doctor", "spiral", "--steps", "20", *changes, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert expected in told["before"]
    (finding,) = [finding for finding in told["findings"] if finding["id"] == expected]
    assert (finding["step"], finding["cause"]) == (0, True)
    assert (finding["remedy"] == {"split.order": "shuffled"}) == (expected == "one_class")
