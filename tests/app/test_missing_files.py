"""An installation that has lost files: the window opens, goes on without them, and says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
START = """
import sys
from PySide6.QtWidgets import QApplication
from app.bootstrap import make_window, show, speak
from app.window.settings import Settings
from app.arrangement.tabs import TABS
from app.theme import Theme
from simulator.training.desk.runner import Runner

application = QApplication(sys.argv)
speak("sr")
theme = Theme("light")
theme.install(application)
window = make_window(theme, Runner(), Settings())
show(window, Settings())
said = window.notice_bar.sentence
for tab in TABS:
    window.show_tab(tab.id)
window.show_experiments()
print(said)
window.controller.close()
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("tree")
    for folder in ("app", "simulator", "resources"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tree


def run(tree: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(tree), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, encoding="utf-8", timeout=100
    )


def test_that_a_start_without_fonts_icons_and_experiments_goes_on_and_says_so(installation: Path) -> None:
    for folder in ("fonts", "icons", "experiments", "data"):
        shutil.rmtree(installation / "resources" / folder)
    catalogue = installation / "resources" / "i18n" / "sr" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    (catalogue / "obuka.mo").write_bytes(b"\xde\x12\x04\x95 and no more")
    done = run(installation, "-c", START)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Files of the program are missing or damaged: Inter-Regular.otf, Inter-SemiBold.otf, " in done.stdout
    assert "It goes on without them" in done.stdout


def test_that_the_command_line_goes_on_without_them_too(installation: Path) -> None:
    (installation / "resources" / "experiments").mkdir(exist_ok=True)
    (installation / "resources" / "experiments" / "bad.json").write_bytes(b"[1]")
    done = run(installation, "-m", "simulator", "list")
    assert done.returncode == 0
    sentence = "bad.json, which comes with the program, is missing or damaged; install the program again."
    assert done.stderr.strip() == sentence
    assert "layers" in done.stdout
    done = run(installation, "-m", "simulator", "run", "bad", "--steps", "1")
    assert (done.returncode, done.stderr.strip()) == (2, sentence)
