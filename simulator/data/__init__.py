"""Data: sets built in, the split into training and validation, preprocessing."""

from simulator.data.dataset import Dataset
from simulator.data.preprocessing import PREPROCESSINGS, Preprocessing
from simulator.data.sources import SOURCES, Source

__all__ = ["PREPROCESSINGS", "SOURCES", "Dataset", "Preprocessing", "Source"]
