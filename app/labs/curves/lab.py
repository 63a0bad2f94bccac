"""The lab of loss curves: what the learning rate does to them, and a gallery of odd ones (slides H1, H2)."""

from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from app.cards.work_bar import WorkBar
from app.document.built_in import built_in
from app.document.lanes_opening import open_as_lanes
from app.labs.curves.bases import at_rate, base
from app.labs.curves.gallery_legend import GalleryLegend
from app.labs.curves.gallery_page import GalleryPage
from app.labs.curves.gallery_words import exhibit_story
from app.labs.curves.rates_chart import name_of
from app.labs.curves.rates_controls import LOGARITHMIC, RatesControls
from app.labs.curves.rates_page import RatesPage
from app.labs.curves.rates_words import rates_story
from app.labs.lab import Lab, LabSpec
from app.look.numbers import count, number
from app.running.context import Context
from app.running.worker import Task, Worker
from app.system.i18n import _
from app.telling.lab_story import LabStory
from app.theme import set_role
from app.widgets.elided_label import ElidedLabel
from app.widgets.segmented import Choice
from app.widgets.switched_pages import SwitchedPages
from simulator.analysis import curves
from simulator.analysis.curves import GALLERY, ExhibitCurve, RateCurves
from simulator.message import N_

RATES: Final = "rates"
EXHIBITS: Final = "exhibits"


