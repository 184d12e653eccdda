"""The size of dialogs: as wanted, and never more than the screen has room for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_AROUND = 60
"""Pixels of the screen that stay free, for the frame and what lies behind."""


def resize_within(dialog: QWidget, wide: int, high: int) -> None:
    """Give a dialog its size in pixels, as far as the screen has room."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(wide, room.width() - _AROUND), min(high, room.height() - _AROUND))


def widen_within(dialog: QWidget, wide: int) -> None:
    """Make a dialog at least so wide, as far as the screen has room."""
    dialog.setMinimumWidth(min(wide, dialog.screen().availableGeometry().width() - _AROUND))
