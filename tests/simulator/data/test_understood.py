"""How a table of the user's own is understood: what is said of it before training, and what is asked."""

import os
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tqdm import tqdm

from simulator.data.formats import kept
from simulator.data.sources.csv_file import CsvFile
from simulator.data.sources.npz_file import NpzFile
from simulator.data.split import Split
from simulator.experiment.experiment import Experiment
from simulator.experiment.files import write
from simulator.experiment.run import Run
from simulator.headless.command_line import main
from simulator.layers.dense import Dense
from simulator.layers.relu import ReLU
from simulator.training.run.setting import prepare
from tests.simulator.data import written
from tests.simulator.data.written import sentence_of

SHARED = Path(os.environ.get("OBUKA_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data").parent
CASES = SHARED / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="no folder of cases beside the data sets")
ROWS = "".join(f"{row * 7 % 11},{row * 5 % 13},{'abc'[row % 3]}\n" for row in range(30))


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def load(tmp_path):
    def from_text(text, **fields):
        path = tmp_path / "own.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return CsvFile(path=str(path), **fields).load(0)

    return from_text


def case(name, **fields):
    return CsvFile(path=str(CASES / name), **fields).load(0)


def said(data):
    return [str(sentence) for sentence in data.told]


# --- the files that people brought ---


@needs_cases
def test_that_names_that_are_numbers_are_no_example():
    data = case("numheader.csv")
    assert data.examples == 150
    assert data.class_names == ("alpha", "beta", "gamma")
    assert data.feature_names == ("0", "1", "2", "3")
    assert data.features[0].tolist() == pytest.approx([5.0, 3.4, 1.7, 0.3])
    assert "150 examples, 3 classes: alpha 50, beta 50, gamma 50." in said(data)
    assert "The first row names the columns." in said(data)


@needs_cases
def test_that_an_id_is_left_out_and_said():
    data = case("id.csv")
    assert data.feature_names == ("a", "b", "c", "d")
    assert data.report.counting == data.report.left_out == ("Id",)
    assert "Columns left out, because they only count the rows: Id." in said(data)
    assert data.report.sorted_by_class
    kept_too = case("id.csv", keep_counting=True)
    assert kept_too.feature_names[0] == "Id"
    assert kept_too.report.left_out == ()
    assert "Columns that only count the rows, yet are kept as features: Id." in said(kept_too)


@needs_cases
def test_that_a_number_to_predict_never_becomes_classes_in_silence():
    assert sentence_of(lambda: case("housing.csv")) == (
        "housing.csv, column 4 ('medv'): 96 different values in 119 rows are hardly classes but a number or a name; "
        "cut them into groups, choose another column of classes, or allow them in the field 'Many classes'"
    )
    assert case("housing.csv", many_classes=True).classes == 96


@needs_cases
def test_that_26_letters_are_classes():
    data = case("letters26.csv.gz", label_column="letter")
    assert data.classes == 26
    assert sum(data.class_counts) == data.examples
    assert "A " in said(data)[0]


@needs_cases
def test_that_a_file_sorted_by_class_is_said():
    data = case("oneclass.csv")
    assert data.report.sorted_by_class
    assert "The rows are sorted by class." in said(data)
    note = "a class has no training example (1 of 2): B; choose another 'Split order'"
    asked = Experiment(data=CsvFile(path=str(CASES / "oneclass.csv")), split=Split(validation=0.2, order="file"))
    assert note in [str(each) for each in prepare(asked, np.dtype(np.float32)).notes]
    shuffled = msgspec.structs.replace(asked, split=Split(validation=0.2, order="stratified"))
    assert note not in [str(each) for each in prepare(shuffled, np.dtype(np.float32)).notes]


@pytest.mark.parametrize("command", [["run", "--steps", "1"], ["layers"], ["doctor", "--steps", "1"]])
def test_that_the_command_line_says_it_before_training(tmp_path, capsys, monkeypatch, command):
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # it starts a thread that stays
    path = tmp_path / "own.csv"
    path.write_text(ROWS)
    written_to = tmp_path / "own.json"
    write(written_to, Run(Experiment(data=CsvFile(path=str(path)), network=(Dense(units=3, key=1), ReLU()))))
    assert main([command[0], str(written_to), *command[1:], "--json"]) == 0
    errors = capsys.readouterr().err.splitlines()
    assert "30 examples, 3 classes: a 10, b 10, c 10." in errors
    assert "No row names the columns." in errors
    assert "Letters were read as UTF-8." in errors


# --- the row of names ---


@pytest.mark.parametrize("names", ["0,1,kind", "1,2,kind", "0,1,2", "1,2,3"])
def test_that_places_are_names_where_their_class_occurs_nowhere_else(load, names):
    data = load(f"{names}\n{ROWS}")
    assert data.examples == 30
    assert data.report.named
    assert data.class_names == ("a", "b", "c")
    assert data.feature_names == tuple(names.split(",")[:2])
    assert np.array_equal(data.features, load(ROWS).features)
    assert np.array_equal(data.labels, load(ROWS).labels)


def test_that_places_of_many_columns_are_names_whatever_the_classes(load):
    rows = "".join(f"{row % 7},{row % 5},{row % 3},{row * row % 11},{row % 6}\n" for row in range(40))
    data = load(f"0,1,2,3,4\n{rows}")
    assert data.examples == 40
    assert data.class_counts == (7, 7, 7, 7, 6, 6)


def test_that_an_unnamed_index_beside_numbers_is_an_id(load):
    rows = "".join(f"{number},{row}\n" for number, row in enumerate(ROWS.splitlines()))
    data = load(f",0,1,kind\n{rows}")
    assert data.feature_names == ("0", "1")
    assert data.report.left_out == ("x1",)


