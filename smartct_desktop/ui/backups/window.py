"""All backups of the document: what each holds, how that differs from now, and the ways back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.services.backing_up import Standing
from smartct_desktop.system.backup import Backup, Health
from smartct_desktop.ui.backups.words import (
    difference_words,
    health_words,
    holds_words,
    made_words,
    size_words,
    standing_words,
    why_words,
)
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.periods.words_lines import Lines
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIZE = (1080, 600)


class BackupsWindow(QDialog):
    """Newest first. What is asked for is told with the backup that is chosen.

    `file_asked` wants a backup that lies somewhere else.
    """

    look_asked = Signal(object)
    restore_asked = Signal(object)
    bring_back_asked = Signal(object)
    file_asked = Signal()
    make_asked = Signal()
    check_asked = Signal()
    wishes_asked = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._desk = look, desk
        self._there: Sequence[Backup] = ()
        self.setWindowTitle(tr("Backups"))
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.about = label(tone="muted", wrap=True)
        self.lines = Lines(
            look,
            tr("Backups, newest first"),
            (tr("When"), tr("Why"), tr("Since then"), tr("Newest step"), tr("Size"), tr("State")),
            (150, 190, 190, 210, 80),
        )
        self.holds = label(tone="muted", wrap=True)
        self._make_buttons(look)
        self._lay_out(look)
        self.lines.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.lines.opened.connect(lambda _row: self._ask(self.look_asked))
        FocusRing(look, self)
        self._show_chosen()
        self.lines.setFocus()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        row = self.lines.currentIndex().row()
        return self._there[row] if 0 <= row < len(self._there) else None

    def tell(self, there: Sequence[Backup], standing: Standing, now: Mapping[str, int]) -> None:
        """Show these; `now` is how many records of each kind the document has."""
        kept = self.chosen
        self._there = there
        texts, document = self._desk.texts, self._desk.document.path
        self.lines.show_lines(
            [
                (
                    made_words(one, texts),
                    why_words(one, document),
                    difference_words(one, now),
                    one.manifest.label if one.manifest else "",
                    size_words(one.size),
                    health_words(one, texts),
                )
                for one in there
            ]
        )
        paths = [one.path for one in there]
        if kept is not None and kept.path in paths:
            self.lines.selectRow(paths.index(kept.path))
        words = tr("1 backup, {size}.") if len(there) == 1 else tr("{n} backups, {size}.")
        size = size_words(sum(one.size for one in there))
        room = words.format(n=len(there), size=size)
        self.about.setText("\n".join(filter(None, (room, standing_words(standing, texts)))))
        self._show_chosen()

    # Within.

    def _make_buttons(self, look: Look) -> None:
        self.look_button = self._button(look, tr("Look inside"), "eye", self.look_asked)
        self.bring_button = self._button(
            look, tr("Bring back records…"), "corner-down-right", self.bring_back_asked
        )
        self.restore_button = self._button(
            look, tr("Restore…"), "rotate-ccw", self.restore_asked, Kind.PRIMARY
        )
        self.make_button = self._plain(look, tr("Back up now"), "archive", self.make_asked)
        self.check_button = self._plain(look, tr("Check all"), "shield-check", self.check_asked)
        self.file_button = self._plain(look, tr("From a file…"), "folder-open", self.file_asked)
        self.wishes_button = self._plain(look, tr("Settings…"), "settings", self.wishes_asked)

    def _button(
        self, look: Look, words: str, icon: str, asked: SignalInstance, kind: Kind = Kind.PLAIN
    ) -> QPushButton:
        made = button(look, words, kind, icon=icon)
        made.setAutoDefault(False)
        made.clicked.connect(lambda _on: self._ask(asked))
        return made

    def _plain(self, look: Look, words: str, icon: str, asked: SignalInstance) -> QPushButton:
        made = button(look, words, icon=icon)
        made.setAutoDefault(False)
        made.clicked.connect(lambda _on: asked.emit())
        return made

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Backups"), face="title"))
        head.addStretch(1)
        for made in (self.make_button, self.check_button, self.file_button, self.wishes_button):
            head.addWidget(made)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.lines, 1)
        column.addWidget(self.holds)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.look_button)
        foot.addWidget(self.bring_button)
        foot.addStretch(1)
        close = button(look, tr("Close"), Kind.FLAT)
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        foot.addWidget(self.restore_button)
        column.addLayout(foot)

    def _ask(self, asked: SignalInstance) -> None:
        if self.chosen is not None:
            asked.emit(self.chosen)

    def _show_chosen(self, *_rows: object) -> None:
        chosen = self.chosen
        self.holds.setText(holds_words(chosen) if chosen else "")
        reason = ""
        if chosen is None:
            reason = tr("Choose a backup first.")
        elif chosen.health is Health.DAMAGED:
            reason = tr("This backup is damaged. Choose an older or newer one.")
        read_only = self._desk.read_only and tr("This document is open for reading only.")
        switch(self.look_button, self._look, on=not reason, reason=reason)
        for made in (self.bring_button, self.restore_button):
            why = reason or read_only or ""
            switch(made, self._look, on=not why, reason=why)
        switch(self.make_button, self._look, on=not read_only, reason=read_only or "")
