"""The net under everything: what nobody caught is logged, and said in one calm sentence."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler

from app.system.i18n import _, translate_message
from simulator.errors import ObukaError

_log = logging.getLogger(__name__)


class ErrorNet(QObject):
    """Catches errors of the window's thread and of all others.

    Signals
    -------
    error_caught(str)
        A sentence for the notice bar, in the window's thread whichever thread failed.
    """

    error_caught = Signal(str)

    def install(self) -> None:
        """Take the place of the present hooks; Qt's warnings go to the log as well."""
        self._before = (sys.excepthook, threading.excepthook, qInstallMessageHandler(_log_qt))
        sys.excepthook = self.catch
        threading.excepthook = self.catch_in_thread

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, for_qt = self._before
        qInstallMessageHandler(for_qt)

    def catch(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        """Log an error that nobody caught, and say it."""
        if not isinstance(error, Exception):
            # Ctrl+C in the terminal means it.
            sys.__excepthook__(kind, error, traceback)
            return
        _log.critical("nobody caught this", exc_info=(kind, error, traceback))
        self.error_caught.emit(sentence_of(error))

    def catch_in_thread(self, hooked: threading.ExceptHookArgs) -> None:
        """Do the same for an error that ended a thread."""
        if hooked.exc_value is not None:
            self.catch(hooked.exc_type, hooked.exc_value, hooked.exc_traceback)


def sentence_of(error: BaseException) -> str:
    """Return what a person is told of an error."""
    if isinstance(error, ObukaError):
        return translate_message(error.message)
    return _("Something went wrong in the program; what you built is still here. The log has the details.")


def _log_qt(kind: QtMsgType, _context: object, text: str) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    logging.getLogger("qt").log(levels.get(kind, logging.WARNING), "%s", text)
