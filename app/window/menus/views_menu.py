"""Which views are on the stage, where they stand, and the way back to the default."""

from PySide6.QtWidgets import QMenu, QWidget

from app.arrangement.hierarchy import FOUR
from app.stage.stage import Stage
from app.system.i18n import _
from app.views.catalogue import views


class ViewsMenu(QMenu):
    """A check box a view, and moves for those who do not drag."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(_("Views"), parent)
        self._stage = stage
        self.setToolTipsVisible(True)
        # read when the menu is wanted: what is on the stage changes
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the views as they stand now."""
        self.clear()
        stage = self._stage
        shown = [view for row in stage.rows for view in row]
        for view, spec in views().items():
            if spec.beside:
                continue
            action = self.addAction(_(spec.title))
            action.setToolTip(_(spec.tip))
            action.setCheckable(True)
            action.setChecked(view in shown)
            action.setEnabled(stage.can_move or view not in FOUR)
            action.triggered.connect(lambda checked, view=view: stage.set_shown(view, checked))
        self.addSeparator()
        if stage.can_move:
            moves = self.addMenu(_("Move"))
            for view in shown:
                self._add_moves(moves.addMenu(_(views()[view].title)), view)
        else:
            self._add_promotions(self.addMenu(_("Make large")), shown)
        default = self.addAction(_("Back to the default arrangement"))
        default.setEnabled(not stage.is_default)
        default.triggered.connect(stage.reset)

    def _add_promotions(self, menu: QMenu, shown: list[str]) -> None:
        hierarchy = self._stage.hierarchy
        for view in shown:
            action = menu.addAction(_(views()[view].title))
            action.setEnabled(view != hierarchy.large)
            action.triggered.connect(lambda _checked=False, view=view: hierarchy.promote(view))

    def _add_moves(self, menu: QMenu, view: str) -> None:
        for words, across, down in (
            (_("Left"), -1, 0),
            (_("Right"), 1, 0),
            (_("Up"), 0, -1),
            (_("Down"), 0, 1),
        ):
            action = menu.addAction(words)
            action.triggered.connect(
                lambda _checked=False, across=across, down=down: self._stage.move_view(view, across, down)
            )
