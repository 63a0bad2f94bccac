"""packaging/start.py: plans, sentences and the environment it makes, without a network."""

import base64
import errno
import hashlib
import importlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging"
Run = Callable[..., subprocess.CompletedProcess[str]]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="about Linux's libraries")
posix_only = pytest.mark.skipif(os.name == "nt", reason="makes a shell script or a symbolic link")


@pytest.fixture(scope="module", autouse=True)
def packaging_on_path() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))
    for name in ("start", "environment", "system"):
        sys.modules.pop(name, None)


@pytest.fixture
def environment() -> ModuleType:
    return importlib.import_module("environment")


@pytest.fixture
def system() -> ModuleType:
    return importlib.import_module("system")


@pytest.fixture
def start() -> ModuleType:
    return importlib.import_module("start")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout in a folder with spaces and letters outside ASCII."""
    root = tmp_path / "obuka č š đ"
    shutil.copytree(FOLDER, root / "packaging")
    (root / "pyproject.toml").write_text(
        '[project]\ndependencies = ["tiny-base"]\n[project.optional-dependencies]\ntest = ["tiny-test"]\n'
    )
    (root / "constraints.txt").write_text("tiny-base==1.0\ntiny-test==1.0\n")
    (root / "simulator").mkdir()
    (root / "simulator" / "__main__.py").write_text(
        "import os, sys, tiny_base\nprint(sys.argv[1:], os.getcwd(), os.environ['OPENBLAS_NUM_THREADS'])\n"
    )
    return root


# Agreement with the other files ---------------------------------------------------------


def test_that_the_python_versions_agree_with_the_project(environment: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    low, high = environment.OLDEST[1], environment.NEWEST[1]
    assert project["requires-python"] == f">=3.{low},<3.{high + 1}"
    assert f"Python 3.{low} to 3.{high}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_that_every_requirement_has_a_tested_version(environment: ModuleType) -> None:
    def plain(name: str) -> str:
        return re.sub(r"[-_.]+", "-", name).lower()

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
    pinned = {plain(pin.split("==")[0]) for pin in pins}
    wanted = [line for lines in environment.read_requirements(ROOT).values() for line in lines]
    assert {plain(re.split(r"[<>=]", line)[0]) for line in wanted} <= pinned


def test_that_a_commit_is_held_to_the_ruff_that_is_tested() -> None:
    pins = re.findall(r"ruff==[\w.]+", (ROOT / "constraints.txt").read_text(encoding="utf-8"))
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert len(pins) == 1
    assert re.findall(r"ruff==[\w.]+", hooks) == 2 * pins


# Plans ---------------------------------------------------------------------------------


def test_that_the_program_gets_one_blas_thread_and_no_foreign_packages(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, checkout: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    variables = system.variables(checkout)
    assert variables["OPENBLAS_NUM_THREADS"] == "1"
    assert variables["PYTHONPATH"] == str(checkout)
    assert "PYTHONHOME" not in variables


@pytest.mark.parametrize(
    ("arguments", "extra", "module"),
    [([], "", ["app"]), (["simulator", "run", "a b"], "", ["simulator", "run", "a b"])],
)
def test_that_a_command_runs_in_the_environment(
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    checkout: Path,
    arguments: list[str],
    extra: str,
    module: list[str],
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(start, "prepare", lambda root, extra, libraries: root / "python")
    monkeypatch.setattr(subprocess, "call", lambda command, **options: calls.append(command) or 7)
    (checkout / ".venv").mkdir()
    assert start.start(checkout, arguments) == 7
    kernels = [[str(checkout / "python"), "-P", "-m", "simulator", "prepare"]] if module[0] == "app" else []
    assert calls == [*kernels, [str(checkout / "python"), "-P", "-m", *module]]


def test_that_kernels_are_prepared_once_for_their_sources(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[list[str]] = []
    code = 1
    monkeypatch.setattr(subprocess, "call", lambda command, **options: calls.append(command) or code)
    (checkout / ".venv").mkdir()
    (checkout / "simulator" / "kernels").mkdir()
    kernel = checkout / "simulator" / "kernels" / "dense.py"
    kernel.write_text("1")
    start.prepare_kernels(checkout, checkout / "python")
    code = 0
    start.prepare_kernels(checkout, checkout / "python")  # the first failed: it is tried again
    assert len(calls) == 2
    assert calls[0][-3:] == ["-m", "simulator", "prepare"]
    assert "half a minute" in capsys.readouterr().out
    start.prepare_kernels(checkout, checkout / "python")
    assert (len(calls), capsys.readouterr().out) == (2, "")
    kernel.write_text("2")
    start.prepare_kernels(checkout, checkout / "python")
    assert len(calls) == 3


def test_that_test_runs_every_check_and_fails_if_one_did(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extras: list[str] = []
    calls: list[list[str]] = []

    def call(command: list[str], **options: object) -> int:
        calls.append(command)
        return 1 if "mypy" in command else 0

    monkeypatch.setattr(start, "prepare", lambda root, extra, libraries: extras.append(extra) or root / "python")
    monkeypatch.setattr(subprocess, "call", call)
    assert start.start(checkout, ["test", "-k", "dense"]) == 1
    assert extras == ["test"]
    assert len(calls) == 5
    assert [command for command in calls if "dense" in command] == [calls[-1]]
    printed = capsys.readouterr().out
    assert re.findall(r"^== (.*)$", printed, re.MULTILINE) == [
        "ruff check",
        "ruff format",
        "mypy",
        "lint-imports",
        "pytest",
        "failed: mypy",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], []),
        (["--fast"], ["-m", "not slow and not long"]),
        (["--long", "-x"], ["-m", "long", "-x"]),
        (["--coverage", "--fast"], ["--cov=app", "--cov=simulator", "--cov-report=term:skip-covered"]),
    ],
)
def test_that_a_lane_leaves_the_checks_as_they_are_and_chooses_tests(
    start: ModuleType, words: list[str], told: list[str]
) -> None:
    plain, lane = start.checks(Path("python"), []), start.checks(Path("python"), words)
    assert list(lane) == ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"]
    assert [name for name in lane if lane[name] != plain[name]] == (["pytest"] if words else [])
    assert lane["pytest"][: len(plain["pytest"]) + len(told)] == [*plain["pytest"], *told]
    assert not set(words) & {"--fast", "--long", "--coverage"} & set(lane["pytest"])


def test_that_the_lanes_choose_by_marks_that_are_declared(start: ModuleType) -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    declared = {line.partition(":")[0] for line in options["markers"]}
    chosen = {word for _, marks in start.LANES.values() for word in marks.split()} - {"not", "and"}
    assert chosen == {"slow", "long"}
    assert chosen <= declared
    assert options["addopts"][-2:] == ["-m", "not long"]


def test_that_the_pages_are_made_by_one_command_beside_the_checks(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, checkout: Path
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(start, "prepare", lambda root, extra, libraries: root / f"python {extra}")
    monkeypatch.setattr(subprocess, "call", lambda command, **options: calls.append(command) or 0)
    assert start.start(checkout, ["docs"]) == 0
    assert calls[0][:3] == [str(checkout / "python docs"), "-m", "sphinx"]
    assert not [command for command in start.checks(Path("python"), []).values() if "sphinx" in command]


# Which Python --------------------------------------------------------------------------


@posix_only
def test_that_another_python_is_used_and_a_stand_in_that_does_not_run_is_passed_over(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for folder, name, text in (
        ("shims", "python3.13", "exit 127"),
        ("shims", "python3.12", "echo 3 11"),
        ("real", "python3.12", "echo 3 12"),
    ):
        file = tmp_path / folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path / 'shims'}{os.pathsep}{tmp_path / 'real'}")
    assert start.suitable_python() == [str(tmp_path / "real" / "python3.12")]


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 15, 0)])
def test_that_a_python_that_does_not_fit_hands_over_or_says_which_fits(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, checkout: Path, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(start, "WINDOWS", False)
    with pytest.raises(start.StartError, match=rf"needs Python 3.11 to 3.14 and this is 3.{version[1]};"):
        start.start(checkout, ["test"])
    calls: list[list[str]] = []
    monkeypatch.setattr(start, "suitable_python", lambda: ["py", "-3.13"])
    monkeypatch.setattr(subprocess, "call", lambda command: calls.append(command) or 0)
    assert start.start(checkout, ["test", "-x"]) == 0
    assert calls == [["py", "-3.13", str(FOLDER / "start.py"), "test", "-x"]]


# The system ----------------------------------------------------------------------------


def test_that_an_unknown_command_is_said(start: ModuleType, checkout: Path) -> None:
    with pytest.raises(start.StartError, match=r"“tset” is neither a file nor one of the commands"):
        start.start(checkout, ["tset"])


@linux_only
def test_that_a_missing_screen_is_said(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(start.StartError, match="no screen here"):
        start.start(ROOT, [])


@linux_only
def test_that_a_library_is_looked_for_by_loading_it(system: ModuleType) -> None:
    assert system.loads("libc.so.6")
    assert not system.loads("libobuka-is-not-there.so.1")


@linux_only
def test_that_missing_libraries_are_named_in_one_line_to_run(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(system, "loads", lambda library: library == "libGL.so.1")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    line = "run this line and start again: sudo apt-get update && sudo apt-get install -y libegl1 libxkbcommon0"
    with pytest.raises(system.StartError, match=re.escape(line)):
        system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(system.StartError, match="package manager"):
        system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=False)


@linux_only
def test_that_root_installs_missing_libraries(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands: list[list[str]] = []

    def run_logged(root: Path, command: list[str], label: str) -> tuple[int, str]:
        commands.append(command)
        return 0, ""

    monkeypatch.setattr(system, "loads", lambda library: library != "libEGL.so.1" or bool(commands))
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(system, "run_logged", run_logged)
    system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=False)
    assert [command[0] for command in commands] == ["apt-get", "apt-get"]
    assert commands[0][-1] == "update"
    assert commands[1][-2:] == ["install", "libegl1"]
    monkeypatch.setattr(system, "loads", lambda library: False)
    with pytest.raises(system.StartError, match="cannot be used even now"):
        system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=False)
    monkeypatch.setattr(system, "run_logged", lambda root, command, label: (100, ""))
    with pytest.raises(system.StartError, match="apt-get could not install"):
        system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=False)


@linux_only
def test_that_a_missing_venv_module_is_in_the_same_line(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setattr(os.path, "realpath", lambda path: f"/usr/bin/python{system.python_version()}")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get")
    monkeypatch.setattr(system, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(system.StartError, match=r"apt-get install -y libegl1 python3-venv$"):
        system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=True)
    with pytest.raises(system.StartError, match=r"apt-get install -y libegl1$"):
        system.provide(tmp_path, system.DRAWING_LIBRARIES, with_venv=False)


def test_that_a_small_disk_is_said_before_anything_is_made(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(2, 1, 1))
    with pytest.raises(environment.StartError, match=r"less than 1\.2 GB are free"):
        environment.make_venv(tmp_path, tmp_path / ".venv")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError'\n"
            "ERROR: No matching distribution found for numpy",
            "the package index cannot be reached; connect to the network",
        ),
        ("ERROR: No matching distribution found for numba", "no ready-made build for this system and Python"),
        ("ERROR: something else", "pip reports an error"),
    ],
)
def test_that_what_pip_says_becomes_one_sentence(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: str, sentence: str
) -> None:
    monkeypatch.setattr(environment, "run_logged", lambda root, command, label: (1, output))
    with pytest.raises(environment.StartError, match=sentence) as caught:
        environment.install(tmp_path, tmp_path / "python", ["numba"], "Installing")
    assert str(tmp_path / "start.log") in str(caught.value)


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", FOLDER), f"“No space left on device” at {FOLDER}"),
        (PermissionError(errno.EACCES, "Permission denied", "relative"), f"“Permission denied” at {ROOT};"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_that_every_failure_is_one_sentence_and_exit_code_1(
    start: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: BaseException,
    sentence: str,
) -> None:
    def fail(root: Path, arguments: list[str]) -> int:
        raise problem

    monkeypatch.setattr(start, "start", fail)
    assert start.main() == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert sentence in printed.err
    assert printed.err.count("\n") == 1


# When an environment is used again -----------------------------------------------------


@pytest.fixture
def made(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, checkout: Path) -> list[str]:
    """Fake making and installing; the list fills with what was done."""
    done: list[str] = []
    base = checkout.parent / "base python"
    base.touch()

    def make_venv(root: Path, venv: Path) -> None:
        done.append("made")
        shutil.rmtree(venv, ignore_errors=True)
        (venv / environment.BIN).mkdir(parents=True)
        (venv / environment.BIN / ("python.exe" if os.name == "nt" else "python")).touch()
        (venv / "pyvenv.cfg").write_text(f"home = somewhere\nexecutable = {base}\n", encoding="utf-8")

    def install(root: Path, python: Path, requirements: list[str], label: str) -> None:
        assert not (root / ".venv" / "obuka.json").exists()
        done.append(" ".join(requirements))
        (root / ".venv" / environment.LIB / "site-packages" / "tiny_base").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(environment, "make_venv", make_venv)
    monkeypatch.setattr(environment, "install", install)
    environment.prepare(checkout, "", {})
    assert done == ["made", "tiny-base"]
    done.clear()
    return done


def test_that_a_second_start_does_nothing(environment: ModuleType, checkout: Path, made: list[str]) -> None:
    assert environment.prepare(checkout, "", {}).is_file()
    assert made == []


def test_that_an_extra_is_added_once_and_kept(environment: ModuleType, checkout: Path, made: list[str]) -> None:
    environment.prepare(checkout, "test", {})
    assert made == ["tiny-base tiny-test"]
    environment.prepare(checkout, "", {})
    environment.prepare(checkout, "test", {})
    assert made == ["tiny-base tiny-test"]


def test_that_changed_requirements_are_installed_and_other_settings_are_not_looked_at(
    environment: ModuleType, checkout: Path, made: list[str]
) -> None:
    with (checkout / "pyproject.toml").open("a") as file:
        file.write("[tool.ruff]\nline-length = 110\n")
    environment.prepare(checkout, "", {})
    assert made == []
    (checkout / "constraints.txt").write_text("tiny-base==1.1\n")
    environment.prepare(checkout, "", {})
    assert made == ["tiny-base"]


@posix_only
def test_that_of_two_starts_at_once_one_installs_and_the_other_waits(
    environment: ModuleType, checkout: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def sleep(seconds: float) -> None:
        made.append("waited")
        (checkout / "constraints.txt").write_text("tiny-base==1.0\ntiny-test==1.0\n")  # the other is ready
        first.close()

    monkeypatch.setattr(environment.time, "sleep", sleep)
    (checkout / "constraints.txt").write_text("tiny-base==1.1\n")
    first = (checkout / "start.lock").open("w")
    fcntl.flock(first, fcntl.LOCK_EX)
    environment.prepare(checkout, "", {})
    assert made == ["waited"]


def cut_short(checkout: Path, environment: ModuleType) -> None:
    (checkout / ".venv" / "obuka.json").unlink()


def spoil_stamp(checkout: Path, environment: ModuleType) -> None:
    (checkout / ".venv" / "obuka.json").write_text('{"path": ')


def change_stamp(checkout: Path, environment: ModuleType) -> None:
    (checkout / ".venv" / "obuka.json").write_text('["path"]')


def remove_package(checkout: Path, environment: ModuleType) -> None:
    (checkout / ".venv" / environment.LIB / "site-packages" / "tiny_base").rmdir()


def remove_python(checkout: Path, environment: ModuleType) -> None:
    shutil.rmtree(checkout / ".venv" / environment.BIN)


def remove_base(checkout: Path, environment: ModuleType) -> None:
    (checkout.parent / "base python").unlink()


def remove_settings(checkout: Path, environment: ModuleType) -> None:
    (checkout / ".venv" / "pyvenv.cfg").unlink()


def update_python(checkout: Path, environment: ModuleType) -> None:
    stamp = checkout / ".venv" / "obuka.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "python": "3.10"}))


@pytest.mark.parametrize(
    "harm",
    [
        cut_short,
        spoil_stamp,
        change_stamp,
        remove_package,
        remove_python,
        remove_base,
        remove_settings,
        update_python,
    ],
)
def test_that_a_broken_environment_is_made_anew(
    environment: ModuleType, checkout: Path, made: list[str], harm: Callable[[Path, ModuleType], None]
) -> None:
    harm(checkout, environment)
    environment.prepare(checkout, "", {})
    assert made == ["made", "tiny-base"]


def test_that_a_moved_environment_is_made_anew(environment: ModuleType, checkout: Path, made: list[str]) -> None:
    moved = checkout.rename(checkout.parent / "moved")
    environment.prepare(moved, "", {})
    assert made == ["made", "tiny-base"]


# For real, from a folder of two tiny packages ------------------------------------------


def write_wheel(folder: Path, name: str) -> None:
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},"
        f"{len(text)}\n"
        for path, text in files.items()
    )
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(path, text)


@pytest.fixture
def run_start(checkout: Path, tmp_path: Path) -> Run:
    """Run the script of the small checkout in another folder, with pip held to a local one."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels.as_uri(), "PIP_CONFIG_FILE": os.devnull}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(checkout / "packaging" / "start.py"), *arguments],
            cwd=tmp_path,
            env={**kept, **pip, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.mark.slow
def test_that_a_fresh_checkout_starts_and_starts_again(run_start: Run, checkout: Path, tmp_path: Path) -> None:
    failed = run_start("simulator", "list")
    assert failed.returncode == 1
    assert "no ready-made build" in failed.stderr
    assert failed.stderr.count("\n") == 1
    assert "tiny-base" in (checkout / "start.log").read_text(encoding="utf-8")

    write_wheel(tmp_path / "wheels", "tiny_base")
    first = run_start("simulator", "list", "š đ")
    assert first.returncode == 0, first.stderr + (checkout / "start.log").read_text(encoding="utf-8")
    assert first.stdout.endswith(f"['list', 'š đ'] {tmp_path} 1\n")
    assert "Installing" in first.stdout

    log = (checkout / "start.log").read_bytes()
    second = run_start("simulator", "list")
    assert (second.returncode, second.stdout) == (0, f"['list'] {tmp_path} 1\n")
    assert (checkout / "start.log").read_bytes() == log
