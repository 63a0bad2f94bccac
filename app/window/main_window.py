"""The window: where everything has its place, and who listens to whom."""

from collections.abc import Callable
from functools import partial
from typing import Final, cast

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.actions.actions import Actions
from app.actions.file_actions import FileActions
from app.actions.key_overlay import KeyOverlay
from app.actions.keys import keeps_key
from app.actions.slides import Slides
from app.actions.undo_words import follow_undo
from app.arrangement.columns import ROOMY, columns_of
from app.arrangement.presets import COMPARE, PRESETS
from app.arrangement.tabs import BENCH, EXPLORE, TABS
from app.cards.plot_desk import PlotDesk
from app.document.document import Document
from app.document.undo import UndoGroup
from app.labs.catalogue import labs
from app.labs.explore_page import ExplorePage
from app.panels.beside.beside import Beside
from app.panels.beside.compare_panel import ComparePanel
from app.panels.beside.narrator import Narrator
from app.panels.beside.story_panel import StoryPanel
from app.panels.beside.story_strip import StoryStrip
from app.panels.header.header_bar import HeaderBar
from app.panels.time.time_panel import TimePanel
from app.running.context import Context
from app.running.run_controller import RunController
from app.stage.looks import looks_of
from app.stage.stage import Stage
from app.theme import Theme
from app.widgets.notice_bar import NoticeBar
from app.window.building import Building
from app.window.finding.finding import Finding
from app.window.finding.way import Way
from app.window.handlers import of_looks, of_time, of_work
from app.window.menus.window_menus import WindowMenus
from app.window.notices import Notices
from app.window.placing import SMALLEST
from app.window.plot_service import serve_plots
from app.window.settings import Settings, write_settings
from app.window.tab_order import go_on
from app.window.workshop import Workshop
from simulator.training import Loaded, Picture

