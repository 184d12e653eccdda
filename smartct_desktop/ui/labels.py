"""Labels and tool tips that take their text as it is, whoever wrote it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from smartct_desktop.ui.theme.look import Look

TIP_WIDTH = 420


def label(text: str = "", *, face: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A label without markup, so that a name with `<` in it is shown and not obeyed.

    `face` and `tone` are those of the style sheet: strong, medium, small, small-medium,
    small-strong, tiny, title, figure-small, figure-medium, figure-large; muted, faint, accent,
    error, warning, waiting, done, calm.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if face:
        made.setProperty("face", face)
    if tone:
        made.setProperty("tone", tone)
    return made


def tool_tip(text: str, look: Look) -> str:
    """Text for `setToolTip`: without markup, and wrapped where it is longer than 420 pixels.

    Qt takes text that looks like HTML for HTML and wraps nothing else; so long or doubtful text
    is handed over as HTML of ours.
    """
    width = look.px(TIP_WIDTH)
    longest = max(
        (look.metrics.text.horizontalAdvance(line) for line in text.splitlines()), default=0
    )
    if longest <= width and "<" not in text and "&" not in text:
        return text
    body = escape(text).replace("\n", "<br>")
    room = f' width="{width}"' if longest > width else ""
    return f"<table{room}><tr><td>{body}</td></tr></table>"
