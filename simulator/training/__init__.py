"""Training: the trainer (no thread), its frames and history, and the runner (the thread)."""

from typing import TYPE_CHECKING

from simulator.late import late
from simulator.training.desk.commands import (
    MOST_LANES,
    Arrange,
    Ask,
    Change,
    Command,
    Continue,
    Forget,
    Fork,
    Load,
    Pause,
    Play,
    RunEpoch,
    Scrub,
    SetSpeed,
    SetWeight,
    ShowParts,
    StepOnce,
)
from simulator.training.desk.events import (
    Answered,
    Changed,
    Ended,
    Event,
    Kept,
    Loaded,
    Paused,
    Playing,
    Prepared,
    Preparing,
    Reached,
    Rejected,
)
from simulator.training.desk.questions import AskLosses, AskMoment, AskPast, Moment, Question, StepLosses
from simulator.training.desk.runner import Runner
from simulator.training.frames.confusion import Confusion
from simulator.training.frames.curves import LossCurve, Readings, Samples, Track, WholeReading
from simulator.training.frames.frame import BINS, DecisionMap, Frame, Gradient, Histogram, LayerFrame, Part
from simulator.training.frames.network import MOST_DRAWN, Connections, Flow, LayerWiring, NetworkFocus, NetworkWiring
from simulator.training.frames.picture import Mark, Picture, Rebuilding, RunFacts
from simulator.training.frames.unit_maps import LayerMaps, UnitMaps
from simulator.training.frames.units import LEVELS, LayerUnits, NetworkUnits, Silence

if TYPE_CHECKING:
    from simulator.training.past.replay import Past
else:
    __getattr__ = late(__name__, **{"past.replay": ("Past",)})

__all__ = [
    "BINS",
    "LEVELS",
    "MOST_DRAWN",
    "MOST_LANES",
    "Answered",
    "Arrange",
    "Ask",
    "AskLosses",
    "AskMoment",
    "AskPast",
    "Change",
    "Changed",
    "Command",
    "Confusion",
    "Connections",
    "Continue",
    "DecisionMap",
    "Ended",
    "Event",
    "Flow",
    "Forget",
    "Fork",
    "Frame",
    "Gradient",
    "Histogram",
    "Kept",
    "LayerFrame",
    "LayerMaps",
    "LayerUnits",
    "LayerWiring",
    "Load",
    "Loaded",
    "LossCurve",
    "Mark",
    "Moment",
    "NetworkFocus",
    "NetworkUnits",
    "NetworkWiring",
    "Part",
    "Past",
    "Pause",
    "Paused",
    "Picture",
    "Play",
    "Playing",
    "Prepared",
    "Preparing",
    "Question",
    "Reached",
    "Readings",
    "Rebuilding",
    "Rejected",
    "RunEpoch",
    "RunFacts",
    "Runner",
    "Samples",
    "Scrub",
    "SetSpeed",
    "SetWeight",
    "ShowParts",
    "Silence",
    "StepLosses",
    "StepOnce",
    "Track",
    "UnitMaps",
    "WholeReading",
]
