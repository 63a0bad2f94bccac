"""How everything looks: one table of colours, one table of type, one style sheet."""

from app.theme.fonts import load_fonts, make_font, scaled
from app.theme.icons import icon, icon_names, icon_pixmap
from app.theme.palette import palette
from app.theme.prose import prose
from app.theme.stylesheet import set_role, set_state, stylesheet
from app.theme.theme import THEME_NAMES, Theme, ThemeName
from app.theme.tokens import DARK, LIGHT, PRESENTER, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "PRESENTER",
    "THEME_NAMES",
    "Theme",
    "ThemeName",
    "Tokens",
    "icon",
    "icon_names",
    "icon_pixmap",
    "load_fonts",
    "make_font",
    "palette",
    "prose",
    "scaled",
    "set_role",
    "set_state",
    "stylesheet",
]
