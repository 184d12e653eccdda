"""Lines of words in columns, to read and to open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from smartct_desktop.ui.history.words_table import WordCells, WordsModel
from smartct_desktop.ui.line_table import LineTable
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look


class LinesModel(WordsModel):
    """Rows of texts under headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self.headings = tuple(headings)
        self.lines: Sequence[Sequence[str]] = ()

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these, each with a text for every heading."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def text(self, row: int, column: int) -> str:
        return self.lines[row][column]


class _Cells(WordCells):
    """Draws the texts; the first column stronger than what is told of it."""

    def paint_words(self, painter: QPainter, room: QRect, index: Index, *, selected: bool) -> None:
        painter.setPen(self.ink("muted" if index.column() else "text", selected=selected))
        self.write(painter, room, str(index.data() or ""))


class Lines(LineTable):
    """A table of such rows; `widths` are those of all columns but the last."""

    def __init__(
        self, look: Look, name: str, headings: Sequence[str], widths: Sequence[int]
    ) -> None:
        self.words = LinesModel(headings)
        super().__init__(look, self.words, widths)
        self.setItemDelegate(_Cells(look, self))
        self.setAccessibleName(name)

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these, and put the keys on the first."""
        self.words.show_lines(lines)
        if lines:
            self.setCurrentIndex(self.words.index(0, 0))
