"""The middle of the window: views as cards on one of two grounds, as the preset has it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from app.arrangement.hierarchy import Choice
from app.arrangement.presets import Preset, Row
from app.cards.view_card import ViewCard
from app.look.lane_look import LaneLook
from app.running.context import Context
from app.stage.cards import Cards
from app.stage.dock_rows import DockRows
from app.stage.one_large import OneLarge
from simulator.training import Picture, RunFacts


class Stage(QScrollArea):
    """Shows a preset's views: one large and the others small, or in rows of docks.

    A view is made when it is first shown, and costs nothing while hidden.

    Signals
    -------
    parts_wanted(frozenset)
        Which optional parts of frames the views in sight need.
    layer_clicked(int)
        A layer was clicked in a view: its index in `Frame.layers`.
    arrangement_changed()
        A view was moved, hidden or shown, or another preset is on show.
    """

    parts_wanted = Signal(object)
    layer_clicked = Signal(int)
    arrangement_changed = Signal()

    def __init__(self, context: Context, preset: Preset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._preset = preset
        self._roomy = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards = Cards(context, self)
        self.hierarchy = OneLarge(self._cards, context)
        self.docks = DockRows(self._cards, context.theme, preset)
        self._grounds = QStackedWidget()
        for ground in (self.hierarchy, self.docks):
            self._grounds.addWidget(ground)
            ground.arranged.connect(self._on_arranged)
        self.setWidget(self._grounds)
        self._cards.parts_wanted.connect(self.parts_wanted)
        self._cards.layer_clicked.connect(self.layer_clicked)
        self._cards.pointed_at.connect(self.ring)
        self._theme.theme_changed.connect(self.apply_theme)
        self._open()

    @property
    def preset(self) -> Preset:
        """The preset on show."""
        return self._preset

    @property
    def cards(self) -> tuple[ViewCard, ...]:
        """The views in sight, in the order of reading."""
        return tuple(self.card(view) for row in self.rows for view in row)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the views in sight, row by row, as they stand now."""
        return self._ground.rows

    @property
    def is_default(self) -> bool:
        """Whether the preset stands as it came."""
        return self._ground.is_default

    @property
    def can_move(self) -> bool:
        """Whether views of this preset may be moved."""
        return self._ground is self.docks

    def card(self, view: str) -> ViewCard:
        """Return the card of a view, made if need be."""
        return self._cards.card(view)

    # what the window says --------------------------------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Draw a moment of the run."""
        self._cards.show_picture(picture, "" if self.can_move else self.hierarchy.large)

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""
        self.hierarchy.set_kind(in_a_plane=facts.dataset.plane)
        self._cards.set_facts(facts)

    def clear(self) -> None:
        """Show no run."""
        self._cards.clear()

    def set_selected_layer(self, layer: int | None) -> None:
        """Make a layer stand out in every view: its index in `Frame.layers`, or None."""
        self._cards.set_selected_layer(layer)

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        """Show several runs beside each other in every view."""
        self._cards.set_lanes(looks)

    def set_roomy(self, roomy: bool) -> None:
        """Leave room between cards, or save it."""
        self._roomy = roomy
        self._fit()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._cards.apply_theme()
        self._fit()

    def close_down(self) -> None:
        """End what the views have started; the window closes."""
        self._cards.close_down()

    # arranging -------------------------------------------------------------------------------------------------------

    def show_preset(self, preset: Preset) -> None:
        """Show another preset as it was left, or as it comes."""
        if preset is not self._preset:
            self._ground.give_up()
            self._preset = preset
            self._open()

    def reset(self) -> None:
        """Show the preset as it comes."""
        self._ground.reset()

    def set_shown(self, view: str, shown: bool) -> None:
        """Show a view, or hide it; one of the four plots of Watch is never hidden."""
        self._ground.set_shown(view, shown)

    def move_view(self, view: str, across: int, down: int) -> None:
        """Move a view by so many places in its row, or to a row above or below."""
        if self.can_move:
            self.docks.move_view(view, across, down)

    def ring(self, view: str) -> None:
        """Point at a view for a second; show it if it is hidden."""
        self.ensureWidgetVisible(self._ground.ring(view))

    def save_arrangements(self) -> dict[str, tuple[Row, ...]]:
        """Return what was moved, by preset, for the next start."""
        return self.docks.kept()

    def save_choices(self) -> dict[str, Choice]:
        """Return what was made large, by kind of data, for the next start."""
        return self.hierarchy.choices

    def load_arrangements(self, arrangements: dict[str, tuple[Row, ...]], choices: dict[str, Choice]) -> None:
        """Stand as everything was left at the last start."""
        self.docks.keep(arrangements)
        self.hierarchy.keep(choices)
        self._ground.give_up()
        self._open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _ground(self) -> OneLarge | DockRows:
        return self.docks if self._preset.rows else self.hierarchy

    def _open(self) -> None:
        if self._preset.rows:
            self.docks.open(self._preset)
        else:
            self.hierarchy.open()
        self._grounds.setCurrentWidget(self._ground)

    def _on_arranged(self) -> None:
        self._fit()
        self.arrangement_changed.emit()

    def _fit(self) -> None:
        """Give way where the stage is small or the text large."""
        room = QSize(self.width(), self.height())
        needed = self._fit_in(room)
        if needed.height() > room.height():
            needed = self._fit_in(QSize(room.width() - self.verticalScrollBar().sizeHint().width(), room.height()))
        self._grounds.setMinimumSize(needed)

    def _fit_in(self, room: QSize) -> QSize:
        return self._ground.fit(room, roomy=self._roomy)
