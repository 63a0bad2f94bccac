"""The menu of a plot: take away, axes, what is shown, zoom and help. It is made anew each time it opens."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from app.cards.plot_takeaway import tooltip_of_picture
from app.look.options import Option
from app.plots.canvas.plot import Plot
from app.system.i18n import _

Deeds = Mapping[str, Callable[[], None]]
"""What the entries do, by the id of their action."""


def fill_plot_menu(menu: QMenu, plot: Plot, deeds: Deeds) -> None:
    """Put a plot's entries into a menu."""
    menu.setToolTipsVisible(True)
    _add(menu, _("Copy picture"), "Ctrl+C", deeds["copy_picture"], tooltip_of_picture())
    _add(menu, _("Save picture…"), "PNG, SVG", deeds["save_picture"], tooltip_of_picture())
    told = _("The numbers that are drawn, each with all its figures")
    _add(menu, _("Copy data"), "Ctrl+Shift+C", deeds["copy_data"], told)
    _add(menu, _("Save data…"), "CSV", deeds["save_data"], told)
    menu.addSeparator()
    add_options(menu, plot.options(), plot.set_option)
    menu.addSeparator()
    for entry in plot.series():
        action = menu.addAction(_plain(entry.text[:1].upper() + entry.text[1:]))
        action.setCheckable(True)
        action.setChecked(plot.is_series_shown(entry.key))
        action.toggled.connect(lambda shown, key=entry.key: plot.set_series_shown(key, shown))
    menu.addSeparator()
    if plot.canvas.ink.is_large:
        _add(menu, _("Back"), _("Esc"), deeds["plot_alone"])
    else:
        _add(menu, _("Over the whole window"), _("Enter"), deeds["plot_alone"])
    if plot.zooms:
        _add(menu, _("Reset zoom"), "Ctrl+0", deeds["reset_zoom"]).setEnabled(bool(plot.canvas.zoom))
    _add(menu, _("Explain this plot"), "F1", deeds["explain_plot"])


def add_options(menu: QMenu, options: tuple[Option, ...], choose: Callable[[str, str], None]) -> None:
    """Add an entry for each option: one that is on or off, or a menu of its answers, with the one in force beside.

    A single option has its answers at once, under its name.
    """
    if len(options) == 1 and not options[0].switch:
        menu.addAction(_plain(options[0].label)).setEnabled(False)
        _add_answers(menu, options[0], choose)
        return
    for option in options:
        if option.switch:
            first, second = option.answers
            action = menu.addAction(_plain(option.switch))
            action.setToolTip(second.tip)
            action.setCheckable(True)
            action.setChecked(option.value == second.id)
            action.toggled.connect(
                lambda on, key=option.key, ids=(first.id, second.id): choose(key, ids[1] if on else ids[0])
            )
        else:
            below = menu.addMenu(f"{_plain(option.label)}\t{_plain(option.words)}")
            below.setToolTipsVisible(True)
            _add_answers(below, option, choose)


def _add_answers(menu: QMenu, option: Option, choose: Callable[[str, str], None]) -> None:
    group = QActionGroup(menu)
    for answer in option.answers:
        action = menu.addAction(_plain(answer.text))
        action.setToolTip(answer.tip)
        action.setCheckable(True)
        action.setChecked(answer.id == option.value)
        action.triggered.connect(lambda _checked=False, value=answer.id: choose(option.key, value))
        group.addAction(action)


def _add(menu: QMenu, words: str, beside: str, act: Callable[[], None], tip: str = "") -> QAction:
    """Add an entry with a key, or a word, at its right end."""
    action = menu.addAction(f"{_plain(words)}\t{beside}")
    action.setToolTip(tip or words)
    action.triggered.connect(lambda: act())
    return action


def _plain(words: str) -> str:
    """Return words in which "&" is a letter, not the mark of a key."""
    return words.replace("&", "&&")
