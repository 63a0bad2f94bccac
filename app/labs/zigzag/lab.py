"""The zig-zag lab (slide B3): one neuron, two weights, and the signs of their gradients."""

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.cards.plot_card import PlotCard
from app.labs.lab import Lab, LabSpec
from app.labs.zigzag import words
from app.labs.zigzag.controls import STEPS, ZigZagControls
from app.labs.zigzag.shares import share_chart
from app.labs.zigzag.transport import DescentTransport
from app.plots.lab.chart_figure import ChartFigure
from app.plots.lab.descent_plot import DescentPicture, DescentPlot
from app.plots.lab.signs_plot import SignsPicture, SignsPlot
from app.running.context import Context
from app.running.worker import Task, Worker
from app.system.i18n import _
from app.telling.lab_story import LabStory
from simulator.analysis import landscape
from simulator.analysis.landscape import zigzag
from simulator.message import N_

SLIDE: Final = "B3"


class ZigZagLab(Lab):
    """The path over the contours, the signs step by step, and the share of same-sign steps by batch size."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shares: zigzag.SameSignShares | None = None
        self._asked: tuple[float, int] | None = None
        self.worker = Worker("same-sign-shares", self)
        self.controls = ZigZagControls()
        self.neurons = _neurons(self.seed)
        self.left.add(self.controls)
        self._build_middle()
        self.story = LabStory()
        self.right.add(self.story)
        self.transport = DescentTransport(self.theme)
        self.bottom.addWidget(self.transport)
        self.descent = self._descend()
        self._connect()
        self._show(STEPS)
        self.set_compact(self.compact)

    @property
    def seed(self) -> int:
        """What the examples and their order are drawn from."""
        return int(self.controls.seed.value)

    @property
    def neuron(self) -> zigzag.Neuron:
        """The neuron with the inputs in force."""
        return self.neurons[self.controls.chosen_feed]

    def wake(self) -> None:
        self._ask()

    def rest(self) -> None:
        self.transport.pause()
        if self.worker.busy:
            self._asked = None
        self.worker.cancel()

    def close_down(self) -> None:
        self.transport.pause()
        self.worker.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for card in self.cards:
            card.set_compact(compact)

    def _build_middle(self) -> None:
        self.path, self.signs = DescentPlot(self.theme), SignsPlot(self.theme)
        self.shares = ChartFigure(self.theme, _("Same-sign steps"), _("The shares are being measured."))
        self.cards = tuple(PlotCard(self.theme, plot) for plot in (self.path, self.signs, self.shares))
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.cards[1], 2)
        side.addWidget(self.cards[2], 3)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.cards[0], 1)
        row.addLayout(side, 1)
        self.middle.addLayout(row)

    def _connect(self) -> None:
        self.controls.changed.connect(self._begin)
        self.transport.step_chosen.connect(self._show)
        self.transport.reset_asked.connect(self._reset)
        self.worker.answered.connect(self._take_shares)
        self.theme.theme_changed.connect(self._dress)

    # what a hand does ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Descend anew, with what is chosen now, and show as many steps as were shown before."""
        before = self.transport.value, len(self.descent.gradients)
        self.neurons = _neurons(self.seed)
        self.descent = self._descend()
        steps = len(self.descent.gradients)
        self._show(steps if before[0] == before[1] else min(before[0], steps))
        self._ask()

    def _reset(self) -> None:
        self.transport.pause()
        self.controls.reset()
        self._begin()

    # what is seen ----------------------------------------------------------------------------------------------------

    def _descend(self) -> zigzag.Descent:
        batch, rate = int(self.controls.batch.value), self.controls.rate.value
        return zigzag.descend(self.neuron, batch, rate, STEPS, self.seed)

    def _show(self, step: int) -> None:
        steps = len(self.descent.gradients)
        step = min(step, steps)
        self.transport.show_steps(step, steps)
        self.path.show_data(DescentPicture(self.neuron, self.descent, step))
        self.signs.show_data(SignsPicture(self.descent, step))
        self._draw_shares()
        batch, rate = int(self.controls.batch.value), self.controls.rate.value
        rates = {feed: neuron.largest_rate for feed, neuron in self.neurons.items()}
        told = words.Told(self.neuron, self.descent, step, batch, rate, rates)
        self.story.tell(SLIDE, words.headline(told), words.chapters(told))

    def _draw_shares(self) -> None:
        if self._shares is None or not self._shares.draws:
            self.shares.show_data(None)
            return
        same, judged = self.descent.same_sign()
        feed, batch = self.controls.chosen_feed, int(self.controls.batch.value)
        own = same / judged if judged else None
        self.shares.show_data(share_chart(self._shares, feed, batch, own, self.theme.tokens))

    def _ask(self) -> None:
        """Measure the shares at the learning rate in force, unless they are known."""
        asked = (self.controls.rate.value, self.seed)
        if not self.isVisible() or asked == self._asked:
            return
        self._asked = asked
        rate, seed = asked

        def work(task: Task) -> Any:
            return landscape.zigzag.same_sign_shares(rate, STEPS, seed, stop=task.stop, progress=task.report)

        self.worker.ask(work)

    def _take_shares(self, shares: zigzag.SameSignShares) -> None:
        self._shares = shares
        self._draw_shares()

    def _dress(self) -> None:
        for card in self.cards:
            card.apply_theme(self.theme)
        self.set_compact(self.compact)
        self._draw_shares()


def _neurons(seed: int) -> dict[zigzag.Feed, zigzag.Neuron]:
    return {feed: zigzag.neuron(feed, seed) for feed in zigzag.FEEDS}


SPEC = LabSpec(
    "zigzag",
    N_("Zig-zag"),
    N_("Why do inputs that are all positive make gradient descent zig-zag?"),
    ("B3",),
    20,
    ZigZagLab,
)
