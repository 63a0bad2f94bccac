"""The command line: what can be asked, and how a fault is said (one sentence, exit code 2)."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from simulator.errors import ObukaError
from simulator.headless import bench, check, doctor, layers, listing, run
from simulator.headless.words import _, said


class _Parser(argparse.ArgumentParser):
    """Says a wrong option in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, _("{program}: {fault}; see {program} --help").format(program=self.prog, fault=message) + "\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(prog="python -m simulator", description=_("Train and measure neural networks without a window."))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for command in (listing, run, layers, check, doctor, bench):
        command.add_to(commands)
    return top


def main(arguments: Sequence[str]) -> int:
    """Carry out a command line and return the exit code."""
    asked = parser().parse_args(arguments)
    try:
        code: int = asked.carry_out(asked)
    except ObukaError as error:
        print(said(error.message), file=sys.stderr)
        return 2
    except MemoryError:
        print(_("There is not enough memory; make the network or the mini-batch smaller."), file=sys.stderr)
        return 2
    except BrokenPipeError:  # a reader such as `head` has seen enough
        sys.stderr.close()
        return 0
    return code
