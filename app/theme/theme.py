"""The theme in force: tokens, text scale, and the one signal that says they changed."""

from typing import Final, Literal, get_args

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from app.theme.fonts import LARGEST_SCALE, SMALLEST_SCALE, load_fonts, make_font, scaled
from app.theme.icons import icon
from app.theme.palette import palette
from app.theme.stylesheet import stylesheet
from app.theme.tokens import DARK, LIGHT, Tokens

ThemeName = Literal["light", "dark", "system"]
THEME_NAMES: Final[tuple[ThemeName, ...]] = get_args(ThemeName)


class Theme(QObject):
    """Colours and sizes for everything that is drawn.

    Widgets get theirs through the application's style sheet. What paints by itself (plots, delegates) asks
    here and listens to `theme_changed`.

    Signals
    -------
    theme_changed
        The tokens or the text scale are different now; the application already wears them.
    """

    theme_changed = Signal()

    def __init__(self, name: ThemeName = "system", text_scale: float = 1.0, parent: QObject | None = None):
        super().__init__(parent)
        self._name: ThemeName = name
        self._text_scale = _within_range(text_scale)
        self._application: QApplication | None = None
        self._shown: tuple[Tokens, float] | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)

    @property
    def name(self) -> ThemeName:
        """What the user chose: ``"light"``, ``"dark"`` or ``"system"``."""
        return self._name

    @property
    def text_scale(self) -> float:
        """Factor on every size of type, and on what must hold the type: 1.0 to 1.6."""
        return self._text_scale

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in force."""
        if self._name == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._name == "dark"

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self.is_dark else LIGHT

    def install(self, application: QApplication) -> None:
        """Dress the application, now and after every change."""
        load_fonts()
        application.setStyle("Fusion")
        self._application = application
        self._shown = None
        self._refresh()

    def set_name(self, name: ThemeName) -> None:
        """Choose light, dark, or what the system has."""
        self._name = name
        self._refresh()

    def set_text_scale(self, text_scale: float) -> None:
        """Choose the text scale; a number out of range is brought into it."""
        self._text_scale = _within_range(text_scale)
        self._refresh()

    def font(self, style: str) -> QFont:
        """Return the font of a type style (see `app.theme.fonts.TYPE`) at the present scale."""
        return make_font(style, self._text_scale)

    def px(self, pixels: float) -> int:
        """Return a length at the present scale."""
        return scaled(pixels, self._text_scale)

    @property
    def stroke(self) -> float:
        """Factor on the widths of curves."""
        return 1.0

    @property
    def is_large(self) -> bool:
        """Whether it is for one plot that has the window for itself."""
        return False

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """Return an icon in a colour of the tokens; ask again after `theme_changed`."""
        return icon(name, self.tokens, colour)

    def _refresh(self) -> None:
        present = (self.tokens, self._text_scale)
        if present == self._shown:
            return
        self._shown = present
        if self._application is not None:
            # From one sheet to another Qt matches every rule for every widget several times over; to none and back it
            # takes a quarter of that, with the same result.
            self._application.setStyleSheet("")
            self._application.setPalette(palette(self.tokens))
            self._application.setFont(self.font("control"))
            self._application.setStyleSheet(stylesheet(self.tokens, self._text_scale))
        self.theme_changed.emit()


def _within_range(text_scale: float) -> float:
    return min(LARGEST_SCALE, max(SMALLEST_SCALE, text_scale))
