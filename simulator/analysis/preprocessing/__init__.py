"""What preprocessing does to clouds, pictures and training."""

from typing import TYPE_CHECKING

from simulator.analysis.preprocessing.preprocessing_results import (
    FeatureCloud,
    FeatureSpread,
    LossRun,
    PreparedPictures,
    PreparedSide,
    PreprocessingView,
    TrainingEffect,
)
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.preprocessing.preprocessing_effect import preprocessing_effect
    from simulator.analysis.preprocessing.preprocessing_lens import PreprocessingLens
else:
    __getattr__ = late(
        __name__, preprocessing_effect=("preprocessing_effect",), preprocessing_lens=("PreprocessingLens",)
    )

__all__ = [
    "FeatureCloud",
    "FeatureSpread",
    "LossRun",
    "PreparedPictures",
    "PreparedSide",
    "PreprocessingLens",
    "PreprocessingView",
    "TrainingEffect",
    "preprocessing_effect",
]