class CurvesLab(Lab):
    """Two pages; each is trained when it first comes into view, and what was trained is kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._curves: RateCurves | None = None
        self._asked: tuple[float, ...] | None = None
        self._exhibits: dict[str, ExhibitCurve] = {}
        self._exhibit = GALLERY[0].name
        self.rate_worker = Worker("rate curves", self)
        self.exhibit_worker = Worker("odd curves", self)
        self.controls = RatesControls()
        self.legend = GalleryLegend()
        self.rates = RatesPage(self.theme)
        self.gallery = GalleryPage(self.theme)
        self.pages = SwitchedPages(_("What to look at"))
        self.story = LabStory()
        self.hint = ElidedLabel()
        set_role(self.hint, "muted")
        self.reset_button = QPushButton(_("Reset"))
        self.lanes_button = QPushButton(_("Open as runs"))
        self._fill()
        self._connect()
        self.set_compact(self.compact)
        self._turn(RATES)

    @property
    def curves(self) -> RateCurves | None:
        """The curves of the four rates, as far as they are trained."""
        return self._curves

    @property
    def exhibits(self) -> dict[str, ExhibitCurve]:
        """The odd curves that are trained, by the names of their experiments."""
        return self._exhibits

    # what the window says --------------------------------------------------------------------------------------------

    def wake(self) -> None:
        self._train()

    def rest(self) -> None:
        self.rate_worker.cancel()
        self.exhibit_worker.cancel()
        if self._curves is None or not self._curves.complete:
            self._asked = None

    def close_down(self) -> None:
        self.rate_worker.close()
        self.exhibit_worker.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        gap = 10 if compact else 12
        self.pages.set_gap(gap)
        self.rates.set_compact(compact, gap)
        self.gallery.set_compact(compact, gap)

    # making ----------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        rates = Choice(RATES, _("Learning rates"), _("Four rates on one network: low, good, high, very high"))
        odd = Choice(EXHIBITS, _("Odd curves"), _("Shapes that one meets, each with its cause"))
        self.pages.add_page(rates, self.rates)
        self.pages.add_page(odd, self.gallery)
        self.middle.addWidget(self.pages, 1)
        self.left.add(self.controls)
        self.left.add(self.legend)
        self.right.add(self.story)
        self.reset_button.setToolTip(_("Back to the lecture's four rates"))
        set_role(self.lanes_button, "primary")
        self.lanes_button.setToolTip(_("Puts the four rates beside each other in Compare, ready to play"))
        self.bottom.addWidget(WorkBar(self.rate_worker, _("Training at four rates")), 1)
        self.bottom.addWidget(WorkBar(self.exhibit_worker, _("Training the odd curves")), 1)
        self.bottom.addWidget(self.hint, 1)
        self.bottom.addWidget(self.reset_button)
        self.bottom.addWidget(self.lanes_button)

    def _connect(self) -> None:
        self.controls.changed.connect(self._train)
        self.controls.scale_chosen.connect(lambda _scale: self._draw())
        self.pages.page_changed.connect(self._turn)
        self.rate_worker.shown.connect(self._show_curves)
        self.rate_worker.answered.connect(self._show_curves)
        self.exhibit_worker.shown.connect(self._show_exhibits)
        self.exhibit_worker.answered.connect(self._show_exhibits)
        self.gallery.pointed.connect(self._point)
        self.gallery.opened.connect(self._open)
        self.reset_button.clicked.connect(self._reset)
        self.lanes_button.clicked.connect(self._open_lanes)
        self.theme.theme_changed.connect(self._dress)

    def _dress(self) -> None:
        self.rates.apply_theme(self.theme)
        self.gallery.apply_theme()
        self.set_compact(self.compact)
        self._draw()

    # training --------------------------------------------------------------------------------------------------------

    def _train(self) -> None:
        if not self.isVisible():
            return
        (self._train_rates if self.pages.page == RATES else self._train_exhibits)()

    def _train_rates(self) -> None:
        rates = self.controls.values
        if rates == self._asked:
            return
        self._asked = rates
        self.controls.name_rates(None)
        experiment = base()
        epochs = experiment.training.epochs or 1
        self.rate_worker.ask(
            lambda task: curves.rate_curves(
                experiment, rates, epochs, stop=task.stop, progress=task.report, show=task.show
            )
        )

    def _train_exhibits(self) -> None:
        done = dict(self._exhibits)
        missing = [exhibit.name for exhibit in GALLERY if exhibit.name not in done]
        if not missing:
            return

        def work(task: Task) -> dict[str, ExhibitCurve]:
            for place, name in enumerate(missing):
                curve = curves.exhibit_curve(name, stop=task.stop)
                if curve is None:
                    break
                done[name] = curve
                task.report((place + 1) / len(missing))
                task.show(dict(done))
            return done

        self.exhibit_worker.ask(work)

    # what is seen ----------------------------------------------------------------------------------------------------

    def _turn(self, page: str) -> None:
        for widget in (self.controls, self.reset_button, self.lanes_button):
            widget.setVisible(page == RATES)
        self.legend.setVisible(page == EXHIBITS)
        hint = (
            _("Move a rate: the four are trained anew.") if page == RATES else _("Press a curve to open it in Watch.")
        )
        self.hint.setText(hint)
        self._tell()
        self._train()

    def _show_curves(self, curves: RateCurves) -> None:
        self._curves = curves
        if curves.complete:
            self.controls.name_rates(tuple(name_of(run) for run in curves.runs))
        epochs = base().training.epochs or 1
        text = _("{data}, {epochs} epochs of {steps} steps. Guessing costs {loss}.")
        self.controls.facts.setText(
            text.format(
                data=_(base().data.label),
                epochs=count(epochs),
                steps=count(curves.steps // epochs),
                loss=number(curves.untrained),
            )
        )
        self._draw()
        self._tell()

    def _show_exhibits(self, curves: dict[str, ExhibitCurve]) -> None:
        self._exhibits = curves
        self.gallery.show_curves(curves)
        self.legend.show_trained(len(curves))
        self._tell()

    def _draw(self) -> None:
        logarithmic = self.controls.scale.value == LOGARITHMIC
        self.rates.show_curves(self._curves, self.theme, logarithmic=logarithmic)

    def _tell(self) -> None:
        if self.pages.page == RATES:
            self.story.tell(*rates_story(self._curves))
        else:
            self.story.tell(*exhibit_story(self._exhibit, self._exhibits.get(self._exhibit)))

    # what a hand does ------------------------------------------------------------------------------------------------

    def _point(self, name: str) -> None:
        self._exhibit = name
        self._tell()

    def _open(self, name: str) -> None:
        self.context.document.open_run(built_in(name))
        self.context.go_to("watch")

    def _open_lanes(self) -> None:
        curves = self._curves
        named = curves is not None and curves.complete and tuple(run.rate for run in curves.runs) == self._asked
        rates = self.controls.values
        names = [name_of(run) for run in curves.runs] if curves is not None and named else [""] * len(rates)
        open_as_lanes(self.context.document, [at_rate(rate) for rate in rates], names)
        self.context.go_to("compare")

    def _reset(self) -> None:
        self.controls.reset()
        self._train()


SPEC: Final = LabSpec(
    id="curves",
    title=N_("Loss curves"),
    tip=N_("What does a loss curve tell of the learning rate, and what do odd curves mean?"),
    slides=("H1", "H2"),
    rank=60,
    make=CurvesLab,
)
