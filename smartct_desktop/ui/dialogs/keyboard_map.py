"""What can be done with the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.folding import fold
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import KeyCap, key_text
from smartct_desktop.ui.key_uses import KeyUse, all_key_uses
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_WIDE, _HIGH = 620, 560


class KeyboardMap(QDialog):
    """All keys by the place where they count, made from their declarations; can be searched."""

    def __init__(self, look: Look, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._uses = all_key_uses(actions)
        self.shown: tuple[KeyUse, ...] = ()
        self.setWindowTitle(tr("Keys"))
        self.search = SearchField(look, tr("Search the keys…"))
        self.search.textChanged.connect(self._narrow)
        self._nothing = label(tr("No key does that."), tone="muted", wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(tr("Keys"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll
        self._scroll.setProperty("ring", "always")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("Keys"), face="title"))
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self._scroll, 1)
        column.addLayout(_close_row(look, self))
        FocusRing(look, self)
        self._narrow("")
        room = parent.window().size()
        self.resize(min(look.px(_WIDE), room.width()), min(look.px(_HIGH), room.height()))
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, typed: str) -> None:
        """Show the keys whose words or caps have all words typed."""
        words = fold(typed).split()
        self.shown = tuple(
            use
            for use in self._uses
            if all(word in fold(f"{use.words} {use.place} {_caps(use)}") for word in words)
        )
        self._nothing.setHidden(bool(self.shown))
        paper = surface("base")
        grid = QGridLayout(paper)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._fill(grid, self.shown)
        self._scroll.setWidget(paper)

    def _fill(self, grid: QGridLayout, uses: Sequence[KeyUse]) -> None:
        row = 0
        for place in dict.fromkeys(use.place for use in uses):
            heading = label(place, face="strong")
            heading.setContentsMargins(0, 10 if row else 0, 0, 2)
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            for use in uses:
                if use.place == place:
                    caps = KeyCap(self._look, _caps(use))
                    grid.addWidget(caps, row, 0, Qt.AlignmentFlag.AlignTop)
                    grid.addWidget(label(use.words, wrap=True), row, 1)
                    row += 1
        grid.setRowStretch(row, 1)


def _caps(use: KeyUse) -> str:
    return key_text(QKeySequence(use.keys))


def _close_row(look: Look, dialog: QDialog) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 8, 0, 0)
    row.addStretch(1)
    close = button(look, tr("Close"))
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    return row
