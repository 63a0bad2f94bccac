"""What a change of text size or theme costs the window's thread, fresh and with every tab and lab opened before.

Run it from the project's root: ``python -m tests.benchmarks.dress``. It prints seconds of CPU, and how many widgets
there are; for comparison the sheet is put on as Qt would do it by itself, too.
"""

import os
import time
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.arrangement.tabs import TABS
from app.labs.catalogue import labs
from app.theme.stylesheet import stylesheet
from tests.pictures import Photographer


def main() -> int:
    """Print a table."""
    application = QApplication([])
    photographer = Photographer(application)
    photographer.train(3)
    window, theme = photographer.window, photographer.window._theme

    def cost(act: Callable[[], object]) -> float:
        began = time.thread_time()
        act()
        for _ in range(4):
            application.processEvents()
        return time.thread_time() - began

    def report(when: str) -> None:
        changes = (
            ("text 115 %", lambda: theme.set_text_scale(1.15)),
            ("text 100 %", lambda: theme.set_text_scale(1.0)),
            ("dark", lambda: theme.set_name("dark")),
            ("light", lambda: theme.set_name("light")),
        )
        print(f"{when}, {len(application.allWidgets())} widgets")
        for words, act in changes:
            print(f"    {words:<12} {cost(act):.2f} s")
        sheet = stylesheet(theme.tokens, theme.text_scale)
        by_itself = cost(lambda: application.setStyleSheet(sheet + " "))
        print(f"    one sheet for another, as Qt does it by itself: {by_itself:.2f} s")

    report("Fresh")
    for tab in TABS:
        window.show_tab(tab.id)
        QTest.qWait(50)
    for spec in labs():
        if spec.id in window.explore._specs:
            window.explore.show_lab(spec.id)
            QTest.qWait(100)
    window.show_tab(TABS[0].id)
    QTest.qWait(100)
    report("With every tab and lab opened")
    theme.set_text_scale(1.3)
    print("First look after a change")
    for tab in TABS:
        print(f"    {tab.id:<12} {cost(lambda tab=tab: window.show_tab(tab.id)):.2f} s")
    window.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
