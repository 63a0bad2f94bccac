"""`measure`: one object with --json, a table without, one sentence for a fault; `list` has the vocabulary."""

import json

import pytest

from simulator.headless.command_line import main
from simulator.quantities import quantities


def test_that_numbers_come_by_name_in_the_order_asked_for(capsys):
    names = ["ending", "epochs_to(0.0001)", "accuracy.all", "layers[1].std@0"]
    assert main(["measure", "A4-linear", "--set", "training.epochs=3", "--what", *names, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [*found] == names
    assert found["ending"] == "finished"
    assert found["epochs_to(0.0001)"] is None
    assert 0.5 < found["accuracy.all"] < 1


def test_that_a_table_has_a_line_a_name(capsys):
    assert main(["measure", "A4", "--what", "fn[sigmoid].slope(0)", "zigzag(positive, 1).same_sign"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "fn[sigmoid].slope(0)           0.25",
        "zigzag(positive, 1).same_sign  1",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--what", "acuracy.all"], "There is no quantity 'acuracy.all'; near it are accuracy.all"),
        (["--what", "accuracy.all", "--steps", "-1"], "Steps must be at least 0, not -1."),
        (["--what", "layers[9].std"], "This network has no layer 9"),
        (["--what", "bn.running"], "This network has no batch norm"),
    ],
)
def test_that_a_fault_is_one_sentence(arguments, sentence, capsys):
    assert main(["measure", "A4", "--set", "training.epochs=1", *arguments]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(sentence)


def test_that_list_has_every_quantity_with_what_it_means(capsys):
    assert main(["list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["quantities"]
    assert [*found] == [*quantities()]
    assert found["layers[k].dead"]["meaning"].startswith("Share of units")
    assert all(about["sample"] and about["cost"] for about in found.values())
