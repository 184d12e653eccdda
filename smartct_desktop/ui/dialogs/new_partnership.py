"""Asks for the name of a new partnership and where its document goes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_SUFFIX = ".smartct"
_WIDE = 480


def documents_folder() -> Path:
    """Where this system keeps a person's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


class NewPartnershipDialog(QDialog):
    """Two questions; everything else can be changed later in the document."""

    def __init__(self, look: Look, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self._chosen: Path | None = None
        self.setWindowTitle(tr("New partnership"))
        self.setMinimumWidth(look.px(_WIDE))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Short name of the partnership"))
        self.name.setPlaceholderText(tr("for example SmartCTClusters"))
        self.name.textChanged.connect(self._propose)
        self.place = QLineEdit()
        self.place.setAccessibleName(tr("File of the document"))
        self.place.setReadOnly(True)
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        choose = button(look, tr("Choose…"))
        choose.setAccessibleName(tr("Choose where the document goes"))
        choose.clicked.connect(self._choose)
        self.protect = QCheckBox(tr("Protect it with a password"))
        cancel = button(look, tr("Cancel"), Kind.FLAT)
        cancel.clicked.connect(self.reject)
        self.make = button(look, tr("Make the document"), Kind.PRIMARY)
        self.make.setDefault(True)
        self.make.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(tr("New partnership"), face="title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(tr("Short name"), tone="muted"), 0, 0)
        grid.addWidget(self.name, 0, 1, 1, 2)
        grid.addWidget(label(tr("File"), tone="muted"), 1, 0)
        grid.addWidget(self.place, 1, 1)
        grid.addWidget(choose, 1, 2)
        grid.addWidget(self.protect, 2, 1, 1, 2)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.make)
        column.addLayout(row)
        FocusRing(look, self)
        self._propose()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def acronym(self) -> str:
        """The short name as typed."""
        return self.name.text().strip()

    @property
    def path(self) -> Path:
        """Where the document goes."""
        if self._chosen is not None:
            return self._chosen
        stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", self.acronym).strip(" .") or "SmartCT"
        path = self._folder / f"{stem}{_SUFFIX}"
        number = 2
        while path.exists():
            path = self._folder / f"{stem} {number}{_SUFFIX}"
            number += 1
        return path

    def _propose(self) -> None:
        self.place.setText(str(self.path))
        self.place.setToolTip(str(self.path))
        self.make.setEnabled(bool(self.acronym))

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("New document"), str(self.path), tr("SmartCT documents (*.smartct)")
        )
        if name:
            named = name.lower().endswith(_SUFFIX)
            self._chosen = Path(name if named else name + _SUFFIX)
            self._propose()
