"""What the program is: its version, the format of its documents, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.services.about import document_format
from smartct_desktop.system.licences import Part, own_licence, parts
from smartct_desktop.system.version import version
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIGN = 44
_WIDE, _HIGH, _LIST = 820, 560, 290


class AboutDialog(QDialog):
    """Name, version, format of documents and licence; the licences of all parts behind a button."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
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
        told = tr(
            "Version {version}, documents of format {n}", version=version(), n=document_format()
        )
        words.addWidget(label(told, tone="muted"))
        head.addWidget(sign)
        head.addLayout(words)
        head.addStretch(1)
        column.addLayout(head)
        column.addSpacing(8)
        for text in (
            tr("Keeps the exchanges, events and figures of the SmartCT cluster partnerships."),
            tr("Free software under the MIT licence, by the SmartCT Desktop contributors."),
            tr("It opens no connection to any network."),
            tr("Typeface Inter (SIL OFL 1.1), icons Lucide (ISC licence), Qt (LGPL 3)."),
        ):
            column.addWidget(label(text, wrap=True))
        self.licences = button(look, tr("Licences…"))
        self.licences.clicked.connect(self._show_licences)
        column.addLayout(_last_row(look, self, self.licences))
        FocusRing(look, self)

    def _show_licences(self) -> None:
        LicencesDialog(self._look, self).show()


class LicencesDialog(QDialog):
    """Everything the program is made of at the left, the licence of one at the right."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Licences"))
        self._parts: list[Part] = parts()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Parts of the program"))
        self.list.setProperty("ground", "side")
        self.list.setProperty("ring", "always")
        self.list.setWordWrap(True)
        self.list.setFixedWidth(look.px(_LIST))
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Licence"))
        self.text.setProperty("ground", "page")
        self.text.setProperty("ring", "always")
        self.text.setOpenLinks(False)
        own = QListWidgetItem(tr("SmartCT Desktop") + " (MIT)")
        self.list.addItem(own)
        for part in self._parts:
            self.list.addItem(QListWidgetItem(f"{part.name} ({part.licence})"))
        self.list.currentRowChanged.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addLayout(_last_row(look, self))
        self.list.setCurrentRow(0)
        FocusRing(look, self)
        resize_within(self, look.px(_WIDE), look.px(_HIGH))

    def _show(self, row: int) -> None:
        if row <= 0:
            self.text.setPlainText(own_licence())
        else:
            part = self._parts[row - 1]
            self.text.setPlainText(f"{part.name}\n{part.page}\n\n{part.text}")


def _last_row(look: Look, dialog: QDialog, *before: QWidget) -> QHBoxLayout:
    """The close button, and the others at the other end of its row."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 8, 0, 0)
    for one in before:
        row.addWidget(one)
    row.addStretch(1)
    close = button(look, tr("Close"))
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    return row
