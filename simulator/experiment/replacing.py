"""Writing a file whole: whatever happens on the way, either the old file is there or the new one."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put a file that holds `data` in the place of the one at `path`, if there is one.

    A symbolic link stays and the file it leads to is replaced; the new file has the old one's mode. No other file is
    touched. What is no regular file, or may not be written, is left alone: `OSError`.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    aside = target.with_name(f".{secrets.token_hex(8)}.part")  # short, for `path` may have the longest name there is
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666 & (mode or 0o666))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if mode is not None:
            aside.chmod(mode)
        aside.replace(target)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


def _mode(target: Path) -> int | None:
    """Return the mode of the file at `target`; None if there is none; raise `OSError` if it must not be replaced."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(21, "there is a folder of that name")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(22, "there is a pipe or a device of that name")
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "the file is write-protected")
    return stat.S_IMODE(status.st_mode)
