"""The data of all runs: runs of the same data share them, and they are gone with the last run that holds them."""

from weakref import WeakKeyDictionary

import numpy as np

from simulator.data.dataset import Dataset
from simulator.experiment.experiment import Experiment
from simulator.training.run.setting import Setting, prepare, same_data


class Supply:
    """Prepares data, unless somebody holds them already. It keeps none itself."""

    def __init__(self) -> None:
        self._held: WeakKeyDictionary[Setting, Experiment] = WeakKeyDictionary()

    def setting(self, experiment: Experiment) -> Setting:
        """Return the data of `experiment`; files are looked at anew."""
        dataset = self._dataset(experiment)
        for known, asked in self._held.items():
            if known.dataset is dataset and same_data(asked, experiment):
                return known
        setting = prepare(experiment, np.dtype(np.float32), dataset)
        self._held[setting] = experiment
        return setting

    def _dataset(self, experiment: Experiment) -> Dataset:
        seed = experiment.seeds.data
        if experiment.data.drawn:
            for known, asked in self._held.items():
                if asked.data == experiment.data and asked.seeds.data == seed:
                    return known.dataset
            return experiment.data.load(seed)
        fresh = experiment.data.load(seed)
        alike = (known.dataset for known in self._held if known.dataset.digest == fresh.digest)
        return next(alike, fresh)
