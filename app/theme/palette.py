"""The tokens as a Qt palette: what Fusion paints where the style sheet says nothing."""

from PySide6.QtGui import QColor, QPalette

from app.theme.tokens import Tokens


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of one theme."""
    role = QPalette.ColorRole
    made = QPalette()
    for target, colour in (
        (role.Window, tokens.bg),
        (role.WindowText, tokens.text),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.hover),
        (role.Text, tokens.text),
        (role.BrightText, tokens.warn),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.text),
        (role.ToolTipBase, tokens.card),
        (role.ToolTipText, tokens.text),
        (role.Light, tokens.hover),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.track),
        (role.Dark, tokens.edge),
        (role.Shadow, tokens.track),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
    ):
        made.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.track))
    return made
