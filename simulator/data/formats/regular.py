"""Opening what the user names, to read it: regular files alone, for a pipe or a device may never end or begin."""

import io
import os
import stat
from pathlib import Path

from simulator.data.formats.faults import fault, name_of
from simulator.message import N_


def opened(path: Path) -> io.BufferedReader | io.BytesIO:
    """Return the open file at `path`, without ever waiting for it.

    Raises
    ------
    FileError
        If it is a pipe, a socket or a device.
    OSError
        If the system does not give it.
    """
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 (the caller closes it)
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        file.close()
        text = N_("{name} is a pipe or a device, and only a file can be read; copy its contents into a file")
        raise fault(text, name=name_of(path))
    if status.st_size == 0:
        # An empty file; or one of /proc, which seems empty and may wait for ever when it is read.
        file.close()
        return io.BytesIO()
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
