"""Surfaces and lines: frames whose ground and edges the style sheet draws."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget


def surface(ground: str, rim: str = "", parent: QWidget | None = None) -> QFrame:
    """A frame on a ground: window, base, header, soft, waiting, popup, card.

    `rim` is its one line: left, right, top, bottom, or hair (a hair line at the bottom).
    """
    made = QFrame(parent)
    made.setProperty("ground", ground)
    if rim:
        made.setProperty("rim", rim)
    return made


def rule(kind: str = "line", parent: QWidget | None = None) -> QFrame:
    """A line across: `line` between surfaces, `hair` inside one."""
    made = QFrame(parent)
    made.setProperty("rule", kind)
    return made
