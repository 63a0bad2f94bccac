"""The file format: what is written is read back; what cannot be read is named in one sentence."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ExperimentError, FileError, ObukaError
from simulator.experiment.experiment import Experiment, Training
from simulator.experiment.files import LARGEST_FILE, SCHEMA, decode, encode, read, write
from simulator.experiment.library import load
from simulator.experiment.patch import from_plain
from simulator.experiment.run import Edit, Run, WeightEdit
from tests.strategies import experiments, garbage, live_patches

WEIGHT = {"kind": "weight", "step": 1, "block": "network.0.W", "index": [0, 0], "old": 0.5, "new": 1.0}

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


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x80abc", b"{", b"{'schema': 1}", b"\x00" * 100])
def test_that_a_file_of_something_else_is_no_json(data):
    assert "is not a JSON file" in sentence(data)


@pytest.mark.parametrize("data", [b"[]", b"3", b"null", b'"text"', b"{}", b'{"schema": 1}'])
def test_that_a_file_without_an_experiment_is_named(data):
    assert "holds no experiment" in sentence(data)


@pytest.mark.parametrize("schema", [0, 3, 99, "1", None, [], {}, 1.5])
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
        [{"step": 1, "patch": {}}],
        [{"kind": "change", "step": "1", "patch": {}}],
        [{"kind": "change", "step": 1, "patch": []}],
        [{"kind": "colour", "step": 1, "patch": {}}],
        [{"kind": "weight", "step": 1, "patch": {}}],
        [{**WEIGHT, "index": 3}],
        [{**WEIGHT, "index": [True, 0]}],
        [{**WEIGHT, "new": "1"}],
        [{**WEIGHT, "new": None}],
        [{**WEIGHT, "old": 10**400}],
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
@pytest.mark.parametrize("schema", [1, SCHEMA])
def test_that_an_edit_that_no_run_can_have_made_is_refused_when_the_file_is_read(edits, schema):
    told = edits if schema == 1 else [{"kind": "change", **edit} for edit in edits]
    assert "edit log cannot be read" not in sentence(file(edits=told, schema=schema))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"block": "network.0.V"}, "there is no block 'network.0.V' of weights; there is network.0.W, network.0.b"),
        ({"block": "x" * 5000}, "there is no block '"),
        ({"index": [0]}, "there is no weight [0] in 'network.0.W'; its shape is ? × 50"),
        ({"index": [0, 50]}, "there is no weight [0, 50] in 'network.0.W'"),
        ({"index": [0, -1]}, "there is no weight [0, -1] in 'network.0.W'"),
        ({"index": [7] * 5000}, "there is no weight ["),
        ({"new": 1e39}, "a weight must be a number that 32 bits hold, not 1e+39"),
        ({"new": float("nan")}, "a weight must be a number that 32 bits hold, not nan"),
        ({"old": float("inf")}, "a weight must be a number that 32 bits hold, not inf"),
        ({"step": -1}, "not in the order of its steps"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_that_a_weight_that_no_run_can_have_is_named(fields, words):
    said = sentence(file(experiment={"network": [{"kind": "dense"}]}, edits=[WEIGHT | fields]))
    assert words in said
    assert len(said) < 400


def test_that_a_file_of_before_still_opens_and_is_written_as_of_now():
    edits = [{"step": 3, "patch": {"training.l2": 0.5}}, {"step": 4, "patch": {"training.l2": 0.6}, "joined": True}]
    run = decode(file(schema=1, edits=edits), "f")
    assert run.edits == (Edit(3, {"training.l2": 0.5}), Edit(4, {"training.l2": 0.6}, joined=True))
    raw = json.loads(encode(run))
    assert (raw["schema"], [edit["kind"] for edit in raw["edits"]]) == (2, ["change", "change"])
    assert decode(encode(run), "f") == run


def test_that_a_file_holds_both_kinds_of_entries_in_their_order():
    run = Run(from_plain({"network": [{"kind": "dense"}]})).with_edit(3, {"training.l2": 0.5})
    run = run.with_weight(WeightEdit(7, "network.0.W", (1, 2), -0.25, 2.46)).with_edit(7, {"training.l2": 0.0})
    assert decode(encode(run), "f") == run
    raw = json.loads(encode(run))["edits"]
    assert raw[1] == WEIGHT | {"step": 7, "index": [1, 2], "old": -0.25, "new": 2.46}
    assert [edit["kind"] for edit in raw] == ["change", "weight", "change"]


PLACES = {
    "file": '{"schema": 1, "experiment": {}, "more": %s}',
    "schema": '{"schema": %s, "experiment": {}}',
    "experiment": '{"schema": 1, "experiment": %s}',
    "name": '{"schema": 1, "experiment": {"name": %s}}',
    "unknown field": '{"schema": 1, "experiment": {"colour": %s}}',
    "number": '{"schema": 1, "experiment": {"training": {"l2": %s}}}',
    "kind": '{"schema": 1, "experiment": {"data": {"kind": %s}}}',
    "layer": '{"schema": 1, "experiment": {"network": [{"kind": %s}]}}',
    "choice": '{"schema": 1, "experiment": {"training": {"divergence": {"judged": %s}}}}',
    "edit": '{"schema": 1, "experiment": {}, "edits": [{"step": 1, "patch": {"training.l2": %s}}]}',
}


@pytest.mark.parametrize("levels", [60, 980, 100_000])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bracket", ["[]", '{"a":}'], ids=["lists", "groups"])
def test_that_brackets_in_brackets_are_one_sentence_however_deep(place, levels, bracket):
    nested = bracket[:-1] * levels + "1" + bracket[-1] * levels
    said = sentence((PLACES[place] % nested).encode())
    assert said == "file.json is not an experiment: its brackets are nested too deeply"


def test_that_brackets_that_never_close_are_one_sentence():
    assert "nested too deeply" in sentence(b"[" * 100_000)


LONG_PLACES = {
    **{place: text for place, text in PLACES.items() if place not in ("file", "unknown field")},
    "field's name": '{"schema": 1, "experiment": {%s: 1}}',
    "path of an edit": '{"schema": 1, "experiment": {}, "edits": [{"step": 1, "patch": {%s: 1}}]}',
    "path of data": '{"schema": 1, "experiment": {"data": {"kind": "csv_file", "path": %s}}}',
}


@pytest.mark.parametrize(("place", "length"), [*((place, 5_000) for place in LONG_PLACES), ("kind", 9_000_000)])
def test_that_no_text_of_a_file_makes_a_sentence_long(place, length):
    long = json.dumps("wörd\u2028<b>" * (length // 8))
    assert len(sentence((LONG_PLACES[place] % long).encode())) < 600


@pytest.mark.parametrize("value", [[1] * 10_000, {str(number): 1 for number in range(10_000)}], ids=["list", "group"])
@pytest.mark.parametrize("place", LONG_PLACES)
def test_that_no_list_of_a_file_makes_a_sentence_long(place, value):
    if "%s:" not in LONG_PLACES[place]:
        assert len(sentence((LONG_PLACES[place] % json.dumps(value)).encode())) < 600


def test_that_a_network_of_more_layers_than_anybody_draws_is_refused():
    network = [{"kind": "relu"}] * 2_000
    assert "at most 1,000 entries can be used, and there are 2,000" in sentence(file(experiment={"network": network}))


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_that_a_pipe_or_a_device_is_no_experiment_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "link.json").symlink_to("/dev/zero")
    for name in ("pipe.json", "link.json"):
        with pytest.raises(FileError, match=f"{name} is a pipe or a device"):
            read(tmp_path / name)
        with pytest.raises(FileError, match=f"{name} cannot be written: there is a pipe or a device of that name"):
            write(tmp_path / name, Run(Experiment()))


@pytest.mark.skipif(not os.path.exists("/proc/kmsg"), reason="this system has no such file")  # noqa: PTH110
def test_that_a_file_that_only_seems_one_is_not_waited_for():
    with pytest.raises(FileError):
        read(Path("/proc/kmsg"))


@pytest.mark.skipif(sys.platform == "win32", reason="names of any bytes")
@pytest.mark.parametrize("name", [b"a\nb.json", b"\xff.json", b"a\x1b[1mb.json"])
def test_that_the_name_of_a_file_can_be_said(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    for act in (lambda: read(path), lambda: write(path / "x", Run(Experiment()))):
        with pytest.raises(FileError) as caught:
            act()
        assert str(caught.value).isprintable()
        str(caught.value).encode()


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


# --- what a write leaves alone ---

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and rights of POSIX")


@posix
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing yet"])
def test_that_a_link_stays_and_its_file_is_written(tmp_path, there):
    (tmp_path / "far").mkdir()
    kept, link = tmp_path / "far" / "kept.json", tmp_path / "link.json"
    if there:
        write(kept, Run(Experiment()))
    link.symlink_to(kept)
    new = Run(Experiment(training=Training(l2=0.5)))
    write(link, new)
    assert link.is_symlink()
    assert read(kept) == new


def test_that_no_other_file_is_touched(tmp_path):
    own = tmp_path / "run.json.part"
    own.write_text("the person's own")
    write(tmp_path / "run.json", Run(Experiment()))
    assert own.read_text() == "the person's own"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["run.json", "run.json.part"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_that_a_file_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "run.json"
    write(path, Run(Experiment()))
    path.chmod(mode)
    write(path, Run(Experiment(name="new")))
    assert path.stat().st_mode & 0o777 == mode
    assert read(path).experiment.name == "new"


@posix
def test_that_a_new_file_has_the_mode_of_all_new_files(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path / "run.json", Run(Experiment()))
    finally:
        os.umask(before)
    assert (tmp_path / "run.json").stat().st_mode & 0o777 == 0o640


def test_that_the_longest_name_can_be_written(tmp_path):
    path = tmp_path / ("n" * 250 + ".json")
    write(path, Run(Experiment()))
    assert read(path) == Run(Experiment())


@pytest.mark.parametrize("name", ["n" * 252 + ".json", "n\0.json"], ids=["too long", "impossible"])
def test_that_a_name_that_no_file_can_have_is_a_sentence(tmp_path, name):
    with pytest.raises(FileError, match="cannot be written: "):
        write(tmp_path / name, Run(Experiment()))
    assert not list(tmp_path.iterdir())


def test_that_a_clean_up_that_fails_as_well_is_one_sentence(tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(FileError, match=r"run\.json cannot be written: Read-only file system"):
        write(tmp_path / "run.json", Run(Experiment()))


def test_that_a_write_protected_file_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "run.json"
    write(path, Run(Experiment()))
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)  # as it is for all but root
    with pytest.raises(FileError, match="the file is write-protected"):
        write(path, Run(Experiment(name="new")))
