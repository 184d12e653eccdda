"""The preview of a report: the first rows of a sheet, or the first pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.services.reports.preview import PreviewSheet
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.line_table import LineTable
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_WIDEST = 260
_LONG = 32  # signs; a longer text may be cut


class SheetModel(QAbstractTableModel):
    """The rows of one sheet, written out."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: PreviewSheet | None = None

    def show_sheet(self, sheet: PreviewSheet | None) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return len(self._sheet.rows) if self._sheet and not parent.isValid() else 0

    def columnCount(self, parent: Index = ROOT) -> int:
        return len(self._sheet.headings) if self._sheet and not parent.isValid() else 0

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._sheet is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._sheet.numbers[section]:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._sheet is None or not index.isValid():
            return None
        text = self._sheet.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text.replace("\n", " · ")
            case Qt.ItemDataRole.ToolTipRole if "\n" in text or len(text) > _LONG:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._sheet.headings[index.column()]}: {text}"
            case Qt.ItemDataRole.TextAlignmentRole if self._sheet.numbers[index.column()]:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None


class Shown(QWidget):
    """Sheets to choose among with their first rows, pages, or a sentence in their place."""

    sheet_chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sheets: Sequence[PreviewSheet] = ()
        self.sheet_box = QComboBox()
        self.sheet_box.setAccessibleName(tr("Sheet"))
        self.sheet_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.words = label(tone="muted", face="small")
        self.model = SheetModel()
        self.table = LineTable(look, self.model, ())
        self.table.setAccessibleName(tr("First rows of the sheet"))
        self.table.horizontalHeader().setStretchLastSection(False)
        self.sentence = label(tone="muted", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMargin(look.px(24))
        self._paper = QWidget()
        self._paper_column = QVBoxLayout(self._paper)
        self._paper_column.setSpacing(12)
        self.pages = QScrollArea()
        self.pages.setWidgetResizable(True)
        self.pages.setWidget(self._paper)
        self.pages.setAccessibleName(tr("First pages"))
        self.pages.setProperty("ring", "always")
        self._stack = QStackedWidget()
        for one in (self.sentence, self.table, self.pages):
            self._stack.addWidget(one)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sheet_box)
        head.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.sheet_box.currentIndexChanged.connect(self._turn_to)
        self.say("")

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a preview."""
        self.sheet_box.hide()
        self.words.setText("")
        self.sentence.setText(sentence)
        self._stack.setCurrentWidget(self.sentence)

    def wait(self) -> None:
        """Say that what is seen is about to be replaced."""
        if self._stack.currentWidget() is not self.sentence:
            self.words.setText(tr("Making the preview…"))

    def show_sheets(self, sheets: Sequence[PreviewSheet]) -> None:
        """Show the sheets of a workbook, the one of the same name as before if there is one."""
        before = self.sheet_box.currentText()
        self._sheets = sheets
        self.sheet_box.blockSignals(True)
        self.sheet_box.clear()
        self.sheet_box.addItems([sheet.name for sheet in sheets])
        self.sheet_box.setCurrentIndex(max(0, self.sheet_box.findText(before)))
        self.sheet_box.blockSignals(False)
        self.sheet_box.setVisible(len(sheets) > 1)
        self._turn_to()
        self._stack.setCurrentWidget(self.table)

    def show_pages(self, pictures: Sequence[QImage], pages: int) -> None:
        """Show pictures of the first pages."""
        while (item := self._paper_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for number, picture in enumerate(pictures, 1):
            page = label()
            page.setPixmap(QPixmap.fromImage(picture))
            page.setAccessibleName(tr("Page {n} of {all}", n=number, all=pages))
            self._paper_column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._paper_column.addStretch(1)
        self.sheet_box.hide()
        self.words.setText(
            tr("{n} pages; the first {shown}:", n=pages, shown=len(pictures))
            if pages > len(pictures)
            else tr("1 page:")
            if pages == 1
            else tr("{n} pages:", n=pages)
        )
        self._stack.setCurrentWidget(self.pages)

    def _turn_to(self) -> None:
        place = self.sheet_box.currentIndex()
        sheet = self._sheets[place] if 0 <= place < len(self._sheets) else None
        self.model.show_sheet(sheet)
        if sheet is None:
            return
        self.words.setText(_rows_in_words(sheet))
        header = self.table.horizontalHeader()
        self.table.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            widest = self._look.px(_WIDEST)
            if header.sectionSize(column) > widest:
                header.resizeSection(column, widest)
        self.sheet_chosen.emit()


def _rows_in_words(sheet: PreviewSheet) -> str:
    shown = len(sheet.rows)
    if sheet.count is None:
        return tr("the first {n} rows", n=shown)
    if sheet.count == 0:
        return tr("no rows")
    if sheet.count > shown:
        return tr("{n} rows, the first {shown}", n=sheet.count, shown=shown)
    return tr("1 row") if sheet.count == 1 else tr("{n} rows", n=sheet.count)
