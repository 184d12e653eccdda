"""The table of what a step changed, whose added and removed records open with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from smartct_desktop.ui.history.step_changes import ChangeCells, ChangeModel
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_WIDTHS = (300, 148, 190)
_FIELD = 1


class ChangeTable(QTableView):
    """Right shows the fields of a whole record, Left hides them; Enter opens the record."""

    def __init__(self, look: Look, model: ChangeModel) -> None:
        super().__init__()
        self._look = look
        self._changes = model
        self.setModel(model)
        self.setItemDelegate(ChangeCells(look, model, self))
        self.setAccessibleName(tr("Changes of the step"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setProperty("ring", "never")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, wide in enumerate(_WIDTHS):
            self.setColumnWidth(place, look.px(wide))
        look.changed.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if index.isValid() and plain:
            row = index.row()
            line = self._changes.line(row)
            if event.key() == Qt.Key.Key_Right and self._changes.open_line(row):
                return
            hides = line.inner or self._changes.is_open(row)
            if event.key() == Qt.Key.Key_Left and hides:
                row = self._changes.close_line(row)
                self.setCurrentIndex(self._changes.index(row, index.column()))
                return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == _FIELD:
            line = self._changes.line(index.row())
            if line.within and not self._changes.open_line(index.row()):
                self._changes.close_line(index.row())

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.measures.row)
        self.horizontalHeader().setFixedHeight(self._look.measures.heading)
