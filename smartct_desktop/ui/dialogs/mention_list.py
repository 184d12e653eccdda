"""The records that name something, as a list of any length: Enter or a double click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_PAGE = 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MentionModel(QAbstractListModel):
    """Records by their captions, which are fetched when they are looked at."""

    def __init__(self, look: Look, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._reader = reader
        self._kind = ""
        self._ids: Sequence[Id] = ()
        self._captions: dict[int, dict[Id, str]] = {}

    def show_records(self, kind: str, ids: Sequence[Id]) -> None:
        """List these."""
        self.beginResetModel()
        self._kind, self._ids = kind, ids
        self._captions = {}
        self.endResetModel()

    def record(self, row: int) -> tuple[str, Id]:
        """Kind and id of a record."""
        return self._kind, self._ids[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._look.measures.row)
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        page = index.row() // _PAGE
        if page not in self._captions:
            ids = self._ids[page * _PAGE : (page + 1) * _PAGE]
            self._captions[page] = self._reader.captions(self._kind, ids)
        caption = self._captions[page].get(self._ids[index.row()], "").strip()
        return caption or tr(schema_of(self._kind).label)


class MentionList(QListView):
    """`opened(kind, id)` for the record that is to be looked at."""

    opened = Signal(str, object)

    def __init__(self, look: Look, reader: Reader) -> None:
        super().__init__()
        self.records = MentionModel(look, reader, self)
        self.setModel(self.records)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._open)

    def show_records(self, name: str, kind: str, ids: Sequence[Id]) -> None:
        """List these, called `name` when the list is read out."""
        self.setAccessibleName(name)
        self.records.show_records(kind, ids)
        self.setCurrentIndex(self.records.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())  # Qt would press the dialog's button as well
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(*self.records.record(index.row()))
