"""Every colour on screen, by its task, once for light and once for dark.

Contrast is computed in the tests. Marks (`lanes`, `classes`) reach 3:1 on cards; words are set in `text`,
`muted`, `accent`, `warn` or `good`, which reach 4.5:1 on every ground, save accent on light `soft` (4.49):
accent words never stand on `soft`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Tokens:
    """The colour table of one theme, as ``#RRGGBB``.

    Attributes
    ----------
    bg, card, line, hover, pressed
        The window's ground, cards and buttons, their outline, and buttons under the mouse.
    edge
        Outline of what takes input: fields, check boxes, radio buttons.
    grid, track, ghost
        Rules in plots and empty tracks; grooves and scroll bars; what a plot showed before.
    segment, segment_on
        Ground of a segmented control and of its chosen part.
    text, muted, disabled
        Words, quiet words, words of a control that is off.
    accent, accent_hover, accent_pressed, on_accent, soft
        The one accent, the same under the mouse, words on it, and the ground of a selection or a note.
    warn, warn_soft, good
        Words that warn, their ground, words that agree.
    lanes, lanes_pale
        Curves of the lanes A to D, and their raw points.
    classes
        Classes of a data set, told apart with red-green blindness too; always with a marker shape.
    ramp
        From worst to best on the search map.
    """

    bg: str
    card: str
    line: str
    hover: str
    pressed: str
    edge: str
    grid: str
    track: str
    ghost: str
    segment: str
    segment_on: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    soft: str
    warn: str
    warn_soft: str
    good: str
    lanes: tuple[str, str, str, str]
    lanes_pale: tuple[str, str, str, str]
    classes: tuple[str, ...]
    ramp: tuple[str, str, str, str]

    def colours(self) -> Iterator[str]:
        """Yield every colour of the table."""
        for field in fields(self):
            value = getattr(self, field.name)
            yield from (value,) if isinstance(value, str) else value


LIGHT = Tokens(
    bg="#F4F3EF",
    card="#FFFFFF",
    line="#E2DFD8",
    hover="#F8F7F4",
    pressed="#ECEAE4",
    edge="#8A949D",
    grid="#ECEAE4",
    track="#DAD7D0",
    ghost="#DDDAD3",
    segment="#ECEAE4",
    segment_on="#FFFFFF",
    text="#1E2A35",
    muted="#5C6873",
    disabled="#A2A9AF",
    accent="#0072B2",
    accent_hover="#00659E",
    accent_pressed="#005788",
    on_accent="#FFFFFF",
    soft="#E7F0F6",
    warn="#B54A00",
    warn_soft="#FBEFE6",
    good="#006B4F",
    lanes=("#0072B2", "#D55E00", "#009E73", "#8A4F7D"),
    lanes_pale=("#9CC7E0", "#F0BE9A", "#99D8C7", "#D0B9CB"),
    classes=(
        "#0072B2",
        "#D55E00",
        "#009E73",
        "#8A4F7D",
        "#3D9BD1",
        "#A0522D",
        "#1E2A35",
        "#882255",
        "#332288",
        "#6B3A00",
    ),
    ramp=("#E3E7EA", "#9CC7E0", "#0072B2", "#06304F"),
)

DARK = Tokens(
    bg="#15191E",
    card="#1D232A",
    line="#2E3740",
    hover="#252C34",
    pressed="#2E3740",
    edge="#6B7885",
    grid="#2A323A",
    track="#38424C",
    ghost="#3A444E",
    segment="#2A323A",
    segment_on="#434F5A",
    text="#E8ECEF",
    muted="#A3AFBA",
    disabled="#5F6B76",
    accent="#56B4E9",
    accent_hover="#74C2EE",
    accent_pressed="#3F9FD6",
    on_accent="#15191E",
    soft="#20313D",
    warn="#F0904D",
    warn_soft="#33271F",
    good="#3CC9A0",
    lanes=("#56B4E9", "#F0904D", "#3CC9A0", "#D59AC8"),
    lanes_pale=("#2F5F7D", "#7A4A2A", "#2A6355", "#6B4F66"),
    classes=(
        "#56B4E9",
        "#F0904D",
        "#3CC9A0",
        "#C96A9A",
        "#F5C24C",
        "#B7E3FF",
        "#4A86E8",
        "#B0552A",
        "#FFE8A0",
        "#A3577F",
    ),
    ramp=("#3A4651", "#2F6F98", "#56B4E9", "#E8F5FD"),
)

PRESENTER = replace(DARK, text="#FFFFFF", muted="#BCC7D1", line="#414D58", grid="#313B45")
"""Dark, with more contrast: for a projector in a lit room."""
