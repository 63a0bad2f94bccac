"""`check` on the command line: one object with --json, a table without, one sentence for a fault."""

import json

import pytest

from simulator.analysis.checks import sanity
from simulator.headless import check
from simulator.headless.command_line import main

KEYS = ["id", "title", "measured", "expected", "verdict", "sentence", "seconds"]


def answer(capsys, *arguments, told=""):
    assert main(["check", *arguments, "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == told
    return json.loads(said.out, parse_constant=lambda constant: pytest.fail(f"{constant} is no JSON"))


def test_that_the_object_holds_every_check(capsys):
    held = answer(capsys, "spiral")
    assert list(held) == ["checks", "passed", "failed"]
    assert [list(row) for row in held["checks"]] == [KEYS] * 6
    assert [row["id"] for row in held["checks"]] == [one.item.id for one in sanity.CHECKS]
    assert (held["passed"], held["failed"]) == (6, 0)
    assert held["checks"][0]["measured"] == pytest.approx(held["checks"][0]["expected"], rel=1e-3)
    assert all(row["sentence"].endswith(".") for row in held["checks"])


def test_that_a_failed_check_is_an_answer_and_no_fault(capsys):
    held = answer(capsys, "A4-linear")
    assert [row["verdict"] for row in held["checks"]] == ["pass", "pass", "fail", "pass", "pass", "pass"]
    assert (held["passed"], held["failed"]) == (5, 1)


def test_that_what_is_no_finite_number_is_null(capsys, tmp_path):
    path = tmp_path / "huge.csv"
    path.write_text("a,b,class\n" + "".join(f"{3e38 * (-1) ** i},{3e38},{'xy'[i % 2]}\n" for i in range(20)))
    told = "20 examples, 2 classes: x 10, y 10.\nThe first row names the columns.\nLetters were read as UTF-8.\n"
    held = answer(capsys, "spiral", "--set", f"data={json.dumps({'kind': 'csv_file', 'path': str(path)})}", told=told)
    assert held["checks"][1]["measured"] is None
    assert held["checks"][1]["verdict"] == "fail"


def test_that_options_change_fields(capsys):
    held = answer(capsys, "digits", "--set", "preprocessing=none", "--set", "data=spiral", "--l2", "0.1", "--seed", "3")
    assert held["checks"][0]["expected"] == pytest.approx(0.6931, abs=1e-4)


def test_that_the_table_shows_mark_words_measured_and_expected(capsys):
    assert main(["check", "A4-linear"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["check", "measured", "expected"]
    rows = [line for line in lines if line[:1] in ("✓", "✗")]
    assert [row[0] for row in rows] == ["✓", "✓", "✗", "✓", "✓", "✓"]
    assert rows[0].split()[-2:] == ["0.6931", "0.6931"]
    assert rows[3].endswith("below 1e-05")
    assert any(line.strip().startswith("Output:") for line in lines)
    assert lines[-1] == "5 passed, 1 failed"


def test_that_a_terminal_without_marks_gets_words(monkeypatch, capsys):
    class Narrow:
        encoding = "ascii"

    monkeypatch.setattr(check.sys, "stdout", Narrow())
    assert check._mark("fail") == "fail"


def test_that_an_interrupt_leaves_what_is_done(monkeypatch, capsys):
    run_checks = sanity.run_checks
    monkeypatch.setattr(sanity, "run_checks", lambda experiment: _then_interrupt(run_checks, experiment))
    assert main(["check", "spiral", "--json"]) == 130
    held = json.loads(capsys.readouterr().out)
    assert len(held["checks"]) == 2


def _then_interrupt(run_checks, experiment):
    yield from run_checks(experiment, checks=sanity.CHECKS[:2])
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["spiral", "--set", "x"],
        ["spiral", "--learning-rate", "nan"],
        ["spiral", "--set", "network.0=1"],
    ],
    ids=" ".join,
)
def test_that_every_fault_is_one_sentence(capsys, arguments):
    try:
        code = main(["check", *arguments])
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
