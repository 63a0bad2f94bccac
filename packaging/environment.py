"""The virtual environment of a checkout and the system libraries that Qt needs.

`start.py` asks for them; only the standard library is used here, nothing that one system lacks.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

OLDEST, NEWEST = (3, 11), (3, 14)  # as requires-python in pyproject.toml
VERSIONS = f"3.{OLDEST[1]} to 3.{NEWEST[1]}"
NEEDED_BYTES = 1_200_000_000
WINDOWS = os.name == "nt"
BIN, LIB = ("Scripts", "Lib") if WINDOWS else ("bin", f"lib/python3.{sys.version_info[1]}")

# Shared libraries that Qt's wheels expect of the system, and Debian's packages that bring them.
DRAWING_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What pip's output says, and what to tell the person; the first that fits holds.
PIP_CAUSES = {
    r"No space left on device|Errno 28|not enough space": "the disk is full; free about 1 GB and start again",
    r"NewConnectionError|NameResolution|Temporary failure|getaddrinfo|ConnectTimeout|ReadTimeout"
    r"|Connection(Reset|Refused)?Error|Network is unreachable|ProxyError|SSLError": (
        "the package index cannot be reached; connect to the network and start again"
    ),
    r"No matching distribution found|ResolutionImpossible": (
        f"one has no ready-made build for this system and Python; try another Python from {VERSIONS}"
    ),
    r"": "pip reports an error; mend it and start again",
}


class StartError(Exception):
    """An ending that one sentence explains, with its remedy."""


class Stamp(NamedTuple):
    """What the last whole installation notes about itself in the environment."""

    path: str = ""
    python: str = ""
    wanted: str = ""
    extras: Sequence[str] = ()
    files: Sequence[str] = ()


# The system's libraries ----------------------------------------------------------------


def provide_libraries(root: Path, libraries: dict[str, str]) -> None:
    """Install the Debian packages of the libraries that do not load."""
    if sys.platform != "linux":
        return
    packages = [package for library, package in libraries.items() if not loads(library)]
    if packages:
        apt_install(root, packages, "Qt's system libraries are missing")
        missing = [library for library in libraries if not loads(library)]
        if missing:
            raise StartError(f"{', '.join(missing)} cannot be loaded even now; see {log_path(root)}.")


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_install(root: Path, packages: list[str], why: str) -> None:
    """Install Debian packages as root, or raise with the line to run."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise StartError(f"{why}; install what Debian calls {names} with this system's package manager.")
    if getattr(os, "geteuid", lambda: 1)() != 0:
        line = f"sudo apt-get update && sudo apt-get install -y {names}"
        raise StartError(f"{why}; run this line and start again: {line}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    command = ["apt-get", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    run_logged(root, [*command, "update"], "Reading the list of system packages")
    if run_logged(root, [*command, "install", *packages], f"Installing {names}")[0] != 0:
        raise StartError(f"{why} and apt-get could not install {names}; mend what {log_path(root)} says.")


# The virtual environment ---------------------------------------------------------------


def prepare(root: Path, extra: str = "") -> Path:
    """Return the environment's Python, with the requirements and those of an extra installed.

    The stamp is written last. Without a fitting one the environment was interrupted, moved, emptied
    or made by a Python that is gone: it is made anew.
    """
    venv, stamp = root / ".venv", root / ".venv" / "obuka.json"
    python = venv / BIN / ("python.exe" if WINDOWS else "python")
    known = read_stamp(stamp)
    healthy = is_healthy(venv, python, known)
    requirements = read_requirements(root)
    extras = sorted({"", extra, *(known.extras if healthy else [])})
    wanted = fingerprint(root, [requirements.get(name, []) for name in extras])
    if healthy and wanted == known.wanted:
        return python
    label = "Installing what is new or has changed"
    if not healthy:
        make_venv(root, venv)
        label = "Installing Qt, numba and more, about 200 MB, a few minutes"
    stamp.unlink(missing_ok=True)
    install(root, python, [line for name in extras for line in requirements.get(name, [])], label)
    made = Stamp(str(venv), python_version(), wanted, extras, installed(venv))
    stamp.write_text(json.dumps(made._asdict()), encoding="utf-8")
    return python


def python_version() -> str:
    """Return the version of the running Python that packages are built for."""
    return ".".join(map(str, sys.version_info[:2]))


def read_requirements(root: Path) -> dict[str, list[str]]:
    """Return the requirements of pyproject.toml by extra; "" is what is always needed."""
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": project["dependencies"], **project.get("optional-dependencies", {})}


def fingerprint(root: Path, requirements: list[list[str]]) -> str:
    """Return a hash over all that decides what gets installed."""
    constraints = (root / "constraints.txt").read_text(encoding="utf-8")
    text = json.dumps([requirements, constraints, python_version()])
    return hashlib.sha256(text.encode()).hexdigest()


def read_stamp(stamp: Path) -> Stamp:
    """Return the stamp, or an empty one where there is none that can be read."""
    try:
        return Stamp(**json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Stamp()


def installed(venv: Path) -> list[str]:
    """Return the names in the environment's package folder."""
    folder = venv / LIB / "site-packages"
    return sorted({path.name for path in folder.glob("*")} - {"__pycache__"})


def is_healthy(venv: Path, python: Path, known: Stamp) -> bool:
    """Tell whether the environment stands where it was made, whole, on a Python that still exists."""
    try:
        settings = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    base = re.search(r"^executable = (.+)$", settings, re.MULTILINE)
    return (
        (known.path, known.python) == (str(venv), python_version())
        and bool(base and Path(base[1]).is_file())
        and python.exists()
        and set(known.files) <= set(installed(venv))
    )


def make_venv(root: Path, venv: Path) -> None:
    """Make an empty environment in the place of what was there."""
    if shutil.disk_usage(root).free < NEEDED_BYTES:
        raise StartError(f"less than 1.2 GB are free on the disk of {root}; free that much and start again.")
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        name = f"python{python_version()}"
        package = "python3-venv" if os.path.realpath("/usr/bin/python3").endswith(name) else f"{name}-venv"
        apt_install(root, [package], f"this Python has no venv module (`apt-get install {package}`)")
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
    command = [sys.executable, "-m", "venv", str(venv)]
    if run_logged(root, command, "Making a virtual environment in .venv")[0] != 0:
        raise StartError(f"the virtual environment could not be made; mend what {log_path(root)} says.")


def install(root: Path, python: Path, requirements: list[str], label: str) -> None:
    """Install requirements in the versions that were tested."""
    command = [str(python), "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    command += ["--disable-pip-version-check", "--only-binary=:all:"]
    command += ["-c", str(root / "constraints.txt"), *requirements]
    code, output = run_logged(root, command, label)
    if code != 0:
        cause = next(sentence for pattern, sentence in PIP_CAUSES.items() if re.search(pattern, output))
        raise StartError(f"the packages could not be installed: {cause} (pip's words: {log_path(root)}).")


# Running programs ----------------------------------------------------------------------


def log_path(root: Path) -> Path:
    """Return the file that takes the output of pip and apt-get."""
    return root / "start.log"


def variables(root: Path) -> dict[str, str]:
    """Return the environment variables for the program and for what installs it."""
    hidden = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")  # they lead to another Python's packages
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1"}


def run_logged(root: Path, command: list[str], label: str) -> tuple[int, str]:
    """Run a program with its output in the log; return its exit code and that output."""
    print(f"{label} …", flush=True)
    began = time.monotonic()
    with log_path(root).open("a+b") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode(errors="replace"))
        log.flush()
        first = log.tell()
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=variables(root)
        ) as process:
            while process.poll() is None:
                time.sleep(0.1)
                if sys.stdout.isatty():
                    print(f"\r  {time.monotonic() - began:.0f} s ", end="\r", flush=True)
        log.seek(first)
        return process.returncode, log.read().decode(errors="replace")
