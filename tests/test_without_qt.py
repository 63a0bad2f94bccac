"""What is built, how it is arranged and how it is written are values: read, compared and tested without Qt."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("document", "arrangement", "look")
PAINTERS = {"dashes", "function_looks", "ink", "lane_look", "layer_looks", "looks", "marks", "seam"}
"""Modules of `look` that make pens, fonts and outlines, and those that refer to these."""
HEAVY = ("PySide6", "shiboken6", "pyqtgraph", "numba", "llvmlite")
ENTER = """
import importlib, json, sys
loaded = {{}}
for module in {modules!r}:
    importlib.import_module(module)
    loaded[module] = [name for name in {heavy!r} if name in sys.modules]
print(json.dumps({{module: names for module, names in loaded.items() if names}}))
"""


def modules_of(room: str) -> list[str]:
    return [f"app.{room}.{path.stem}" for path in sorted((ROOT / "app" / room).glob("[!_]*.py"))]


def test_that_a_fresh_process_loads_no_qt_and_no_numba_for_values() -> None:
    """One process for all modules: the first that is named has brought it."""
    painters = {f"app.look.{name}" for name in PAINTERS}
    modules = [module for room in ROOMS for module in modules_of(room) if module not in painters]
    code = ENTER.format(modules=modules, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {}
    assert len(modules) > 15
    assert painters <= set(modules_of("look"))
