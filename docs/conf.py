"""The site of docs/ and of the simulator's doors: `python3 packaging/start.py docs`."""

import importlib
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

project = "Obuka"
author = "The Obuka authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["**/.*"]
html_theme = "alabaster"
html_theme_options = {"description": "How neural networks train: build, watch, change, compare", "fixed_sidebar": True}
html_show_sphinx = False
myst_heading_anchors = 3
napoleon_google_docstring = False
napoleon_use_ivar = True
autodoc_member_order = "groupwise"
autodoc_typehints = "description"
suppress_warnings = ["ref.python"]  # a field of two classes of one name
autodoc_default_options = {"members": True, "imported-members": True, "show-inheritance": True}


def write_doors() -> None:
    """Write a page for each room of the engine whose door names what it hands on; git does not keep them."""
    shutil.rmtree(HERE / "doors", ignore_errors=True)
    (HERE / "doors").mkdir()
    files = (ROOT / "simulator").rglob("__init__.py")
    rooms = {".".join(file.relative_to(ROOT).parts[:-1]) for file in files if "__all__" in file.read_text("utf-8")}
    for room in rooms:
        # what a house hands on is at home in one of its rooms
        house = any(other.startswith(f"{room}.") for other in rooms)
        options = "   :no-index:\n" if house else ""
        title = room.replace("_", r"\_")
        page = f"{title}\n{'=' * len(title)}\n\n.. automodule:: {room}\n{options}"
        (HERE / "doors" / f"{room}.rst").write_text(page, encoding="utf-8")
        module = importlib.import_module(room)
        for name in module.__all__:  # what comes late is there from now on, so that its page finds it
            setattr(module, name, getattr(module, name))


write_doors()
