"""What Undo and Redo would take back and do again, in their tooltips."""

from PySide6.QtGui import QAction

from app.actions.actions import Actions, spec_of, tip_text
from app.document.undo import UndoGroup
from app.system.i18n import _
from app.theme.prose import as_tip


def follow_undo(group: UndoGroup, actions: Actions) -> None:
    """Let the actions follow the stack that is active in `group`."""

    def show() -> None:
        stack = group.active
        _tell(actions["undo"], stack.can_undo, _("Undo: {edit}"), stack.undo_text)
        _tell(actions["redo"], stack.can_redo, _("Redo: {edit}"), stack.redo_text)

    group.changed.connect(show)
    show()


def _tell(action: QAction, possible: bool, words: str, edit: str) -> None:
    action.setEnabled(possible)
    action.setToolTip(as_tip(tip_text(spec_of(action), words.format(edit=edit) if edit else "")))
