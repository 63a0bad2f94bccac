"""What the plots of the window get from its runs: the loss of every step, lines about them, and a place for words."""

from collections.abc import Callable, Sequence
from functools import partial

from app.cards.plot_desk import PlotDesk
from app.cards.plot_takeaway import Losses
from app.document.document import Document
from app.running.run_controller import RunController
from app.system.i18n import _
from app.window.notices import Notices
from simulator.training import AskLosses, StepLosses


def serve_plots(desk: PlotDesk, document: Document, controller: RunController, notices: Notices, folder: str) -> None:
    """Let the desk ask, tell, and begin in the folder of last time."""
    takeaway = desk.takeaway
    takeaway.folder = folder
    takeaway.about = partial(_about, document, controller)
    takeaway.ask_for_losses = partial(_ask_for_losses, controller)
    takeaway.told.connect(notices.say_done)
    takeaway.failed.connect(notices.say_error)


def _about(document: Document, controller: RunController) -> Sequence[str]:
    """Return the experiment, and each run with its seeds; the step is that of the run whose plots are first."""
    state = document.state
    lines = [_("experiment: {name}").format(name=document.name), _("step: {step}").format(step=controller.newest)]
    for lane in state.lanes:
        seeds = lane.experiment.seeds
        words = _("run {letter} {name}: seeds of data {data}, weights {weights}, order {order}")
        lines.append(
            words.format(letter=lane.letter, name=lane.name, data=seeds.data, weights=seeds.weights, order=seeds.order)
        )
    return lines


def _ask_for_losses(controller: RunController, runs: Sequence[int], answer: Callable[[Losses], None]) -> None:
    found: dict[int, StepLosses] = {}

    def take(run_id: int, losses: StepLosses) -> None:
        found[run_id] = losses
        if len(found) == len(runs):
            answer(found)

    for run_id in runs:
        controller.ask(AskLosses(), partial(take, run_id), run_id)
