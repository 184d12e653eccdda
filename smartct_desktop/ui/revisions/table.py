"""The table of a preview: old values struck through, new ones beside them, refusals with a sign."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from smartct_desktop.ui.difference import paint_difference, write_in
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.revisions.lines import RECORD, LineModel
from smartct_desktop.ui.theme.look import Look

_PAD = 8
_SIGN = 14
_RECORD_WIDTH = 190


class LineCells(QStyledItemDelegate):
    """Paints straight from the model's lines."""

    def __init__(self, look: Look, model: LineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, self._look.measures.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        line = self._model.lines[index.row()]
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(option.rect)
        if selected:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(rect, look.colour("select" if active else "select-idle"))
        edge = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(edge, look.colour("hairline"))
        room = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), -1)
        ink = look.on_select("text") if selected else look.colour("text")
        if index.column() == RECORD:
            write_in(look, painter, room, line.record, look.fonts.text, ink)
        elif not line.words:
            paint_difference(look, painter, room, line.field, line.old, line.new, selected=selected)
        else:
            token = "on-select" if selected and look.scheme.one_ink else line.outcome.tone.ink
            sign = line.outcome.tone.sign
            look.icons.paint(painter, room.left(), room.center().y(), sign, token, _SIGN)
            room.setLeft(room.left() + look.px(_SIGN + 7))
            write_in(look, painter, room, line.text, look.fonts.text, ink)
        painter.restore()


class LineTable(QTableView):
    """Rows of one height, whatever their number."""

    def __init__(self, look: Look, model: LineModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(LineCells(look, model, self))
        self.setAccessibleName(tr("What would change"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(look.measures.row)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        self.setColumnWidth(RECORD, look.px(_RECORD_WIDTH))
