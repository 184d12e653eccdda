"""Short names and small remedies for Qt."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
"""What a model is asked for; views hand in either kind."""

ROOT = QModelIndex()
"""The parent of the top rows, as default of an argument."""


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that changed after the widget was shown."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet asks for (`state`, `kind`, `tone`, `face`)."""
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        repolish(widget)
