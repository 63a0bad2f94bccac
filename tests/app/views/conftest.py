"""A view on screen, without the window round it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from app.cards.view_card import ViewCard
from app.document.document import Document
from app.running.context import Context
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.theme import Theme
from app.views.catalogue import views
from simulator.experiment import Experiment
from simulator.training.past.timeline import Timeline
from tests.app.fake_runner import FakeRunner


@dataclass
class Shown:
    """A card, and what it looks at."""

    card: ViewCard
    document: Document
    controller: RunController

    def enter(self, state: RunState) -> None:
        """Let the run be in another state."""
        self.controller._course.state = state
        self.controller.state_changed.emit(state)


ShowView = Callable[..., Shown]


@pytest.fixture
def show_view(qtbot: QtBot, theme: Theme) -> Iterator[ShowView]:
    """Shows a view over an experiment; its threads end with the test. A `timeline` answers questions at once."""
    shown: list[Shown] = []

    def show(
        view: str, experiment: Experiment, size: tuple[int, int] = (474, 380), timeline: Timeline | None = None
    ) -> Shown:
        document = Document(experiment)
        controller = RunController(FakeRunner(), document)
        if timeline is not None:
            controller.ask = lambda question, answer: answer(question.answer(timeline))  # type: ignore[method-assign]
        card = views()[view].make(Context(theme, document, controller, lambda _tab: None))
        controller.setParent(card)
        qtbot.addWidget(card)
        card.resize(*size)
        card.show()
        qtbot.waitExposed(card)
        if timeline is not None:
            card.set_facts(timeline.trainer.facts)
        shown.append(Shown(card, document, controller))
        return shown[-1]

    yield show
    for each in shown:
        each.card.close_down()