def test_that_a_first_row_that_may_be_names_is_asked_for(load):
    text = f"1990,2000,country\n{ROWS}"
    sentence = sentence_of(lambda: load(text))
    assert "own.csv, row 1: its class 'country' occurs in no other row" in sentence
    assert "'Names in the first row'" in sentence
    assert load(text, header="yes").feature_names == ("1990", "2000")
    assert load(text, header="no").examples == 31


@pytest.mark.parametrize("first", ["0,1,a", "1,2,b", "5,9,c"])
def test_that_a_first_row_of_a_known_class_is_an_example(load, first):
    data = load(f"{first}\n{ROWS}")
    assert data.examples == 31
    assert not data.report.named
    assert "No row names the columns." in said(data)


# --- letters ---

SERBIAN = "x,vrsta\n1,čaša\n2,kuća\n3,čaša\n"


@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
def test_that_letters_that_depend_on_the_encoding_are_asked_for_and_then_kept(load, encoding):
    sentence = sentence_of(lambda: load(SERBIAN.encode(encoding)))
    assert "own.csv is not in UTF-8" in sentence
    assert "choose one in the field 'Encoding'" in sentence
    data = load(SERBIAN.encode(encoding), encoding=encoding)
    assert data.class_names == ("kuća", "čaša")
    assert any(encoding.lower() in each.lower() for each in said(data))


def test_that_the_question_shows_what_each_encoding_reads(load):
    sentence = sentence_of(lambda: load(SERBIAN.encode("windows-1250")))
    assert "čaša (Windows-1250), èaša (Windows-1252)" in sentence


@pytest.mark.parametrize("word", ["дом", "зло", "щука"])
def test_that_cyrillic_letters_are_asked_for(load, word):
    data = f"x,c\n1,{word}\n2,б\n".encode("windows-1251")
    assert "own.csv is not in UTF-8" in sentence_of(lambda: load(data))
    assert word in load(data, encoding="windows-1251").class_names


@pytest.mark.parametrize("word", ["Müller", "café", "São".replace("ã", "â"), "Größe"])
def test_that_letters_that_all_encodings_share_are_read(load, word):
    data = load(f"x,c\n1,{word}\n2,b\n".encode("latin-1"))
    assert word in data.class_names
    assert "Letters were read as Windows-1252." in said(data)


def test_that_letters_lost_before_are_refused(load):
    assert "letters that were lost" in sentence_of(lambda: load("x,c\n1,�a�a\n2,b\n"))


def test_that_an_encoding_that_does_not_fit_is_refused(load):
    sentence = sentence_of(lambda: load(SERBIAN.encode("windows-1250"), encoding="utf-8"))
    assert sentence == "own.csv is not written in UTF-8; choose another encoding in the field 'Encoding'"


# --- columns that count the rows ---


@pytest.mark.parametrize("first", [0, 1, 20_230_001, 3_000_000_001])
@pytest.mark.parametrize("gap", [1000, 4])
def test_that_a_column_that_counts_is_found_from_any_start_and_over_gaps(load, first, gap):
    numbers = [first + row + row // gap for row in range(30)]
    data = load("".join(f"{number},{row}\n" for number, row in zip(numbers, ROWS.splitlines(), strict=True)))
    assert data.report.left_out == ("x1",)
    assert np.array_equal(data.features, load(ROWS).features)


@pytest.mark.parametrize(
    "values",
    [range(30, 0, -1), range(0, 60, 2), [row / 2 for row in range(30)], [*range(29), 5]],
    ids=["down", "by two", "halves", "one back"],
)
def test_that_other_columns_are_features(load, values):
    data = load("".join(f"{value},{row}\n" for value, row in zip(values, ROWS.splitlines(), strict=True)))
    assert data.report.counting == ()
    assert data.width == 3


def test_that_the_only_feature_is_kept_and_said(load):
    data = load("".join(f"{row},{'ab'[row % 2]}\n" for row in range(30)))
    assert data.width == 1
    assert data.report.counting == ("x1",)
    assert data.report.left_out == ()


def test_that_a_few_rows_may_count_by_chance(load):
    assert load("1,5,a\n2,3,b\n3,8,a\n").width == 2


# --- classes that are none ---


def test_that_names_of_persons_are_no_classes(load):
    text = "".join(f"{row % 7},{row % 5},person {row}\n" for row in range(40))
    assert "40 different values in 40 rows are hardly classes" in sentence_of(lambda: load(text))


def test_that_fractions_are_no_classes_however_many_rows(load):
    text = "".join(f"{row % 7},{row % 5},{row % 30 + 0.5}\n" for row in range(600))
    assert "30 different values in 600 rows" in sentence_of(lambda: load(text))


def test_that_whole_numbers_with_rows_enough_are_classes(load):
    data = load("".join(f"{row % 7},{row % 5},{row % 47}\n" for row in range(470)))
    assert data.classes == 47
    assert data.report.numeric_classes


def test_that_an_archive_says_the_same(tmp_path):
    def archived(labels, **fields):
        path = tmp_path / "own.npz"
        path.write_bytes(written.npz(x=np.arange(len(labels) * 6.0).reshape(-1, 6), y=labels))
        return NpzFile(path=str(path), **fields).load(0)

    sentence = sentence_of(lambda: archived(np.arange(100) // 2))
    assert "own.npz, the array 'y': 50 different values in 100 rows are hardly classes" in sentence
    data = archived(np.arange(100) // 2, many_classes=True)
    assert data.classes == 50
    assert archived(np.arange(100) // 25).report.sorted_by_class
    assert "own.npz: 'y' holds class names whose letters are not in UTF-8" in sentence_of(
        lambda: archived(np.array([b"\xe8a", b"b"]))
    )
    assert archived(np.array(["č".encode(), b"b"])).class_names == ("b", "č")
