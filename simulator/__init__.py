"""Obuka's engine: a small, exact simulator of how neural networks train. No Qt.

The names below are all that the window uses. Importing them loads no numba: that happens in the runner's thread.
The names in `LAZY` load it when they are first asked for, so the window asks for them in a worker's thread only.
"""

import importlib
import os
from typing import Any, Final

# One BLAS thread, set before NumPy and SciPy load: two threads give other bits and slow two runs down.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from simulator.analysis.activations.cost_result import ElementCost, ElementCosts, StepShare, StepShares
from simulator.analysis.activations.race_field import RACERS, RaceField, RaceRun, race_ready
from simulator.analysis.activations.scalar_functions import (
    SCALAR_FUNCTIONS,
    FunctionCurve,
    MeanOutput,
    ScalarFunction,
    function_knobs,
)
from simulator.analysis.batch_norm.batch_norm_results import (
    AnswerModes,
    BatchNoise,
    LayerValues,
    NormHistory,
    NormLayer,
    NormView,
)
from simulator.analysis.batch_norm.sweep_plan import SWEEP_PLANS, SweepPlan, SweepResult
from simulator.analysis.checks.check_result import CheckPicture, CheckResult
from simulator.analysis.checks.checklist import BOTH_WAYS, CHECKLIST, CheckItem
from simulator.analysis.checks.cross_scores import CrossValidation, Score
from simulator.analysis.curves.curve_shapes import NEAR_THE_BEST, RATE_NAMES, RateCurve, RateCurves
from simulator.analysis.curves.gallery import GALLERY, Exhibit, ExhibitCurve
from simulator.analysis.doctor.diagnosis import Aim
from simulator.analysis.doctor.examination import Finding, Watch, examine
from simulator.analysis.doctor.gap import Gap, judge_gap
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy, remedies
from simulator.analysis.doctor.trial_result import Trial, Twin
from simulator.analysis.gates.batch_parts import BatchParts, BlockPart, LayerPart
from simulator.analysis.gates.gates import Gate, GateAt
from simulator.analysis.gates.graph import OUTPUT_EDGE, Graph, GraphEdge, Leaf, Node, Propagated, at_bend, propagate
from simulator.analysis.gates.graphs import GRAPHS
from simulator.analysis.gates.worked import Line, Pairs, Worked, work_out, work_out_loss
from simulator.analysis.gradients.gradient_results import GradientLens, LayerAgreement, StepSweep
from simulator.analysis.landscape import zigzag
from simulator.analysis.landscape.loss_bowl import Bowl
from simulator.analysis.landscape.slices import LossLine, LossPlane
from simulator.analysis.measured import Measured
from simulator.analysis.preprocessing.preprocessing_results import (
    FeatureCloud,
    FeatureSpread,
    LossRun,
    PreparedPictures,
    PreparedSide,
    PreprocessingView,
    TrainingEffect,
)
from simulator.analysis.signal.layer_signal import ROW_BINS, LayerSignal, Reading, RowHistogram, Signal, Spread, Theory
from simulator.analysis.signal.recipe import MOST_LAYERS, MOST_UNITS, Recipe
from simulator.analysis.spread.outcome import what_came
from simulator.analysis.spread.seed_spread import SEEDS as REPEAT_SEEDS
from simulator.analysis.spread.seed_spread import SeedSpread
from simulator.data.dataset import Dataset
from simulator.data.preprocessing import PREPROCESSINGS, Preprocessing
from simulator.data.sources import SOURCES, Source
from simulator.declaration import DeclaredField, Field, Kind, Passes, declared_fields, kind_of
from simulator.errors import ExperimentError, FileError, ObukaError
from simulator.experiment.cards import Card, cards, parameter_count, with_keys
from simulator.experiment.comparison import what_differs
from simulator.experiment.data_paths import anchored
from simulator.experiment.experiment import Experiment, Output, Seeds, Training
from simulator.experiment.files import decode, encode, read, write
from simulator.experiment.fork import may_fork
from simulator.experiment.library import find, load, names, promise, shows, title
from simulator.experiment.patch import (
    Patch,
    apply,
    declared_at,
    difference,
    from_plain,
    is_live,
    kinds_at,
    to_plain,
)
from simulator.experiment.replacing import replace_file
from simulator.experiment.run import Edit, Run
from simulator.initializers import INITIALIZERS, Initializer
from simulator.layers import LAYERS, Activation, Layer, Weighted
from simulator.layers.dense import Dense
from simulator.losses import LOSSES
from simulator.message import N_, InSentence, Message
from simulator.optimizers import OPTIMIZERS
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
    Mark,
    Paused,
    Picture,
    Playing,
    Prepared,
    Preparing,
    Reached,
    Rebuilding,
    Rejected,
    RunFacts,
)
from simulator.training.desk.runner import Runner
from simulator.training.frames.confusion import Confusion
from simulator.training.frames.curves import METERS, LossCurve, Readings, Samples, Track, WholeReading
from simulator.training.frames.frame import BINS, DecisionMap, Frame, Gradient, Histogram, LayerFrame
from simulator.training.frames.unit_maps import LayerMaps, UnitMaps
from simulator.training.frames.units import LEVELS, LayerUnits, NetworkUnits, Silence

