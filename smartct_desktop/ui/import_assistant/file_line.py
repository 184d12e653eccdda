"""In the head of the assistant: which file is worked on, who sent it, and how to change that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.file_import import FileImport
from smartct_desktop.ui.theme.look import Look

_SIGN = 16


class FileLine(QWidget):
    """`sender_chosen` has the id of a cluster."""

    sender_chosen = Signal(object)

    def __init__(self, look: Look, clusters: Sequence[Offer]) -> None:
        super().__init__()
        self._look = look
        self._clusters = clusters
        self._sign = QLabel()
        self._name = ElidedLabel(look, strong=True)
        self._sender = ElidedLabel(look, muted=True)
        self.menu = QMenu(self)
        self._group = QActionGroup(self)
        for cluster in clusters:
            action = QAction(f"{cluster.text}  {cluster.detail}".strip(), self)
            action.setCheckable(True)
            action.setData(cluster.value)
            self._group.addAction(action)
            self.menu.addAction(action)
        self._group.triggered.connect(self._choose)
        self.change = button(look, tr("Change…"), Kind.LINK)
        self.change.setAccessibleName(tr("Change who sent the file"))
        self.change.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._sign, self._name, self._sender, self.change):
            row.addWidget(widget)
        look.changed.connect(self._tint)
        self._tint()

    def show_file(self, file: FileImport | None) -> None:
        """Show a file; nothing while there is none."""
        self.setVisible(file is not None)
        if file is None:
            return
        self._name.say(file.name, str(file.path))
        guess = file.outlook.plan.sender if file.outlook is not None else None
        id_ = file.chosen_sender or (guess.id if guess is not None else None)
        name = next((c.text for c in self._clusters if c.value == id_), "")
        self._sender.say(tr("from {sender}", sender=name) if name else tr("sender not known"))
        self._sender.setVisible(file.usable)
        self.change.setVisible(file.usable and bool(self._clusters))
        self.change.setText(tr("Change…") if name else tr("Choose…"))
        for action in self._group.actions():
            action.setChecked(action.data() == id_)

    def _open(self) -> None:
        self.menu.popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))

    def _choose(self, action: QAction) -> None:
        self.sender_chosen.emit(Id(str(action.data())))

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        sign = self._look.icons.pixmap("file-spreadsheet", "muted", _SIGN, ratio)
        self._sign.setPixmap(sign)
