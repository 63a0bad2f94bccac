"""Paths of data: from the experiment's file first, and written so that file and data can move together."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from simulator.data.sources.csv_file import CsvFile
from simulator.data.sources.mnist import Mnist
from simulator.experiment.data_paths import anchored, portable
from simulator.experiment.experiment import Experiment
from simulator.experiment.files import read, write
from simulator.experiment.run import Run

TABLE = "1,2,a\n3,4,b\n"


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with a table beside an experiment's place, one below and one in the folder next to it."""
    monkeypatch.delenv("OBUKA_DATA", raising=False)
    for folder in ("lesson", "lesson/data", "shared", "away/from/here"):
        (tmp_path / folder).mkdir(parents=True)
    for place in ("lesson", "lesson/data", "shared", "away/from/here"):
        (tmp_path / place / "plain.csv").write_text(TABLE)
    return tmp_path


def on(path):
    return Run(Experiment(data=CsvFile(path=str(path))))


def written_path(file):
    return json.loads(file.read_bytes())["experiment"]["data"]["path"]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("lesson/plain.csv", "plain.csv"),
        ("lesson/data/plain.csv", "data/plain.csv"),
        ("shared/plain.csv", "../shared/plain.csv"),
    ],
)
def test_that_data_near_the_file_are_written_relative_and_found_when_both_move(course, place, text):
    file = course / "lesson" / "run.json"
    write(file, on(course / place))
    assert written_path(file) == text
    assert read(file).experiment.data.path == str(course / place)
    moved = course.parent / (course.name + " moved")
    shutil.move(course, moved)
    held = read(moved / "lesson" / "run.json").experiment.data
    assert held.path == str(moved / place)
    assert held.load(0).examples == 2
    shutil.move(moved, course)


def test_that_data_far_away_keep_their_whole_path(course):
    file = course / "lesson" / "data" / "run.json"
    far = course / "away" / "from" / "here" / "plain.csv"
    write(file, on(far))
    assert written_path(file) == str(far)


def test_that_the_file_s_folder_comes_before_the_present_one_and_the_data_folders(course, monkeypatch):
    monkeypatch.chdir(course / "shared")
    monkeypatch.setenv("OBUKA_DATA", str(course / "shared"))
    file = course / "lesson" / "run.json"
    raw = {"schema": 1, "experiment": {"data": {"kind": "csv_file", "path": "plain.csv"}}}
    file.write_text(json.dumps(raw))
    assert read(file).experiment.data.path == str(course / "lesson" / "plain.csv")


def test_that_a_path_that_leads_nowhere_from_the_file_stays_for_the_data_folders(course, monkeypatch):
    monkeypatch.setenv("OBUKA_DATA", str(course))
    file = course / "lesson" / "run.json"
    write(file, on("shared/plain.csv"))
    assert written_path(file) == "shared/plain.csv"
    held = read(file).experiment.data
    assert held.path == "shared/plain.csv"
    assert held.load(0).examples == 2


def test_that_a_path_meant_from_the_present_folder_is_not_lost(course, monkeypatch):
    monkeypatch.chdir(course)
    file = course / "lesson" / "run.json"
    write(file, on("shared/plain.csv"))
    assert written_path(file) == "../shared/plain.csv"


def test_that_a_folder_is_found_as_a_file_is(course):
    run = Run(Experiment(data=Mnist(folder=str(course / "lesson" / "data"))))
    write(course / "lesson" / "run.json", run)
    assert read(course / "lesson" / "run.json") == run
    assert portable(run.experiment, course / "lesson" / "run.json").data.folder == "data"


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_that_links_on_the_way_change_nothing(course):
    (course / "link").symlink_to(course / "lesson")
    write(course / "lesson" / "run.json", on(course / "link" / "plain.csv"))
    assert written_path(course / "lesson" / "run.json") == "plain.csv"
    (course / "run.json").symlink_to(course / "lesson" / "run.json")
    assert read(course / "run.json").experiment.data.load(0).examples == 2


@pytest.mark.parametrize("text", ["", "~", "~nobody-at-all/x", "a\0b", "x" * 5000, "\ud800", ".."])
def test_that_a_path_that_is_none_is_left_to_loading(course, text):
    experiment = Experiment(data=CsvFile(path=text))
    assert portable(experiment, course / "run.json").data.path in (text, "..", str(Path.home()), "../..")
    assert anchored(experiment, course / "run.json").data.path in (text, os.path.normpath(course / ".."))


def test_that_an_experiment_without_files_is_the_same_object(course):
    experiment = Experiment()
    assert portable(experiment, course / "run.json") is experiment
    assert anchored(experiment, course / "run.json") is experiment
