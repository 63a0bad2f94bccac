"""The babysitting list on a copy of the experiment (slides F1 to F7): asked for by a button, results one by one."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy

from app.cards.view_card import ViewCard
from app.document.built_in import built_in
from app.look import numbers
from app.running.context import Context
from app.running.worker import Task, Worker
from app.system.i18n import _
from app.views.checklist.check_detail import CheckDetail
from app.views.checklist.check_table import CheckTable
from app.views.view import ViewSpec
from app.widgets.page import Page
from simulator.analysis import checks
from simulator.analysis.checks import BOTH_WAYS, CHECKLIST, CheckResult
from simulator.experiment import Experiment, alike, names
from simulator.message import N_

ROOMY: Final = 640
"""Width, at text scale 1, from which the detail stands beside the table."""
_TOOL_SHEET: Final = """
QPushButton { padding: 1px 9px; min-height: 0; }
QPushButton:focus { padding: 0px 8px; }
"""
WORDS: Final = 110
"""Height that header and sentences need beside the picture."""
MOST: Final = 220
"""Height of a picture at most."""
ITEMS: Final = (*CHECKLIST, BOTH_WAYS)


class ChecklistCard(ViewCard):
    """The table, the chosen item's sentence and picture, and the button that runs the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, _("Checklist"))
        self._document = context.document
        self._results: dict[str, CheckResult] = {}
        self._checked: Experiment | None = None
        self._running: tuple[str, ...] = ()
        self._chosen = ITEMS[0].id
        self._share = 0.0
        self._fault = ""
        self._worker = Worker("checklist", self)
        self._worker.shown.connect(self._take)
        self._worker.answered.connect(self._finish)
        self._worker.progressed.connect(self._take_share)
        self._worker.failed.connect(self._take_fault)
        self.check_button = QPushButton(_("Check"))
        self.check_button.setStyleSheet(_TOOL_SHEET)
        self.check_button.clicked.connect(self._on_button)
        self.add_tool(self.check_button)
        self.table = CheckTable(context.theme, ITEMS)
        self.table.chosen.connect(self.choose)
        self.detail = CheckDetail(context.theme, frozenset(names()))
        self.detail.asked.connect(lambda: self._run((BOTH_WAYS.id,)))
        self.detail.experiment_asked.connect(self._open_experiment)
        self._page = Page()
        self._page.add(self.table)
        self._detail_page = Page()
        self._detail_page.add(self.detail)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(8)
        self._both.addWidget(self._page)
        self._both.addWidget(self._detail_page, 1)
        self.body.addLayout(self._both, 1)
        self._document.changed.connect(self._follow)
        self._show()

    @property
    def results(self) -> dict[str, CheckResult]:
        """What was found of the experiment on the table, by the items' ids; what was found of another is not shown."""
        return {} if self.is_stale else self._results

    @property
    def is_busy(self) -> bool:
        """Whether something is being measured."""
        return bool(self._running)

    @property
    def is_stale(self) -> bool:
        """Whether the experiment has changed since the results were found."""
        return self._checked is not None and not alike(self._checked, self._document.experiment)

    def run_list(self) -> None:
        """Measure the whole list."""
        self._run(tuple(item.id for item in CHECKLIST))

    def choose(self, name: str) -> None:
        """Show the sentence and the picture of an item."""
        self._chosen = name
        self.table.choose(name)
        self._show()

    def stop(self) -> None:
        """Give up what is being measured; what was found stays."""
        self._worker.cancel()
        self._running = ()
        self._show()

    def close_down(self) -> None:
        """End the thread."""
        self._worker.close()

    def apply_theme(self, theme: object) -> None:
        super().apply_theme(self.theme)
        self.table.apply_theme()
        self.detail.plot.apply_theme(self.theme)
        self._arrange()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.table.set_compact(compact)
        self.detail.plot.set_compact(compact)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # measuring -------------------------------------------------------------------------------------------------------

    def _on_button(self) -> None:
        if self._running:
            self.stop()
        else:
            self.run_list()

    def _run(self, wanted: tuple[str, ...]) -> None:
        experiment = self._document.experiment
        if self.is_stale:
            self._results = {}
        self._checked = experiment
        self._running = wanted
        self._share, self._fault = 0.0, ""
        self._results = {name: result for name, result in self._results.items() if name not in wanted}

        def check(task: Task) -> tuple[CheckResult, ...]:
            found: tuple[CheckResult, ...] = ()
            for result in checks.run_checks(experiment, stop=task.stop, progress=task.report):
                found = (*found, result)
                task.show(found)
            return found

        def judge(task: Task) -> tuple[CheckResult, ...]:
            return (checks.judge_both_ways(experiment, stop=task.stop, progress=task.report),)

        self._worker.ask(judge if wanted == (BOTH_WAYS.id,) else check)
        self.choose(wanted[0])

    def _take(self, found: tuple[CheckResult, ...]) -> None:
        if not self._running:
            return
        self._results |= {result.id: result for result in found}
        left = [name for name in self._running if name not in self._results]
        self.choose(left[0] if left else found[-1].id)

    def _finish(self, found: tuple[CheckResult, ...]) -> None:
        self._results |= {result.id: result for result in found}
        self._running = ()
        failed = [result.id for result in found if result.verdict == "fail"]
        self.choose(failed[0] if failed else found[-1].id)

    def _take_share(self, share: float) -> None:
        self._share = share
        self._write_subtitle()

    def _take_fault(self, sentence: str) -> None:
        self._running = ()
        self._fault = sentence
        self._show()

    def _open_experiment(self, name: str) -> None:
        self._document.replace(built_in(name).experiment, _("Open experiment {id}").format(id=name))

    # showing ---------------------------------------------------------------------------------------------------------

    def _follow(self, *_states: object) -> None:
        """Show what belongs to the experiment on the table; what is being measured of another is given up."""
        if self._running and self.is_stale:
            self.stop()
        else:
            self._show()

    def _show(self) -> None:
        results = self.results
        left = [name for name in self._running if name not in results]
        busy = left[0] if left else None
        self.table.show_results(results, busy)
        item = next(item for item in ITEMS if item.id == self._chosen)
        self.detail.show_item(item, results.get(item.id), busy == item.id)
        words = _("Stop") if self._running else _("Check again") if results else _("Check")
        self.check_button.setText(words)
        self.check_button.setAccessibleName(_("{button}: checklist").format(button=words))
        self._write_subtitle()

    def _write_subtitle(self) -> None:
        if self._running:
            text = _("{share} done").format(share=numbers.percent(round(self._share, 2)))
        elif self._fault:
            text = self._fault
        elif self._results and self.is_stale:
            text = _("not checked since your last change")
        else:
            text = _("on a copy of the experiment")
        self.subtitle_label.set_text(text)

    def _arrange(self) -> None:
        """Put the detail beside the table where there is width."""
        beside = self.width() >= ROOMY * self.theme.text_scale
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)
        policy = QSizePolicy.Policy
        self._page.setSizePolicy(policy.Expanding, policy.Expanding if beside else policy.Fixed)
        # below each other, both scroll: the table leaves half to what is said about one row
        height = min(self._page.content_height(), self.contentsRect().height() // 2)
        self._page.setFixedHeight(height) if not beside else self._page.setMaximumHeight(16777215)
        self._both.setStretch(0, 1 if beside else 0)
        taken = self.theme.px(WORDS) + (0 if beside else height + self._both.spacing())
        self.detail.set_plot_height(min(self.contentsRect().height() - taken, self.theme.px(MOST)))


def make(context: Context) -> ChecklistCard:
    """Return the card."""
    return ChecklistCard(context)


SPEC = ViewSpec(
    id="checklist",
    title=N_("Checklist"),
    tip=N_("What to look at before training in earnest: first loss, penalty, 20 examples, gradients, learning rate"),
    rank=70,
    make=make,
)
