"""The virtual environment of a checkout: made, filled, and noticed when it is broken."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from system import StartError, log_path, provide, python_version, run_logged

OLDEST, NEWEST = (3, 11), (3, 14)  # as requires-python in pyproject.toml
VERSIONS = f"3.{OLDEST[1]} to 3.{NEWEST[1]}"
NEEDED_BYTES = 1_200_000_000
STAMP = "obuka.json"
WINDOWS = os.name == "nt"
BIN, LIB = ("Scripts", "Lib") if WINDOWS else ("bin", f"lib/python3.{sys.version_info[1]}")

# What pip's output says, and what to tell the person; the first that fits holds.
PIP_CAUSES = {
    r"No space left on device|Errno 28|not enough space": "the disk is full; free about 1 GB and start again",
    r"connection broken|NewConnectionError|Temporary failure|getaddrinfo|ConnectTimeout|ReadTimeout"
    r"|Connection(Reset|Refused)?Error|Network is unreachable|ProxyError|SSLError": (
        "the package index cannot be reached; connect to the network and start again"
    ),
    r"No matching distribution found|ResolutionImpossible": (
        f"one has no ready-made build for this system and Python; try another Python from {VERSIONS}"
    ),
    r"": "pip reports an error; mend it and start again",
}


class Stamp(NamedTuple):
    """What the last whole installation notes about itself in the environment."""

    path: str = ""
    python: str = ""
    wanted: str = ""
    extras: Sequence[str] = ()
    files: Sequence[str] = ()


class Plan(NamedTuple):
    """What is to be done before the program can run."""

    anew: bool
    requirements: list[str]
    wanted: str
    extras: list[str]


def prepare(root: Path, extra: str, libraries: dict[str, str]) -> Path:
    """Return the environment's Python, with all installed that the project, an extra and Qt ask for.

    The stamp is written last. Without a fitting one the environment was interrupted, moved, emptied
    or made by a Python that is gone: it is made anew.
    """
    venv = root / ".venv"
    work = plan(root, venv, extra)
    provide(root, libraries, with_venv=bool(work and work.anew))
    if work:
        with (root / "start.lock").open("w") as lock:
            wait_for(lock)
            work = plan(root, venv, extra)  # of two starts at once, the second finds it done
            if work:
                carry_out(root, venv, work)
    return python_of(venv)


def plan(root: Path, venv: Path, extra: str) -> Plan | None:
    """Return what is to be done for the environment, or None."""
    known = read_stamp(venv)
    healthy = is_healthy(venv, known)
    extras = sorted({"", extra, *(known.extras if healthy else [])})
    by_extra = read_requirements(root)
    requirements = [line for name in extras for line in by_extra.get(name, [])]
    wanted = fingerprint(root, requirements)
    return None if healthy and wanted == known.wanted else Plan(not healthy, requirements, wanted, extras)


def carry_out(root: Path, venv: Path, work: Plan) -> None:
    """Make the environment if need be, install, and stamp it."""
    stamp = venv / STAMP
    label = "Installing what is new or has changed"
    if work.anew:
        make_venv(root, venv)
        label = "Installing Qt, numba and more, about 200 MB, a few minutes"
    stamp.unlink(missing_ok=True)
    install(root, python_of(venv), work.requirements, label)
    made = Stamp(str(venv), python_version(), work.wanted, work.extras, installed(venv))
    stamp.write_text(json.dumps(made._asdict()), encoding="utf-8")


def wait_for(lock: IO[str]) -> None:
    """Wait until no other start holds the lock, and hold it until the file is closed."""
    say = True
    while True:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                return  # this disk knows no locks
        if say:
            print("Another start is installing; waiting for it …", flush=True)
        say = False
        time.sleep(0.5)


def python_of(venv: Path) -> Path:
    """Return the environment's interpreter."""
    return venv / BIN / ("python.exe" if WINDOWS else "python")


def read_requirements(root: Path) -> dict[str, list[str]]:
    """Return the requirements of pyproject.toml by extra; "" is what is always needed."""
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": project["dependencies"], **project.get("optional-dependencies", {})}


def fingerprint(root: Path, requirements: list[str]) -> str:
    """Return a hash over all that decides what gets installed."""
    constraints = (root / "constraints.txt").read_text(encoding="utf-8")
    text = json.dumps([requirements, constraints, python_version()])
    return hashlib.sha256(text.encode()).hexdigest()


def read_stamp(venv: Path) -> Stamp:
    """Return the stamp, or an empty one where there is none that can be read."""
    try:
        return Stamp(**json.loads((venv / STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Stamp()


def installed(venv: Path) -> list[str]:
    """Return the names in the environment's package folder."""
    folder = venv / LIB / "site-packages"
    return sorted({path.name for path in folder.glob("*")} - {"__pycache__"})


def is_healthy(venv: Path, known: Stamp) -> bool:
    """Tell whether the environment stands where it was made, whole, on a Python that still exists."""
    try:
        settings = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    base = re.search(r"^executable = (.+)$", settings, re.MULTILINE)
    return (
        (known.path, known.python) == (str(venv), python_version())
        and bool(base and Path(base[1]).is_file())
        and python_of(venv).exists()
        and set(known.files) <= set(installed(venv))
    )


def make_venv(root: Path, venv: Path) -> None:
    """Make an empty environment in the place of what was there."""
    if shutil.disk_usage(root).free < NEEDED_BYTES:
        raise StartError(f"less than 1.2 GB are free on the disk of {root}; free that much and start again.")
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
    command = [sys.executable, "-P", "-m", "venv", str(venv)]
    if run_logged(root, command, "Making a virtual environment in .venv")[0] != 0:
        raise StartError(f"the virtual environment could not be made; mend what {log_path(root)} says.")


def install(root: Path, python: Path, requirements: list[str], label: str) -> None:
    """Install requirements in the versions that were tested."""
    command = [str(python), "-P", "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "--only-binary=:all:"]
    command += ["-c", str(root / "constraints.txt"), *requirements]
    code, output = run_logged(root, command, label)
    if code != 0:
        cause = next(sentence for pattern, sentence in PIP_CAUSES.items() if re.search(pattern, output))
        raise StartError(f"the packages could not be installed: {cause} (pip's words: {log_path(root)}).")
