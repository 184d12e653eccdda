"""The files of a record, in its pane or dialog: a small table, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path as FilePath

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Id, Text, Value
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.services.attaching import (
    Owner,
    also_attached_to,
    attachments_of,
    size_words,
)
from smartct_desktop.ui.buttons import button, icon_button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.forms.dragging import FileDrag
from smartct_desktop.ui.forms.form import Write
from smartct_desktop.ui.forms.part_table import PartTable
from smartct_desktop.ui.grid.columns import AnyColumn, Gathered, named
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.reasons import why_fixed
from smartct_desktop.ui.grid.source import Source
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_NAME = "file_name"
_SIZE = Gathered("+size", "Size", Text(), 8)
_COLUMNS = (_NAME, "document_type", "+size", "added_on", "remark")
_WIDTHS = {_NAME: 146, "document_type": 106, "+size": 64}
_SAVING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def sizes(reader: Reader, ids: Sequence[Id]) -> Mapping[Id, Mapping[str, Value]]:
    """The sizes of attachments as people say them."""
    papers = reader.get_many(Attachment, ids)
    return {id_: {"+size": size_words(paper.size)} for id_, paper in papers.items()}


class FileTable(PartTable):
    """Enter or a double click on a name opens the file, F2 renames it; `pasted` for Ctrl+V."""

    pasted = Signal()
    saved = Signal(object)

    def deeds(self) -> list[tuple[str, str, bool]]:
        some = self.current_id is not None
        return [
            (tr("Open"), "Ctrl+Return", some),
            (tr("Save as…"), "Ctrl+Shift+S", some),
            (tr("Attach…"), "Ins", self.writes),
            (tr("Paste files"), "Ctrl+V", self.writes),
            (tr("Remove…"), "Del", some and self.writes),
        ]

    def do(self, key: str) -> None:
        current = self.current_id
        if key == "Del":
            super().do("Ctrl+Del")
        elif key == "Ctrl+V" and self.writes:
            self.pasted.emit()
        elif key == "Ctrl+Shift+S" and current is not None:
            self.saved.emit(current)
        else:
            super().do(key)

    def deed_key(self, event: QKeyEvent) -> str:
        if self.cells.editor is None:
            if event.matches(QKeySequence.StandardKey.Paste):
                return "Ctrl+V"
            if event.key() == Qt.Key.Key_S and event.modifiers() == _SAVING:
                return "Ctrl+Shift+S"
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in _ENTER and self.on_name(self.currentIndex()):
                return "Ctrl+Return"
        return super().deed_key(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.on_name(self.indexAt(event.position().toPoint())):
            self.do("Ctrl+Return")
        else:
            super().mouseDoubleClickEvent(event)

    def on_name(self, index: Index) -> bool:
        """Whether a cell holds the name of a file."""
        return index.isValid() and self.records.columns[index.column()].name == _NAME


class Attachments(QWidget):
    """The files of one record; `delete_asked(kind, ids)` wants some removed.

    `counted` tells how many there are. Files are dropped on the whole pane or dialog, which hands
    them to `take`.
    """

    delete_asked = Signal(str, object)
    counted = Signal(int)

    def __init__(self, look: Look, attaching: Attaching) -> None:
        super().__init__()
        self._attaching = attaching
        self._desk: Desk | None = None
        self._owner: Owner | None = None
        columns: list[AnyColumn] = named("attachment", _COLUMNS, (_SIZE,))
        self._model = RecordModel(Query("attachment"), columns, sizes, parent=self)
        self.table = FileTable(look, self._model, tr("Files"), _WIDTHS)
        self.table.set_widths({})
        self._hint = label(tone="muted", wrap=True)
        self._also = label(face="small", tone="muted", wrap=True)
        self.add = button(look, tr("Attach…"), icon="paperclip", room="small")
        self.open_button = icon_button(look, "external-link", tr("Open (Enter)"))
        self.save_button = icon_button(look, "save", tr("Save as… (Ctrl+Shift+S)"))
        self.remove_button = icon_button(look, "trash-2", tr("Remove… (Del)"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for one in (self.add, *self._of_one()):
            row.addWidget(one)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.table)
        column.addWidget(self._also)
        column.addWidget(self._hint)
        column.addLayout(row)
        self._drag = FileDrag(look, self.table, attaching, self._file_at)
        self.add.clicked.connect(self.choose)
        self.open_button.clicked.connect(partial(self.table.do, "Ctrl+Return"))
        self.save_button.clicked.connect(partial(self.table.do, "Ctrl+Shift+S"))
        self.remove_button.clicked.connect(partial(self.table.do, "Del"))
        self.table.opened.connect(self._open)
        self.table.saved.connect(self._save)
        self.table.removed.connect(self._ask_delete)
        self.table.refused.connect(attaching.tell)
        self.table.added.connect(self.choose)
        self.table.pasted.connect(self.paste)
        self.table.current_changed.connect(self._show_current)
        self.table.cannot_edit.connect(self._tell_why_not)
        self._model.asked.connect(self._show_count)

    def attach(self, desk: Desk, write: Write | None) -> None:
        """Show records of this document, and write what is typed by `write`."""
        self._desk = desk
        make = None if write is None else partial(desk.editors.make, in_cell=True)
        self.table.edit_with(make)
        self._model.attach(Source(desk.reader, desk.texts, write))
        self._show_count()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self.table.edit_with(None)
        self._model.attach(None)

    def show_owner(self, owner: Owner) -> None:
        """Show the files of this record."""
        same = self._owner is not None and self._owner.id == owner.id
        self._owner = owner
        if same:
            self.table.refresh()
        else:
            self._model.ask(attachments_of(owner))

    @property
    def count(self) -> int:
        """How many files the record has."""
        return self._model.rowCount()

    @property
    def also(self) -> str:
        """Where else the current file is attached; empty if nowhere."""
        return self._also.text()

    def take(self, paths: Sequence[FilePath]) -> None:
        """Attach these files."""
        if self._owner is not None and paths:
            self._attaching.take(self._owner, paths)

    def choose(self) -> None:
        """Ask for files, and attach them."""
        if self._owner is not None and self.table.finish_editing():
            self._attaching.choose(self._owner)

    def paste(self) -> None:
        """Attach the files that were copied in a file manager."""
        paths = files_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self.take(paths)
        else:
            self._attaching.tell(tr("There is no file on the clipboard. Copy one, then paste it."))

    def finish_editing(self) -> bool:
        """Write what is being typed; False if it is refused and stays."""
        return self.table.finish_editing()

    # Within.

    def _of_one(self) -> tuple[QToolButton, ...]:
        return (self.open_button, self.save_button, self.remove_button)

    def _show_count(self) -> None:
        writes = self._attaching.writes
        some = bool(self.count)
        if not some and self.table.hasFocus():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)  # nothing else may get the keys
        self.table.setHidden(not some)
        self.add.setVisible(writes)
        for one in self._of_one():
            one.setVisible(some and (writes or one is not self.remove_button))
        if some:
            self._hint.hide()
        else:
            dropping = tr("No file is attached. Drop files here, or choose them.")
            self._hint.setText(dropping if writes else tr("No file is attached."))
            self._hint.show()
        self._show_current()
        self.counted.emit(self.count)

    def _show_current(self) -> None:
        """Say where else the current file is attached."""
        paper = self._paper(self.table.current_id)
        others = also_attached_to(self._desk.reader, paper) if self._desk and paper else []
        words = tr("Also attached to {others}.", others=", ".join(others)) if others else ""
        self._also.setText(words)
        self._also.setHidden(not words)

    def _paper(self, id_: Id | None) -> Attachment | None:
        if self._desk is None or id_ is None:
            return None
        return self._desk.reader.get_many(Attachment, [id_]).get(id_)

    def _file_at(self, index: Index) -> Attachment | None:
        """The file whose name is there; nothing while one is being typed."""
        if self.table.cells.editor is not None or not self.table.on_name(index):
            return None
        return self._paper(self.table.records.id_of(index.row()))

    def _open(self, id_: Id) -> None:
        paper = self._paper(id_)
        if paper is not None:
            self._attaching.open(paper)

    def _save(self, id_: Id) -> None:
        paper = self._paper(id_)
        if paper is not None:
            self._attaching.save_as(paper)

    def _ask_delete(self, ids: Sequence[Id]) -> None:
        self.delete_asked.emit("attachment", ids)

    def _tell_why_not(self, column: AnyColumn) -> None:
        self._attaching.tell(why_fixed(column, read_only=not self.table.writes))


def files_in(data: QMimeData | None) -> list[FilePath]:
    """The files of this computer that are dragged or were copied."""
    if data is None or not data.hasUrls():
        return []
    return [FilePath(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
