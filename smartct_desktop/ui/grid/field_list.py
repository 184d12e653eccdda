"""A list of fields by sections, with ticks and a search: for choosing columns and facets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Reference
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Path
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.grid.columns import field_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.tick_box import paint_tick_box

Role = Qt.ItemDataRole
_WIDE, _HIGH = 440, 520
_SIDE, _GAP = 12, 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALT = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class Entry:
    """One line: a field by the `name` that settings know, or a heading (no name)."""

    text: str
    name: str = ""
    on: bool = False
    shown: bool = False  # it stands among those that are shown, in their order


def ways(kind: str) -> list[tuple[str, list[tuple[Path, str]]]]:
    """The fields of a kind by section, then those of the records it refers to, with their words."""
    sections: dict[str, list[tuple[Path, str]]] = {}
    behind: list[tuple[str, list[tuple[Path, str]]]] = []
    for field in schema_of(kind).fields:
        section = sections.setdefault(tr(field.section) or tr("Other"), [])
        section.append((Path((field.name,)), tr(field.label)))
        if isinstance(field.type, Reference):
            behind.append((tr(field.label) + " ›", _fields_behind(field, field.type.kind)))
    return [*sections.items(), *behind]


def _fields_behind(field: Field, kind: str) -> list[tuple[Path, str]]:
    return [
        (Path((field.name, other.name)), field_words((field, other)))
        for other in schema_of(kind).fields
    ]


class FieldLines(QAbstractListModel):
    """Headings and fields as a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The line of a row."""
        return self._entries[row]

    def row_of(self, name: str, *, shown: bool) -> int | None:
        """Where a field stands: among those shown, or else in its section."""
        rows = [(row, e) for row, e in enumerate(self._entries) if name and e.name == name]
        for row, entry in rows:
            if entry.shown == shown:
                return row
        return rows[0][0] if rows else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return entry.text
            case Role.AccessibleTextRole:
                return f"{entry.text}, {tr('shown')}" if entry.on else entry.text
            case Role.CheckStateRole if entry.name:
                return Qt.CheckState.Checked if entry.on else Qt.CheckState.Unchecked
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self._entries[index.row()].name:
            return Qt.ItemFlag.ItemNeverHasChildren  # the keys pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FieldList(QListView):
    """`toggled(name)` for a tick, `moved(name, by)` for Alt with an arrow."""

    toggled = Signal(str)
    moved = Signal(str, int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = FieldLines(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Lines(look, self.lines, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setProperty("ring", "never")

    @property
    def current(self) -> Entry | None:
        """The line the keys act on."""
        index = self.currentIndex()
        return self.lines.entry(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry, key = self.current, event.key()
        if entry is not None and (key == Qt.Key.Key_Space or key in _ENTER):
            self.toggled.emit(entry.name)
        elif entry is not None and event.modifiers() & _ALT and key == Qt.Key.Key_Up:
            self.moved.emit(entry.name, -1)
        elif entry is not None and event.modifiers() & _ALT and key == Qt.Key.Key_Down:
            self.moved.emit(entry.name, 1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            name = self.lines.entry(index.row()).name
            if name:
                self.toggled.emit(name)


class FieldDialog(QDialog):
    """A search over a list of fields; ticks act at once. Subclasses say what is listed.

    Down and Enter go from the search into the list, Esc closes.
    """

    def __init__(self, look: Look, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        resize_within(self, look.px(_WIDE), look.px(_HIGH))
        self.search = SearchField(look, tr("Search for a field…"))
        self.search.textChanged.connect(self.show_fields)
        self.search.installEventFilter(self)
        self.list = FieldList(look)
        self.list.setAccessibleName(title)
        done = button(look, tr("Close"))
        done.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(label(hint, face="small", tone="muted", wrap=True), 1)
        foot.addWidget(done)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(8)
        rows.addWidget(self.search)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        FocusRing(look, self)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def groups(self) -> Iterable[tuple[str, Sequence[Entry]]]:
        """The headings and what stands under them."""
        raise NotImplementedError

    def show_fields(self) -> None:
        """List what fits the search, with the ticks as they are now."""
        words = fold(self.search.text()).split()
        entries: list[Entry] = []
        for heading, group in self.groups():
            found = [e for e in group if all(word in fold(e.text) for word in words)]
            entries += [Entry(heading), *found] if found else []
        before = self.list.current
        self.list.lines.show_entries(entries)
        row = self.list.lines.row_of(before.name, shown=before.shown) if before else None
        if row is None:
            row = next((place for place, e in enumerate(entries) if e.name), None)
        if row is not None:
            self.list.setCurrentIndex(self.list.lines.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search into the list."""
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Down, *_ENTER)
        ):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


class _Lines(QStyledItemDelegate):
    def __init__(self, look: Look, lines: FieldLines, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        measures = self._look.measures
        is_field = bool(self._lines.entry(index.row()).name)
        return QSize(0, measures.facet_row if is_field else measures.facet_heading)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, entry = self._look, self._lines.entry(index.row())
        rect = QRectF(option.rect)
        painter.save()
        room = rect.adjusted(look.px(_SIDE), 0, -look.px(_SIDE), 0)
        face, metrics = look.fonts.small_strong, look.metrics.small_strong
        if entry.name:
            if option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, look.colour("hover"))
            paint_tick_box(painter, room.left(), room.center().y(), look, on=entry.on)
            room.setLeft(room.left() + look.measures.tick_box + look.px(_GAP))
            face, metrics = look.fonts.text, look.metrics.text
        painter.setFont(face)
        painter.setPen(look.colour("text"))
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, int(_LEFT), text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 0, -2, -1))
            painter.drawRect(option.rect.adjusted(2, 1, -3, -2))
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
