"""The page of labs: one at a time, the others one click away."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.labs.lab import Lab, LabSpec
from app.running.context import Context
from app.system.i18n import _
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice


class ExplorePage(QWidget):
    """Makes a lab when it is first wanted."""

    def __init__(self, context: Context, specs: Sequence[LabSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._specs = {spec.id: spec for spec in specs}
        self._made: dict[str, Lab] = {}
        self._compact = False
        self.chooser = ChoiceBox(most_segments=len(self._specs))
        self.chooser.set_choices([Choice(spec.id, _(spec.title), _(spec.tip)) for spec in specs])
        self.chooser.setAccessibleName(_("Which idea to look into"))
        self.chooser.chosen.connect(self.show_lab)
        self.chooser.setVisible(len(self._specs) > 1)
        self._stack = QStackedWidget()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.chooser)
        self._rows.addWidget(self._stack, 1)
        self._shown = next(iter(self._specs), "")

    @property
    def lab(self) -> Lab | None:
        """The lab on show, or shown last."""
        return self._made.get(self._shown)

    def open_up(self) -> None:
        """Come into view with the lab that was shown last."""
        if self._shown:
            self.show_lab(self._shown)

    def show_lab(self, name: str) -> None:
        """Show the lab of that id."""
        if name not in self._made:
            lab = self._specs[name].make(self._context)
            lab.set_compact(self._compact)
            self._made[name] = lab
            self._stack.addWidget(lab)
        self._shown = name
        self.chooser.set_value(name)
        self._stack.setCurrentWidget(self._made[name])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chooser()

    def _fit_chooser(self) -> None:
        self.chooser.setFixedWidth(min(self.width(), self.chooser.segments_width))

    def set_compact(self, compact: bool, gap: int) -> None:
        """Save room in a small window."""
        self._compact = compact
        self._fit_chooser()
        self._rows.setSpacing(gap)
        for lab in self._made.values():
            lab.set_compact(compact)

    def close_down(self) -> None:
        """End what the labs have started."""
        for lab in self._made.values():
            lab.close_down()
