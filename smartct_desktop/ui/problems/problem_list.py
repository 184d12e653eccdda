"""The list of problems with its keys: Enter opens, arrows fold and unfold."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView

from smartct_desktop.domain.reading import RecordFinding
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.lines import Group, ProblemModel
from smartct_desktop.ui.problems.painter import ProblemLines
from smartct_desktop.ui.theme.look import Look


class ProblemList(QListView):
    """The list; Enter, double click, and the arrows that fold and unfold."""

    opened = Signal()

    def __init__(self, look: Look, model: ProblemModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(ProblemLines(look, model, self))
        self.setUniformItemSizes(True)
        self.setProperty("ring", "never")
        self.setAccessibleName(tr("Problems"))
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open()
            case Qt.Key.Key_Right | Qt.Key.Key_Left if not self._model.flat:
                self.fold(row, folded=event.key() == Qt.Key.Key_Left)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        line = self._model.line(index.row()) if index.isValid() else None
        if event.button() == Qt.MouseButton.LeftButton and isinstance(line, Group):
            self.fold(index.row(), folded=not self._model.is_folded(line))

    def fold(self, row: int, *, folded: bool) -> None:
        """Fold or unfold the group of a row; its heading becomes the current line if it folds."""
        heading = self._model.heading_of(row)
        if folded:
            self.setCurrentIndex(self._model.index(heading))
        self._model.fold(heading, folded=folded)
        self.scrollTo(self.currentIndex())

    def _open(self) -> None:
        line = self._model.line(self.currentIndex().row())
        if isinstance(line, RecordFinding):
            self.opened.emit()
        elif line is not None:
            folded = self._model.is_folded(line)
            self.fold(self.currentIndex().row(), folded=not folded)
