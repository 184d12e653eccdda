"""The delegate of a table of records: opens editors in cells and writes what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Day, Field, LongText
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.grid.columns import Column
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.i18n import say
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

MakeEditor = Callable[[Field], FieldEditor]
EndEditHint: TypeAlias = QStyledItemDelegate.EndEditHint
_LEAST, _LEAST_DAY = 96, 124  # pixels of an editor, at 100 % text


class Cells(QStyledItemDelegate):
    """Keeps an editor open while its value is refused.

    `refused` says why (an empty sentence when there is nothing to say any more), `wrote` that a
    value was written; the editor closes next, and only then the rows may change: Qt would not find
    the cell of the editor any more, and never open another one. Enter and Tab
    emit `stepping(rows, columns)` before they write, and `stepped` when the editor is closed.
    """

    refused = Signal(str)
    wrote = Signal()
    stepping = Signal(int, int)
    stepped = Signal()

    def __init__(self, look: Look, model: RecordModel, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self._model = model
        self._make: MakeEditor | None = None
        self._editor: FieldEditor | None = None
        self._index = QPersistentModelIndex()
        self.is_refused = False

    @property
    def editor(self) -> FieldEditor | None:
        """The open editor."""
        return self._editor

    @property
    def index(self) -> QPersistentModelIndex:
        """The cell of the open editor."""
        return self._index

    def make_editors_with(self, make: MakeEditor | None) -> None:
        """Say who makes the editors of the document that is shown."""
        self._make = make

    def commit(self) -> bool:
        """Write what the open editor says; False if it is refused, and the editor stays."""
        editor = self._editor
        if editor is None:
            return True
        try:
            value = editor.value()
            if self._index.isValid() and value != self._model.value_at(self._index):
                self._model.change(self._index, value)
        except Invalid as refusal:
            self._refuse(editor, say(refusal.sentence))
            return False
        except Trouble as trouble:
            self._refuse(editor, f"{say(trouble.sentence)} {say(trouble.hint)}".strip())
            return False
        self.wrote.emit()
        return True

    def refuse(self, sentence: str) -> None:
        """Say at the open editor why what it shows is not taken."""
        if self._editor is not None:
            self._refuse(self._editor, sentence)

    # What Qt asks for.

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        text = str(index.data() or "")
        width = self._look.metrics.text.horizontalAdvance(text) + self._look.px(20)
        return QSize(round(width), self._look.measures.row)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,
    ) -> QWidget:
        column = self._model.columns[index.column()]
        if self._make is None or not isinstance(column, Column):
            return None  # type: ignore[return-value] # Qt takes it as: no editor
        editor = self._make(column.field)
        editor.setParent(parent)
        editor.committed.connect(self._finish)
        editor.left.connect(self._leave)
        editor.entered.connect(self._enter)
        editor.moved.connect(self._move_on)
        editor.cancelled.connect(self._cancel)
        self._editor = editor
        self._index = QPersistentModelIndex(self._model.index(index.row(), index.column()))
        self.is_refused = False
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        line = self._model.line(index.row())
        if line is not None and isinstance(editor, FieldEditor):
            column = self._model.columns[index.column()]
            value, caption = self._model.value(line, column), self._model.caption(line, column)
            editor.show_value(value, caption)
            editor.note_start(self._model.id_of(index.row()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Views ask for this when the current cell changes; our editors have spoken by then."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        column = self._model.columns[index.column()]
        rect = option.rect
        if isinstance(column.type, LongText):
            rect.setHeight(max(rect.height(), self._look.px(120)))
            rect.setWidth(max(rect.width(), self._look.px(320)))
        else:
            least = _LEAST_DAY if isinstance(column.type, Day) else _LEAST
            rect.setWidth(max(rect.width(), self._look.px(least)))
            grown = max(rect.height(), editor.sizeHint().height())
            rect.setTop(rect.top() - (grown - rect.height()) // 2)
            rect.setHeight(grown)
        editor.setGeometry(rect)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self._editor:
            self._forget()
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Our editors say themselves when they are done; Qt's own ways would lose refusals."""
        return False

    # What the open editor says.

    def _finish(self) -> None:
        """A choice was made: the keys go back to the table."""
        if self._editor is not None and self.commit():
            self._close(EndEditHint.NoHint)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        """The keys go elsewhere already."""
        if self._editor is not None and self.commit():
            self._close(EndEditHint.NoHint)

    def _enter(self, down: bool) -> None:  # noqa: FBT001 (a signal's)
        self._step(1 if down else -1, 0)

    def _move_on(self, forward: bool) -> None:  # noqa: FBT001 (a signal's)
        self._step(0, 1 if forward else -1)

    def _step(self, rows: int, columns: int) -> None:
        if self._editor is None:
            return
        self.stepping.emit(rows, columns)
        if self.commit():
            self._close(EndEditHint.NoHint)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.stepped.emit()

    def _cancel(self) -> None:
        self._close(EndEditHint.RevertModelCache)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self, hint: EndEditHint) -> None:
        editor = self._editor
        if editor is not None:
            self._forget()
            self.closeEditor.emit(editor, hint)

    def _forget(self) -> None:
        self._editor = None
        self.is_refused = False
        self.refused.emit("")

    def _refuse(self, editor: FieldEditor, sentence: str) -> None:
        self.is_refused = True
        editor.mark_refused(True)
        self.refused.emit(sentence)
