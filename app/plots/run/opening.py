"""The epoch at which the gap between training and validation opened, marked in a plot by epochs (slide H3)."""

from app.look.numbers import short
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, Note, RuleNote
from app.system.i18n import _
from simulator.analysis.doctor import Gap


class Opening:
    """The epoch at which the gap opened, as a rule in a plot by epochs."""

    def __init__(self, canvas: Canvas, at_top: bool) -> None:
        self._canvas = canvas
        self._at_top = at_top
        self.gap: Gap | None = None

    def notes(self) -> list[AnyNote]:
        """Return the rule and its words; nothing while the gap is closed."""
        canvas, ink = self._canvas, self._canvas.ink
        if self.gap is None or self.gap.opened is None:
            return []
        colour = "warn" if self.gap.case == "overfitting" else "muted"
        area, column = canvas.area, canvas.pixel_x(self.gap.opened)
        words = _("open from epoch {epoch}").format(epoch=short(self.gap.opened))
        rule = RuleNote(column, area.top(), column, area.bottom(), colour, dotted=True)
        row = area.top() + ink.height() / 2 if self._at_top else area.bottom() - ink.height() / 2 - 4
        if column + ink.px(10) + ink.width(words) <= area.right():
            return [rule, Note(words, column + ink.px(10), row, colour, ground=PLAIN)]
        return [rule, Note(words, column - ink.px(10), row, colour, align=ENDS, ground=PLAIN)]
