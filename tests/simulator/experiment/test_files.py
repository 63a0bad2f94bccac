"""The file format: what is written is read back; what cannot be read is named in one sentence."""

import json
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ExperimentError, FileError, ObukaError
from simulator.experiment.experiment import Experiment, Training
from simulator.experiment.files import LARGEST_FILE, SCHEMA, decode, encode, read, write
from simulator.experiment.library import load
from simulator.experiment.run import Run
from tests.strategies import experiments, garbage, live_patches

runs = st.builds(
    lambda experiment, edits: _with_edits(experiment, edits),
    experiments(),
    st.lists(st.tuples(st.integers(0, 10**9), live_patches()), max_size=3),
)


def _with_edits(experiment, edits):
    run = Run(experiment)
    for step, patch in sorted(edits, key=lambda edit: edit[0]):  # as a run logs them
        run = run.with_edit(step, patch)
    return run


def one_sentence(fault):
    said = str(fault)
    return bool(said) and "\n" not in said and "Traceback" not in said and "{place}" not in said


def sentence(data, name="file.json"):
    with pytest.raises(ObukaError) as caught:
        decode(data, name)
    assert one_sentence(caught.value)
    assert name in str(caught.value)
    return str(caught.value)


def file(**fields):
    return json.dumps({"schema": SCHEMA, "experiment": {}, **fields}).encode()


# --- there and back ---


@given(runs)
def test_that_a_run_survives_its_file(run):
    assert decode(encode(run), "f") == run


@given(runs)
def test_that_a_file_is_the_same_when_written_again(run):
    assert encode(decode(encode(run), "f")) == encode(run)


def test_that_a_written_file_is_read_back(tmp_path):
    run = Run(Experiment(name="Спирала š")).with_edit(3, {"training.l2": 0.5})
    path = tmp_path / "run š.json"
    write(path, run)
    assert read(path) == run
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_that_a_file_holds_the_schema_and_readable_lines():
    text = encode(Run(Experiment())).decode()
    assert json.loads(text)["schema"] == SCHEMA
    assert text.endswith("}\n")
    assert len(text.splitlines()) > 20


def test_that_a_byte_order_mark_is_no_fault():
    assert decode(b"\xef\xbb\xbf" + encode(Run(Experiment())), "f") == Run(Experiment())


def test_that_windows_line_ends_are_no_fault():
    assert decode(encode(Run(Experiment())).replace(b"\n", b"\r\n"), "f") == Run(Experiment())


def test_that_missing_fields_take_their_defaults():
    assert decode(file(), "f") == Run(Experiment())


# --- what cannot be read ---


@given(runs, st.data())
def test_that_a_truncated_file_is_named(run, data):
    whole = encode(run)
    length = data.draw(st.integers(0, len(whole) - 3))
    assert "is not a JSON file: the fault is in line " in sentence(whole[:length])


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"\x80abc", b"{", b"[" * 100_000, b"{'schema': 1}", b"\x00" * 100]
)
def test_that_a_file_of_something_else_is_no_json(data):
    assert "is not a JSON file" in sentence(data)


@pytest.mark.parametrize("data", [b"[]", b"3", b"null", b'"text"', b"{}", b'{"schema": 1}'])
def test_that_a_file_without_an_experiment_is_named(data):
    assert "holds no experiment" in sentence(data)


@pytest.mark.parametrize("schema", [0, 2, 99, "1", None, [], {}, 1.5])
def test_that_a_file_of_another_schema_is_named(schema):
    said = sentence(file(schema=schema))
    assert f"this version reads schema {SCHEMA}" in said


def test_that_a_number_of_5_000_digits_is_a_sentence():
    sentence(b'{"schema": 1, "experiment": {"seeds": {"data": ' + b"1" * 5000 + b"}}}")


