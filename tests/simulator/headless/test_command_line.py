"""The command line: one object with --json, one sentence for a fault."""

import csv
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tqdm import tqdm

from simulator.experiment.files import write
from simulator.experiment.library import load, names
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.headless import bench
from simulator.headless.command_line import main
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.training.run.trainer import Trainer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def no_monitor(monkeypatch):
    """A progress bar starts a thread that stays; the room is to be left clean."""
    monkeypatch.setattr(tqdm, "monitor_interval", 0)


def process(*arguments, cwd=ROOT):
    """Run the command line in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


def answer(capsys, *arguments):
    """Carry out a command in this process; return its JSON object."""
    assert main([*arguments, "--json"]) == 0
    return the_object(capsys.readouterr().out)


def the_object(text):
    """Parse exactly one JSON object; NaN and Infinity are no JSON."""

    def refuse(constant):
        raise AssertionError(f"{constant} is no JSON")

    held = json.loads(text, parse_constant=refuse)
    assert isinstance(held, dict)
    return held


# --- in a process of its own ---


def test_that_list_names_experiments_and_kinds():
    done = process("list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    held = the_object(done.stdout)
    assert [experiment["id"] for experiment in held["experiments"]] == list(names())
    assert held["layers"] == list(LAYERS)
    assert held["initializers"] == list(INITIALIZERS)


def test_that_run_reaches_95_percent_on_the_digits():
    done = process("run", "digits", "--json")
    assert done.returncode == 0
    held = the_object(done.stdout)
    assert held["validation_accuracy"] >= 0.95
    assert held["train_accuracy"] >= 0.95
    assert held["steps"] == 20 * math.ceil(1438 / 100)
    assert held["loss"] < 0.1 < held["initial_loss"]
    assert held["stopped"] is None
    assert held["seconds"] > 0


def test_that_layers_measures_the_signal():
    done = process("layers", "D6", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    held = the_object(done.stdout)
    assert len(held["layers"]) == 10
    assert held["layers"][0]["std"] == pytest.approx(0.826, rel=0.05)
    assert held["input"]["gradient_std"] == pytest.approx(1.0, rel=0.4)
    # the mean of 1,000 products of numbers of size 1 and of unit gradients, half of which ReLU blocks
    assert held["layers"][0]["weight_gradient_std"] == pytest.approx(math.sqrt(0.5 / 1000), rel=0.4)


def test_that_bench_times_one_workload(capsys, monkeypatch):
    monkeypatch.setattr(bench, "ROUNDS", 2)
    monkeypatch.setattr(bench, "ROUND_SECONDS", 0.02)
    (row,) = answer(capsys, "bench", "--only", "2-4-2")["workloads"]
    assert row["workload"] == "2-4-2"
    assert 0 < row["machine_us"] < 10_000
    assert row["times_numpy"] == pytest.approx(row["numpy_us"] / row["machine_us"], rel=1)


@pytest.mark.parametrize(
    "arguments",
    [["run", "nothing"], ["run"], [], ["run", "spiral", "--learning-rate", "-1"], ["frobnicate"]],
    ids=" ".join,
)
def test_that_a_fault_is_one_sentence_and_exit_code_2(arguments):
    done = process(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_that_it_runs_from_another_folder(tmp_path):
    done = process("run", "spiral", "--steps", "1", "--json", cwd=tmp_path)
    assert the_object(done.stdout)["steps"] == 1
    assert not list(tmp_path.iterdir())


posix = pytest.mark.skipif(os.name == "nt", reason="shells and signals of POSIX")


def in_a_shell(command, **environment):
    """Run a command line of a shell; `simulator` is the program, and the exit codes of a pipe are printed."""
    program = f'"{sys.executable}" -m simulator'
    return subprocess.run(
        ["bash", "-c", command.replace("simulator", program, 1) + '; echo "${PIPESTATUS[@]}" >&2'],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "", **environment},
        capture_output=True,
        text=True,
        timeout=100,
    )


NO_READER = "Nobody reads the output any more, so it ends here.\n141 0\n"


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_that_a_reader_that_has_seen_enough_is_one_sentence(unbuffered):
    assert in_a_shell("simulator list | true", PYTHONUNBUFFERED=unbuffered).stderr == NO_READER
    done = in_a_shell("simulator list | head -1", PYTHONUNBUFFERED=unbuffered)
    assert done.stdout == "experiments\n"
    assert done.stderr in (NO_READER, "0 0\n"), "the pipe may have taken everything before it was closed"


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full disk to try")  # noqa: PTH110
@pytest.mark.parametrize(
    ("command", "unbuffered"), [("simulator list", ""), ("simulator list", "1"), ("simulator --help", "1")]
)
def test_that_a_full_disk_is_one_sentence(command, unbuffered):
    done = in_a_shell(f"{command} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.stderr == "The output cannot be written: No space left on device.\n2\n"


@posix
def test_that_a_history_on_a_full_disk_is_one_sentence():
    done = in_a_shell("simulator run spiral --steps 1 --history /dev/full")
    assert done.stderr == "/dev/full cannot be written: No space left on device.\n2\n"


@posix
def test_that_no_reader_of_faults_either_is_no_fault_of_the_program():
    done = in_a_shell("simulator run nothing 2> /dev/full")
    assert done.stderr == "2\n"


@pytest.mark.parametrize("command", ["list", "layers spiral", "check spiral", "doctor spiral", "bench"])
def test_that_ctrl_c_is_one_sentence_and_its_exit_code(command, capsys, monkeypatch):
    def interrupted(_asked):
        raise KeyboardInterrupt

    for name in ("listing", "layers", "check", "doctor", "bench"):
        monkeypatch.setattr(f"simulator.headless.{name}.carry_out", interrupted)
    assert main(command.split()) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Stopped by hand.\n")


@posix
def test_that_a_sign_that_a_terminal_lacks_is_no_fault():
    done = in_a_shell("simulator list", PYTHONIOENCODING="ascii")
    assert done.stderr == "0\n"
    assert "experiments" in done.stdout


@posix
def test_that_the_name_of_a_file_keeps_its_letters(tmp_path):
    path = tmp_path / "plain.csv"
    path.write_text("1,2,a\n3,4\n")
    done = process("run", "spiral", "--epochs", "1", "--set", f'data={{"kind": "csv_file", "path": "{path}"}}')
    assert done.returncode == 2
    assert done.stderr.startswith("plain.csv")


@pytest.mark.parametrize("value", ["[" * 5000, "1" * 5000, '"' + "x" * 50_000 + '"', "[" * 900 + "]" * 900])
def test_that_a_value_without_bounds_is_one_sentence(value, capsys):
    for path in ("training.l2", "name", "network"):
        said = assert_one_sentence(capsys, ["run", "spiral", "--steps", "1", "--set", f"{path}={value}"])
        assert len(said) < 600


# --- run ---


def test_that_a_run_of_the_command_line_is_the_trainer_s(capsys):
    held = answer(capsys, "run", "spiral", "--epochs", "3")
    run = load("spiral")
    trainer = Trainer(run)
    losses, penalties = trainer.advance(30)
    trainer.read()
    assert held["loss"] == losses[-1] + penalties[-1]
    assert held["data_loss"] == losses[-1]
    assert held["train_accuracy"] == trainer.readings.last[2]
    assert held["validation_accuracy"] == trainer.readings.last[3]
    assert held["steps"] == 30


def test_that_accuracies_say_of_how_many_examples_they_are(capsys):
    held = answer(capsys, "run", "spiral", "--epochs", "5")
    trainer = Trainer(load("spiral"))
    trainer.advance(50)
    setting = trainer.setting
    assert (held["train_examples"], held["validation_examples"]) == (80, 80)
    assert held["train_accuracy"] == trainer.evaluate(setting.read_training)[1]
    assert (held["all_train_examples"], held["all_validation_examples"]) == (320, 80)
    assert held["all_train_accuracy"] == trainer.evaluate(setting.training)[1]
    assert held["all_validation_accuracy"] == trainer.evaluate(setting.validation)[1]
    assert held["all_train_accuracy"] != held["train_accuracy"]


def test_that_the_same_command_gives_the_same_numbers(capsys):
    first, second = (answer(capsys, "run", "spiral", "--steps", "50", "--seed", "7") for _ in range(2))
    first.pop("seconds")
    second.pop("seconds")
    assert first == second
    assert answer(capsys, "run", "spiral", "--steps", "50", "--seed", "8")["loss"] != first["loss"]


def test_that_no_steps_evaluate_the_untrained_network(capsys):
    held = answer(capsys, "run", "spiral", "--steps", "0", "--l2", "0.5")
    assert held["steps"] == 0
    assert held["loss"] == held["initial_loss"] > held["data_loss"]


def test_that_steps_go_on_beyond_the_epochs_of_the_experiment(capsys):
    assert answer(capsys, "run", "digits", "--steps", "310")["steps"] == 310


def test_that_options_change_fields(capsys):
    held = answer(
        capsys,
        *["run", "spiral", "--steps", "4", "--batch-size", "80", "--momentum", "0", "--learning-rate", "0.5"],
        *["--set", "network.0.units=3", "--set", "preprocessing=centre", "--set", "output.weights=xavier"],
    )
    experiment = load("spiral").experiment
    changed = apply(
        experiment,
        {
            "training.batch_size": 80,
            "training.optimizer.momentum": 0,
            "training.learning_rate": 0.5,
            "network.0.units": 3,
            "preprocessing": {"kind": "centre"},
            "output.weights": {"kind": "xavier"},
        },
    )
    losses, _ = Trainer(Run(changed)).advance(4)
    assert held["loss"] == losses[-1]


def test_that_a_diverged_run_says_so_and_its_loss_is_null(capsys):
    held = answer(capsys, "run", "spiral", "--epochs", "5", "--learning-rate", "1e9")
    assert held["loss"] is None
    assert held["stopped"].startswith("Diverged: ")


def test_that_an_experiment_without_end_is_given_one_and_told_so(capsys):
    assert main(["run", "spiral", "--json"]) == 0
    said = capsys.readouterr()
    assert the_object(said.out)["steps"] == 1000
    assert len(said.err.strip().splitlines()) == 1


def test_that_without_validation_its_accuracy_is_null(capsys):
    assert answer(capsys, "run", "D5", "--steps", "1")["validation_accuracy"] is None


def test_that_a_file_is_run_with_its_edits(capsys, tmp_path):
    run = load("spiral").with_edit(10, {"training.learning_rate": 0.5})
    path = tmp_path / "edited.json"
    write(path, run)
    held = answer(capsys, "run", str(path), "--steps", "40")
    losses, _ = Trainer(run).advance(40)
    assert held["loss"] == losses[-1]


def test_that_the_history_has_one_row_a_step(capsys, tmp_path):
    path = tmp_path / "history.csv"
    answer(capsys, "run", "spiral", "--epochs", "3", "--l2", "0.01", "--history", str(path))
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    trainer = Trainer(Run(apply(load("spiral").experiment, {"training.l2": 0.01})))
    data, penalties = trainer.advance(30)
    assert [int(row["step"]) for row in rows] == list(range(1, 31))
    assert [int(float(row["epoch"])) for row in rows] == [1 + step // 10 for step in range(30)]
    assert [float(row["data_loss"]) for row in rows] == data.tolist()
    assert [float(row["penalty"]) for row in rows] == penalties.tolist()
    assert [float(row["loss"]) for row in rows] == (data + penalties).tolist()


def test_that_a_table_shows_what_the_object_holds(capsys):
    held = answer(capsys, "run", "spiral", "--steps", "5")
    assert main(["run", "spiral", "--steps", "5"]) == 0
    table = dict(line.split(None, 1) for line in capsys.readouterr().out.strip().splitlines())
    assert set(held) <= set(table)
    assert float(table["loss"]) == pytest.approx(held["loss"], rel=1e-3)


@pytest.mark.parametrize("command", [["list"], ["layers", "D4"]])
def test_that_tables_are_printed_without_json(capsys, command):
    assert main(command) == 0
    assert len(capsys.readouterr().out.splitlines()) > 10


# --- faults ---

FAULTS = [
    ["run", "spiral", "--steps", "-1"],
    ["run", "spiral", "--epochs", "0"],
    ["run", "spiral", "--epochs", "x"],
    ["run", "spiral", "--epochs", "1", "--steps", "1"],
    ["run", "spiral", "--seed", "-1"],
    ["run", "spiral", "--learning-rate", "nan"],
    ["run", "spiral", "--learning-rate", "inf"],
    ["run", "spiral", "--batch-size", "0"],
    ["run", "spiral", "--set", "x"],
    ["run", "spiral", "--set", "=3"],
    ["run", "spiral", "--set", "colour=3"],
    ["run", "spiral", "--set", "network=5"],
    ["run", "spiral", "--set", "network.9.units=5"],
    ["run", "spiral", "--set", "network.0.units=many"],
    ["run", "spiral", "--set", "network.0.units=1e3"],
    ["run", "spiral", "--set", "data=cats"],
    ["run", "spiral", "--set", "training.l2=[1]"],
    ["run", "spiral", "--data", "nowhere-at-all"],
    ["run", "spiral", "--steps", "1", "--history", "nowhere-at-all/x.csv"],
    ["run", "."],
    ["run", ""],
    ["layers"],
    ["layers", "nothing"],
    ["bench", "--only", "nothing"],
    ["list", "more"],
]


@pytest.mark.parametrize("arguments", FAULTS, ids=" ".join)
def test_that_every_fault_is_one_sentence(capsys, arguments):
    assert_one_sentence(capsys, arguments)


@pytest.mark.parametrize("change", ["loss=mse", "training.optimizer=perceptron"])
def test_that_an_unknown_kind_is_one_sentence(capsys, change):
    assert_one_sentence(capsys, ["run", "spiral", "--steps", "1", "--set", change])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"schema": 9, "experiment": {}}', b"\xff", b"\x89PNG"])
def test_that_a_file_that_is_no_experiment_is_one_sentence(capsys, tmp_path, content):
    path = tmp_path / "file.json"
    path.write_bytes(content)
    assert "file.json" in assert_one_sentence(capsys, ["run", str(path)])


def assert_one_sentence(capsys, arguments):
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    return said.err


def test_that_a_file_with_weights_set_by_hand_is_trained_as_the_window_trained_it(capsys, tmp_path):
    live = Trainer(load("spiral"))
    live.advance(20)
    live.set_weight("network.0.W", (1, 3), 2.46)
    live.advance(20)
    write(tmp_path / "run.json", live.run)
    assert answer(capsys, "run", str(tmp_path / "run.json"), "--steps", "40")["data_loss"] == live.last_loss[0]
    assert main(["run", str(tmp_path / "run.json"), "--steps", "40", "--set", "seeds.weights=5"]) == 0
    said = capsys.readouterr().err
    assert "Weight Input, 2 → Dense 1, 4: 2.46; it was " in said
    assert main(["run", str(tmp_path / "run.json"), "--steps", "40", "--set", "network=[]"]) != 0
    assert "here is no block 'network.0.W' of weights; there is output.W, output.b" in capsys.readouterr().err
