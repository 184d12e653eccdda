"""A small table inside of a form: as high as its rows, and with keys of its own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id, Terms
from smartct_desktop.ui.grid.clipboard import as_tsv
from smartct_desktop.ui.grid.columns import AnyColumn
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.theme.look import Look

_ROWS = 6  # seen at once; more are scrolled
_WIDEST = 150  # pixels of a column, at 100 % text
_MOST = 1000  # records that one deed takes
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class PartTable(RecordTable):
    """Rows that name the record of a form.

    `opened(id)` for Ctrl+Enter, `removed(ids)` for Ctrl+Del, `added` for Ins, `pasted` for Ctrl+V;
    the menu says the same. Del clears the current cell; `refused` says why it does not. Keys that
    mean something here do not reach the actions of the window. What is selected is only drawn while
    the table has the keys.
    """

    opened = Signal(object)
    removed = Signal(object)
    added = Signal()
    pasted = Signal()
    refused = Signal(str)

    def __init__(self, look: Look, model: RecordModel, name: str, usual: Mapping[str, int]) -> None:
        super().__init__(look, model, name, usual)
        self.takes_pasted = False  # whoever can plan a paste says so
        self.cells.wrote.connect(self.refresh)
        self.customContextMenuRequested.connect(self._open_menu)
        model.asked.connect(self._fit_height)
        look.changed.connect(self._fit_height)
        self.setProperty("frame", "soft")
        self._fit_height()

    def usual_width(self, column: AnyColumn) -> int:
        return min(super().usual_width(column), self.look.px(_WIDEST))

    @property
    def chosen_ids(self) -> list[Id]:
        """The records that a deed is about: those selected, or the current one."""
        current = self.current_id
        return self.selected_ids(_MOST) or ([] if current is None else [current])

    @property
    def writes(self) -> bool:
        """Whether rows can be changed."""
        source = self.records.source
        return source is not None and source.change is not None

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as text for a spreadsheet."""
        rows = [row for part in self.selected_rows() for row in part]
        rows = rows or ([self.currentIndex().row()] if self.currentIndex().isValid() else [])
        if rows:
            QGuiApplication.clipboard().setText(as_tsv(self.records, rows, self.visual_columns()))

    def deeds(self) -> list[tuple[str, str, bool]]:
        """What the menu offers: name, key, and whether it can be done now."""
        some = self.current_id is not None
        return [
            (tr("Open"), "Ctrl+Return", some),
            (tr("Add…"), "Ins", self.writes),
            (tr("Delete…"), "Ctrl+Del", some and self.writes),
            (tr("Copy rows"), "Ctrl+C", some),
            (tr("Paste"), "Ctrl+V", self.takes_pasted and self.writes),
        ]

    def do(self, key: str) -> None:
        """Do what a key of `deeds` stands for."""
        current = self.current_id
        match key:
            case "Ctrl+Return" if current is not None and self.finish_editing():
                self.opened.emit(current)
            case "Ins" if self.writes and self.finish_editing():
                self.added.emit()
            case "Ctrl+Del" if self.writes and self.chosen_ids and self.finish_editing():
                self.removed.emit(self.chosen_ids)
            case "Del":
                self._clear_cell()
            case "Ctrl+C":
                self.copy()
            case "Ctrl+V" if self.takes_pasted and self.writes and self.finish_editing():
                self.pasted.emit()
            case _:
                pass

    # What Qt asks for.

    def event(self, event: QEvent) -> bool:
        early = event.type() == QEvent.Type.ShortcutOverride
        if early and isinstance(event, QKeyEvent) and self.deed_key(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.deed_key(event)
        if key:
            self.do(key)
        else:
            super().keyPressEvent(event)

    def deed_key(self, event: QKeyEvent) -> str:
        """The key of a deed that was pressed; empty for every other key."""
        if self.cells.editor is not None:
            return ""
        if event.key() in _ENTER and event.modifiers() & _CONTROL:
            return "Ctrl+Return"
        if event.key() == Qt.Key.Key_Delete and event.modifiers() & _CONTROL:
            return "Ctrl+Del"
        if event.matches(QKeySequence.StandardKey.Copy):
            return "Ctrl+C"
        if self.takes_pasted and event.matches(QKeySequence.StandardKey.Paste):
            return "Ctrl+V"
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        names = {Qt.Key.Key_Insert: "Ins", Qt.Key.Key_Delete: "Del"}
        return names.get(Qt.Key(event.key()), "") if plain else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Within.

    def chosen_cells(self, first: int, last: int) -> Mapping[int, frozenset[int]]:
        shown = self.hasFocus() or self.cells.editor is not None
        return super().chosen_cells(first, last) if shown else {}

    def _fit_height(self) -> None:
        rows = min(self.records.rowCount(), _ROWS)
        bar = self.horizontalScrollBar()
        under = bar.sizeHint().height() if bar.maximum() else 0
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.headings.minimumHeight() + rows * height + under + 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _clear_cell(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        column = self.records.columns[index.column()]
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.cannot_edit.emit(column)
            return
        try:
            self.records.change(index, () if isinstance(column.type, Terms) else None)
        except Invalid as refusal:
            self.refused.emit(say(refusal.sentence))
        except Trouble as trouble:
            self.refused.emit(f"{say(trouble.sentence)} {say(trouble.hint)}".strip())
        else:
            self.refresh()

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, key, on in self.deeds():
            action = QAction(words, menu)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(on)
            action.setData(key)
            menu.addAction(action)
        menu.triggered.connect(self._do_chosen)
        menu.popup(self.viewport().mapToGlobal(at))

    def _do_chosen(self, action: QAction) -> None:
        self.do(str(action.data()))
