"""The experiments that come with the program."""

import pytest

from simulator.data.sources.noise import Noise
from simulator.errors import FileError
from simulator.experiment.cards import cards, with_keys
from simulator.experiment.experiment import Experiment
from simulator.experiment.files import encode, write
from simulator.experiment.library import find, load, names
from simulator.experiment.run import Run

INITIALISATION = {"D2": "tanh", "D3": "tanh", "D4": "tanh", "D5": "relu", "D6": "relu"}


def test_that_the_library_is_in_order_and_holds_the_first_lessons():
    assert list(names()) == sorted(names())
    assert {"A4", "spiral", "digits", *INITIALISATION} <= set(names())


@pytest.mark.parametrize("name", names())
def test_that_every_built_in_experiment_loads_and_has_a_name(name):
    run = load(name)
    assert run.experiment.name
    assert run.edits == ()
    assert with_keys(run.experiment.network) == run.experiment.network


@pytest.mark.parametrize("name", names())
def test_that_every_built_in_experiment_survives_its_own_file(name, tmp_path):
    path = tmp_path / "copy.json"
    write(path, load(name))
    assert find(str(path)) == load(name)


def test_that_no_two_built_in_experiments_have_one_name():
    said = [load(name).experiment.name for name in names()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(("name", "activation"), INITIALISATION.items())
def test_that_the_initialisation_experiments_are_the_lecture_s(name, activation):
    experiment = load(name).experiment
    assert experiment.data == Noise(examples=1000, width=500, classes=10)
    assert experiment.split.validation == 0
    assert len(cards(experiment.network)) == 10
    for card in cards(experiment.network):
        assert card.entries[0].units == 500
        assert card.entries[0].bias == 0
        assert card.activation.kind == activation
    schemes = {card.entries[0].weights for card in cards(experiment.network)}
    assert len(schemes) == 1


def test_that_the_initialisation_experiments_differ_as_on_the_slides():
    schemes = {name: load(name).experiment.network[0].weights for name in INITIALISATION}
    assert (schemes["D2"].kind, schemes["D2"].scale) == ("normal", 0.01)
    assert (schemes["D3"].kind, schemes["D3"].scale) == ("normal", 1.0)
    assert [schemes[name].kind for name in ("D4", "D5", "D6")] == ["xavier", "xavier", "he"]


def test_that_a_name_comes_before_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spiral").write_bytes(encode(Run(Experiment(name="mine"))))
    assert find("spiral") == load("spiral")
    assert find("./spiral").experiment.name == "mine"


@pytest.mark.parametrize("name", ["nothing", "", ".", "\0", "../spiral"])
def test_that_an_unknown_name_is_answered_with_the_way_to_all(name):
    with pytest.raises(FileError, match="`python -m simulator list` shows all"):
        find(name)


@pytest.mark.parametrize(("name", "meant"), [("Spirals", "spiral"), ("a4", "A4"), ("h3fine", "H3-fine")])
def test_that_a_slip_of_the_pen_is_answered_with_the_three_nearest_names(name, meant):
    with pytest.raises(FileError) as caught:
        find(name)
    near = str(caught.value).split("are ")[1].split(";")[0].split(", ")
    assert near[0] == meant
    assert len(set(near) & set(names())) == 3


def test_that_a_name_too_long_for_a_file_is_unknown_too():
    with pytest.raises(FileError):
        find("x" * 5000)
