"""Makes the program: everything is created and connected here and in `app.window.main_window`."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QSize, QTimer
from PySide6.QtWidgets import QApplication

from app.document.built_in import built_in
from app.document.document import Document
from app.look.numbers import set_decimal_mark
from app.running.run_controller import RunController
from app.running.runner_like import RunnerLike
from app.system import i18n
from app.system.errors import ErrorNet
from app.system.missing import say_missing
from app.system.paths import cache_directory
from app.theme import Theme
from app.window.end_signals import EndSignals
from app.window.main_window import MainWindow
from app.window.placing import keep_on_screen
from app.window.settings import Settings, read_settings
from simulator.training import Runner

FIRST_EXPERIMENT: Final = "spiral"
WANTED_SIZE: Final = QSize(1600, 900)
LOG_SIZE: Final = 500_000
FRAME_TIME: Final = 200
"""Milliseconds after which a window system has put its frame round the window."""


def run(arguments: list[str]) -> int:
    """Open the window and stay until it is closed; return the exit code.

    Parameters
    ----------
    arguments
        Those of the command line, program name first; the first after it may be a file to open.
    """
    _start_log()
    application = QApplication(arguments)
    application.setApplicationName("Obuka")
    net = ErrorNet()
    net.install()
    signals = EndSignals()
    signals.install()
    settings = read_settings()
    speak(settings.language or QLocale.system().name())
    theme = Theme(settings.theme, settings.text_scale)
    theme.install(application)
    window = make_window(theme, Runner(), settings)
    net.error_caught.connect(window.notices.say_error)
    signals.asked.connect(window.close)
    signals.asked.connect(application.quit)
    for argument in application.arguments()[1:2]:
        window.files.open_path(Path(argument))
    show(window, settings)
    try:
        return application.exec()
    finally:
        window.controller.close()
        signals.remove()
        net.remove()


def make_window(theme: Theme, runner: RunnerLike, settings: Settings) -> MainWindow:
    """Return the window on the first experiment; it starts the runner when it is shown."""
    document = Document(built_in(FIRST_EXPERIMENT).experiment)
    window = MainWindow(theme, document, RunController(runner, document), settings)
    window.controller.setParent(window)
    return window


def show(window: MainWindow, settings: Settings) -> None:
    """Show the window where it was last time, else as large as the screen allows and no larger than drawn."""
    if not settings.geometry:
        window.resize(WANTED_SIZE)
    keep_on_screen(window)
    window.show()
    # how wide the system's frame is, it says once the window stands there
    QTimer.singleShot(FRAME_TIME, window, lambda: keep_on_screen(window))
    missing = say_missing()
    if missing:
        window.notices.say_error(missing)


def speak(language: str) -> None:
    """Speak a language, numbers included; English where there is no catalogue."""
    spoken = i18n.install(language) or i18n.install(language.split("_")[0])
    locale = QLocale(language if spoken else "en")
    QLocale.setDefault(locale)
    set_decimal_mark(locale.decimalPoint())


def _start_log() -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)] if sys.stderr else []
    try:
        file = cache_directory() / "obuka.log"
        handlers.append(RotatingFileHandler(file, maxBytes=LOG_SIZE, backupCount=1, encoding="utf-8"))
    except OSError:
        pass  # a disk that cannot be written is no reason not to start
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=handlers)
