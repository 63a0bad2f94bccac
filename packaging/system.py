"""What starting needs of the system: programs run with a log, and the libraries that Qt expects."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

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


class StartError(Exception):
    """An ending that one sentence explains, with its remedy."""


def provide(root: Path, libraries: dict[str, str], with_venv: bool) -> None:
    """Install the Debian packages of what the system lacks, all in one go."""
    packages = missing_packages(libraries, with_venv)
    if packages:
        apt_install(root, packages)
        packages = missing_packages(libraries, with_venv)
        if packages:
            raise StartError(f"{' '.join(packages)} cannot be used even now; mend what {log_path(root)} says.")


def missing_packages(libraries: dict[str, str], with_venv: bool) -> list[str]:
    """Return the packages of the libraries that do not load and, if asked, of Python's venv module."""
    packages = [name for library, name in libraries.items() if sys.platform == "linux" and not loads(library)]
    importlib.invalidate_caches()
    if with_venv and not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        python = f"python{python_version()}"
        is_usual = os.path.realpath("/usr/bin/python3").endswith(python)
        packages.append("python3-venv" if is_usual else f"{python}-venv")
    return packages


def python_version() -> str:
    """Return the version of the running Python that packages are built for."""
    return ".".join(map(str, sys.version_info[:2]))


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_install(root: Path, packages: list[str]) -> None:
    """Install Debian packages as root, or raise with the line to run."""
    names = " ".join(packages)
    why = "Python and Qt need something more of the system"
    if not shutil.which("apt-get"):
        raise StartError(f"{why}; install what Debian calls {names} with this system's package manager.")
    if getattr(os, "geteuid", lambda: 1)() != 0:
        line = f"sudo apt-get update && sudo apt-get install -y {names}"
        raise StartError(f"{why}; run this line and start again: {line}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    command = ["apt-get", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    run_logged(root, [*command, "update"], "Reading the list of system packages")
    if run_logged(root, [*command, "install", *packages], f"Installing {names}")[0] != 0:
        raise StartError(f"{why}, and apt-get could not install {names}; mend what {log_path(root)} says.")


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
            try:
                while process.poll() is None:
                    time.sleep(0.1)
                    if sys.stdout.isatty():
                        print(f"\r  {time.monotonic() - began:.0f} s ", end="\r", flush=True)
            finally:
                process.kill()  # when interrupted; one that has ended is left alone
        log.seek(first)
        return process.returncode, log.read().decode(errors="replace")