__all__ = [
    "BINS",
    "BOTH_WAYS",
    "CHECKLIST",
    "GALLERY",
    "GRAPHS",
    "INITIALIZERS",
    "LAYERS",
    "LEVELS",
    "LOSSES",
    "METERS",
    "MOST_LANES",
    "MOST_LAYERS",
    "MOST_UNITS",
    "NEAR_THE_BEST",
    "N_",
    "OPTIMIZERS",
    "OUTPUT_EDGE",
    "PREPROCESSINGS",
    "RACERS",
    "RATE_NAMES",
    "REPEAT_SEEDS",
    "ROW_BINS",
    "SCALAR_FUNCTIONS",
    "SOURCES",
    "SWEEP_PLANS",
    "Activation",
    "Aim",
    "AnswerModes",
    "Answered",
    "Arrange",
    "Ask",
    "BatchNoise",
    "BatchParts",
    "BlockPart",
    "Bowl",
    "Card",
    "Change",
    "Changed",
    "CheckItem",
    "CheckPicture",
    "CheckResult",
    "Command",
    "Confusion",
    "Continue",
    "CrossValidation",
    "Dataset",
    "DecisionMap",
    "DeclaredField",
    "Dense",
    "Edit",
    "ElementCost",
    "ElementCosts",
    "Ended",
    "Event",
    "Exhibit",
    "ExhibitCurve",
    "Experiment",
    "ExperimentError",
    "FeatureCloud",
    "FeatureSpread",
    "Field",
    "FileError",
    "Finding",
    "Forget",
    "Fork",
    "Frame",
    "FunctionCurve",
    "Gap",
    "Gate",
    "GateAt",
    "Gradient",
    "GradientLens",
    "Graph",
    "GraphEdge",
    "Histogram",
    "InSentence",
    "Initializer",
    "Kept",
    "Kind",
    "Layer",
    "LayerAgreement",
    "LayerFrame",
    "LayerMaps",
    "LayerPart",
    "LayerSignal",
    "LayerUnits",
    "LayerValues",
    "Leaf",
    "Line",
    "Load",
    "Loaded",
    "LossCurve",
    "LossLine",
    "LossPlane",
    "LossRun",
    "Mark",
    "MeanOutput",
    "Measured",
    "Message",
    "NetworkUnits",
    "Node",
    "NormHistory",
    "NormLayer",
    "NormView",
    "ObukaError",
    "Output",
    "Pairs",
    "Passes",
    "Patch",
    "Pause",
    "Paused",
    "Picture",
    "Play",
    "Playing",
    "Prepared",
    "PreparedPictures",
    "PreparedSide",
    "Preparing",
    "Preprocessing",
    "PreprocessingView",
    "Propagated",
    "RaceField",
    "RaceRun",
    "RateCurve",
    "RateCurves",
    "Reached",
    "Reading",
    "Readings",
    "Rebuilding",
    "Recipe",
    "Rejected",
    "Remedy",
    "RowHistogram",
    "Run",
    "RunEpoch",
    "RunFacts",
    "RunRecord",
    "Runner",
    "Samples",
    "ScalarFunction",
    "Score",
    "Scrub",
    "SeedSpread",
    "Seeds",
    "SetSpeed",
    "ShowParts",
    "Signal",
    "Silence",
    "Source",
    "Spread",
    "StepOnce",
    "StepShare",
    "StepShares",
    "StepSweep",
    "SweepPlan",
    "SweepResult",
    "Theory",
    "Track",
    "Training",
    "TrainingEffect",
    "Trial",
    "Twin",
    "UnitMaps",
    "Watch",
    "Weighted",
    "WholeReading",
    "Worked",
    "anchored",
    "apply",
    "at_bend",
    "cards",
    "declared_at",
    "declared_fields",
    "decode",
    "difference",
    "encode",
    "examine",
    "find",
    "from_plain",
    "function_knobs",
    "is_live",
    "judge_gap",
    "kind_of",
    "kinds_at",
    "load",
    "may_fork",
    "names",
    "parameter_count",
    "promise",
    "propagate",
    "race_ready",
    "read",
    "remedies",
    "replace_file",
    "shows",
    "title",
    "to_plain",
    "what_came",
    "what_differs",
    "with_keys",
    "work_out",
    "work_out_loss",
    "write",
    "zigzag",
]

