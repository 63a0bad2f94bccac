"""The style sheet before it is filled; `app.theme.stylesheet` explains its five words."""

from typing import Final

_TEXT: Final = """
QLabel { background: transparent; qproperty-textFormat: PlainText; }
QLabel[rich="true"] { qproperty-textFormat: RichText; }
QLabel[role="figure"] { type(figure); color: $accent; }
QLabel[role="figure_compact"] { type(figure_compact); color: $accent; }
QLabel[role="figure_small"] { type(figure_small); color: $accent; }
QLabel[role="figure_line"] { type(name); color: $accent; }
QLabel[role="name"] { type(name); }
QLabel[role="headline"] { type(headline); }
QLabel[role="letter"] { type(name); background: $soft; border-radius: 8px; padding: 4dp 8dp; }
QLabel[role="title"] { type(title); }
QLabel[role="subtitle"] { type(subtitle); color: $accent; }
QLabel[role="body"] { type(body); }
QLabel[role="value"] { type(value); }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { type(tick); color: $muted; }
QLabel[role="warn"] { type(value); color: $warn; }
QLabel[role="good"] { type(value); color: $good; }
QLabel[role="badge"] { type(badge); color: $warn; }
QLabel:disabled { color: $disabled; }
QToolTip {
    type(control); color: $text; background: $card; border: 1px solid $edge; border-radius: 4px;
    padding: 2dp 4dp;
}
QStatusBar { color: $muted; background: transparent; }
QStatusBar::item { border: none; }
QSizeGrip { image: none; background: transparent; }
QTextBrowser { background: transparent; border: none; type(body); selection-background-color: $accent; }
"""

_FRAMES: Final = """
QFrame[role="card"] { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame[role="card"][ring="true"] { border: 2px solid $accent; }
QFrame[role="palette"] { background: $card; border: 1px solid $edge; border-radius: 10px; }
QFrame[role="note"] { background: $soft; border: none; border-radius: 8px; }
QFrame[role="warning"] { background: $warn_soft; border: none; border-radius: 8px; }
QFrame[role="rule"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[role="segmented"] { background: $segment; border: none; border-radius: 9px; padding: 3dp; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
"""

_BUTTONS: Final = """
QPushButton, QToolButton {
    type(control); color: $text; background: $card; border: 1px solid $line; border-radius: 8px;
}
QPushButton { padding: 7dp 15dp; min-height: 20dp; }
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $track; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:checked { background: $soft; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 7dp-1 15dp-1; }
QPushButton:disabled { color: $disabled; background: transparent; }
QPushButton::menu-indicator {
    image: icon(chevron_down, muted); width: 14dp; height: 14dp;
    subcontrol-origin: padding; subcontrol-position: center right; right: 8dp;
}

QPushButton[role="primary"] {
    type(value); color: $on_accent; background: $accent; border: 1px solid $accent; padding: 7dp 19dp;
}
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 7dp-1 19dp-1; }
QPushButton[role="primary"]:disabled { color: $disabled; background: $segment; border-color: $segment; }

QPushButton[role="outline"] { type(value); color: $accent; border-color: $accent; }
QPushButton[role="outline"]:disabled { color: $disabled; border-color: $line; }

QPushButton[role="quiet"], QPushButton[role="flat"] {
    color: $muted; background: transparent; border-color: transparent;
}
QPushButton[role="quiet"]:hover, QPushButton[role="flat"]:hover {
    color: $text; background: $pressed; border-color: $pressed;
}
QPushButton[role="quiet"]:checked { color: $text; background: $soft; border-color: $soft; }
QPushButton[role="quiet"]:focus, QPushButton[role="flat"]:focus { border-color: $accent; }
QPushButton[role="quiet"]:disabled, QPushButton[role="flat"]:disabled { color: $disabled; background: transparent; }
QPushButton[role="flat"] { padding: 7dp 6dp; }
QPushButton[role="flat"]:focus { padding: 7dp-1 6dp-1; }

QPushButton[role="row"], QPushButton[role="row"]:focus { padding: 0; min-height: 0; }
QPushButton[role="find"] { background: $segment; border: 1px solid $segment; border-radius: 6px; padding: 0; }
QPushButton[role="find"]:hover { border-color: $track; }
QPushButton[role="find"]:focus { border: 2px solid $accent; padding: 0; }

QPushButton[role="add"] { color: $accent; background: transparent; border: 1px dashed $track; }
QPushButton[role="add"]:hover { background: $hover; border: 1px solid $accent; }
QPushButton[role="add"]:focus { border: 2px solid $accent; }
QPushButton[role="add"]:disabled { color: $disabled; border: 1px dashed $line; }

QPushButton[role="link"] {
    color: $accent; background: transparent; border: 2px solid transparent; border-radius: 4px;
    padding: 1px 2px; text-align: left; text-decoration: underline;
}
QPushButton[role="link"]:hover { color: $accent_hover; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="link"]:disabled { color: $disabled; }

QPushButton[role="row"] {
    color: $accent; background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 4dp 0;
    text-align: left;
}
QPushButton[role="row"]:hover { color: $accent_hover; background: $hover; }
QPushButton[role="row"]:focus { border-color: $accent; }

QPushButton[role="strip"] { border-radius: 10px; padding: 0; }
QPushButton[role="strip"]:checked { background: $card; }

QToolButton { background: transparent; border-color: transparent; padding: 5dp; }
QToolButton:hover { background: $pressed; border-color: $pressed; }
QToolButton:checked { background: $soft; border-color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 5dp-1; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }

QFrame[role="segmented"] > QPushButton {
    color: $muted; background: transparent; border: 1px solid transparent; border-radius: 7px;
    padding: 4dp 11dp;
}
QFrame[role="segmented"] > QPushButton:hover { color: $text; }
QFrame[role="segmented"] > QPushButton:checked {
    type(value); color: $text; background: $segment_on; border-color: $line;
}
QFrame[role="segmented"] > QPushButton:focus { border: 2px solid $accent; padding: 4dp-1 11dp-1; }
QFrame[role="segmented"] > QPushButton:disabled { color: $disabled; }
"""

