"""What trains: rewind, play, step, epoch, and how fast; at a past step the ways on from there."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.actions.action_button import ActionButton
from app.actions.actions import Actions, spec_of, tip_text
from app.panels.time.speed_slider import SpeedSlider
from app.running.run_controller import RunController
from app.running.run_state import Order, RunState, allows
from app.system.i18n import _
from app.theme import Theme

_BUTTONS: Final = ("reset", "play", "step", "epoch")
_ORDERS: Final = {
    "reset": (Order.RESET,),
    "play": (Order.PLAY, Order.PAUSE, Order.CONTINUE),
    "step": (Order.STEP,),
    "epoch": (Order.EPOCH,),
    "new_weights": (Order.NEW_WEIGHTS,),
}
PLAY_HEIGHT: Final = 40


class TransportBar(QWidget):
    """Shows the controller's state.

    Parameters
    ----------
    ways
        Stand in the place of the speed while a past step is on display, so that nothing moves.
    """

    def __init__(
        self,
        theme: Theme,
        controller: RunController,
        actions: Actions,
        ways: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._controller = controller
        self._actions = actions
        self._buttons = {
            name: ActionButton(
                actions[name],
                theme,
                role="primary" if name == "play" else "flat",
                colour="on_accent" if name == "play" else "text",
            )
            for name in _BUTTONS
        }
        self.speed = SpeedSlider(theme)
        self._slot = QStackedLayout()
        for part in (self.speed, ways):
            self._slot.addWidget(part)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in self._buttons.values():
            self._row.addWidget(button)
        self._row.addLayout(self._slot)
        self.speed.speed_chosen.connect(controller.set_speed)
        controller.state_changed.connect(self.show_state)
        controller.picture_changed.connect(self.speed.show_picture)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self.show_state(controller.state)

    @property
    def buttons(self) -> Mapping[str, ActionButton]:
        """The buttons, by the id of their action."""
        return self._buttons

    def set_compact(self, compact: bool, *, tight: bool = False) -> None:
        """Show icons without words where space is short; Play keeps its word. `tight` leaves no words but two."""
        for name, button in self._buttons.items():
            button.set_bare(compact and name != "play")
        self._row.setSpacing(4 if tight else 8 if compact else 12)
        self.speed.set_compact(compact, tight=tight)

    def set_looking_back(self, back: bool) -> None:
        """Offer the ways on from a past step in the place of the speed, or the speed again."""
        self._slot.setCurrentIndex(1 if back else 0)

    def take_focus(self) -> None:
        """Put the focus on Play."""
        self._buttons["play"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: RunState) -> None:
        """Offer what the state allows."""
        focused = next((name for name, button in self._buttons.items() if button.hasFocus()), "")
        for name, orders in _ORDERS.items():
            self._actions[name].setEnabled(any(allows(state, order) for order in orders))
        if focused and not self._buttons[focused].isEnabled():
            # Qt would go on to the button beside it, where the next Space means something else.
            self._buttons["play" if self._buttons["play"].isEnabled() else "reset"].setFocus()
        self._show_play(state)
        if state is not RunState.PLAYING:
            self.speed.show_rate(None)

    def _show_play(self, state: RunState) -> None:
        action = self._actions["play"]
        if allows(state, Order.PAUSE) or self._controller.play_is_waiting:
            words, tip, drawing = _("Pause"), _("Stop after the present step"), "pause"
        elif allows(state, Order.CONTINUE):
            words, tip, drawing = _("Continue"), _("Train on beyond the number of epochs asked for"), "play"
        else:
            words, tip, drawing = _("Play"), _("Train until you pause it"), "play"
        action.setText(words)
        action.setToolTip(tip_text(spec_of(action), tip))
        self._buttons["play"].set_drawing(drawing)

    def _dress(self) -> None:
        # One width for its three words, so that nothing moves when it is pressed.
        self._buttons["play"].setMinimumSize(self._theme.px(112), self._theme.px(PLAY_HEIGHT))
