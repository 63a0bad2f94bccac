"""What time as a dimension costs: python -m tests.benchmarks.timeline

CPU time of the training thread where not said otherwise, so that neighbours on a shared machine disturb little; ratios
are medians over rounds in which both sides take turns.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable

import numpy as np

from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.training.desk.commands import Arrange, Load, Pause, Play, Scrub, StepOnce
from simulator.training.desk.session import Session
from simulator.training.past.timeline import BUDGET, Timeline
from simulator.training.run.trainer import Trainer

STEPS = 10_000
ROUNDS = 15


def noise(width: int, layers: int, units: int, batch: int = 100) -> Run:
    """A dense network on noise, with momentum."""
    entries = [entry for _ in range(layers) for entry in ({"kind": "dense", "units": units}, {"kind": "relu"})]
    training = {
        "batch_size": batch,
        "learning_rate": 1e-4,
        "optimizer": {"kind": "sgd", "momentum": 0.9},
        "divergence": {"enabled": False},
    }
    data = {"kind": "noise", "examples": 1000, "width": width}
    return Run(from_plain({"data": data, "network": entries, "training": training}))


RUNS = {
    "64-50-10": Run(apply(load("digits").experiment, {"training.epochs": None})),
    "3072-50-10": noise(3072, 1, 50),
    "10 x 500": noise(64, 10, 500),
}


def spent(work: Callable[[], object]) -> float:
    """Return the CPU seconds of this thread that `work` takes."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def going_back(name: str) -> None:
    """Restore many of 10,000 steps, with their frames; the worst counts."""
    timeline = Timeline(Trainer(RUNS[name]))
    while timeline.step < STEPS:
        timeline.advance(min(200, STEPS - timeline.step), beyond=True)
    starts = np.array([0, *(snapshot.step for snapshot in timeline._snapshots)])
    gaps = np.diff([*starts, STEPS])
    worst_steps = [*(starts[1:][np.argsort(gaps[:-1])[-10:]]), starts[-1] + gaps[-1]]
    steps = [*worst_steps, *np.random.default_rng(0).integers(1, STEPS, 30)]

    def restore(step: int) -> None:
        trainer = timeline.restored(step)
        assert trainer is not None
        timeline.record_rebuilt(trainer)

    times = [min(spent(lambda step=int(step): restore(step)) for _ in range(3)) for step in steps]
    print(
        f"{name}: worst exact restore in {STEPS} steps {1e3 * max(times):.0f} ms, median "
        f"{1e3 * statistics.median(times):.0f} (goal 200); {len(starts) - 1} snapshots, "
        f"{timeline.nbytes / 1e6:.0f} MB"
    )


def showing(name: str) -> None:
    """Scrub over recorded frames, pictures included."""
    session, pictures = playing(RUNS[name], count=4)
    session.carry_out(Pause())
    times = []
    last = pictures[-1].newest
    for step in np.random.default_rng(0).integers(0, last, 60):
        times.append(spent(lambda step=int(step): session.carry_out(Scrub(step, exact=False))))
    print(f"{name}, four lanes: a recorded frame is shown in {1e3 * max(times):.1f} ms at the worst (goal 50)")


def playing(run: Run, count: int, seconds: float = 2.0) -> tuple[Session, list]:
    """Let so many lanes train for a while."""
    pictures: list = []
    session = Session(lambda event: None, pictures.append)
    for number in range(1, count + 1):
        session.carry_out(Load(number, run))
    session.carry_out(Arrange(tuple(range(1, count + 1)), 1))
    session.carry_out(Play())
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        session.work()
    return session, pictures


def recording(name: str, chunk: int) -> None:
    """Compare a recorded run with one that records nothing."""
    recorded, plain = Timeline(Trainer(RUNS[name])), Trainer(RUNS[name])
    recorded.advance(chunk, beyond=True)
    plain.advance(chunk, beyond=True, measure=True)
    ratios = []
    for _ in range(ROUNDS):
        ours = spent(lambda: recorded.advance(chunk, beyond=True))
        ratios.append(ours / spent(lambda: plain.advance(chunk, beyond=True, measure=True)))
    print(f"{name}: recording snapshots costs {100 * (statistics.median(ratios) - 1):.1f} % of training (goal: a few)")


def throughput(name: str, lanes: int) -> None:
    """Compare the steps a second of lanes with those of one, wall time, beside a thread that draws half of the time."""
    rates = {}
    stop = threading.Event()
    drawer = threading.Thread(target=draw, args=(stop,))
    drawer.start()
    for count in (1, lanes):
        best = 0.0
        for _ in range(3):
            _, pictures = playing(RUNS[name], count, seconds=1.0)
            best = max(best, count * pictures[-1].newest)
        rates[count] = best
    stop.set()
    drawer.join()
    print(f"{name}: {lanes} lanes make {rates[lanes] / rates[1]:.2f} times the steps of one lane")


def draw(stop: threading.Event) -> None:
    """Be busy in Python for 16 of every 33 ms, as a window is."""
    while not stop.is_set():
        end = time.perf_counter() + 0.016
        while time.perf_counter() < end:
            pass
        time.sleep(0.017)


def memory() -> None:
    """Count the past of four lanes of ten layers of 500."""
    session, _ = playing(RUNS["10 x 500"], count=4, seconds=20.0)
    session.carry_out(StepOnce())
    timelines = [lane.timeline for lane in session._stage.lanes or ()]
    held = [len(timeline._snapshots) for timeline in timelines]
    used = sum(timeline.nbytes for timeline in timelines)
    print(
        f"four lanes of 10 x 500 after {timelines[0].step} steps: {used / 1e6:.0f} MB of {BUDGET / 1e6:.0f}, "
        f"{held} snapshots of {timelines[0].trainer.snapshot().nbytes / 1e6:.0f} MB"
    )


def main() -> None:
    only = sys.argv[1:]
    parts = {
        "recording": lambda: [recording(name, chunk) for name, chunk in (("64-50-10", 500), ("3072-50-10", 200))],
        "recording-large": lambda: recording("10 x 500", 100),
        "back": lambda: [going_back(name) for name in ("64-50-10", "3072-50-10")],
        "showing": lambda: [showing(name) for name in ("64-50-10", "3072-50-10")],
        "throughput": lambda: [throughput(name, lanes) for name in ("64-50-10", "3072-50-10") for lanes in (2, 4)],
        "memory": memory,
    }
    for name, part in parts.items():
        if not only or name in only:
            part()


if __name__ == "__main__":
    main()
