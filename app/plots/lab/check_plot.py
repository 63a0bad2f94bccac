"""What a check of the babysitting list measured: a curve, what it is held against, and the point it is about."""

import math
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.export.table import Table
from app.look.dashes import curve_pen
from app.look.marks import CIRCLE, DIAMOND, mark_path
from app.look.numbers import number, percent, short
from app.look.ticks import Tick, decade_ticks, linear_ticks, log_ticks, percent_ticks
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.curve import THICK, add_curve, nearest_index
from app.plots.canvas.figure import Figure
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import CENTRE, ENDS, PLAIN, STARTS, AnyNote, MarkNote, Note, RuleNote
from app.plots.canvas.reader import Reader, Readout
from app.plots.lab.tables import check_table
from app.system.i18n import _, translate_message
from app.theme import Theme
from simulator.analysis.checks import CheckPicture, CheckResult

_CROSS: Final = "cross"
_INKS: Final = {"pass": "good", "fail": "warn", "unsure": "text", "skipped": "muted"}
_AIR: Final = 0.08
"""Part of the range that stays free round the data."""
_POINT: Final = 9
MOST_MARKS: Final = 24
_LEAST_SPAN: Final = 0.3
"""Decades that a logarithmic axis shows at least."""
_APART: Final = 5.0
"""Lines of text between two points whose words may both stand centred."""
_SAMPLES: Final = 20
"""Places under a word where the curve is looked for."""
_BESIDE: Final = 0.7
"""Lines of text between the dotted line and the middle of its name."""
_LEAST_SHARE: Final = 0.1
"""Of its highest value, what another axis shows at least."""

Real = NDArray[np.float64]


