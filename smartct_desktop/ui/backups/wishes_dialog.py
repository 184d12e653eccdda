"""How often backups are made, how much room they take, and where their second copies lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.services.backup_wishes import MEGABYTES, MINUTES, BackupWishes
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.theme.look import Look


class WishesDialog(QDialog):
    """`wishes` is what was chosen."""

    def __init__(self, look: Look, wishes: BackupWishes, parent: QWidget) -> None:
        super().__init__(parent)
        self._second = wishes.second
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(tr("Settings of backups"))
        minutes = sorted({*MINUTES, wishes.minutes})
        megabytes = sorted({*MEGABYTES, wishes.megabytes})
        self.minutes = _choice(tr("Every"), minutes, wishes.minutes, tr("{n} minutes of changes"))
        self.megabytes = _choice(tr("At most"), megabytes, wishes.megabytes, tr("{n} MB"))
        self.folder = ElidedLabel(look, muted=True)
        self.choose_button = button(look, tr("Choose a folder…"), icon="folder-open")
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._choose)
        self.none_button = button(look, tr("None"), Kind.FLAT)
        self.none_button.setAutoDefault(False)
        self.none_button.clicked.connect(lambda: self._take(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(tr("Settings of backups"), face="title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (words, field) in enumerate(
            (
                (tr("A backup every"), self.minutes),
                (tr("Room for those of one document"), self.megabytes),
                (tr("Second copies in"), self._second_row()),
            )
        ):
            grid.addWidget(label(words), row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)
        about = tr(
            "A second folder on another drive keeps them if this computer is lost. A stick need "
            "not always be plugged in: the newest backup follows when it is there again."
        )
        column.addWidget(label(about, tone="muted", wrap=True))
        foot, _ = deed_foot(look, self, tr("Keep these settings"))
        column.addLayout(foot)
        widen_within(self, look.px(680))
        FocusRing(look, self)
        self._take(wishes.second)

    @property
    def wishes(self) -> BackupWishes:
        """What was chosen."""
        return BackupWishes(
            minutes=self.minutes.currentData(),
            megabytes=self.megabytes.currentData(),
            second=self._second,
        )

    def _second_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.none_button)
        return made

    def _choose(self) -> None:
        start = str(self._second or Path.home())
        name = QFileDialog.getExistingDirectory(self, tr("A folder for second copies"), start)
        if name:
            self._take(Path(name))

    def _take(self, folder: Path | None) -> None:
        self._second = folder
        self.folder.say(str(folder) if folder else tr("no second copies"))
        self.none_button.setEnabled(folder is not None)


def _choice(name: str, values: list[int], chosen: int, words: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value in values:
        made.addItem(words.format(n=value), value)
    made.setCurrentIndex(values.index(chosen))
    return made
