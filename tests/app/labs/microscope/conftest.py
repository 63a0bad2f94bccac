"""The microscope in the tests of its pages, and hands for it."""

import math

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from app.labs.microscope.lab import SPEC, MicroscopeLab
from app.labs.microscope.layer.cell_table import CellTable
from simulator.experiment import Experiment
from tests import reference
from tests.app.labs.conftest import OpenLab
from tests.app.samples import spiral


@pytest.fixture
def lab(open_lab: OpenLab) -> MicroscopeLab:
    made = open_lab(SPEC)
    assert isinstance(made, MicroscopeLab)
    return made


def press(qtbot: QtBot, button: QAbstractButton, times: int = 1) -> None:
    for _ in range(times):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, lab: MicroscopeLab, subject: str) -> None:
    """Click on an entry of the menu; the neuron with one sigmoid is chosen beside its twin."""
    press(qtbot, lab.findChild(QPushButton, "split" if subject == "whole" else subject))
    if subject == "whole":
        press(qtbot, lab.gates.split.buttons[1])


def column(table: CellTable, name: str, place: int) -> str:
    """The text in a column of the row that begins with `name`."""
    return next(row[place].text for row in table.shown if row[0].text == name)


def number(text: str) -> float:
    """A number as the window writes it."""
    plain = text.strip("()").replace("−", "-").replace("\N{NO-BREAK SPACE}", "")
    mantissa, _, power = plain.partition("×10")
    exponent = power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    return float(mantissa) * 10 ** float(exponent or 0)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def small() -> Experiment:
    """The spiral with a mini-batch whose size is no power of two, and a penalty."""
    sample = spiral()
    optimizer = replace(sample.training.optimizer, momentum=0.0)
    return replace(sample, training=replace(sample.training, batch_size=10, l2=0.01, optimizer=optimizer))


def first_batch(experiment: Experiment) -> tuple[reference.Weights, reference.Array, reference.Array]:
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    _, batch, _, _ = next(reference.mini_batches({0: experiment}, len(examples.labels), 1))
    return weights, examples.features[batch], examples.labels[batch]


def open_batch(qtbot: QtBot, open_lab: OpenLab, subject: str, experiment: Experiment) -> MicroscopeLab:
    lab = open_lab(SPEC, experiment=experiment)
    assert isinstance(lab, MicroscopeLab)
    choose(qtbot, lab, subject)
    qtbot.waitUntil(lambda: lab.study.parts is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not lab.study.busy, timeout=10_000)
    return lab
