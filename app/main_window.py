"""The window: where everything has its place, and who listens to whom."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.actions import Actions
from app.document import Document
from app.file_actions import FileActions
from app.keys import keeps_key
from app.notices import Notices
from app.panels.build_column import BuildColumn
from app.panels.dashboard import Dashboard
from app.panels.header_bar import HeaderBar
from app.panels.look_menus import next_scale
from app.panels.story_panel import StoryPanel
from app.panels.transport_bar import TransportBar
from app.run_controller import RunController
from app.settings import Settings, write_settings
from app.speed import default_speed
from app.tab_order import go_to, stops
from app.theme import Theme
from app.widgets.key_overlay import KeyOverlay
from app.widgets.notice_bar import NoticeBar
from simulator import Loaded, Picture

SMALLEST: Final = QSize(1024, 640)
ROOMY: Final = 1400
"""From this width on (at text scale 1) everything has its words; below, space is saved."""
THREE_COLUMNS: Final = 1280
"""Below this width the right column is a drawer."""
TIGHT: Final = 900
"""Below this width, which takes large text in a small window, even words of importance give way."""
SIDES: Final = {False: (276, 300), True: (218, 236)}
"""Widths of the left and the right column, by whether space is saved."""
END_OF_THREAD: Final = 2.0
"""Seconds that closing waits for the training thread."""
FIRST_PICTURE: Final = 60
"""Milliseconds that the window has for its first picture: importing numba then holds up all threads."""


class MainWindow(QMainWindow):
    """Left what is built, in the middle what is seen, right what is told, below the time."""

    def __init__(self, theme: Theme, document: Document, controller: RunController, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._started = False
        self._drawer_open = False
        self.document = document
        self.controller = controller
        self.files = FileActions(self, document, controller)
        self.setWindowTitle("Obuka")
        self.setMinimumSize(SMALLEST)
        central = QWidget()
        self.setCentralWidget(central)
        actions = Actions(self, self._handlers())
        self.header = HeaderBar(theme, document, actions, self.files, central)
        self.build_column = BuildColumn(document, theme, central)
        self.dashboard = Dashboard(theme, central)
        # Keeps what lies under the drawer at a distance from it.
        self._drawer_ground = QWidget(central)
        self._drawer_ground.setAutoFillBackground(True)
        self.story = StoryPanel(theme, controller, central)
        self.notice_bar = NoticeBar(theme, central)
        self.transport = TransportBar(theme, controller, actions, central)
        self.key_overlay = KeyOverlay(theme, central)
        self.notices = Notices(self.notice_bar, self.header.note, document, controller, self.files)
        self._lay_out(central)
        self._connect()
        if settings.geometry:
            self.restoreGeometry(QByteArray(settings.geometry))

    def event(self, event: QEvent) -> bool:
        # Asked before a shortcut fires: a focused button keeps Space, a focused slider keeps Right.
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and keeps_key(self.focusWidget(), event):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        areas: list[QWidget] = [
            self.header,
            self.build_column,
            self.dashboard,
            self.story,
            self.notice_bar,
            self.transport,
        ]
        order = stops([self.key_overlay] if self.key_overlay.isVisible() else areas)
        if not order:
            return False
        focused = self.focusWidget()
        place = order.index(focused) if focused in order else (-1 if forward else 0)
        go_to(order[(place + (1 if forward else -1)) % len(order)], forward=forward)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self._started = True
            self.transport.take_focus()
            QTimer.singleShot(FIRST_PICTURE, self, self.controller.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.files.keep_unsaved()
        self.controller.close(END_OF_THREAD)
        write_settings(
            Settings(
                theme=self._theme.name,
                text_scale=self._theme.text_scale,
                language=self._settings.language,
                geometry=bytes(self.saveGeometry().data()),
            )
        )
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._drawer_open:
            self._toggle_drawer()
        else:
            self.notice_bar.dismiss()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        stack, theme = self.document.undo_stack, self._theme
        return {
            "reset": self.document.reset,
            "play": self.controller.toggle,
            "step": self.controller.step,
            "epoch": self.controller.epoch,
            "new_weights": self.document.new_weights,
            "open": self.files.ask_open,
            "save": self.files.save,
            "save_as": self.files.ask_save,
            "undo": stack.undo,
            "redo": stack.redo,
            "larger": lambda: theme.set_text_scale(next_scale(theme.text_scale, 1)),
            "smaller": lambda: theme.set_text_scale(next_scale(theme.text_scale, -1)),
            "story": self._toggle_drawer,
            "keys": lambda: self.key_overlay.toggle(),
            "quit": self.close,
        }

    def _lay_out(self, central: QWidget) -> None:
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.build_column)
        self._columns.addWidget(self.dashboard, 1)
        self._columns.addWidget(self.story)
        self._rows = QVBoxLayout(central)
        self._rows.addWidget(self.header)
        self._rows.addLayout(self._columns, 1)
        self._rows.addWidget(self.notice_bar)
        self._rows.addWidget(self.transport)
        self._arrange()

    def _connect(self) -> None:
        network = self.build_column.network
        self.controller.loaded.connect(self._show_run)
        self.controller.picture_changed.connect(self._show_picture)
        self.dashboard.parts_wanted.connect(self.controller.show_parts)
        self.dashboard.layer_clicked.connect(network.select_layer)
        network.layer_selected.connect(self.dashboard.set_selected_layer)
        self._theme.theme_changed.connect(self._arrange)

    def _show_run(self, loaded: Loaded) -> None:
        self.dashboard.clear()
        self.dashboard.set_facts(loaded.facts)
        self.build_column.network.show_facts(loaded.facts)
        self.transport.speed.suggest(default_speed(loaded))

    def _show_picture(self, picture: Picture) -> None:
        self.dashboard.show_picture(picture)
        if picture.run_id == self.document.state.run_id:
            # Otherwise the cards at the left are already those of a network still being built.
            self.build_column.network.show_frame(picture.frame)

    def _arrange(self) -> None:
        """Give way where the window is narrow or the text large."""
        width = self.width() / self._theme.text_scale
        compact = width < ROOMY
        tight = width < TIGHT
        as_drawer = width < THREE_COLUMNS
        left, right = (self._theme.px(side) for side in SIDES[compact])
        gap, edge = (10, 10) if compact else (12, 14)
        self._rows.setContentsMargins(edge, edge, edge, edge)
        self._rows.setSpacing(gap)
        self._columns.setSpacing(gap)
        self.build_column.setFixedWidth(left)
        # A drawer takes room from nobody.
        self.story.setFixedWidth(self._theme.px(SIDES[False][1]) if as_drawer else right)
        self.header.set_compact(compact, tight=tight, with_story=as_drawer)
        self.transport.set_compact(compact, tight=tight)
        self._place_story(as_drawer)

    def _place_story(self, as_drawer: bool) -> None:
        in_column = self._columns.indexOf(self.story) >= 0
        if as_drawer and in_column:
            self._columns.removeWidget(self.story)
        elif not as_drawer and not in_column:
            self._columns.addWidget(self.story)
            self._drawer_open = False
        self.story.setVisible(not as_drawer or self._drawer_open)
        self.header.story_button.setChecked(self._drawer_open)
        self._drawer_ground.setVisible(as_drawer and self._drawer_open)
        if as_drawer and self._drawer_open:
            self._rows.activate()
            area = self._columns.geometry()
            place = QRect(area.right() - self.story.width() + 1, area.top(), self.story.width(), area.height())
            self._drawer_ground.setGeometry(place.adjusted(-self._columns.spacing(), 0, 0, 0))
            self.story.setGeometry(place)
            self._drawer_ground.raise_()
            self.story.raise_()

    def _toggle_drawer(self) -> None:
        if self._columns.indexOf(self.story) < 0:
            self._drawer_open = not self._drawer_open
            self._arrange()
