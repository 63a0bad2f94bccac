"""One trial in a process of its own, so that an abort and a hang are seen."""

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

CONTEXT: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")


def preload(*modules: str) -> None:
    """Let processes start, where that can be, from one that has the modules already."""
    if sys.platform != "win32":
        CONTEXT.set_forkserver_preload(list(modules))


def outcome(trial: Callable[..., str], *arguments: Any, seconds: float) -> str:
    """Return what `trial` returns, or "traceback: …", "aborted: …", "hung"."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_carry_out, args=(there, trial, arguments))
    process.start()
    there.close()
    try:
        said = here.recv() if here.poll(seconds) else None
    except EOFError:
        said = ""
    process.join(10 if said is not None else 0)
    if process.is_alive():
        process.kill()
        process.join()
        return "hung"
    return said or f"aborted: exit code {process.exitcode}"


def _carry_out(answer: Connection, trial: Callable[..., str], arguments: tuple[Any, ...]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # what is logged there is not looked at
    try:
        said = trial(*arguments)
    except BaseException:  # noqa: BLE001 (nothing may get past)
        said = "traceback: " + traceback.format_exc()
    answer.send(said)
