"""A few spoilt files of each sort; the many are `python -m tests.robots.mutated_files`."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(400)
def test_that_spoilt_documents_and_caches_end_in_a_sentence_or_a_rebuild():
    done = subprocess.run(
        [sys.executable, "-m", "tests.robots.mutated_files", "--count", "40", "--caches", "2", "--seed", "7"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["documents", "caches"]
