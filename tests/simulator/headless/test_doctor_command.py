"""`doctor` on the command line: findings with causes first, one object with --json, one sentence for a fault."""

import json
import re

import pytest

from simulator.headless.command_line import main


def test_that_findings_are_printed_with_causes_first(capsys):
    assert main(["doctor", "H1-very-high", "--steps", "150"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "After 150 steps: findings 3, causes 1"
    assert lines[1] == "1  The learning rate is too large (slide H4)"
    assert "of their size" in lines[2]
    assert lines[3].startswith("   Found at step ")
    assert lines[3].endswith(", on 1000 examples.")
    assert lines[4].startswith("   Try: A learning rate of")
    assert " after 150 steps from the start, not " in lines[4]
    assert [line[0] for line in lines if line[0].isdigit()] == ["1", "2", "3"]


def test_that_a_healthy_run_has_no_finding(capsys):
    assert main(["doctor", "A4", "--steps", "200", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"steps": 200, "before": [], "findings": []}


def test_that_the_object_holds_what_is_needed(capsys):
    assert main(["doctor", "D1", "--json", "--set", "training.epochs=8"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["steps"] == 8 * 15
    first = held["findings"][0]
    assert list(first) == [
        "id",
        "cause",
        "title",
        "sentence",
        "slide",
        "since",
        "step",
        "examples",
        "remedy",
        "loss",
    ]
    assert held["before"] == ["identical_units"]
    assert (first["step"], first["examples"]) == (0, 1000)
    assert first["loss"]["with"] < 0.5 * first["loss"]["without"]
    assert (first["id"], first["cause"], first["slide"], first["since"]) == ("identical_units", True, "D1", 0)
    assert first["remedy"]["output.weights"] == {"kind": "xavier"}


def test_that_every_accuracy_names_its_sample(capsys):
    assert main(["doctor", "H3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    # 100 of 1,797 digits train, half of the digits validate
    assert re.search(r"Training \S+ % of 100, validation \S+ % of 898\.", lines[2])
    assert re.search(r"Validation \S+ % of 898 after 120 steps from the start, not \S+ % of 898\.", lines[4])


def test_that_a_run_that_diverges_is_not_laid_beside_as_no_number(capsys):
    assert main(["doctor", "H2-not-a-number"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"Loss \S+ after 100 steps from the start; without it training diverges in \d+\.", said)
    assert "not nan" not in said


@pytest.mark.parametrize("arguments", [["nothing"], ["spiral", "--steps", "0"], ["spiral", "--set", "x"]])
def test_that_every_fault_is_one_sentence(capsys, arguments):
    assert main(["doctor", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_that_ln_c_is_not_named_where_classes_are_uneven(capsys, tmp_path):
    rows = [f"{index},{'a' if index % 50 >= 3 else 'b'}" for index in range(100)]
    table = tmp_path / "uneven.csv"
    table.write_text("x,kind\n" + "\n".join(rows) + "\n", encoding="utf-8")
    source = json.dumps({"kind": "csv_file", "path": str(table)})
    changes = [f"data={source}", "preprocessing=standardise", "training.learning_rate=1e-9", "network=[]"]
    arguments = [word for change in changes for word in ("--set", change)]
    assert main(["doctor", "spiral", "--steps", "300", *arguments, "--json"]) == 0
    guessing = json.loads(capsys.readouterr().out)["findings"][-1]
    assert guessing["id"] == "guessing"
    assert "ln 2" not in guessing["sentence"]
    assert "entropy of the labels" in guessing["sentence"]
