"""Where compiled kernels are kept, and whether nobody else can have put them there: they are code that we run."""

import hashlib
import logging
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FOLDER_VARIABLE = "OBUKA_CACHE"
FORMAT = b"2"  # of what lies in the folder: another format is another folder
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH

_log = logging.getLogger(__name__)


@cache
def folder() -> Path | None:
    """Return the folder of this checkout's compiled kernels, or None where none can be trusted; the log says why.

    It lies in OBUKA_CACHE or in the user's cache folder, and is made if it is not there.
    """
    asked = os.environ.get(FOLDER_VARIABLE)
    try:
        base = Path(asked) if asked else _user_cache()
        kernels = base / "kernels"
        chosen = kernels / hashlib.sha256(FORMAT + os.fsencode(HERE)).hexdigest()[:12]
        _make(chosen)
        for own in (kernels,) if asked else (base, kernels):
            _close_to_others(own)
        chosen = Path(os.path.realpath(chosen))
        fault = _fault(chosen)
    except (OSError, RuntimeError, ValueError) as error:  # a disk that is full or read-only; no home; a NUL in the name
        fault = str(error)
    if fault:
        _log.warning("kernels are compiled anew at every start, for there is no safe folder to keep them: %s", fault)
        return None
    return chosen


def _user_cache() -> Path:
    # platformdirs answers the same; kernels import nothing but NumPy and numba.
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "obuka" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "obuka"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "obuka"


def _make(wanted: Path) -> None:
    """Make a folder and those above it that are missing, for the user alone."""
    for each in reversed((wanted, *wanted.parents)):
        if not each.is_dir():
            each.mkdir(0o700, exist_ok=True)


def _close_to_others(own: Path) -> None:
    """Take the right to write from others: where the umask is 002, every folder made earlier has it."""
    if os.name != "nt":
        status = own.stat()
        if status.st_uid == os.geteuid() and status.st_mode & OTHERS_MAY_WRITE:
            with suppress(OSError):
                own.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS_MAY_WRITE)


def _fault(chosen: Path) -> str:
    """Return why somebody else could put a file into `chosen`, or exchange it; empty if nobody can."""
    if os.name == "nt":
        home = Path(os.path.realpath(Path.home()))
        return "" if chosen.is_relative_to(home) else f"{chosen} is not in the user's profile"
    for each in (chosen, *chosen.parents):
        status = each.stat()
        if status.st_uid not in (0, os.geteuid()):
            return f"{each} belongs to another user"
        # In a sticky folder such as /tmp nobody can move what is not theirs.
        if status.st_mode & OTHERS_MAY_WRITE and (each == chosen or not status.st_mode & stat.S_ISVTX):
            return f"others may write to {each}; take that right from them (chmod go-w)"
    return ""
