"""What can be done with the keys, and what the program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.system.version import version
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import KeyCap, key_text
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_SIGN = 44


class KeyboardMap(QDialog):
    """The keys of the actions, and those of the tables and fields."""

    def __init__(self, look: Look, actions: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("Keys"), face="title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(2, 24)
        everything = (*actions, *_table_keys())
        half = (len(everything) + 1) // 2
        for place, (words, keys) in enumerate(everything):
            row, side = place % half, 3 * (place // half)
            grid.addWidget(KeyCap(look, key_text(QKeySequence(keys))), row, side)
            grid.addWidget(label(words), row, side + 1)
        column.addLayout(grid)
        column.addLayout(_close_row(look, self))
        FocusRing(look, self)


class AboutDialog(QDialog):
    """Name, version and licence."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About SmartCT Desktop"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(14)
        sign = QLabel()
        sign.setPixmap(look.icons.pixmap("smartct", "accent", _SIGN, self.devicePixelRatio()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr("SmartCT Desktop"), face="title"))
        words.addWidget(label(tr("Version {version}", version=version()), tone="muted"))
        head.addWidget(sign)
        head.addLayout(words)
        head.addStretch(1)
        column.addLayout(head)
        column.addSpacing(8)
        for text in (
            tr("Keeps the exchanges, events and figures of the SmartCT cluster partnerships."),
            tr("Free software under the MIT licence, by the SmartCT Desktop contributors."),
            tr("Typeface Inter (SIL OFL 1.1), icons Lucide (ISC licence), Qt (LGPL 3)."),
        ):
            column.addWidget(label(text, wrap=True))
        column.addLayout(_close_row(look, self))
        FocusRing(look, self)


def _table_keys() -> tuple[tuple[str, str], ...]:
    return (
        (tr("Edit the cell"), ("F2")),
        (tr("Finish editing"), ("Return")),
        (tr("Give up editing"), ("Escape")),
        (tr("Next cell while editing"), ("Tab")),
        (tr("Open the calendar of a date"), ("Alt+Down")),
        (tr("New line in a cell"), ("Shift+Return")),
    )


def _close_row(look: Look, dialog: QDialog) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 8, 0, 0)
    row.addStretch(1)
    close = button(look, tr("Close"))
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    return row
