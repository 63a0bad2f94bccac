"""Experiments that tests know by heart, whatever the library holds."""

from simulator.experiment import Experiment, from_plain


def spiral() -> Experiment:
    return from_plain(
        {
            "name": "Spiral",
            "data": {"kind": "spiral", "noise": 0.03},
            "network": [
                {"kind": "dense", "units": 16, "key": 1},
                {"kind": "relu"},
                {"kind": "dense", "units": 16, "key": 2},
                {"kind": "relu"},
            ],
            "training": {"learning_rate": 0.1, "batch_size": 32, "optimizer": {"kind": "sgd", "momentum": 0.9}},
        }
    )
