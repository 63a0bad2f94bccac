"""`layers`: the signal through every hidden layer before training (slides D2 to D6)."""

import argparse
from typing import Any

from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, number, plain, tell_of_files

COLUMNS = ("mean", "std", "gradient_std", "weight_gradient_std", "dead", "saturated", "blocked")
LEAST_WIDTH = 12


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

    from simulator.analysis.signal.signal import measure_signal

    tell_of_files(run.experiment)
    signal = measure_signal(run.experiment)
    rows = [
        {"name": str(layer.name), **{column: plain(getattr(layer, column)) for column in COLUMNS}}
        for layer in signal.layers
    ]
    if asked.json:
        print(as_json({"input": {"gradient_std": plain(signal.input_gradient_std)}, "layers": rows}))
        return 0
    width = max([len(str(row["name"])) for row in rows] + [5])
    widths = [max(len(column), LEAST_WIDTH) for column in COLUMNS]

    def line(name: str, cells: list[str]) -> str:
        return " ".join([f"{name:<{width}}", *(f"{cell:>{wide}}" for cell, wide in zip(cells, widths, strict=False))])

    print(line("layer", list(COLUMNS)))
    print(line("Input", ["", "", number(signal.input_gradient_std)]))
    for row in rows:
        print(line(str(row["name"]), [number(row[column]) for column in COLUMNS]))  # type: ignore[arg-type]
    return 0
