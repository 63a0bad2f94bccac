"""The bottom row: time. Rewind, play, step, speed, and where the run is."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.actions.action_button import ActionButton
from app.actions.actions import Actions, spec_of, tip_text
from app.look import numbers
from app.panels.time.speed_slider import SpeedSlider
from app.running.run_controller import RunController
from app.running.run_state import Order, RunState, allows
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from simulator.training import Picture

_ORDERS: Final = {
    "reset": (Order.RESET,),
    "play": (Order.PLAY, Order.PAUSE, Order.CONTINUE),
    "step": (Order.STEP,),
    "epoch": (Order.EPOCH,),
    "new_weights": (Order.NEW_WEIGHTS,),
}


class TransportBar(QWidget):
    """Shows the controller's state and the newest picture's step."""

    def __init__(
        self, theme: Theme, controller: RunController, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._controller = controller
        self._actions = actions
        self._buttons = {
            name: ActionButton(
                actions[name],
                theme,
                role="primary" if name == "play" else "",
                colour="on_accent" if name == "play" else "text",
            )
            for name in _ORDERS
        }
        self._speed_title = QLabel(_("Speed"))
        set_role(self._speed_title, "muted")
        self.speed = SpeedSlider(theme)
        self._speed_title.setBuddy(self.speed.slider)
        self._measured = QLabel()
        set_role(self._measured, "muted")
        self._place = QLabel()
        set_role(self._place, "value")
        self._lay_out()
        self.speed.speed_chosen.connect(controller.set_speed)
        controller.state_changed.connect(self.show_state)
        controller.picture_changed.connect(self.show_picture)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self.show_state(controller.state)

    @property
    def buttons(self) -> Mapping[str, ActionButton]:
        """The buttons, by the id of their action."""
        return self._buttons

    @property
    def place_text(self) -> str:
        """Where the run is, in words."""
        return self._place.text()

    def set_compact(self, compact: bool, *, tight: bool = False) -> None:
        """Show icons without words where space is short; Play keeps its word. `tight` leaves no words but two."""
        for name, button in self._buttons.items():
            button.set_bare(compact and name != "play")
        self._speed_title.setVisible(not tight)
        self._measured.setVisible(not tight)
        self.speed.set_compact(compact, tight=tight)

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
        if state is RunState.PREPARING:
            waiting = self._controller.play_is_waiting
            self._place.setText(_("starts when the simulator is ready") if waiting else _("preparing the simulator"))
        if state is not RunState.PLAYING:
            self._measured.setText("")

    def show_picture(self, picture: Picture) -> None:
        """Say where the run is and how fast it goes."""
        frame = picture.frame
        self._place.setText(
            _("Epoch {epoch} · step {step}").format(
                epoch=numbers.count(int(frame.epoch)), step=numbers.count(frame.step)
            )
        )
        rate = picture.steps_per_second
        if rate is None or self._controller.state is not RunState.PLAYING:
            self._measured.setText("")
            return
        rounded = _rounded(rate)
        words = ngettext("runs at {count} step/s", "runs at {count} steps/s", rounded)
        self._measured.setText(words.format(count=numbers.count(rounded)))

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

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addSpacing(10)
        layout.addWidget(self._speed_title)
        layout.addWidget(self.speed)
        layout.addStretch(1)
        layout.addWidget(self._measured)
        layout.addSpacing(6)
        layout.addWidget(self._place)

    def _dress(self) -> None:
        # One width for its three words, so that nothing moves when it is pressed.
        self._buttons["play"].setMinimumWidth(self._theme.px(112))


def _rounded(rate: float) -> int:
    """Return a rate with two significant figures: more would only flicker."""
    return round(float(f"{rate:.2g}"))
