"""The top row: the program, what is on the table, and the buttons that belong to the whole window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from app.actions.action_button import ActionButton
from app.actions.actions import Actions, spec_of, tip_text
from app.actions.file_actions import FileActions
from app.arrangement.tabs import TABS
from app.document.document import Document
from app.document.undo import UndoGroup
from app.panels.header.experiments_menu import ExperimentsMenu
from app.panels.header.look_menus import TextSizeMenu, ThemeMenu
from app.panels.header.views_menu import ViewsMenu
from app.stage.stage import Stage
from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.widgets.choice_box import ChoiceBox
from app.widgets.elided_label import ElidedLabel
from app.widgets.quiet_note import QuietNote
from app.widgets.segmented import Choice


class HeaderBar(QWidget):
    """Buttons and menus; what they do is in the actions and the menus."""

    def __init__(
        self,
        theme: Theme,
        document: Document,
        undo_group: UndoGroup,
        actions: Actions,
        files: FileActions,
        stage: Stage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._undo_group = undo_group
        self._actions = actions
        self._product = QLabel("Obuka")
        set_role(self._product, "name")
        self.tabs = ChoiceBox(most_segments=len(TABS))
        self.tabs.set_choices([Choice(tab.id, _(tab.title), _(tab.tip)) for tab in TABS])
        self.tabs.setAccessibleName(_("What you want to do"))
        self._name = ElidedLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._name, "muted")
        self.note = QuietNote()
        self.experiments_menu = ExperimentsMenu(files, self)
        self._experiments = _menu_button(_("Experiments"), self.experiments_menu)
        self._file = _menu_button(_("File"), self._make_file_menu())
        self.views_menu = ViewsMenu(stage, self)
        self.views_button = _menu_button(_("Views"), self.views_menu)
        self.default_button = QPushButton(_("Default views"))
        set_role(self.default_button, "quiet")
        self.default_button.setAccessibleName(_("Default views"))
        self.default_button.setToolTip(_("Put the views back as this tab comes"))
        self.default_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.default_button.clicked.connect(stage.reset)
        self._stage = stage
        self._with_stage = True
        self._compact = False
        stage.arrangement_changed.connect(self._offer_default)
        self._text_size = _menu_button(_("Aa"), TextSizeMenu(theme, self))
        self._text_size.setAccessibleName(_("Text size"))
        self._text_size.setToolTip(_("Text size"))
        self._theme_button = _menu_button(_("Theme"), ThemeMenu(theme, self))
        self._more = _menu_button(_("More"), self._make_more_menu())
        self.undo_button = ActionButton(actions["undo"], theme)
        self.redo_button = ActionButton(actions["redo"], theme)
        self.story_button = ActionButton(actions["story"], theme)
        self.story_button.setCheckable(True)
        self._keys = ActionButton(actions["keys"], theme, words="?")
        self._lay_out()
        undo_group.changed.connect(self._show_undo)
        self._show_undo()
        document.changed.connect(self._show_name)
        document.file_changed.connect(self._show_name)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self._show_name()
        self._offer_default()

    @property
    def name_text(self) -> str:
        """What is said to be on the table."""
        return self._name.text()

    def set_compact(self, compact: bool, *, tight: bool, with_story: bool) -> None:
        """Give way where space is short, or even `tight`; `with_story` where the right column is a drawer."""
        self._row.setSpacing(6 if tight else 10 if compact else 12)
        for button in (self.undo_button, self.redo_button):
            button.set_bare(True)
        self.story_button.setVisible(with_story)
        self.story_button.set_bare(compact)
        self._product.setVisible(not tight)
        for menu_button in (self.views_button, self._text_size, self._theme_button):
            menu_button.setVisible(not tight)
        self._more.setVisible(tight)
        self._compact = compact
        self._fit_tabs()

    def show_stage_controls(self, shown: bool) -> None:
        """Offer what arranges the stage, or not: a lab is on show."""
        self._with_stage = shown
        self.views_button.setEnabled(shown)
        self._offer_default()

    def _offer_default(self) -> None:
        self.default_button.setVisible(self._with_stage and not self._stage.is_default)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Show the tabs side by side where there is room for them beside the buttons, else as a list."""
        whole, least = self.tabs.segments_width, self._theme.px(130)
        self.tabs.setFixedWidth(least if self._compact and self.width() < self._needed(whole) else whole)

    def _needed(self, tabs: int) -> int:
        items = [self._row.itemAt(place) for place in range(self._row.count())]
        parts = [item.widget() for item in items if item is not None]
        others = [part for part in parts if part is not None and not part.isHidden() and part is not self.tabs]
        return tabs + sum(part.minimumSizeHint().width() + self._row.spacing() for part in others)

    def _show_name(self, *_changes: object) -> None:
        name = self._document.name or _("Experiment without a name")
        path = self._document.path
        if path is not None:
            name = _("{name} · {file}").format(name=name, file=path.name)
        if self._document.modified:
            name = _("{name} · changed").format(name=name)
        self._name.setText(name)
        self._name.setToolTip(as_tip(str(path) if path else name))

    def _make_file_menu(self) -> QMenu:
        menu = QMenu(self)
        for name in ("open", "save", "save_as"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        menu.addAction(self._actions["quit"])
        return menu

    def _make_more_menu(self) -> QMenu:
        menu = QMenu(self)
        for button, words in (
            (self.views_button, _("Views")),
            (self._text_size, _("Text size")),
            (self._theme_button, _("Theme")),
        ):
            menu.addMenu(button.menu()).setText(words)
        return menu

    def _show_undo(self) -> None:
        stack = self._undo_group.active
        self._actions["undo"].setEnabled(stack.can_undo)
        self._actions["redo"].setEnabled(stack.can_redo)
        undo = _("Undo: {edit}").format(edit=stack.undo_text) if stack.can_undo else ""
        redo = _("Redo: {edit}").format(edit=stack.redo_text) if stack.can_redo else ""
        for name, words in (("undo", undo), ("redo", redo)):
            self._actions[name].setToolTip(as_tip(tip_text(spec_of(self._actions[name]), words)))

    def _lay_out(self) -> None:
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._product)
        layout.addWidget(self.tabs)
        layout.addWidget(self._name, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.default_button)
        for button in (
            self._experiments,
            self.views_button,
            self._file,
            self.undo_button,
            self.redo_button,
            self._text_size,
            self._theme_button,
            self._more,
            self.story_button,
            self._keys,
        ):
            layout.addWidget(button)

    def _dress(self) -> None:
        side = self._theme.px(36)
        for button in (self.undo_button, self.redo_button):
            button.setFixedSize(QSize(side + 8, side))


def _menu_button(words: str, menu: QMenu) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMenu(menu)
    return button