LAZY: Final = {
    "silent_since": "simulator.analysis.doctor.units",
    "judge_both_ways": "simulator.analysis.checks.both_ways",
    "try_remedy": "simulator.analysis.doctor.trial",
    "NormalisedCopy": "simulator.analysis.batch_norm.normalised_copy",
    "PreprocessingLens": "simulator.analysis.preprocessing.preprocessing_lens",
    "answer_modes": "simulator.analysis.batch_norm.answer_modes",
    "batch_noise": "simulator.analysis.batch_norm.batch_noise",
    "batch_norm_view": "simulator.analysis.batch_norm.batch_norm_xray",
    "element_costs": "simulator.analysis.activations.cost",
    "exhibit_curve": "simulator.analysis.curves.exhibit_curve",
    "repeat_seeds": "simulator.analysis.spread.seed_repeat",
    "race_field": "simulator.analysis.activations.race",
    "race_run": "simulator.analysis.activations.race",
    "rate_curves": "simulator.analysis.curves.rate_curves",
    "function_curves": "simulator.analysis.activations.functions",
    "gradient_lens": "simulator.analysis.gradients.gradient_lens",
    "loss_line": "simulator.analysis.landscape.loss_slice",
    "loss_plane": "simulator.analysis.landscape.loss_slice",
    "mean_outputs": "simulator.analysis.activations.functions",
    "preprocessing_effect": "simulator.analysis.preprocessing.preprocessing_effect",
    "Bench": "simulator.analysis.signal.bench",
    "run_checks": "simulator.analysis.checks.sanity",
    "scale_sweep": "simulator.analysis.batch_norm.scale_sweep",
    "step_shares": "simulator.analysis.activations.cost",
    "sweep_rates": "simulator.analysis.checks.sanity",
    "sweep_seconds": "simulator.analysis.batch_norm.scale_sweep",
    "take_apart": "simulator.analysis.gates.phases",
}
"""Name -> module, for measurements that bring numba."""


def __getattr__(name: str) -> Any:
    if name not in LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(LAZY[name]), name)