class CheckPlot(Figure[CheckResult]):
    """Draws `CheckResult.picture`."""

    zooms = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Check"), _("What the check measures will be drawn here."))
        self.reader = Reader(self.canvas, self._nearest, self._words_instead)
        self.bars = pg.ErrorBarItem(beam=0.0)
        self.canvas.add(self.bars, depth=3)
        self.curve = add_curve(self.canvas, depth=2, segmented=False)
        self.curve.opts["antialias"] = True
        self.points = pg.ScatterPlotItem(pxMode=True, symbol=mark_path(CIRCLE))
        self.canvas.add(self.points, depth=1)
        self._style()

    def rename(self, title: str) -> None:
        """Bear another title, such as that of a view of its own."""
        self.title = self.short_title = title
        self.setAccessibleName(title)
        self.canvas.setAccessibleName(title)

    def _style(self) -> None:
        tokens = self._theme.tokens
        self.curve.setPen(curve_pen(tokens.accent, self.canvas.ink.stroke(THICK)))
        self.bars.setData(pen=pg.mkPen(QColor(tokens.accent), width=2))
        self.points.setPen(pg.mkPen(tokens.card, width=1.5))
        self.points.setBrush(pg.mkBrush(tokens.accent))
        self.points.setSize(self._theme.px(_POINT))

    def _missing_data(self, data: CheckResult) -> str:
        return translate_message(data.sentence) if data.picture is None or not data.picture.x.size else ""

    def _draw_data(self, data: CheckResult) -> None:
        picture = data.picture
        assert picture is not None
        x, y = _placed(picture.x, picture.logarithmic_x), _placed(picture.y, picture.logarithmic_y)
        self._lay_axes(picture, x, y)
        there = np.isfinite(y)
        self.curve.setData(x, np.where(there, y, np.nan)) if picture.joined else self.curve.setData([], [])
        # marks that touch each other would hide the curve
        self.points.setData(x[there], y[there]) if there.sum() <= MOST_MARKS else self.points.setData([], [])
        self._draw_errors(picture, x, y)
        title = translate_message(picture.title)
        if self._compact and not picture.names:
            title = _("{title}, by {across}").format(title=title, across=translate_message(picture.across))
        self._set_subtitle(title)
        self.reader.show_notes(self._words(picture, x, y, _INKS[data.verdict]))

    def _lay_axes(self, picture: CheckPicture, x: Real, y: Real) -> None:
        ink = self.canvas.ink
        low, high = _range(picture, y)
        most = max(2, min(5, int(self.canvas.viewport().height() / (2.4 * ink.height()))))
        left = log_ticks(low, high, most) if picture.logarithmic_y else linear_ticks(low, high, most)
        if picture.form == "share":
            left = tuple(Tick(tick.at, percent(tick.at)) for tick in left)
        first, last = float(x.min()), float(x.max())
        if picture.names:
            names = [translate_message(name) for name in picture.names]
            room = self.canvas.viewport().width() / (len(names) + 1)
            bottom = tuple(Tick(at, text) for at, text in zip(x, fit_names(names, room, ink.width), strict=True))
            first, last = first - 0.5, last + 0.5
        elif picture.logarithmic_x:
            air = _AIR * max(last - first, 1.0)
            first, last = first - air, last + air
            bottom = decade_ticks(first, last, 5)
        else:
            first, last = min(first, 0.0), last + _AIR * max(last - first, 1.0)
            bottom = linear_ticks(first, last, 5)
        name = "" if picture.names or self._compact else translate_message(picture.across)
        margins = Margins(left=4, top=round(ink.height()) + 4, right=6)
        up = log_ticks if picture.logarithmic_y else percent_ticks if picture.form == "share" else linear_ticks
        across = None if picture.names else log_ticks if picture.logarithmic_x else linear_ticks
        rules = tuple(tick.at for tick in left)
        self.canvas.set_axes(Axes(left, bottom, rules, name, up=up, across=across), margins)
        self.canvas.set_range((first, last), (low, high))

    def _draw_errors(self, picture: CheckPicture, x: Real, y: Real) -> None:
        shown = bool(picture.errors.size)
        self.bars.setVisible(shown)
        if shown:
            self.bars.setData(x=x, y=y, height=2 * picture.errors)

    def _words(self, picture: CheckPicture, x: Real, y: Real, ink: str) -> list[AnyNote]:
        notes = self._reference(picture, x, y)
        lost = ~np.isfinite(y)
        top = self.canvas.area.top() - 2
        notes += [MarkNote(_CROSS, self.canvas.pixel_x(float(at)), top, "warn") for at in x[lost]]
        if lost.any():
            first = self.canvas.pixel_x(float(x[lost][0]))
            notes.append(Note(_("NaN"), first - 10, top, "warn", align=ENDS))
        if picture.best is not None:
            words = short(float(f"{picture.x[picture.best]:.1g}"))
            notes += self._at_point(x, y, picture.best, words, "accent", CIRCLE, beside=picture.mark)
        if picture.mark is not None and (picture.best is None or picture.mark[0] != picture.best):
            place, name = picture.mark
            notes += self._at_point(x, y, place, translate_message(name), ink, DIAMOND)
        return notes

    def _reference(self, picture: CheckPicture, x: Real, y: Real) -> list[AnyNote]:
        """Return the dotted line and its name, at that end and on that side of it where there is most room."""
        if picture.reference is None:
            return []
        area, line = self.canvas.area, self.canvas.ink.height()
        at, name = picture.reference
        row = self.canvas.pixel_y(float(_placed(np.array([at]), picture.logarithmic_y)[0]))
        text = _("{name}: {value}").format(name=translate_message(name), value=_reference_value(at, picture.form))
        width = 1.1 * self.canvas.ink.width(text)
        across = np.array([self.canvas.pixel_x(float(each)) for each in x])
        down = np.array([self.canvas.pixel_y(float(each)) if math.isfinite(each) else area.top() for each in y])
        marked = picture.mark[0] if picture.mark is not None else None

        def room(end: float, words: float) -> float:
            between = np.linspace(max(end, across.min()), min(end + width, across.max()), _SAMPLES)
            curve = float(np.abs(np.interp(between, across, down) - words).min())
            if marked is None or not end - width <= across[marked] <= end + 2 * width:
                return curve
            # the marked point has a word of its own, over it or under it
            return min(curve, abs(float(down[marked]) - words) - line)

        places = [
            (area.left() + 4, row + side * _BESIDE * line, STARTS)
            for side in (-1, 1)
            if area.top() < row + side * line < area.bottom()
        ]
        places += [(area.right(), words, ENDS) for _end, words, _align in places]
        start = {STARTS: area.left(), ENDS: area.right() - width}
        end, words, align = max(places, key=lambda place: min(room(start[place[2]], place[1]), line))
        return [
            RuleNote(area.left(), row, area.right(), row, "muted", dotted=True),
            Note(text, end, words, "muted", align=align),
        ]

    def _at_point(
        self, x: Real, y: Real, place: int, text: str, ink: str, shape: str, beside: tuple[int, object] | None = None
    ) -> list[AnyNote]:
        """Return a mark at a point, and a word under it, or over it where that is below the axis.

        The word keeps away from the marked point `beside` it.
        """
        area, line = self.canvas.area, self.canvas.ink.height()
        across = self.canvas.pixel_x(float(x[place]))
        down = self.canvas.pixel_y(float(y[place])) if math.isfinite(y[place]) else area.top() - 2
        over = down + 1.6 * line > area.bottom()
        width = self.canvas.ink.width(text, "curve_end") / 2
        align = ENDS if across + width > area.right() else STARTS if across - width < area.left() else CENTRE
        row = down + (-line if over else line)
        if beside is not None and abs(self.canvas.pixel_x(float(x[beside[0]])) - across) < _APART * line:
            align = STARTS if x[beside[0]] < x[place] else ENDS
        mark = MarkNote(shape, across, down, ink)
        return [mark, Note(text, across, row, ink, "curve_end", align, PLAIN)] if text else [mark]

    def _nearest(self, x: float) -> list[Readout]:
        data = self._data
        if data is None or data.picture is None or not data.picture.x.size:
            return []
        picture = data.picture
        places = _placed(picture.x, picture.logarithmic_x)
        index = nearest_index(places, x)
        if index is None:
            return []
        y = float(_placed(picture.y, picture.logarithmic_y)[index])
        return [Readout(float(places[index]), y, self._point_words(picture, index), "accent")]

    def _point_words(self, picture: CheckPicture, index: int) -> str:
        values = {
            "across": translate_message(picture.names[index] if picture.names else picture.across),
            "value": _written(float(picture.y[index]), picture.form),
        }
        if picture.names:
            return _("{across}: {value}").format(**values)
        return _("{across} {at}: {value}").format(at=short(float(f"{picture.x[index]:.3g}")), **values)

    def _table_of(self, data: CheckResult) -> Table:
        return check_table(data)

    def _describe_data(self, data: CheckResult) -> str:
        picture = data.picture
        if picture is None:
            return translate_message(data.sentence)
        points = [self._point_words(picture, index) for index in range(picture.x.size)]
        return " ".join([f"{translate_message(picture.title)}.", *(f"{point}." for point in points)])


def _placed(values: Real, logarithmic: bool) -> Real:
    """Return values as places on an axis; what has no place there is NaN."""
    if not logarithmic:
        return values
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0, np.log10(values), np.nan)


def _range(picture: CheckPicture, y: Real) -> tuple[float, float]:
    """Return the ends of the vertical axis, round the finite points, their errors and the reference."""
    errors = picture.errors if picture.errors.size else np.zeros(y.size)
    ends = np.concatenate([y - errors, y + errors])
    if picture.reference is not None:
        ends = np.append(ends, _placed(np.array([picture.reference[0]]), picture.logarithmic_y))
    ends = ends[np.isfinite(ends)]
    if not ends.size:
        return 0.0, 1.0
    low, high = float(ends.min()), float(ends.max())
    span = max(high - low, _LEAST_SPAN if picture.logarithmic_y else _LEAST_SHARE * max(abs(high), 1e-9))
    return low - _AIR * span, high + _AIR * span


def _reference_value(value: float, form: str) -> str:
    return percent(value) if form == "share" else short(float(f"{value:.4g}"))


def _written(value: float, form: str) -> str:
    return percent(value) if form == "share" else number(value)
