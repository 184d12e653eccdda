"""The lines of the palette: the model, and the delegate that draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.key_cap import key_cap_width, paint_key_cap
from smartct_desktop.ui.pill import paint_pill, pill_width
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.quick_open.entries import Entry, Heading, Line, Row
from smartct_desktop.ui.theme.look import Look

_SIDE, _TEXT_AT, _GAP = 12, 36, 9
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LineModel(QAbstractListModel):
    """Headings and lines; only lines can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, from the top."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show something else."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The entry of a line; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row.entry if isinstance(row, Line) else None

    def row_of(self, key: str) -> int | None:
        """Where an entry stands."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Line) and row.entry.key == key:
                return place
        return None

    def next_line(self, row: int, by: int) -> int:
        """The line `by` lines after or before a row; the last there is that way."""
        places = [place for place, one in enumerate(self._rows) if isinstance(one, Line)]
        if not places:
            return -1
        at = places.index(row) + by if row in places else 0
        return places[max(0, min(at, len(places) - 1))]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr(row.group.value) if isinstance(row, Heading) else row.entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr(row.group.value) if isinstance(row, Heading) else spoken(row.entry)
            case Qt.ItemDataRole.ToolTipRole if isinstance(row, Line):
                return spoken(row.entry)
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


def spoken(entry: Entry) -> str:
    """The whole line in words."""
    kind = "" if entry.group.value in entry.detail else tr(entry.group.value)
    off = tr("off: {reason}", reason=entry.reason) if entry.reason else ""
    parts = (entry.title, entry.state, entry.detail, kind, off, entry.keys)
    return ", ".join(part for part in parts if part)


class LinePainter(QStyledItemDelegate):
    """Draws a heading or a line; found letters are semi-bold in the accent."""

    def __init__(self, look: Look, model: LineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        measures = self._look.measures
        line = isinstance(self._model.rows[index.row()], Line)
        return QSize(0, measures.group_row if line else measures.facet_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.rows[index.row()]
        room = QRectF(option.rect).adjusted(self._look.px(_SIDE), 0, -self._look.px(_SIDE), 0)
        painter.save()
        if isinstance(row, Heading):
            self._paint_heading(painter, room, row)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                self._paint_ring(painter, QRectF(option.rect))
            self._paint_line(painter, room, row, chosen=chosen)
        painter.restore()

    def _paint_heading(self, painter: QPainter, room: QRectF, heading: Heading) -> None:
        look = self._look
        painter.setPen(look.colour("muted"))
        painter.setFont(look.fonts.small_strong)
        painter.drawText(room, _LEFT, tr(heading.group.value))
        if heading.more:
            painter.setFont(look.fonts.small)
            painter.drawText(room, _RIGHT, tr("{n} more", n=heading.more))

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), 2))
        painter.setBrush(self._look.colour("select"))
        painter.drawRoundedRect(box.adjusted(5, 1, -5, -1), 5, 5)

    def _paint_line(self, painter: QPainter, room: QRectF, line: Line, *, chosen: bool) -> None:
        look, entry = self._look, line.entry
        middle = room.center().y()
        ink = self._ink("faint" if entry.reason else "text", chosen=chosen)
        if entry.icon:
            token = "faint" if entry.reason else "muted"
            look.icons.paint(painter, room.left(), middle, entry.icon, token, 16)
        room.setLeft(room.left() + look.px(_TEXT_AT - _SIDE))
        if entry.keys:
            left = room.right() - key_cap_width(entry.keys, look)
            paint_key_cap(painter, left, middle, entry.keys, look)
            room.setRight(left - look.px(_GAP))
        elif entry.state:
            left = room.right() - pill_width(entry.state, look, at_rest=entry.at_rest)
            paint_pill(
                painter,
                left,
                middle,
                entry.state,
                entry.tone,
                look,
                at_rest=entry.at_rest,
                selected=chosen,
            )
            room.setRight(left - look.px(_GAP))
        detail = tr("off: {reason}", reason=entry.reason) if entry.reason else entry.detail
        wanted = look.metrics.small.horizontalAdvance(detail)
        title_room = room.width() - min(wanted, room.width() * 0.45) - look.px(_GAP)
        wide = self._paint_title(painter, room, line, title_room, ink, chosen=chosen)
        room.setLeft(room.left() + wide + look.px(_GAP))
        painter.setFont(look.fonts.small)
        painter.setPen(self._look.colour(self._ink("muted", chosen=chosen)))
        short = look.metrics.small.elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, short)

    def _paint_title(  # noqa: PLR0913 -- where and how
        self, painter: QPainter, room: QRectF, line: Line, most: float, ink: str, *, chosen: bool
    ) -> float:
        """Draw the title; returns the width it took."""
        look = self._look
        plain, strong = look.metrics.text, look.metrics.text_strong
        title = plain.elidedText(line.entry.title, Qt.TextElideMode.ElideRight, most)
        places = frozenset(line.found.places) if not line.entry.reason else frozenset()
        at = room.left()
        for found, run in _runs(title, places):
            metrics = strong if found else plain
            painter.setFont(look.fonts.text_strong if found else look.fonts.text)
            painter.setPen(look.colour(self._ink("accent", chosen=chosen) if found else ink))
            width = metrics.horizontalAdvance(run)
            painter.drawText(QRectF(at, room.top(), width + 2, room.height()), _LEFT, run)
            at += width
        return at - room.left()

    def _ink(self, token: str, *, chosen: bool) -> str:
        return "on-select" if chosen and self._look.scheme.one_ink else token


def _runs(text: str, places: frozenset[int]) -> list[tuple[bool, str]]:
    """The text in pieces, each found or not found as a whole."""
    runs: list[tuple[bool, str]] = []
    for place, sign in enumerate(text):
        found = place in places
        if runs and runs[-1][0] == found:
            runs[-1] = (found, runs[-1][1] + sign)
        else:
            runs.append((found, sign))
    return runs
