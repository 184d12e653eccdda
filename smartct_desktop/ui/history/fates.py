"""What undoing an old step would do, as a table: field by field what is put back, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.fields import Id, Reference, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.reversal import Fate, Outcome, Reversal
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.history.words import moment_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.pill import paint_pill
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

HEADINGS = ("Record", "Field", "Now", "Then", "Outcome", "Why")
RECORD, FIELD, NOW, THEN, OUTCOME, WHY = range(6)
_PAD = 8

TONES = {
    Outcome.BACK: Tone.DONE,
    Outcome.KEPT: Tone.WAITING,
    Outcome.CANNOT: Tone.WARNING,
    Outcome.SAME: Tone.CALM,
}


def outcome_words(outcome: Outcome, *, again: bool) -> str:
    """One word or two for what becomes of a value."""
    match outcome:
        case Outcome.BACK:
            return tr("done again") if again else tr("put back")
        case Outcome.KEPT:
            return tr("kept")
        case Outcome.CANNOT:
            return tr("cannot")
        case Outcome.SAME:
            return tr("nothing to do")


class FateModel(QAbstractTableModel):
    """The fates of a plan; their words are made when they are looked at."""

    def __init__(
        self, reversal: Reversal, reader: Reader, texts: Texts, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reversal = reversal
        self._reader = reader
        self._texts = texts
        self._shown: Sequence[Fate] = reversal.fates

    def show_only(self, outcome: Outcome | None) -> None:
        """Show the fates of one outcome, or all."""
        self.beginResetModel()
        fates = self._reversal.fates
        self._shown = fates if outcome is None else [f for f in fates if f.outcome is outcome]
        self.endResetModel()

    def fate(self, row: int) -> Fate:
        """The fate in a row."""
        return self._shown[row]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        fate = self._shown[row]
        schema = schema_of(fate.kind)
        match column:
            case 0:
                return fate.caption.strip() or tr(schema.label)
            case 1:
                if fate.field:
                    return tr(schema.by_name[fate.field].label)
                return tr("the whole record")
            case 2:
                return self._value(fate, fate.now, whole_is_there=fate.action is not Action.ADD)
            case 3:
                return self._value(fate, fate.then, whole_is_there=fate.action is Action.ADD)
            case 4:
                return outcome_words(fate.outcome, again=self._reversal.again)
            case _:
                return self._why(fate)

    def _value(self, fate: Fate, value: Value, *, whole_is_there: bool) -> str:
        if not fate.field:
            if fate.outcome is Outcome.SAME:
                return ""
            return tr("there") if whole_is_there else tr("not there")
        if value is None or value == ():
            return tr("empty")
        type_ = schema_of(fate.kind).by_name[fate.field].type
        caption = None
        if isinstance(type_, Reference):
            id_ = Id(str(value))
            caption = self._reader.captions(type_.kind, [id_]).get(id_) or tr("(no longer there)")
        return self._texts.shown(type_, value, caption)

    def _why(self, fate: Fate) -> str:
        words = say(fate.why)
        by = self._reversal.steps.get(fate.by) if fate.by is not None else None
        if by is None:
            return words
        when = moment_words(by.at, self._texts)
        return tr("{why} {when}, {who}: {step}", why=words, when=when, who=by.by, step=by.label)

    # What Qt asks for.

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                text = self.text(index.row(), index.column())
                return f"{tr(HEADINGS[index.column()])}: {text}"
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        wanted = orientation == Qt.Orientation.Horizontal and 0 <= section < len(HEADINGS)
        if wanted and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[section])
        if wanted and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class FateCells(QStyledItemDelegate):
    """Draws a fate: what goes struck through, what comes on its ground, the outcome as a pill."""

    def __init__(self, look: Look, model: FateModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(100, self._look.measures.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self._look, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(rect, look.colour("select" if active else "select-idle"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("hairline"))
        fate = self._model.fate(index.row())
        text = self._model.text(index.row(), index.column()).replace("\n", " ")
        inner = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), -1)
        if index.column() == OUTCOME:
            tone = TONES[fate.outcome]
            paint_pill(painter, inner.left(), rect.center().y(), text, tone, look)
        else:
            font = QFont(look.fonts.text)
            font.setStrikeOut(index.column() == NOW and fate.outcome is Outcome.BACK)
            quiet = index.column() in (WHY, NOW)
            ink = "muted" if quiet else "text"
            painter.setFont(font)
            painter.setPen(look.on_select(ink) if selected else look.colour(ink))
            short = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, inner.width()
            )
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, int(left), short)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))
        painter.restore()
