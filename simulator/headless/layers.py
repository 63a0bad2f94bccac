"""`layers`: the signal through every hidden layer before training (slides D2 to D6)."""

import argparse
from typing import Any

from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, number, plain

COLUMNS = ("mean", "std", "gradient_std", "dead", "saturated", "blocked")


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("layers", help=_("mean, spread and gradient of every hidden layer before training"))
    add_experiment(command)
    add_changes(command)
    command.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Measure and print."""
    run = asked_run(asked)

    from simulator.analysis.signal import measure_signal

    signal = measure_signal(run.experiment)
    rows = [
        {"name": str(layer.name), **{column: plain(getattr(layer, column)) for column in COLUMNS}}
        for layer in signal.layers
    ]
    if asked.json:
        print(as_json({"input": {"gradient_std": plain(signal.input_gradient_std)}, "layers": rows}))
        return 0
    width = max([len(str(row["name"])) for row in rows] + [5])
    print(" ".join([f"{'layer':<{width}}", *(f"{column:>12}" for column in COLUMNS)]))
    print(f"{'Input':<{width}} {'':>12} {'':>12} {number(signal.input_gradient_std):>12}")
    for row in rows:
        print(" ".join([f"{row['name']:<{width}}", *(f"{number(row[c]):>12}" for c in COLUMNS)]))  # type: ignore[arg-type]
    return 0
