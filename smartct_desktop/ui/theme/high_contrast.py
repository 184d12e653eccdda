"""The third appearance: the system's own high contrast colours and none of ours."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from smartct_desktop.ui.theme.contrast import contrast
from smartct_desktop.ui.theme.tokens import LIGHT, Scheme

_GROUNDS = (
    *("window", "base", "raised", "header", "hover", "popup", "soft", "new-ground", "tip"),
    *("error-soft", "warning-soft", "waiting-soft", "done-soft", "calm-soft"),
    *("chart-rest", "heat0", "heat1", "heat2", "heat3", "heat4"),
)
_ACCENTS = ("accent", "accent-hover", "accent-press", "focus", "c1", "heat5")
_READABLE = 4.5


def high_contrast(system: QPalette) -> Scheme:
    """Every ground Base, every text and line Text, what acts or is selected Highlight.

    A system whose Highlight cannot be read on its Base gets Text as accent.
    """
    role = QPalette.ColorRole
    base, text = system.color(role.Base).name(), system.color(role.Text).name()
    highlight, on_highlight = (
        system.color(role.Highlight).name(),
        system.color(role.HighlightedText).name(),
    )
    accent, on_accent = highlight, on_highlight
    if contrast(highlight, base) < _READABLE:
        accent, on_accent = text, base
    colours = dict.fromkeys(LIGHT.colours, text)
    colours |= dict.fromkeys(_GROUNDS, base)
    colours |= dict.fromkeys(_ACCENTS, accent)
    colours |= {
        "on-accent": on_accent,
        "select": highlight,
        "select-idle": highlight,
        "on-select": on_highlight,
        "faint": system.color(QPalette.ColorGroup.Disabled, role.Text).name(),
        "dim": base.replace("#", "#B3"),
    }
    return Scheme(colours, one_ink=True)
