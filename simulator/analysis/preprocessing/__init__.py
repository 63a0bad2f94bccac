"""What preprocessing does to clouds, pictures and training."""

from typing import TYPE_CHECKING

from simulator.analysis.preprocessing.preprocessing_results import (
    FeatureCloud,
    FeatureSpread,
    LossRun,
    PreparedPictures,
    PreprocessingView,
    TrainingEffect,
)
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.preprocessing.effect import preprocessing_effect
    from simulator.analysis.preprocessing.preprocessing_lens import PreprocessingLens
else:
    __getattr__ = late(__name__, effect=("preprocessing_effect",), preprocessing_lens=("PreprocessingLens",))

__all__ = [
    "FeatureCloud",
    "FeatureSpread",
    "LossRun",
    "PreparedPictures",
    "PreprocessingLens",
    "PreprocessingView",
    "TrainingEffect",
    "preprocessing_effect",
]
