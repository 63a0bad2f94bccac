"""Where the data are on the sheet, and back."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF


@dataclass(frozen=True)
class Scale:
    """The part `x`, `y` of the plane, shown in the rectangle `area` of the sheet; pixel rows grow downwards."""

    area: QRectF
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)

    def pixel_x(self, x: float) -> float:
        """Return the pixel column of a value on the horizontal axis."""
        low, high = self.x
        return self.area.left() + (x - low) / (high - low) * self.area.width()

    def pixel_y(self, y: float) -> float:
        """Return the pixel row of a value on the vertical axis."""
        low, high = self.y
        return self.area.bottom() - (y - low) / (high - low) * self.area.height()

    def to_data(self, place: QPointF) -> QPointF:
        """Return the place of the data under a pixel."""
        across = (place.x() - self.area.left()) / max(1.0, self.area.width())
        up = (self.area.bottom() - place.y()) / max(1.0, self.area.height())
        return QPointF(self.x[0] + across * (self.x[1] - self.x[0]), self.y[0] + up * (self.y[1] - self.y[0]))