_INPUTS: Final = """
QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit {
    type(control); color: $text; background: $card; border: 1px solid $edge; border-radius: 8px;
    padding: 7dp 9dp; min-height: 20dp;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover, QPlainTextEdit:hover { border-color: $muted; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on, QPlainTextEdit:focus {
    border: 2px solid $accent; padding: 7dp-1 9dp-1;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
    color: $disabled; background: transparent; border-color: $line;
}
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
    border: 2px solid $warn; padding: 7dp-1 9dp-1;
}
QLineEdit:read-only { background: transparent; border-color: $line; }

/* Qt does not style the field inside: it takes the room between the buttons, and 3 px of height on top */
QAbstractSpinBox { padding: 5dp 0; min-height: 24dp-3; qproperty-alignment: AlignCenter; }
QAbstractSpinBox:focus, QAbstractSpinBox[invalid="true"] { padding: 5dp-1 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 26dp; height: 28dp; margin: 0 3px; border: none; border-radius: 6px;
    background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: center right; }
QAbstractSpinBox::down-button { subcontrol-position: center left; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed { background: $pressed; }
QAbstractSpinBox::up-arrow { image: icon(plus, muted); width: 14dp; height: 14dp; }
QAbstractSpinBox::down-arrow { image: icon(minus, muted); width: 14dp; height: 14dp; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: icon(plus, disabled); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: icon(minus, disabled); }

QComboBox { padding-left: 11dp; padding-right: 26dp; combobox-popup: 0; }
QComboBox:focus, QComboBox:on, QComboBox[invalid="true"] { padding-left: 11dp-1; padding-right: 26dp-1; }
QComboBox::drop-down {
    subcontrol-origin: border; subcontrol-position: center right; width: 26dp; border: none;
}
QComboBox::down-arrow { image: icon(chevron_down, muted); width: 16dp; height: 16dp; }
QComboBox::down-arrow:disabled { image: icon(chevron_down, disabled); }
QComboBox QAbstractItemView {
    type(control); color: $text; background: $card; border: 1px solid $track; padding: 4px; outline: none;
    selection-background-color: $soft; selection-color: $text;
}
QComboBox QAbstractItemView:focus { border: 1px solid $track; }
QComboBox QAbstractItemView::item { min-height: 28dp; padding: 0 6dp; border-radius: 6px; }
QComboBox QAbstractItemView::item:hover { background: $hover; }
QComboBox QAbstractItemView::item:selected { color: $text; background: $soft; }

QCheckBox, QRadioButton { type(control); color: $text; background: transparent; spacing: 9dp; }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 6px; padding: 1dp 4dp 1dp 1px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14dp; height: 14dp; border: 2px solid $muted; background: $card;
}
QCheckBox::indicator { border-radius: 5px; }
QRadioButton::indicator { border-radius: half(14dp+4); }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { border-color: $accent; background: $accent; image: icon(check, on_accent); }
QCheckBox::indicator:indeterminate {
    border-color: $accent; background: $accent; image: icon(minus, on_accent);
}
QRadioButton::indicator:checked { border-color: $accent; image: icon(radio, accent); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $track; }
QCheckBox::indicator:checked:disabled { background: $disabled; border-color: $disabled; }
QRadioButton::indicator:checked:disabled { image: icon(radio, disabled); }

QPushButton, QCheckBox, QRadioButton, QComboBox, QSlider { qproperty-focusPolicy: TabFocus; }
QSlider { min-height: 24dp; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $disabled; }
QSlider::handle:horizontal {
    width: 22dp; height: 22dp; margin: -9dp 0; border: none; background: transparent;
    image: icon(slider_handle, accent);
}
QSlider::handle:horizontal:hover { image: icon(slider_handle, accent_hover); }
QSlider::handle:horizontal:focus { image: icon(slider_handle_focus, accent); }
QSlider::handle:horizontal:disabled { image: icon(slider_handle, disabled); }
"""

