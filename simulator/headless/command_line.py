"""The command line: what can be asked, and how a fault is said: one sentence and an exit code."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

from simulator.errors import ObukaError
from simulator.headless import bench, check, doctor, layers, listing, measure, prepare, run
from simulator.headless.words import _, said

FAULT = 2
STOPPED = 130  # what shells give a program that Ctrl+C ended
NO_READER = 141  # and one whose reader, such as `head`, has seen enough


class _Parser(argparse.ArgumentParser):
    """Says a wrong option in one line, and does not hide it where nothing can be printed."""

    def _print_message(self, message: str, file: Any = None) -> None:
        print(message, end="", file=file or sys.stderr)

    def error(self, message: str) -> NoReturn:
        self.exit(2, _("{program}: {fault}; see {program} --help").format(program=self.prog, fault=message) + "\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(prog="python -m simulator", description=_("Train and measure neural networks without a window."))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for command in (listing, run, measure, layers, check, doctor, bench, prepare):
        command.add_to(commands)
    return top


def main(arguments: Sequence[str]) -> int:
    """Carry out a command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without a sign prints "?" for it
    try:
        code = _obey(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where a full disk can still be said
    except KeyboardInterrupt:
        return _given_up(_("Stopped by hand."), STOPPED)
    except BrokenPipeError:
        return _given_up(_("Nobody reads the output any more, so it ends here."), NO_READER)
    except OSError as error:
        text = _("The output cannot be written: {reason}.").format(reason=error.strerror or type(error).__name__)
        return _given_up(text, FAULT)
    return code


def _obey(arguments: Sequence[str]) -> int:
    try:
        asked = parser().parse_args(arguments)
        code: int = asked.carry_out(asked)
    except SystemExit as ending:  # the parser has said what is wrong, or helped
        return ending.code if isinstance(ending.code, int) else FAULT
    except ObukaError as error:
        print(said(error.message), file=sys.stderr)
        return FAULT
    except MemoryError:
        print(_("There is not enough memory; make the network or the mini-batch smaller."), file=sys.stderr)
        return FAULT
    return code


def _given_up(sentence: str, code: int) -> int:
    """Say why it ends, if anybody listens."""
    _let_go(sys.stdout)
    try:
        print(sentence, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _let_go(sys.stderr)
    return code


def _let_go(stream: Any) -> None:
    """Let what is still to be written go nowhere: Python would try again at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
