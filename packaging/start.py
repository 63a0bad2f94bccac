r"""Start Obuka from a checkout; what is missing is installed into `.venv` first.

    python3 packaging/start.py                     open the window
    python3 packaging/start.py FILE                open a file in it; options go to the program too
    python3 packaging/start.py test [ARGS]         run every check; ARGS go to pytest
    python3 packaging/start.py test --fast         the same without slow tests: under 90 seconds
    python3 packaging/start.py test --long         the same with the long tests instead: about an hour
    python3 packaging/start.py test --coverage     say which lines the tests ran, too; goes with any of the three
    python3 packaging/start.py docs                make the pages of docs/ and of the doors in build/docs
    python3 packaging/start.py simulator [ARGS]    run `python -m simulator ARGS`, no window

On Windows write `py packaging\start.py`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import NEWEST, OLDEST, VERSIONS, WINDOWS, prepare
from system import DRAWING_LIBRARIES, SCREEN_LIBRARIES, StartError, python_version, variables

ROOT = Path(__file__).resolve().parent.parent
MOST_PROCESSES = 4  # each one loads Qt and numba: half a gigabyte
LANES = {"--fast": ["-m", "not slow and not long"], "--long": ["-m", "long"]}
"""What pytest is told to choose; without a lane pyproject.toml leaves out the long tests."""
KERNELS = "kernels.txt"
"""What was compiled last: a hash of its sources, in the environment."""
COVERAGE = ["--cov=app", "--cov=simulator", "--cov-report=term:skip-covered"]


def main() -> int:
    """Do what the command line asks; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a path may hold letters that the console lacks
    try:
        return start(ROOT, sys.argv[1:])
    except StartError as error:
        sentence = str(error)
    except KeyboardInterrupt:
        sentence = "interrupted; whatever was half done is done again at the next start."
    except OSError as error:
        place = error.filename if Path(str(error.filename)).is_absolute() else ROOT
        sentence = f"the system says “{error.strerror or error}” at {place}; mend that and start again."
    print(f"Obuka: {sentence}", file=sys.stderr)
    return 1


def start(root: Path, arguments: list[str]) -> int:
    """Make the environment ready and run the command in it."""
    command = arguments[0] if arguments else ""
    if command in ("-h", "--help"):
        print(__doc__)
        return 0
    known = command in ("", "test", "simulator", "docs") or command.startswith("-") or Path(command).exists()
    if not known:
        raise StartError(f"“{command}” is neither a file nor one of the commands; see --help.")
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return subprocess.call([*suitable_python(), str(Path(__file__).resolve()), *arguments])
    if command == "test":
        return run_checks(root, prepare(root, "test", DRAWING_LIBRARIES), arguments[1:])
    if command == "docs":
        return run(root, make_pages(prepare(root, "docs", DRAWING_LIBRARIES)), folder=root, QT_QPA_PLATFORM="offscreen")
    if command == "simulator":
        return run(root, [str(prepare(root, "", {})), "-P", "-m", "simulator", *arguments[1:]])
    require_screen()
    python = prepare(root, "", {**DRAWING_LIBRARIES, **SCREEN_LIBRARIES})
    prepare_kernels(root, python)
    return run(root, [str(python), "-P", "-m", "app", *arguments])


def suitable_python() -> list[str]:
    """Return the command of another installed Python that Obuka runs on."""
    probe = "import sys; print(sys.version_info[0], sys.version_info[1])"
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        folders = os.environ.get("PATH", "").split(os.pathsep)
        paths = [shutil.which(f"python3.{minor}", path=folder) for folder in folders]
        commands = [[path] for path in paths if path] + ([["py", f"-3.{minor}"]] if WINDOWS else [])
        for command in commands:
            try:  # a version manager's stand-in is found, and yet it may not run
                answer = subprocess.check_output([*command, "-c", probe], stderr=subprocess.DEVNULL)
            except (OSError, subprocess.CalledProcessError):
                continue
            if answer.decode(errors="replace").split() == ["3", str(minor)]:
                return command
    here = python_version()
    raise StartError(f"needs Python {VERSIONS} and this is {here}; install one of these and start with it.")


def require_screen() -> None:
    """Raise where Linux has no screen to open the window on."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in names):
        raise StartError(
            "there is no screen here (DISPLAY and WAYLAND_DISPLAY are not set); start it in a desktop "
            "session, or work without a window: python3 packaging/start.py simulator --help"
        )


def prepare_kernels(root: Path, python: Path) -> None:
    """Compile what trains networks, once for these sources; the window would do it too, while somebody waits."""
    stamp = root / ".venv" / KERNELS
    sources = sorted(path for room in ("kernels", "machine") for path in (root / "simulator" / room).glob("*.py"))
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Obuka: preparing the simulator, once for this version; about half a minute.", flush=True)
    if run(root, [str(python), "-P", "-m", "simulator", "prepare"]) == 0:
        stamp.write_text(wanted, encoding="utf-8")


def run(root: Path, command: list[str], folder: Path | None = None, **more: str) -> int:
    """Run a program that talks to the person itself; return its exit code."""
    sys.stdout.flush()
    return subprocess.call(command, cwd=folder, env={**variables(root), **more})


def checks(python: Path, arguments: list[str]) -> dict[str, list[str]]:
    """Return the commands of `test`, by name, in their order."""
    module = [str(python), "-m"]
    chosen = [word for name in arguments for word in ({**LANES, "--coverage": COVERAGE}.get(name) or [name])]
    lint_imports = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    return {
        "ruff check": [*module, "ruff", "check", "."],
        "ruff format": [*module, "ruff", "format", "--check", "."],
        "mypy": [*module, "mypy"],
        "lint-imports": [str(python), "-c", lint_imports, "--no-logo"],
        "pytest": [
            *module,
            "pytest",
            "--numprocesses=auto",
            f"--maxprocesses={MOST_PROCESSES}",
            "--dist=loadfile",
            *chosen,
        ],
    }


def make_pages(python: Path) -> list[str]:
    """Return the command that makes the site; a broken link fails it."""
    return [str(python), "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "docs", "build/docs"]


def run_checks(root: Path, python: Path, arguments: list[str]) -> int:
    """Run every check, also after one has failed; return 1 if any failed."""
    failed = []
    for name, command in checks(python, arguments).items():
        print(f"\n== {name}", flush=True)
        if run(root, command, folder=root, QT_QPA_PLATFORM="offscreen") != 0:
            failed.append(name)
    print(f"\n== {'failed: ' + ', '.join(failed) if failed else 'every check passed'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