_VIEWS: Final = """
QScrollBar:vertical { width: 10px; margin: 2px; border: none; background: transparent; }
QScrollBar:horizontal { height: 10px; margin: 2px; border: none; background: transparent; }
QScrollBar::handle { border-radius: 3px; background: $track; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QListView, QTreeView, QTableView {
    type(control); color: $text; background: transparent; border: 2px solid transparent; border-radius: 8px;
    outline: none; gridline-color: transparent; alternate-background-color: $hover;
    selection-background-color: $soft; selection-color: $text;
}
QListView:focus, QTreeView:focus, QTableView:focus { border-color: $accent; }
QListView::item { min-height: 20dp; padding: 6dp 8dp; border-radius: 8px; }
QTableView::item, QTreeView::item { padding: 4dp 6dp; border: none; }
QListView::item:hover, QTableView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTableView::item:selected, QTreeView::item:selected {
    color: $text; background: $soft;
}
QListView::indicator {
    width: 14dp; height: 14dp; border: 2px solid $muted; border-radius: 5px; background: $card;
}
QListView::indicator:hover { border-color: $accent; }
QListView::indicator:checked { border-color: $accent; background: $accent; image: icon(check, on_accent); }
QHeaderView, QHeaderView::section, QTableCornerButton::section { background: transparent; border: none; }
QHeaderView::section {
    type(table_head); color: $muted; padding: 4dp 6dp; border-bottom: 1px solid $line;
}

QMenuBar {
    type(control); color: $text; background: $bg; border: none; border-bottom: 1px solid $line; padding: 0 8dp;
}
QMenuBar::item { padding: 7dp 11dp; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $pressed; }
QMenuBar::item:pressed { background: $soft; }
QMenu { type(control); color: $text; background: $card; border: 1px solid $track; padding: 5px; }
QMenu::item { padding: 6dp 18dp 6dp 10dp; border-radius: 6px; background: transparent; }
QMenu::item:selected { color: $text; background: $soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8dp; }
QMenu::separator { height: 1px; margin: 5px 8px; background: $line; }
QMenu::right-arrow { image: icon(chevron_right, muted); width: 14dp; height: 14dp; right: 6dp; }
QMenu::indicator { width: 16dp; height: 16dp; left: 6dp; }
QMenu::indicator:checked { image: icon(check, text); }

QProgressBar {
    type(tick); color: $muted; background: $track; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

TEMPLATE: Final = _TEXT + _FRAMES + _BUTTONS + _INPUTS + _VIEWS
"""One sheet for the whole application."""
