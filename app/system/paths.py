"""Where the program finds its own files and keeps the user's."""

import functools
import os
import sys
import tempfile
from pathlib import Path

import platformdirs

_DIRECTORIES = platformdirs.PlatformDirs("obuka", appauthor=False)


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``resource_path("icons", "play.svg")``.

    The call is the same in the source tree, in an installed wheel (where ``resources`` lies beside ``app``)
    and in a frozen build. The path is not checked.
    """
    unpacked = getattr(sys, "_MEIPASS", None) if getattr(sys, "frozen", False) else None
    root = Path(unpacked) if unpacked else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)


def data_directory() -> Path:
    """Return the folder for what the user would miss: sessions, recovered experiments. It exists."""
    return _writable(Path(_DIRECTORIES.user_data_dir), "data")


def config_directory() -> Path:
    """Return the folder for settings. It exists."""
    return _writable(Path(_DIRECTORIES.user_config_dir), "config")


def cache_directory(*parts: str) -> Path:
    """Return a folder for what can be made again, such as recoloured icons. It exists."""
    base = _writable(Path(_DIRECTORIES.user_cache_dir), "cache")
    return _writable(base.joinpath(*parts), "cache", *parts)


def _writable(wanted: Path, *fallback: str) -> Path:
    """Return `wanted`, made if need be, or a temporary folder where the home directory is read-only."""
    try:
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(wanted, os.W_OK | os.X_OK):
            return wanted
    except OSError:
        pass
    folder = _temporary_home().joinpath(*fallback)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@functools.cache
def _temporary_home() -> Path:
    return Path(tempfile.mkdtemp(prefix="obuka-"))
