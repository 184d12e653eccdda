"""The line under a short table that adds its numbers up."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from smartct_desktop.domain.fields import Country
from smartct_desktop.ui.grid.columns import Column, Gathered, is_number, stands_right
from smartct_desktop.ui.grid.header import PAD
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.i18n import tr

_MOST = 64  # rows that are added up


class TotalRow(QWidget):
    """Sums of the gathered numbers, under their columns; the first says how many there are."""

    def __init__(self, table: RecordTable, plural: str) -> None:
        super().__init__()
        self._table = table
        self._plural = plural
        self._texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.records.asked.connect(self.add_up)
        table.headings.sectionResized.connect(self._follow)
        table.headings.sectionMoved.connect(self._follow)
        table.horizontalScrollBar().valueChanged.connect(self._follow)

    def add_up(self) -> None:
        """Add up the rows that are there."""
        model = self._table.records
        rows = model.rowCount()
        self.setVisible(0 < rows <= _MOST)
        if not self.isHidden():
            self._texts = _totals(model, self._plural)
            words = [text for text in self._texts if text]
            self.setAccessibleName(tr("Total: {words}", words=", ".join(words)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._table.look.measures.row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, headings = self._table.look, self._table.headings
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("header"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        painter.setFont(look.fonts.text_strong)
        painter.setPen(look.colour("text"))
        pad = look.px(PAD)
        for place, text in enumerate(self._texts):
            if place < headings.count():
                left = headings.left_of(place)
                wide = headings.sectionSize(place)
                room = QRectF(left + pad, 0, wide - 2 * pad, self.height())
                right = stands_right(self._table.records.columns[place])
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _follow(self) -> None:
        self.update()


def _totals(model: RecordModel, plural: str) -> list[str]:
    lines = [line for row in range(model.rowCount()) if (line := model.line(row)) is not None]
    sums: dict[str, int] = {}
    for column in model.columns:
        if isinstance(column, Gathered) and is_number(column.type):
            values = [model.value(line, column) for line in lines]
            sums[column.name] = sum(value for value in values if isinstance(value, int))
    if "+members" in sums and "+smes" in sums and sums["+members"]:
        sums["+share"] = round(100 * sums["+smes"] / sums["+members"])
    texts = []
    for place, column in enumerate(model.columns):
        total = sums.get(column.name)
        if place == 0:
            texts.append(_how_many(model, plural, len(lines)))
        elif total is None:
            texts.append("")
        else:
            texts.append(f"{total}\u00a0%" if column.name == "+share" else str(total))
    return texts


def _how_many(model: RecordModel, plural: str, rows: int) -> str:
    """“5 clusters, 4 countries”."""
    words = f"{rows} {plural}"
    for column in model.columns:
        if isinstance(column, Column) and isinstance(column.type, Country):
            lines = (model.line(row) for row in range(rows))
            countries = {model.value(line, column) for line in lines if line is not None}
            return tr("{words}, {n} countries", words=words, n=len(countries - {None}))
    return words
