"""The preprocessing lens: data, loss contours and training before and after each preprocessing (slides C1, C2)."""

from typing import Any, Final

import numpy as np
from PySide6.QtWidgets import QPushButton, QWidget

from app.cards.work_bar import WorkBar
from app.labs.lab import Lab, LabSpec
from app.labs.preprocessing.bases import FIRST, MINE, base_experiment, data_of
from app.labs.preprocessing.cloud_page import CloudPage
from app.labs.preprocessing.controls import Controls
from app.labs.preprocessing.numbers import rows_of
from app.labs.preprocessing.picture_page import PicturePage
from app.labs.preprocessing.story import cloud_story, effect_story, picture_story
from app.labs.preprocessing.training_controls import TrainingControls
from app.labs.preprocessing.training_page import TrainingPage
from app.labs.preprocessing.use_bar import UseBar
from app.look.numbers import count
from app.running.context import Context
from app.running.worker import Task, Worker
from app.system.i18n import _
from app.telling.lab_story import LabStory
from app.theme import set_role
from app.widgets.number_table import NumberTable
from app.widgets.segmented import Choice
from app.widgets.switched_pages import SwitchedPages
from simulator.analysis import preprocessing as lens_room
from simulator.analysis.preprocessing import PreprocessingView, TrainingEffect
from simulator.data import PREPROCESSINGS, Preprocessing
from simulator.experiment import Experiment
from simulator.message import N_

CLOUD: Final = "cloud"
PICTURES: Final = "pictures"
TRAINING: Final = "training"
FIRST_KIND: Final = "standardise"


