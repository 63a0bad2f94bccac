"""Spoilt files of each sort: a few in every suite, the many with `test --long`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def spoil(documents: int, caches: int, seed: int) -> None:
    counts = ["--count", str(documents), "--caches", str(caches), "--seed", str(seed)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.robots.mutated_files", *counts], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["documents", "caches"]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_that_spoilt_documents_and_caches_end_in_a_sentence_or_a_rebuild():
    spoil(40, 2, seed=7)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_that_hundreds_of_spoilt_files_end_in_a_sentence_or_a_rebuild():
    spoil(500, 500, seed=1)
