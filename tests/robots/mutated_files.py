"""Spoils experiments' files and the kernel cache: `python -m tests.robots.mutated_files --count 500`.

Every document must end in one sentence or train; every cache in the very loss that a whole one gives. A traceback, an
abort of the process or a hang is a fault: they are listed, and the exit code is 1.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from simulator.experiment import WeightEdit, encode, load, names
from tests.robots.apart import outcome, preload
from tests.robots.mutations import spoilt_bytes, spoilt_document
from tests.robots.trials import try_cache, try_document

TRIAL_SECONDS = 240
SOUND = ("sentence", "trained", "heavy", "same", "rebuilt")


def documents(count: int, seed: int, room: Path) -> Iterator[Path]:
    """Yield spoilt documents, each from a sound one and a seed of its own."""
    sound = [load(name) for name in names()]
    sound += [run.with_edit(7, {"training.l2": 0.5}).with_edit(9, {"training.batch_size": 8}) for run in sound[:5]]
    weights = (WeightEdit(step, "output.W", (0, 1), 0.5, 1.5) for step in (0, 3, 7))
    sound += [run.with_weight(edit) for run, edit in zip(sound[:3], weights, strict=True)]
    for number in range(count):
        chance = random.Random(f"document {seed} {number}")
        path = room / f"{number}.json"
        path.write_bytes(spoilt_document(encode(chance.choice(sound)), chance))
        yield path


def caches(count: int, seed: int, whole: Path, room: Path) -> Iterator[Path]:
    """Yield copies of the cache, each with one file spoilt, exchanged, removed or in the way."""
    for number in range(count):
        chance = random.Random(f"cache {seed} {number}")
        copy = room / str(number)
        shutil.copytree(whole, copy)
        files = sorted(path for path in copy.rglob("*") if path.is_file())
        chosen, other = chance.sample(files, 2)
        data = chosen.read_bytes()
        match chance.randrange(10):
            case 0:
                chosen.write_bytes(other.read_bytes())
            case 1:
                chosen.unlink()
                chosen.mkdir()
            case 2:
                chosen.write_bytes(data[:64] + spoilt_bytes(data[64:], chance))
            case _:
                chosen.write_bytes(spoilt_bytes(data, chance))
        yield copy


def spoil_documents(count: int, seed: int, room: Path, workers: int) -> list[str]:
    """Return what became of the documents."""
    return _each(workers, lambda path: (str(path), try_document), documents(count, seed, room), lambda said, _: said)


def spoil_caches(count: int, seed: int, room: Path, workers: int) -> list[str]:
    """Return what became of the caches."""
    whole = room / "whole"
    expected = outcome(try_cache, str(whole), seconds=TRIAL_SECONDS)
    if outcome(try_cache, str(whole), seconds=TRIAL_SECONDS) != expected:
        return [f"traceback: a whole cache gives {expected} and then something else"]

    def judged(said: str, path: Path) -> str:
        shutil.rmtree(path)
        if said.startswith(("traceback", "aborted", "hung")):
            return said
        loss, words = said.split()
        if loss != expected.split()[0]:
            return f"traceback: another loss: {said} for {expected}"
        return "rebuilt" if int(words) else "same"

    return _each(workers, lambda path: (str(path), try_cache), caches(count, seed, whole, room), judged)


def _each(
    workers: int,
    asked: Callable[[Path], tuple[str, Callable[[str], str]]],
    paths: Iterator[Path],
    judged: Callable[[str, Path], str],
) -> list[str]:
    def one(path: Path) -> str:
        argument, trial = asked(path)
        said = judged(outcome(trial, argument, seconds=TRIAL_SECONDS), path)
        if said not in SOUND:
            print(f"{path.name}: {said}", flush=True)
        return said

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, paths))


def main(arguments: list[str]) -> int:
    """Spoil, count and print; return 1 if anything ended as nothing may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="documents, and caches as well")
    parser.add_argument("--caches", type=int, help="caches, if not as many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)
    preload("tests.robots.trials")
    wrong = 0
    caches_asked = asked.count if asked.caches is None else asked.caches
    parts = (("documents", spoil_documents, asked.count), ("caches", spoil_caches, caches_asked))
    for name, spoil, count in parts:
        with tempfile.TemporaryDirectory(prefix="spoilt") as room:
            said = spoil(count, asked.seed, Path(room), asked.workers)
        counts = Counter(each.partition(":")[0] for each in said)
        wrong += sum(times for kind, times in counts.items() if kind not in SOUND)
        print(f"{name}: " + ", ".join(f"{times} {kind}" for kind, times in sorted(counts.items())), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
