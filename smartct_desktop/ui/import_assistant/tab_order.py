"""The order of Tab for widgets that come later than their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def put_behind(anchor: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab reach new widgets right behind `anchor`; Qt puts them behind all others."""
    for before, after in pairwise((anchor, *widgets)):
        QWidget.setTabOrder(before, after)
