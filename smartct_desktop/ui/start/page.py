"""What the window shows while no document is open: three ways to begin, and recent files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.start.cards import StartCard, draw_folder, draw_net, draw_table
from smartct_desktop.ui.theme.look import Look

_SIGN = 44
_RECENT = 5
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StartPage(QWidget):
    """Three cards, the first with the focus; Enter and the keys on the cards work too."""

    sample_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    recent_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sign = QLabel()
        self._sample = StartCard(
            look,
            draw_table,
            tr("Open the SmartCTClusters sample"),
            tr("The partnership with its five clusters and events. Try everything."),
            "Enter",
        )
        self._new = StartCard(
            look,
            draw_net,
            tr("New partnership…"),
            tr("Its name and where the file goes; everything else can come later."),
            "Ctrl+N",
        )
        self._open = StartCard(
            look,
            draw_folder,
            tr("Open a file…"),
            tr("A .smartct document. You can also drop one anywhere in this window."),
            "Ctrl+O",
        )
        self._sample.clicked.connect(self.sample_asked)
        self._new.clicked.connect(self.new_asked)
        self._open.clicked.connect(self.open_asked)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        self._recent_buttons: dict[QPushButton, Path] = {}
        self._nothing = label(tr("None yet. The documents you open are listed here."), tone="muted")
        self._recent.addWidget(self._nothing)
        self._lay_out()
        look.changed.connect(self._tint)
        self._tint()

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List the documents opened last."""
        for old in self._recent_buttons:
            old.hide()
            old.deleteLater()
        self._recent_buttons = {}
        for path in paths[:_RECENT]:
            made = button(self._look, path.stem.replace("&", "&&"), Kind.LINK)
            made.setToolTip(tool_tip(str(path), self._look))
            made.setAccessibleDescription(str(path))
            made.clicked.connect(self._ask_recent)
            self._recent_buttons[made] = path
            self._recent.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self._nothing.setVisible(not paths)

    @property
    def recent_links(self) -> tuple[QPushButton, ...]:
        """The links to the documents opened last."""
        return tuple(self._recent_buttons)

    def begin(self) -> None:
        """Put the focus on the first card."""
        self._sample.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, StartCard):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        name = QHBoxLayout()
        name.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = label(tr("SmartCT"), face="figure-medium")
        beneath = label(
            tr(
                "The records of a cluster partnership: clusters, events, exchanges, "
                "and every figure that comes of them."
            ),
            tone="muted",
            wrap=True,
        )
        words.addWidget(title)
        words.addWidget(beneath)
        name.addWidget(self._sign)
        name.addLayout(words, 1)
        cards = QHBoxLayout()
        cards.setSpacing(20)
        for card in (self._sample, self._new, self._open):
            cards.addWidget(card)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(2)
        column.addLayout(name)
        column.addSpacing(20)
        column.addLayout(cards)
        column.addSpacing(24)
        column.addWidget(label(tr("Recent files"), face="strong"))
        column.addLayout(self._recent)
        column.addStretch(3)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._shield = QLabel()
        foot.addWidget(self._shield)
        foot.addWidget(
            label(tr("Everything stays on this computer; no network is needed."), tone="muted")
        )
        foot.addStretch(1)
        column.addLayout(foot)
        column.addSpacing(12)
        beside = QHBoxLayout(self)
        beside.addStretch(1)
        beside.addLayout(column)
        beside.addStretch(1)

    def _ask_recent(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self.recent_asked.emit(self._recent_buttons[made])

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap("smartct", "accent", _SIGN, ratio))
        self._shield.setPixmap(self._look.icons.pixmap("shield-check", "muted", 16, ratio))