THREE_COLUMNS: Final = 1200
"""Below this width the right column is a line over the stage."""
TIGHT: Final = 900
"""Below this width, which takes large text in a small window, even words of importance give way."""
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
        self.undo_group = UndoGroup(document.undo_stack)
        self.document = document
        self.controller = controller
        self.files = FileActions(self, document, controller)
        self.slides = Slides(document, self.files, settings.recent)
        self.setWindowTitle("Obuka")
        self.setMinimumSize(*SMALLEST)
        central = QWidget()
        # where the focus goes by a click on what has no use for it
        central.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._nobody = central
        self.setCentralWidget(central)
        self.plots = PlotDesk.of(theme, self)
        self.actions_by_id = actions = Actions(self, self._handlers())
        follow_undo(self.undo_group, actions)
        context = Context(theme, document, controller, self.show_tab)
        self.building = Building(theme, document, self.undo_group)
        self.build_column, self.what_if, self.lanes = self.building.column, self.building.what_if, self.building.lanes
        self.stage = Stage(context, PRESETS[0])
        self.header = HeaderBar(theme, document, actions, self.slides, central)
        self.narrator = Narrator(context, self)
        self.story = StoryPanel(document, self.narrator)
        self.strip = StoryStrip(theme, self.narrator)
        self.compare = ComparePanel(theme, document, controller)
        self.beside = Beside(context, [self.story, self.compare])
        self.workshop = Workshop(theme, self.building, self.stage, self.beside, self.strip)
        bench = [spec for spec in labs() if spec.id == BENCH]
        self.bench = ExplorePage(context, bench)
        self.explore = ExplorePage(context, [spec for spec in labs() if spec not in bench])
        self._pages = QStackedWidget(central)
        for page in (self.workshop, self.bench, self.explore):
            self._pages.addWidget(page)
        self.notice_bar = NoticeBar(theme, central)
        self.time = TimePanel(theme, document, controller, actions, central)
        self.key_overlay = KeyOverlay(theme, central)
        self.notices = Notices(self.notice_bar, self.header.note, document, controller, self.files)
        serve_plots(self.plots, document, controller, self.notices, settings.folder)
        for action in self.build_column.network.actions_of_layer.all:
            actions.take(action)
        self.menus = WindowMenus(self, actions, theme, self.stage, self.show_lab)
        way = Way(actions, self.files, theme, self.build_column, self.stage, self.show_tab, self.show_lab)
        self.finding = Finding(theme, document, actions, self.slides, way, self.menuBar(), central)
        self.experiments = self.finding.experiments
        self._pages.addWidget(self.experiments)
        self._lay_out(central)
        self._connect()
        self.stage.load_arrangements(settings.arrangements, settings.promoted)
        self.show_tab(TABS[0].id)
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
        left = [self.build_column, self.what_if, self.lanes]
        if not self.building.isAncestorOf(self.building.present.drawer):
            left.append(self.building.present.drawer)
        top: list[QWidget] = [self.menuBar(), self.header]
        areas = [*top, *left, self.workshop.head, self.stage, self.beside, self.bench, self.explore, self.notice_bar]
        areas += [self.time, self.experiments]
        focused = cast("QWidget | None", self.focusWidget())  # the stubs forget the None
        if focused is not None and not (focused.isVisible() and focused.isEnabled()):
            # It was taken away. What comes next was not asked for, and means something else.
            self._free_keys()
            return True
        overlays = (each for each in (self.finding.palette, self.key_overlay) if each.isVisible())
        over = next(overlays, self.plots.alone)
        return go_on([over] if over is not None else areas, focused, forward=forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self.time.transport.take_focus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._started:
            self._started = True
            QTimer.singleShot(FIRST_PICTURE, self, self.controller.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.files.keep_unsaved()
        self.files.close_down()
        for part in (self.building, self.bench, self.explore, self.stage, self.beside, self.compare):
            part.close_down()
        self.controller.close(END_OF_THREAD)
        write_settings(
            Settings(
                theme=self._theme.name,
                text_scale=self._theme.text_scale,
                language=self._settings.language,
                geometry=bytes(self.saveGeometry().data()),
                arrangements=self.stage.save_arrangements(),
                promoted=self.stage.save_choices(),
                folder=self.plots.takeaway.folder,
                recent=self.slides.recent,
            )
        )
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.experiments.isVisible():
            self._leave_experiments()
        elif self.workshop.story_is_open:
            self._toggle_story()
        elif self.building.drawer_is_open:
            self.building.close_form()
        else:
            self.notice_bar.dismiss()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            **of_time(self.document, self.controller, lambda: self.time.isVisible()),
            **of_work(self.document, self.files, self.slides, self.undo_group),
            **of_looks(self._theme, self.plots, self),
            "add_layer": self._add_layer,
            "what_if": self._draft_twin,
            "experiments": self.show_experiments,
            "find": lambda: self.finding.palette.toggle(),
            "story": self._toggle_story,
            "keys": lambda: self.key_overlay.toggle(),
            "quit": self.close,
            **{f"tab_{tab.id}": partial(self.show_tab, tab.id) for tab in TABS},
        }

    def _lay_out(self, central: QWidget) -> None:
        self._outer = QVBoxLayout(central)
        self._outer.setSpacing(0)
        self._rows = QVBoxLayout()
        self._rows.addWidget(self._pages, 1)
        self._rows.addWidget(self.notices.preparing)
        self._rows.addWidget(self.notice_bar)
        self._rows.addWidget(self.time)
        self._outer.addWidget(self.header)
        self._outer.addLayout(self._rows, 1)
        self._arrange()

    def _connect(self) -> None:
        network = self.build_column.network
        self.controller.loaded.connect(self._show_run)
        self.controller.picture_changed.connect(self._show_picture)
        self.header.tabs.chosen.connect(self.show_tab)
        self.experiments.left.connect(self._leave_experiments)
        for panel in (self.beside, self.story):
            panel.proof_asked.connect(self.stage.ring)
        self.strip.clicked.connect(self._toggle_story)
        self.stage.parts_wanted.connect(self.controller.show_parts)
        self.stage.layer_clicked.connect(network.select_layer)
        network.layer_selected.connect(self.stage.set_selected_layer)
        self.building.drawer_moved.connect(self.workshop.place_drawer)
        self.what_if.opened.connect(lambda: self.show_tab("compare"))
        self.controller.place_asked.connect(self.time.ask_where)
        self.document.opened.connect(self._free_keys)
        self.document.changed.connect(self._follow)
        self.document.viewpoint.changed.connect(self._follow)
        self._theme.theme_changed.connect(self._arrange)

    def _free_keys(self) -> None:
        """Give the focus to nobody, so that all keys are the window's."""
        self._nobody.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, *_states: object) -> None:
        """Show the lanes where there are several, or where one compares."""
        comparing = self.stage.preset.id == COMPARE
        self.building.show_lanes(comparing or len(self.document.state.lanes) > 1)
        if self.stage.preset.beside:
            self.beside.show_view(self.stage.preset.beside)
        else:
            self.beside.setCurrentWidget(self.compare if comparing else self.story)
        self.build_column.set_past(self.document.viewpoint.at)
        self.stage.set_lanes(looks_of(self.document.state))

    def _show_run(self, loaded: Loaded) -> None:
        for place in (self.stage, self.beside):
            place.clear()
            place.set_facts(loaded.facts)
        self.building.show_facts(loaded.facts)

    def _show_picture(self, picture: Picture) -> None:
        self.stage.show_picture(picture)
        self.beside.show_picture(picture)
        if picture.run_id == self.document.state.run_id:
            # Otherwise the cards at the left are already those of a network still being built.
            self.build_column.network.show_frame(picture.frame)

    def show_tab(self, name: str) -> None:
        """Show the tab of that id: an arrangement of the stage, the bench, or the labs."""
        self.header.tabs.set_value(name)
        self.header.show()
        preset = next((preset for preset in PRESETS if preset.id == name), None)
        self.time.setVisible(preset is not None)
        self.notices.set_run_in_sight(preset is not None)
        self.menus.views.setEnabled(preset is not None)
        if preset is not None:
            self._pages.setCurrentWidget(self.workshop)
            self.building.let_go()
            self.stage.show_preset(preset)
            self._follow()
        else:
            page = self.bench if name == BENCH else self.explore
            page.open_up()
            self._pages.setCurrentWidget(page)

    def show_experiments(self) -> None:
        """Show the page of experiments in the place of everything but the menu bar."""
        for part in (self.header, self.time):
            part.hide()
        self.notices.set_run_in_sight(False)
        self.menus.views.setEnabled(False)
        self._pages.setCurrentWidget(self.experiments)
        self.experiments.open_up()

    def _leave_experiments(self) -> None:
        self.show_tab(self.header.tabs.value)
        self._free_keys()

    def show_lab(self, name: str) -> None:
        """Show the lab of that id."""
        self.show_tab(BENCH if name == BENCH else EXPLORE)
        if name != BENCH:
            self.explore.show_lab(name)

    def _add_layer(self) -> None:
        self._show_building()
        self.build_column.show_page("network")
        self.build_column.network.open_palette()

    def _draft_twin(self) -> None:
        self._show_building()
        if self.document.state.free_place is not None:
            self.building.begin_draft()

    def _show_building(self) -> None:
        if not self.time.isVisible():
            self.show_tab(TABS[0].id)

    def _arrange(self) -> None:
        """Give way where the window is narrow or the text large."""
        width = self.width() / self._theme.text_scale
        compact = width < ROOMY
        tight = width < TIGHT
        story_over = width < THREE_COLUMNS
        columns = columns_of(width)
        gap = columns.gap
        self._outer.setContentsMargins(gap, 0, gap, gap)
        self._rows.setSpacing(gap)
        self.workshop.arrange(columns, story_over=story_over)
        self.building.arrange(width, columns, compact=compact)
        self.stage.set_roomy(not compact)
        self.beside.set_compact(compact)
        for page in (self.bench, self.explore):
            page.set_compact(compact, gap)
        self.header.set_compact(compact)
        self.strip.setChecked(self.workshop.story_is_open)
        self.time.set_compact(compact, tight=tight)

    def _toggle_story(self) -> None:
        """Open what the line stands for; beside it in a wide window, turn over to all that is told."""
        if not self.workshop.toggle_story() and self.story.isVisible():
            self.story.turn_over()
        self.strip.setChecked(self.workshop.story_is_open)