class PreprocessingLab(Lab):
    """Looks at one data set at a time; what it measured of it stays until other data are chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._base = FIRST
        self._lens: Any = None  # a lens_room.PreprocessingLens, whose module is loaded in the worker's thread only
        self._view: PreprocessingView | None = None
        self._effect: TrainingEffect | None = None
        self._features: tuple[int, int] | None = None
        self._draws = 0
        self._picture = 0
        self._asked: tuple[object, ...] = ()
        self.looker = Worker("preprocessing", self)
        self.trainer = Worker("preprocessing training", self)
        self.controls = Controls(FIRST_KIND)
        self.training_controls = TrainingControls()
        self.clouds = CloudPage(self.theme)
        self.pictures = PicturePage(self.theme)
        self.training = TrainingPage(self.theme)
        self.pages = SwitchedPages(_("What to look at"))
        self.table = NumberTable()
        self.story = LabStory(self.table)
        self.train_button = QPushButton(_("Train"))
        self.use_bar = UseBar(context.document)
        self._fill()
        self._connect()
        self.set_compact(self.compact)
        self._show_page(CLOUD)

    @property
    def view(self) -> PreprocessingView | None:
        """What is on show."""
        return self._view

    @property
    def effect(self) -> TrainingEffect | None:
        """The trainings on show."""
        return self._effect

    # what the window says --------------------------------------------------------------------------------------------

    def wake(self) -> None:
        self._look()
        self._offer_use()

    def rest(self) -> None:
        self.looker.cancel()
        self._asked = ()

    def close_down(self) -> None:
        self.looker.close()
        self.trainer.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        gap = 10 if compact else 12
        self.pages.set_gap(gap)
        for page in (self.clouds, self.pictures, self.training):
            page.set_compact(compact, gap)

    # making ----------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        for choice, page in (
            (Choice(CLOUD, _("Cloud and loss"), _("The data, and the loss of one neuron on them")), self.clouds),
            (Choice(PICTURES, _("Pictures"), _("The mean picture and the means of the colours")), self.pictures),
            (Choice(TRAINING, _("Training"), _("The same network without and with it")), self.training),
        ):
            self.pages.add_page(choice, page)
        self.pages.offer(PICTURES, False)
        self.middle.addWidget(self.pages, 1)
        self.left.add(self.controls)
        self.left.add(self.training_controls)
        self.right.add(self.story)
        set_role(self.train_button, "primary")
        self.train_button.setToolTip(_("Trains the network on the data as they are, then on the prepared data"))
        self.bottom.addWidget(self.train_button)
        self.bottom.addWidget(WorkBar(self.trainer, _("Training")), 2)
        self.bottom.addWidget(WorkBar(self.looker, _("Measuring")), 2)
        self.bottom.addWidget(self.use_bar, 3)

    def _connect(self) -> None:
        self.controls.base_chosen.connect(self._choose_base)
        self.controls.kind_chosen.connect(self._choose_kind)
        self.controls.features_asked.connect(self._choose_features)
        self.pictures.other_asked.connect(self._choose_picture)
        self.pages.page_changed.connect(self._show_page)
        self.looker.answered.connect(self._show_answer)
        self.trainer.shown.connect(self._show_effect)
        self.trainer.answered.connect(self._show_effect)
        self.trainer.busy_changed.connect(lambda busy: self.train_button.setEnabled(not busy))
        self.train_button.clicked.connect(self._train)
        self.context.document.changed.connect(self._follow_document)
        self.context.controller.loaded.connect(self._offer_use)
        self.theme.theme_changed.connect(self._dress)

    def _dress(self) -> None:
        for page in (self.clouds, self.pictures, self.training):
            page.apply_theme(self.theme)
        self.set_compact(self.compact)

    # choosing --------------------------------------------------------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """The experiment whose data are looked at."""
        return base_experiment(self._base, self.context.document.experiment)

    @property
    def preprocessing(self) -> Preprocessing:
        """What is done to the data; with the settings of the user's experiment if that does the same."""
        kind = self.controls.kind
        own: Preprocessing = self.context.document.experiment.preprocessing
        return own if self._base == MINE and own.kind == kind else PREPROCESSINGS[kind]()

    def _choose_base(self, base: str) -> None:
        self._base = base
        self._features, self._picture = None, 0
        self._forget_effect()
        self._look()

    def _choose_kind(self, _kind: str) -> None:
        self._forget_effect()
        self._look()
        self._offer_use()

    def _choose_features(self) -> None:
        if self._view is None or self._view.before.spread.features < 3:
            return
        self._draws += 1
        rng = np.random.default_rng([self.experiment.seeds.data, self._draws])
        first, second = rng.choice(self._view.before.spread.features, 2, replace=False).tolist()
        self._features = (int(first), int(second))
        self._look()

    def _choose_picture(self) -> None:
        self._picture += 1
        self._look()

    def _follow_document(self, _before: object, _after: object) -> None:
        if self.isVisible():
            self._look()
        self._offer_use()

    # measuring -------------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if not self.isVisible():
            return
        experiment, preprocessing = self.experiment, self.preprocessing
        data = data_of(experiment)
        asked = (data, preprocessing, self._features, self._picture)
        if asked == self._asked:
            return
        self._asked = asked
        lens = self._lens if self._lens is not None and self._lens.experiment == data else None
        features, picture = self._features, self._picture

        def work(_task: Task) -> tuple[Any, PreprocessingView]:
            used = lens_room.PreprocessingLens(data) if lens is None else lens
            kind = preprocessing if preprocessing.kind in used.offered else PREPROCESSINGS["none"]()
            return used, used.look(kind, features, picture)

        self.looker.ask(work)

    def _show_answer(self, answer: tuple[Any, PreprocessingView]) -> None:
        self._lens, view = answer
        self._view = view
        self.controls.set_kind(view.preprocessing.kind)
        self.controls.offer(view.offered)
        self.controls.facts.setText(
            _("{measured} training examples of {examples}, {features} features each").format(
                measured=count(view.measured),
                examples=count(view.examples),
                features=count(view.before.spread.features),
            )
        )
        self.controls.other_features.setVisible(view.before.spread.features > 2)
        self.pages.offer(PICTURES, view.pictures is not None)
        self.clouds.show_view(view)
        self.pictures.show_view(view)
        self.table.show_rows((_("before"), _("after")), rows_of(view))
        self._tell()
        self._offer_use()

    def _train(self) -> None:
        experiment, preprocessing = self.experiment, self.preprocessing
        rates = self.training_controls.rates(experiment.training.learning_rate)
        steps = int(self.training_controls.steps.value)
        self.trainer.ask(
            lambda task: lens_room.preprocessing_effect(
                experiment, preprocessing, rates, steps, stop=task.stop, progress=task.report, show=task.show
            )
        )

    def _show_effect(self, effect: TrainingEffect | None) -> None:
        self._effect = effect
        self.training.show_effect(effect)
        self._tell()

    def _forget_effect(self) -> None:
        self.trainer.cancel()
        self._show_effect(None)

    # telling ---------------------------------------------------------------------------------------------------------

    def _show_page(self, page: str) -> None:
        self.training_controls.setVisible(page == TRAINING)
        self.train_button.setVisible(page == TRAINING)
        self.table.setVisible(page == CLOUD)
        self._tell()

    def _tell(self) -> None:
        if self.pages.page == TRAINING:
            self.story.tell(*effect_story(self._effect))
        elif self._view is not None:
            tell = picture_story if self.pages.page == PICTURES else cloud_story
            self.story.tell(*tell(self._view))

    def _offer_use(self, *_loaded: object) -> None:
        self.use_bar.offer(self.preprocessing, self.experiment.data)


SPEC: Final = LabSpec(
    id="preprocessing",
    title=N_("Preprocessing"),
    tip=N_("What centring, scaling and turning do to the data, the loss and the training"),
    slides=("C1", "C2"),
    rank=40,
    make=PreprocessingLab,
)
