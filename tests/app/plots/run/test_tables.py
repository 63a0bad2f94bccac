"""The numbers of a run as tables: positions are read off easily, what was measured keeps every figure."""

from dataclasses import replace

import numpy as np

from app.export.table import csv_text
from app.plots.run.tables import losses_table, track_table
from simulator.training import LossCurve
from tests.app.canned import make_picture, make_track

THIRD = 1 / 3


def rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines() if not line.startswith("#")]


def test_that_epochs_are_written_without_what_a_division_leaves() -> None:
    steps = np.arange(1.0, 25.0)
    losses = np.full(steps.size, THIRD)
    picture = replace(make_picture(24), data_losses=LossCurve(steps, losses, losses, losses, steps, losses, None))
    head, *found = rows(csv_text(losses_table([("", picture)], {}, penalised=False)))
    assert head[:2] == ["step", "epoch"]
    assert max(len(row[1]) for row in found) <= len("0.047619")
    assert {float(row[3]) for row in found} == {THIRD}


def test_that_recorded_frames_have_short_epochs_too() -> None:
    track = make_track(3, 60, 590)
    picture = replace(make_picture(590), track=replace(track, epoch=np.arange(track.step.size) * 0.1))
    head, *found = rows(csv_text(track_table(picture, ["Dense 1"], np.full((track.step.size, 1), THIRD))))
    assert head == ["step", "epoch", "Dense 1"]
    assert found[3][1:] == ["0.3", repr(THIRD)]
