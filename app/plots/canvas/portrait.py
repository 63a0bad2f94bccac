"""A picture of a plot, to be taken away: title, axes and legend, on white, twice as sharp as on screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.plots.canvas.legend_paint import legend_width, paint_legend
from app.plots.canvas.plot import Plot
from app.theme import Theme
from app.theme.large import LargeTheme, PaperTheme

SHARPNESS: Final = 2
"""Pixels of the picture for one on screen, along each side."""
LEAST: Final = QSize(640, 320)
"""A plot that is smaller on screen is drawn anew in this size."""
_PADDING: Final = 16
_GAP: Final = 8
_DOTS: Final = round(96 * SHARPNESS / 0.0254)
"""Dots a metre: documents show the picture as large as it was on screen."""


class Portrait:
    """Draws a plot that is in view; the plot is as before when it is done."""

    def __init__(self, plot: Plot, theme: Theme) -> None:
        self._plot = plot
        self._worn = theme
        paper = PaperTheme(theme.text_scale)
        self._theme: Theme = LargeTheme(paper) if plot.canvas.ink.is_large else paper
        self._canvas = plot.canvas.size().expandedTo(LEAST)
        self._title, self._words = self._theme.font("title"), self._theme.font("control")
        self._line = round(QFontMetricsF(self._title).height())
        self._legend = round(QFontMetricsF(self._theme.font("tick")).height()) + _GAP if plot.legend() else 0

    @property
    def size(self) -> QSize:
        """The picture's size on screen."""
        head = self._line + self._below + _GAP
        return QSize(self._canvas.width() + 2 * _PADDING, self._canvas.height() + head + 2 * _PADDING)

    def image(self) -> QImage:
        """Return the plot as pixels."""
        image = QImage(self.size * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.setDotsPerMeterX(_DOTS)
        image.setDotsPerMeterY(_DOTS)
        painter = QPainter(image)
        # pens of curves know nothing of sharpness
        self._paint(painter, SHARPNESS)
        painter.end()
        return image

    def png(self) -> bytes:
        """Return the pixels as a file."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.image().save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know files alone
        return bytes(data.data())

    def svg(self) -> bytes:
        """Return the plot as lines and words, which can be enlarged without end."""
        data = QByteArray()
        buffer = QBuffer(data)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self.size)
        generator.setViewBox(QRect(QPointF(0, 0).toPoint(), self.size))
        generator.setTitle(self._plot.title)
        painter = QPainter(generator)
        self._paint(painter, 1.0)
        painter.end()
        return bytes(data.data())

    @property
    def _beside(self) -> bool:
        """Whether title, subtitle and legend have room in one line."""
        words = QFontMetricsF(self._title).horizontalAdvance(self._plot.title)
        words += QFontMetricsF(self._words).horizontalAdvance(self._plot.subtitle) + 4 * _GAP
        return bool(words + legend_width(self._plot.legend(), self._theme) <= self._canvas.width())

    @property
    def _below(self) -> int:
        return 0 if self._beside else self._legend

    def _paint(self, painter: QPainter, stroke: float) -> None:
        below = self._below
        painter.fillRect(QRectF(QPointF(0, 0), self.size.toSizeF()), QColor(self._theme.tokens.card))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas = self._plot.canvas
        with self._dressed(stroke):
            top = _PADDING + self._line + below + _GAP
            target = QRectF(_PADDING, top, canvas.width(), canvas.height())
            canvas.render(painter, target, canvas.viewport().rect())
            if isinstance(painter.device(), QSvgGenerator) and not canvas.words:
                painter.resetTransform()
                painter.translate(target.topLeft())
                canvas.paint_round(painter)
                painter.resetTransform()
                painter.fillRect(QRectF(0, 0, self.size.width(), top), QColor(self._theme.tokens.card))
            self._paint_head(painter, below)

    def _paint_head(self, painter: QPainter, below: int) -> None:
        tokens, plot = self._theme.tokens, self._plot
        metrics = QFontMetricsF(self._title)
        row = _PADDING + metrics.ascent()
        painter.setFont(self._title)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QPointF(_PADDING, row), plot.title)
        painter.setFont(self._words)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QPointF(_PADDING + metrics.horizontalAdvance(plot.title) + 2 * _GAP, row), plot.subtitle)
        entries = [entry for entry in plot.legend() if plot.is_series_shown(entry.key)]
        if below:
            paint_legend(painter, entries, _PADDING, _PADDING + self._line + below / 2, self._theme)
        else:
            left = _PADDING + self._canvas.width() - legend_width(entries, self._theme)
            paint_legend(painter, entries, left, _PADDING + self._line / 2, self._theme)

    @contextmanager
    def _dressed(self, stroke: float) -> Iterator[None]:
        """Let the plot wear the picture's colours and size, and nobody see it."""
        plot, canvas, size = self._plot, self._plot.canvas, self._plot.canvas.size()
        signals = plot.blockSignals(True)
        plot.setUpdatesEnabled(False)
        canvas.portrayed = True
        try:
            canvas.resize(self._canvas)
            plot.apply_theme(PaperTheme(self._worn.text_scale, stroke))
            canvas.set_fine(True)
            yield
        finally:
            canvas.set_fine(False)
            canvas.portrayed = False
            canvas.resize(size)
            plot.apply_theme(self._worn)
            plot.setUpdatesEnabled(True)
            plot.blockSignals(signals)
