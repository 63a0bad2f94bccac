"""Which kernels a network runs on, told before any data are there: how many there are to wait for."""

from simulator.experiment.experiment import Experiment
from simulator.kernels.kernel import Kernel
from simulator.machine.program import kernels_of


def needed_kernels(experiment: Experiment) -> list[Kernel]:
    """Return the kernels that `compile_program` will ask for, each once, in that order."""
    training = experiment.training
    found: list[Kernel] = []
    for kind in (*(entry.kind for entry in experiment.network), "dense"):
        module = kernels_of(kind)
        found += (module.forward, module.backward)
    after = {
        experiment.loss.kind: True,
        "l1": training.l1 > 0,
        "l2": training.l2 > 0,
        "clip_norm": training.clip_norm is not None,
        training.optimizer.kind: True,
        "max_norm": training.max_norm is not None,
    }
    found += (kernels_of(kind).forward for kind, used in after.items() if used)
    return list(dict.fromkeys(found))
