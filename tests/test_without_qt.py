"""What is built and how it is arranged are values: read, compared and tested without Qt."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENTER = """
import importlib, json, sys
importlib.import_module({module!r})
print(json.dumps(sorted({heavy!r} & {{name.partition(".")[0] for name in sys.modules}})))
"""
HEAVY = {"PySide6", "shiboken6", "pyqtgraph", "numba", "llvmlite"}
ROOMS = ("app/document", "app/arrangement")
MODULES = [f"{room.replace('/', '.')}.{path.stem}" for room in ROOMS for path in sorted((ROOT / room).glob("[!_]*.py"))]


@pytest.mark.parametrize("module", MODULES)
def test_that_a_fresh_process_loads_no_qt_and_no_numba_for(module):
    code = ENTER.format(module=module, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
