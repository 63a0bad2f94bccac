"""The network as a picture: its units, what connects them, and what is dead."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from app.cards.part_card import PartCard
from app.cards.view_card import QuietLabel
from app.look.lane_look import LaneLook
from app.look.numbers import count
from app.plots.run.network.look import Look
from app.plots.run.network.picture import NetworkPicture
from app.plots.run.network.scene import Unit, Wire
from app.plots.run.network.values import Quantity
from app.running.context import Context
from app.system.i18n import _, translate_message
from app.theme import Theme
from app.views.network import words
from app.views.network.example_bar import ExampleBar
from app.views.network.key import PictureKey
from app.views.network.layer_tools import LayerTools
from app.views.network.over import Over, ground_of
from app.views.network.reading import net_of
from app.views.network.sheet import Sheet
from app.views.network.unit_panel import UnitPanel
from app.views.view import ViewSpec
from app.widgets.segmented import Choice, Segmented
from simulator.experiment import Experiment
from simulator.message import N_
from simulator.training import MOST_DRAWN, NetworkFocus, NetworkWiring, Part, Picture, RunFacts

PART: Final = "network"
ASK_AFTER: Final = 40
"""Milliseconds until other units are asked for."""


class NetworkCard(PartCard):
    """A picture to look into, and words about what is chosen there."""

    part = PART

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, _("Network"))
        self._document = context.document
        self._focus = NetworkFocus()
        self._drawn_run: int | None = None
        self._looks: tuple[LaneLook, ...] = ()
        self._named: tuple[tuple[int, Experiment], list[tuple[str, str]]] | None = None
        self._played = False
        # a window that grows goes through sizes that nobody sees
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER)
        self._ask.timeout.connect(self.parts_changed)
        self.switch = Segmented()
        self.switch.set_choices(
            [
                Choice("weight", _("weight"), _("The weights at this step")),
                Choice("update", _("update"), _("What the last update added to each weight")),
                Choice(
                    "gradient",
                    _("gradient"),
                    _("The gradient of the loss by each weight, on a sample of the training examples"),
                ),
            ]
        )
        self.switch.set_value("weight")
        self.switch.setAccessibleName(_("What the connections show"))
        self.switch.chosen.connect(lambda _value: self.refresh())
        self.drawing = NetworkPicture(context.theme, self._tell)
        self.drawing.unit_chosen.connect(self.choose_unit)
        self.drawing.wire_chosen.connect(self.choose_wire)
        self.drawing.laid_out.connect(self._focus_on_drawn)
        self.signal = QCheckBox(_("Signal of one example"))
        self.signal.setToolTip(_("The numbers that one example makes run through the picture"))
        self.signal.setChecked(True)
        self.signal.toggled.connect(lambda _on: self.refresh())
        self.examples = ExampleBar(context.theme)
        self.examples.chosen.connect(self._choose_example)
        self.tools = LayerTools(context.document, context.theme, self.drawing)
        self._document.viewpoint.changed.connect(self.tools.place)
        self.panel = UnitPanel(context.document, context.theme)
        self.panel.source_chosen.connect(self._choose_source)
        self.key = PictureKey(context.theme)
        self.readout = QuietLabel(context.theme)
        self.enlarge_button = QToolButton()
        self.enlarge_button.setToolTip(_("Fill the window with the network (a double click does it too)"))
        self.enlarge_button.setAccessibleName(_("Enlarge the network"))
        self.enlarge_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.enlarge_button.clicked.connect(self.enlarge)
        self.drawing.enlarged.connect(self.enlarge)
        self._words = QuietLabel(context.theme)
        foot = (self.examples, self.key, self.readout, self.enlarge_button)
        self.sheet = Sheet(context.theme, self._words, self.drawing, self.panel, foot)
        self.sheet.form_changed.connect(self._take_form)
        self.over: Over | None = None
        self._settle()
        self._take_form()
        self._dress()

    @property
    def is_large(self) -> bool:
        """Whether there is room for titles, numbers, and the sum of a unit."""
        return self.drawing.look.large

    @property
    def asked(self) -> Part:
        return self._focus

    @property
    def quantity(self) -> Quantity:
        """What the connections show."""
        return cast(Quantity, self.switch.value)

    @property
    def held(self) -> NetworkWiring | None:
        """The wiring in the newest picture: as it is asked for now, or as it was before."""
        parts = {} if self.picture is None else self.picture.frame.parts
        found = [part for part in (parts.get(self._focus), *parts.values()) if isinstance(part, NetworkWiring)]
        return found[0] if found else None

    def begin_run(self) -> None:
        self._drawn_run = None
        self._named = None

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        self._looks = looks
        self.refresh()

    def choose_unit(self, unit: Unit | None) -> None:
        """Choose a unit of the picture, or none."""
        self.drawing.set_look(Look(self.is_large, unit))
        self._tell_chosen()

    def choose_wire(self, wire: Wire | None) -> None:
        """Choose a connection of the picture, and with it the unit that it leads to."""
        unit = None if wire is None else (wire[0], wire[2])
        self.drawing.set_look(Look(self.is_large, unit, wire))
        self._tell_chosen()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.drawing.apply_theme()
        self.key.apply_theme()
        self.examples.apply_theme()
        self.panel.apply_theme()
        self.tools.apply_theme()
        self.sheet.fit()
        self._dress()
        if self.over is not None:
            self.over.dress()

    def enlarge(self) -> None:
        """Lie over all other views."""
        if self.over is None:
            tools = (self.signal, self.switch)
            self.over = Over(self.theme, ground_of(self), tools, self.sheet, self._in_order)
            self.over.left.connect(self.shrink)
            self.over.setFocus(Qt.FocusReason.PopupFocusReason)
            self._take_form()

    def _in_order(self) -> list[QWidget]:
        """Return the controls of the enlarged picture: from a unit by Tab to its sum, and to the weight."""
        editor, examples = self.panel.editor, self.examples
        first = [self.drawing, self.panel.table, editor.field, editor.slider, examples.back, examples.on]
        return [*first, *self.tools.controls, self.signal, *self.switch.buttons]

    def shrink(self) -> None:
        """Go back into the card."""
        if self.over is not None:
            over, self.over = self.over, None
            over.let_go()
            self._settle()
            over.hide()
            over.deleteLater()
            self._take_form()

    def hideEvent(self, event: QHideEvent) -> None:
        # what lies over a page goes with its card
        self.shrink()
        super().hideEvent(event)

    def _settle(self) -> None:
        """Have the body and the tools where a card has them."""
        self.body.addWidget(self.sheet, 1)
        self.add_tool(self.signal)
        self.add_tool(self.switch)

    def _take_form(self) -> None:
        """Show what there is room for."""
        look, form = self.drawing.look, self.sheet.form
        self.drawing.set_look(Look(form != "small", look.unit, look.wire))
        self.signal.setVisible(form == "wide")
        self.examples.setVisible(self.is_large)
        self.readout.setVisible(form != "tall")
        self.enlarge_button.setVisible(self.over is None)
        self.refresh()

    def draw(self) -> None:
        picture, wiring, facts = self.picture, self.held, self.facts
        if picture is None or wiring is None or facts is None:
            self._wait(picture)
            return
        self.sheet.show_words(False)
        resting = picture.steps_per_second is None
        fresh = picture.run_id != self._drawn_run or (resting and self._played)
        self._drawn_run, self._played = picture.run_id, not resting
        experiment = self._document.viewpoint.experiment
        net = net_of(
            wiring,
            facts.dataset,
            self.quantity,
            self._names(picture, experiment, facts),
            signal=self.is_large and self.signal.isChecked(),
            shares=words.makes_shares(experiment),
        )
        before = self.drawing.scene
        if before is not None and before.net.shape != net.shape:
            self.drawing.set_look(Look(self.is_large))
        self.drawing.show_net(net, fresh=fresh, smooth=resting)
        self._focus_on_drawn()
        self.examples.show_example(facts, wiring)
        self.tools.place()
        self._write(picture.frame.step)
        self._tell_chosen()

    def _names(self, picture: Picture, experiment: Experiment, facts: RunFacts) -> Sequence[tuple[str, str]]:
        """Return the names of the layers: put into words once a run, not at every drawing."""
        about = (picture.run_id, experiment)
        if self._named is None or self._named[0] != about:
            names = [translate_message(layer.name) for layer in picture.frame.layers]
            details = words.details(experiment, facts)
            if len(details) != len(names):
                # the picture is of the network before an edit
                details = [""] * len(names)
            self._named = about, list(zip(names, details, strict=True))
        return self._named[1]

    def _wait(self, picture: Picture | None) -> None:
        """Say that there is nothing to draw yet; what is drawn of the same run stays until then."""
        if picture is not None and picture.run_id == self._drawn_run:
            self.readout.set_text(_("computing"))
            return
        self._words.set_text(_("The network will be drawn here.") if picture is None else _("computing"))
        self.sheet.show_words(True)

    def _focus_on_drawn(self) -> None:
        """Ask for the numbers of the units that are drawn, where a layer has more than come by themselves."""
        scene = self.drawing.scene
        if scene is None:
            return
        drawn = [
            units if layer.units > MOST_DRAWN and units else None
            for layer, units in zip(scene.net.layers, self.drawing.units, strict=True)
        ]
        wanted = NetworkFocus(() if all(units is None for units in drawn) else tuple(drawn), self._focus.example)
        if wanted != self._focus:
            self._focus = wanted
            self._ask.start()

    def _dress(self) -> None:
        side = self.theme.px(16)
        self.enlarge_button.setIcon(self.theme.icon("enlarge", "muted"))
        self.enlarge_button.setIconSize(QSize(side, side))
        self.enlarge_button.setStyleSheet("QToolButton { padding: 1px 3px; } QToolButton:focus { padding: 0 2px; }")

    def _choose_example(self, example: int) -> None:
        self._focus = replace(self._focus, example=example)
        self.parts_changed.emit()

    def _choose_source(self, source: int) -> None:
        unit = self.drawing.look.unit
        if unit is not None:
            self.choose_wire((unit[0], source, unit[1]))

    def _write(self, step: int) -> None:
        """Say what the lines mean, and of which network they are."""
        scene = self.drawing.scene
        if scene is None:
            return
        self.key.show_what_is_drawn(
            signs=any(each.kind == "each" for each in scene.wires),
            ribbons=any(each.kind == "ribbon" for each in scene.wires),
            dead=any(layer.silent.any() for layer in scene.net.layers),
        )
        widths = "-".join(count(layer.units) for layer in scene.net.layers)
        told = _("{widths}, step {step}").format(widths=widths, step=count(step))
        letters = [look.letter for look in self._looks if look.run_id == self._drawn_run]
        run = _("run {letter}").format(letter=letters[0]) if letters and len(self._looks) > 1 else ""
        if run:
            told = _("{run}, {network}").format(run=run, network=told)
        self.subtitle_label.set_text(told if self.sheet.form == "wide" and self.over is None else run)
        if self.over is not None:
            self.over.told.setText(told)

    def _tell_chosen(self) -> None:
        """Say what is chosen in a line, and with its numbers where there is room."""
        scene, wiring = self.drawing.scene, self.held
        if scene is None or wiring is None or self.picture is None:
            return
        look = self.drawing.look
        chosen = look.wire or look.unit
        told = "" if chosen is None else self._tell(chosen)
        self.readout.set_text(words.left_out(scene) if self.is_large or not told else told)
        self.drawing.setAccessibleDescription(told or self.readout.text)
        self.enlarge_button.setText(_("Show the sum") if look.unit is not None else "")
        if self.sheet.form == "wide":
            self.panel.show_unit(self.picture.frame, wiring, look)

    def _tell(self, chosen: Unit | Wire) -> str:
        wiring = self.held
        if self.picture is None or wiring is None or chosen[0] >= len(wiring.layers):
            return ""
        if len(chosen) == 3:
            return words.wire_words(self.picture.frame, wiring, chosen, self.quantity)
        return words.unit_words(self.picture.frame, wiring, chosen, signal=self.is_large)


def make(context: Context) -> NetworkCard:
    """Return the card."""
    return NetworkCard(context)


SPEC = ViewSpec(
    id="network",
    title=N_("Network"),
    tip=N_("The network as a picture: units, connections by size and sign, dead units, the signal of one example"),
    rank=35,
    make=make,
)
