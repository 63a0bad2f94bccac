"""Examples in the plane of two coordinates, with their mean and one standard deviation round it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from app.export.table import Column, Table
from app.look.dashes import curve_pen
from app.look.marks import CLASS_SHAPES, LINE, LegendEntry, mark_path
from app.look.numbers import number
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import AnyNote, MarkNote
from app.plots.canvas.plane import lay_plane, plane_notes
from app.system.i18n import _, translate_message
from app.theme import Theme
from simulator.analysis.preprocessing import FeatureCloud

MOST_POINTS: Final = 400
"""More would make one blot."""
ELLIPSE: Final = "ellipse"
_POINT: Final = 8


@dataclass(frozen=True, eq=False)
class LabelledCloud:
    """A cloud and the classes of its points, int64 (n,)."""

    cloud: FeatureCloud
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]


class CloudFigure(Figure[LabelledCloud]):
    """A shape and a colour a class; 0 is always in view, because distance from 0 is what matters."""

    zooms = True

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title, _("The examples will be drawn here."))
        self.points = pg.ScatterPlotItem(pxMode=True)
        self.ellipse = pg.PlotCurveItem(antialias=True)
        self.canvas.add(self.points, depth=1)
        self.canvas.add(self.ellipse)

    def legend(self) -> tuple[LegendEntry, ...]:
        if self.data is None:
            return ()
        entries = [
            LegendEntry(str(index), name, CLASS_SHAPES[index % len(CLASS_SHAPES)], self._colour(index))
            for index, name in enumerate(self.data.class_names)
        ]
        return (*entries, LegendEntry(ELLIPSE, _("mean, 1 std"), LINE, "text"))

    def show_data(self, data: LabelledCloud | None) -> None:
        super().show_data(data)
        self.legend_changed.emit()

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: LabelledCloud) -> None:
        cloud = data.cloud
        names = [translate_message(name) for name in cloud.names]
        outline = cloud.ellipse()
        held = np.concatenate([cloud.points, np.zeros((1, 2))])
        lay_plane(self.canvas, held.min(axis=0), held.max(axis=0), names[0])
        self.ellipse.setData(outline[:, 0], outline[:, 1])
        self.ellipse.setPen(curve_pen(self._theme.tokens.text, self.canvas.ink.stroke(2)))
        self.ellipse.setVisible(self._is_shown(ELLIPSE))
        self._place_points(data)
        self._set_subtitle("")
        mean = self.canvas.to_pixels(float(cloud.mean[0]), float(cloud.mean[1]))
        marks: list[AnyNote] = [MarkNote("cross", mean.x(), mean.y(), "text")] if self._is_shown(ELLIPSE) else []
        self.canvas.set_notes([*plane_notes(self.canvas, names[1]), *marks])

    def _place_points(self, data: LabelledCloud) -> None:
        shown = np.array([self._is_shown(str(label)) for label in range(len(data.class_names))])
        chosen = np.flatnonzero(shown[data.labels])
        chosen = chosen[:: max(1, -(-chosen.size // MOST_POINTS))]
        labels = data.labels[chosen]
        shapes = [mark_path(CLASS_SHAPES[label % len(CLASS_SHAPES)]) for label in range(len(data.class_names))]
        brushes = [pg.mkBrush(self._colour(label)) for label in range(len(data.class_names))]
        self.points.setData(
            x=data.cloud.points[chosen, 0],
            y=data.cloud.points[chosen, 1],
            symbol=[shapes[label] for label in labels],
            brush=[brushes[label] for label in labels],
            pen=pg.mkPen(self._theme.tokens.card, width=1),
            size=min(self._theme.px(_POINT), _POINT + 3),
        )

    def _colour(self, index: int) -> str:
        classes = self._theme.tokens.classes
        return classes[index % len(classes)]

    def _table_of(self, data: LabelledCloud) -> Table:
        names = [translate_message(name) for name in data.cloud.names]
        points = [Column(name, data.cloud.points[:, place]) for place, name in enumerate(names)]
        return Table((*points, Column(_("class"), [data.class_names[label] for label in data.labels])))

    def _describe_data(self, data: LabelledCloud) -> str:
        cloud = data.cloud
        text = _("{examples} examples; mean {mean1} and {mean2}, std {std1} and {std2}, covariance {covariance}.")
        return text.format(
            examples=len(cloud.points),
            mean1=number(float(cloud.mean[0])),
            mean2=number(float(cloud.mean[1])),
            std1=number(float(cloud.std[0])),
            std2=number(float(cloud.std[1])),
            covariance=number(float(cloud.covariance[0, 1])),
        )
