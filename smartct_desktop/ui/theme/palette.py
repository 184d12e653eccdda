"""The tokens as Qt's palette, for whatever the style draws without our style sheet."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from smartct_desktop.ui.theme.look import Look

_ROLE = QPalette.ColorRole
_ROLES = {
    _ROLE.Window: "window",
    _ROLE.WindowText: "text",
    _ROLE.Text: "text",
    _ROLE.ButtonText: "text",
    _ROLE.BrightText: "error",
    _ROLE.Base: "base",
    _ROLE.Button: "base",
    _ROLE.AlternateBase: "header",
    _ROLE.PlaceholderText: "muted",
    _ROLE.Highlight: "select",
    _ROLE.HighlightedText: "on-select",
    _ROLE.Accent: "accent",
    _ROLE.Link: "accent",
    _ROLE.LinkVisited: "accent",
    _ROLE.ToolTipBase: "tip",
    _ROLE.ToolTipText: "on-tip",
    _ROLE.Light: "raised",
    _ROLE.Midlight: "hairline",
    _ROLE.Mid: "line",
    _ROLE.Dark: "edge",
    _ROLE.Shadow: "edge",
}


def palette(look: Look) -> QPalette:
    """Every role is set, so that nothing of the system's own palette shows through."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, look.colour(token))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, look.colour("faint"))
    made.setColor(QPalette.ColorGroup.Inactive, _ROLE.Highlight, look.colour("select-idle"))
    return made
