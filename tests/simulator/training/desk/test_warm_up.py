"""What is compiled beforehand, and what is said meanwhile."""

from simulator.experiment.library import load
from simulator.kernels.kernel import Kernel
from simulator.training import Loaded, Preparing
from simulator.training.desk import warm_up
from tests.sessions import Desk


def test_that_warming_up_counts_its_parts_to_the_end():
    told = []
    warm_up.warm_up(report=lambda done, total: told.append((done, total)))
    total = told[0][1]
    assert told == [(done, total) for done in range(total + 1)]
    assert total > 6


def test_that_a_network_with_missing_kernels_says_how_many_it_waits_for(monkeypatch):
    run = load("A4")
    missing = warm_up.needed_kernels(run.experiment)[:3]
    ready = Kernel.is_ready
    monkeypatch.setattr(Kernel, "is_ready", lambda kernel, dtype: kernel not in missing and ready(kernel, dtype))
    desk = Desk().load(run).rest()
    told = [event for event in desk.heard if isinstance(event, Preparing | Loaded)]
    others = len(told) - 1 - len(missing)  # that no test before has loaded
    assert [(event.done, event.total) for event in told[:-1]] == [(n, 3 + others) for n in range(3 + others)]
    assert isinstance(told[-1], Loaded)


def test_that_everything_is_every_kernel_in_both_precisions(monkeypatch):
    asked, told = [], []
    monkeypatch.setattr(Kernel, "address", lambda kernel, dtype: asked.append((kernel.name, dtype.name)) or 1)
    monkeypatch.setattr(warm_up, "_run_once", lambda experiment, dtype: asked.append(("run", dtype.__name__)))
    warm_up.prepare_everything(lambda done, total: told.append((done, total)))
    names = {name.split(".")[2] for name, _dtype in asked if name != "run"}
    assert {
        "dense",
        "maxout",
        "batch_norm",
        "adam",
        "l1",
        "l2",
        "clip_norm",
        "max_norm",
        "softmax_cross_entropy",
    } <= names
    assert len(asked) == len(set(asked)) == told[-1][1] == told[-1][0]
    assert {name for name, dtype in asked if dtype == "float32"} == {
        name for name, dtype in asked if dtype == "float64"
    }