def test_that_a_lone_surrogate_is_a_sentence():
    sentence(b'{"schema": 1, "experiment": {"name": "\\ud800"}}')


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_that_numbers_beyond_json_are_refused(number):
    data = b'{"schema": 1, "experiment": {"training": {"l2": ' + number.encode() + b"}}}"
    assert "training: L2 penalty must be a number" in sentence(data)


def test_that_a_fault_of_the_experiment_names_file_place_and_value():
    with pytest.raises(ExperimentError) as caught:
        decode(file(experiment={"training": {"batch_size": 0}}), "my.json")
    assert str(caught.value) == "my.json: training: mini-batch must be between 1 and 100000, not 0"


@pytest.mark.parametrize(
    "edits",
    [
        None,
        3,
        {},
        [3],
        [{}],
        [{"step": 1}],
        [{"step": "1", "patch": {}}],
        [{"step": 1.5, "patch": {}}],
        [{"step": 1, "patch": []}],
        [{"step": 1, "patch": {}, "more": 1}],
    ],
    ids=str,
)
def test_that_an_edit_log_of_something_else_is_named(edits):
    assert "edit log" in sentence(file(edits=edits))


@pytest.mark.parametrize(
    "edits",
    [
        [{"step": -1, "patch": {"training.l2": 0.5}}],
        [{"step": 1, "patch": {"colour": 0.5}}],
        [{"step": 1, "patch": {"training.l2": -1}}],
        [{"step": 1, "patch": {"seeds.order": 1}}],
        [{"step": 5, "patch": {"training.l2": 1}}, {"step": 1, "patch": {"training.l2": 0}}],
    ],
    ids=["negative step", "unknown field", "out of range", "no live edit", "out of order"],
)
def test_that_an_edit_that_no_run_can_have_made_is_refused_when_the_file_is_read(edits):
    sentence(file(edits=edits))


@given(garbage())
def test_that_garbage_files_raise_nothing_but_sentences(raw):
    try:
        data = json.dumps({"schema": SCHEMA, "experiment": raw, "edits": raw}).encode()
    except ValueError:
        return  # a number too long to write
    said = ""
    try:
        decode(data, "f")
    except ObukaError as fault:
        said = str(fault)
    assert "{name}" not in said


@given(st.binary(max_size=200))
def test_that_any_bytes_raise_nothing_but_a_sentence(data):
    with pytest.raises(FileError):
        decode(data, "f")


# --- the file system ---


def test_that_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileError, match=r"missing\.json cannot be read: "):
        read(tmp_path / "missing.json")


def test_that_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileError, match="cannot be read: "):
        read(tmp_path)
    with pytest.raises(FileError, match="cannot be written: "):
        write(tmp_path, Run(Experiment()))


def test_that_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as huge:
        huge.truncate(LARGEST_FILE + 1)
    with pytest.raises(FileError, match=r"huge\.json is too large for an experiment"):
        read(path)


def test_that_an_unknown_folder_cannot_be_written_to(tmp_path):
    with pytest.raises(FileError, match=r"run\.json cannot be written: "):
        write(tmp_path / "nowhere" / "run.json", Run(Experiment()))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may do everything")
def test_that_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tmp_path / "secret.json"
    path.write_bytes(b"{}")
    path.chmod(0)
    with pytest.raises(FileError, match=r"secret\.json cannot be read: "):
        read(path)


def test_that_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "run.json"
    old, new = Run(Experiment()), Run(Experiment(training=Training(l2=0.5)))
    write(path, old)

    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(path), "replace", refuse)
    with pytest.raises(FileError, match=r"run\.json cannot be written: No space left on device"):
        write(path, new)
    assert read(path) == old
    assert [item.name for item in tmp_path.iterdir()] == ["run.json"]


def test_that_a_fork_s_edit_survives_its_file():
    """Another activation from step 7 on: no live edit, and yet every weight keeps its place."""
    run = load("spiral").with_edit(7, {"network.1": {"kind": "tanh"}})
    assert decode(encode(run), "a") == run
