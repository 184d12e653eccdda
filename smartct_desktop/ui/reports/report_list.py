"""The list of all reports: each with a sentence, in three groups, searched as one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.folding import fold
from smartct_desktop.services.reports.catalog import LISTS, OF_ONE, REPORTS, ReportKind
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_CODE = Qt.ItemDataRole.UserRole
_SENTENCE = Qt.ItemDataRole.UserRole + 1
_PAD = 10
_WIDE = 280
_BAR = 14  # the scroll bar, with what is around it


def all_kinds() -> Iterator[ReportKind]:
    """Give every report that can be chosen here."""
    for _, kinds in _groups():
        yield from kinds


def _groups() -> Sequence[tuple[str, Sequence[ReportKind]]]:
    return (
        (tr("Reports"), REPORTS),
        (tr("About one event or person"), OF_ONE),
        (tr("All records of a kind"), LISTS),
    )


class ReportList(QWidget):
    """`chosen(kind)` comes with each report the list is on, `wanted` with Enter."""

    chosen = Signal(object)
    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._kinds = {kind.code: kind for kind in all_kinds()}
        self.search = SearchField(look, tr("Search the reports…"))
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.lines = QListWidget()
        self.lines.setAccessibleName(tr("Reports"))
        self.lines.setProperty("ground", "side")
        self.lines.setProperty("ring", "never")  # its current line shows it
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setItemDelegate(_ReportLines(look, self.lines))
        self.lines.currentItemChanged.connect(self._announce)
        self.lines.itemActivated.connect(self._want)
        self._nothing = label(tr("No report has these words."), tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.lines, 1)
        look.changed.connect(self._fit)
        self._fit()
        self._narrow("")

    @property
    def current(self) -> ReportKind | None:
        """The report the list is on."""
        item: QListWidgetItem | None = self.lines.currentItem()
        return self._kinds.get(str(item.data(_CODE))) if item is not None else None

    def go_to(self, code: str) -> None:
        """Go to a report by its code, or to the first one."""
        rows = [self.lines.item(row) for row in range(self.lines.count())]
        places = [row for row, item in enumerate(rows) if item.data(_CODE)]
        wanted = [row for row in places if rows[row].data(_CODE) == code]
        for row in (*wanted, *places)[:1]:
            self.lines.setCurrentRow(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search the arrow goes down into the list."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.search and event.type() == QEvent.Type.KeyPress and down:
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        """Show the reports that have all words in their name or sentence."""
        words = fold(typed).split()
        current = self.current
        self.lines.blockSignals(True)
        self.lines.clear()
        for heading, kinds in _groups():
            found = [kind for kind in kinds if all(word in _folded(kind) for word in words)]
            if found:
                self._add_heading(heading)
            for kind in found:
                self._add(kind)
        self.lines.blockSignals(False)
        self._nothing.setHidden(self.lines.count() > 0)
        self.go_to(current.code if current is not None else "")
        if self.lines.count() == 0:
            self.chosen.emit(None)

    def _add(self, kind: ReportKind) -> None:
        item = QListWidgetItem(say(kind.name))
        item.setData(_CODE, kind.code)
        item.setData(_SENTENCE, say(kind.sentence))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{say(kind.name)}. {say(kind.sentence)}")
        item.setToolTip(tool_tip(say(kind.sentence), self._look))
        self.lines.addItem(item)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.lines.addItem(item)

    def _announce(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)

    def _want(self) -> None:
        self.wanted.emit()

    def _fit(self) -> None:
        self.setFixedWidth(self._look.px(_WIDE))
        self.lines.scheduleDelayedItemsLayout()


def _folded(kind: ReportKind) -> str:
    return fold(f"{say(kind.name)} {say(kind.sentence)} {kind.code}")


class _ReportLines(QStyledItemDelegate):
    """A name with its sentence beneath in up to two lines; headings of groups are small."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        look = self._look
        if not index.data(_CODE):
            return QSize(0, look.measures.heading)
        wide, metrics = self._room, look.metrics.small
        room = metrics.boundingRect(
            QRect(0, 0, wide, 1000), _WRAPPED, str(index.data(_SENTENCE))
        ).height()
        return QSize(0, round(look.measures.line + room) + look.px(_PAD + 3))

    @property
    def _room(self) -> int:
        """How wide a sentence may be, with or without a scroll bar."""
        return self._look.px(_WIDE) - 2 * self._look.px(_PAD) - _BAR

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect, state = self._look, option.rect, option.state
        inner = rect.adjusted(look.px(_PAD), look.px(6), -look.px(_PAD), -look.px(4))
        left = Qt.AlignmentFlag.AlignLeft
        if not index.data(_CODE):
            painter.setFont(look.fonts.small_strong)
            painter.setPen(look.colour("muted"))
            painter.drawText(inner, left | Qt.AlignmentFlag.AlignBottom, str(index.data()))
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            active = bool(state & QStyle.StateFlag.State_Active)
            painter.fillRect(rect, look.colour("select" if active else "select-idle"))
        ink = look.on_select if selected else look.colour
        painter.setFont(look.fonts.text_medium)
        painter.setPen(ink("text"))
        painter.drawText(inner, left | Qt.AlignmentFlag.AlignTop, str(index.data()))
        painter.setFont(look.fonts.small)
        painter.setPen(ink("muted"))
        below = inner.adjusted(0, look.measures.line + 1, 0, look.px(4))
        below.setWidth(self._room)
        painter.drawText(below, _WRAPPED, str(index.data(_SENTENCE)))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
