"""`prepare`: compile everything before it is needed, and say how far that is."""

import argparse
import sys
from typing import Any

from tqdm import tqdm

from simulator.headless.words import _


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("prepare", help=_("compile all kernels now, so that nothing waits for them later"))
    command.set_defaults(carry_out=carry_out)


def carry_out(_asked: argparse.Namespace) -> int:
    """Compile, with a bar where somebody looks on."""
    from simulator.training.desk.warm_up import prepare_everything

    with tqdm(desc=_("kernels"), unit="", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        prepare_everything(report)
    return 0
