"""What centring means for pictures: the mean picture, the means of the colours, one picture before and after."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.cards.card_grid import CardGrid
from app.cards.pieces.image_tile import ImageTile
from app.cards.view_card import ViewCard
from app.look.numbers import count, number
from app.system.i18n import _, translate_message
from app.theme import Theme
from simulator.analysis.preprocessing import PreparedPictures, PreprocessingView
from simulator.data import PREPROCESSINGS
from simulator.message import N_, Message

_COLOURS = N_("red {red} · green {green} · blue {blue}")
_TOOL_SHEET = """
QPushButton { padding: 1px 7px; min-height: 0; }
QPushButton:focus { padding: 0px 6px; }
"""


class PicturePage(CardGrid):
    """Four pictures.

    Signals
    -------
    other_asked()
        Another picture is to be shown.
    """

    other_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        titles = (_("Mean picture"), _("Mean of each colour"), _("One picture, before"), _("The same, after"))
        cards = [ViewCard(theme, title) for title in titles]
        self.tiles = tuple(ImageTile(theme) for _title in titles)
        for card, tile in zip(cards, self.tiles, strict=True):
            card.body.addWidget(tile)
        self.other_button = QPushButton(_("Another"))
        self.other_button.setStyleSheet(_TOOL_SHEET)
        self.other_button.setToolTip(_("Shows the next training picture"))
        self.other_button.setAccessibleName(_("Another picture"))
        cards[2].add_tool(self.other_button)
        super().__init__([cards[:2], cards[2:]], parent)
        self.other_button.clicked.connect(self.other_asked)

    def show_view(self, view: PreprocessingView) -> None:
        """Draw the pictures, where there are any."""
        pictures = view.pictures
        if pictures is None:
            return
        mean, colours, before, after = self.tiles
        white = float(max(pictures.mean_image.max(), pictures.before.max(), 1.0))
        measured = _("mean of {examples} training pictures").format(examples=count(view.measured))
        mean.show_values(pictures.mean_image, 0.0, white, measured)
        colours.show_values(_patch(pictures), 0.0, white, colour_words(pictures))
        name = _("{label}, picture {number}").format(label=pictures.label, number=count(pictures.number + 1))
        before.show_values(pictures.before, 0.0, white, name)
        kind = _(PREPROCESSINGS[view.preprocessing.kind].label)
        if pictures.after is None:
            words = _("After “{kind}” a picture is a list of {number} components: no picture any more.")
            after.show_values(None, 0.0, 1.0, words.format(kind=kind, number=count(view.after.spread.features)))
        else:
            low, high = float(pictures.after.min()), float(pictures.after.max())
            reach = max(abs(low), abs(high), 1e-9)
            middle = low < 0
            words = _("{kind}: from {low} to {high}; grey is 0") if middle else _("{kind}: from {low} to {high}")
            words = words.format(kind=kind, low=number(low), high=number(high))
            after.show_values(pictures.after, -reach if middle else 0.0, reach if middle else white, words)


def colour_words(pictures: PreparedPictures) -> str:
    """Return the means of the colours as words."""
    means = [number(float(mean), 4) for mean in pictures.colour_means]
    if len(means) == 1:
        return _("{number}, one number for all pixels: these pictures are grey").format(number=means[0])
    return translate_message(Message(_COLOURS, dict(zip(("red", "green", "blue"), means, strict=True))))


def _patch(pictures: PreparedPictures) -> np.ndarray:
    """Return a picture of as many pixels, all of the mean colour."""
    shape = pictures.mean_image.shape[:2]
    means = pictures.colour_means
    return np.full(shape, means[0]) if means.size == 1 else np.tile(means, (*shape, 1))
