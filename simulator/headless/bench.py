"""`bench`: microseconds a training step, on the machine and on its peers, interleaved in one process on one thread."""

import argparse
import statistics
import sys
from typing import Any

from simulator.headless.words import _, as_json, number
from simulator.headless.workload import Workload

ROUNDS = 9
ROUND_SECONDS = 0.12
EXAMPLES = 2000
WIDE = 500  # units from which a layer is held against the machine's own sgemm


WORKLOADS = (
    Workload("2-4-2", (2, 4, 2), 10),
    Workload("2-8-8-2", (2, 8, 8, 2), 32),
    Workload("2-100-3", (2, 100, 3), 300),
    Workload("64-50-10", (64, 50, 10), 100),
    Workload("784-100-100-10", (784, 100, 100, 10), 100),
    Workload("3072-50-10", (3072, 50, 10), 100),
    Workload("500x10", (*[500] * 11, 10), 100),
    Workload("64-50-10 adam", (64, 50, 10), 100, optimizer="adam"),
    Workload("64-50-10 dropout", (64, 50, 10), 100, dropout=0.5),
    Workload("64-50-10 maxout", (64, 50, 10), 100, activation="maxout"),
    Workload("784-10x500-10 batch norm", (784, *[500] * 10, 10), 100, activation="tanh", batch_norm=True),
)


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("bench", help=_("microseconds a step, against NumPy and PyTorch"))
    command.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    command.add_argument("--only", metavar="NAME", choices=[w.name for w in WORKLOADS], help=_("one workload"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Measure and print."""
    chosen = [w for w in WORKLOADS if asked.only in (None, w.name)]
    rows = []
    for workload in chosen:
        print(f"{workload.name} ...", file=sys.stderr, flush=True)
        rows.append(measure(workload))
    if asked.json:
        print(as_json({"workloads": rows}))
        return 0
    columns = ("machine_us", "numpy_us", "pytorch_us", "times_numpy", "times_pytorch", "sgemm_share")
    print(f"{'workload':<25} {'batch':>5} " + " ".join(f"{column:>13}" for column in columns))
    for row in rows:
        print(f"{row['workload']:<25} {row['batch']:>5} " + " ".join(f"{number(row[c]):>13}" for c in columns))
    return 0


def measure(workload: Workload) -> dict[str, Any]:
    """Return the row of one workload: medians over interleaved rounds, and the median ratios round by round.

    `sgemm_share` is the rate of the forward and backward passes over the machine's own sgemm rate in the same rounds.
    """
    from simulator.analysis.activations.timing import Steps, take_turns
    from simulator.headless import peers

    wide = workload.plain and max(workload.sizes[1:]) >= WIDE
    contestants: dict[str, Steps | None] = {
        "machine": peers.machine(workload, EXAMPLES),
        "numpy": peers.plain_numpy(workload, EXAMPLES) if workload.plain else None,
        "pytorch": peers.pytorch(workload, EXAMPLES),
        "passes": peers.passes(workload) if wide else None,
        "sgemm": peers.sgemm() if wide else None,
    }
    entered = {name: steps for name, steps in contestants.items() if steps is not None}
    times = {name: [1e6 * spent for spent in each] for name, each in take_turns(entered, ROUNDS, ROUND_SECONDS).items()}
    row: dict[str, Any] = {"workload": workload.name, "batch": workload.batch}
    for name in ("machine", "numpy", "pytorch"):
        row[f"{name}_us"] = round(statistics.median(times[name]), 3) if name in times else None
    for name in ("numpy", "pytorch"):
        ratios = [b / a for a, b in zip(times["machine"], times.get(name, []), strict=False)]
        row[f"times_{name}"] = round(statistics.median(ratios), 3) if ratios else None
    row["sgemm_share"] = None
    if "sgemm" in times:
        factor = workload.dense_flops / peers.SGEMM_FLOPS
        rates = [factor * b / a for a, b in zip(times["passes"], times["sgemm"], strict=True)]
        row["sgemm_share"] = round(statistics.median(rates), 3)
    return row
