"""Buttons of each kind, dressed the same everywhere."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look


class Kind(Enum):
    """How much a button asks for attention."""

    PLAIN = ""
    PRIMARY = "primary"  # at most one per screen; its text is verb and number
    FLAT = "flat"  # Cancel
    LINK = "link"  # a repair beside its field
    SWITCH = "switch"  # one half of a choice of two


def button(  # noqa: PLR0913 -- what a button is, by name
    look: Look,
    text: str,
    kind: Kind = Kind.PLAIN,
    *,
    icon: str = "",
    room: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """A button with words; `room` is small (panels, cards), large (assistants) or neither."""
    made = QPushButton(text, parent)
    made.setProperty("kind", kind.value)
    made.setAutoDefault(True)  # Enter presses the one that has the focus, also outside dialogs
    if room:
        made.setProperty("room", room)
    if kind is Kind.LINK:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        look.icons.dress(made, icon, "on-accent" if kind is Kind.PRIMARY else "muted")
    return made


def menu_button(look: Look, text: str, menu: QMenu, *, icon: str = "") -> QPushButton:
    """A button that opens a menu, with the arrow that says so."""
    made = button(look, text, icon=icon)
    made.setProperty("opens", "menu")
    made.setMenu(menu)
    return made


def icon_button(
    look: Look, icon: str, name: str, *, ink: str = "muted", parent: QWidget | None = None
) -> QToolButton:
    """A button without words, as ✕ and ‹ › may be: `name` is its tool tip and is read out."""
    made = QToolButton(parent)
    made.setAccessibleName(name)
    made.setToolTip(tool_tip(name, look))
    look.icons.dress(made, icon, ink)
    return made


def switch(target: QPushButton | QToolButton, look: Look, *, on: bool, reason: str) -> None:
    """Switch a button on or off; while it is off, the tool tip says why."""
    target.setEnabled(on)
    target.setToolTip("" if on else tool_tip(reason, look))
