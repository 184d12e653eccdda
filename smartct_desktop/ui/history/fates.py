"""What undoing an old step would do, as a table: field by field what is put back, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QFont, QPainter

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.reversal import Fate, Outcome, Reversal
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.history.change_words import record_words, value_words
from smartct_desktop.ui.history.words import moment_words
from smartct_desktop.ui.history.words_table import WordCells, WordsModel
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.pill import paint_pill
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

HEADINGS = ("Record", "Field", "Now", "Then", "Outcome", "Why")
RECORD, FIELD, NOW, THEN, OUTCOME, WHY = range(6)

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


class FateModel(WordsModel):
    """The fates of a plan; their words are made when they are looked at."""

    headings = HEADINGS

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
                return record_words(fate.kind, fate.caption)
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
        field = schema_of(fate.kind).by_name[fate.field]
        return value_words(field, value, self._texts, self._reader) or tr("empty")

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


class FateCells(WordCells):
    """Draws a fate: what goes struck through, the outcome as a pill."""

    def __init__(self, look: Look, model: FateModel, parent: QObject | None = None) -> None:
        super().__init__(look, parent)
        self._model = model

    def paint_words(self, painter: QPainter, room: QRect, index: Index, *, selected: bool) -> None:
        fate, column = self._model.fate(index.row()), index.column()
        text = self._model.text(index.row(), column)
        if column == OUTCOME:
            middle = room.center().y()
            paint_pill(painter, room.left(), middle, text, TONES[fate.outcome], self.look)
            return
        font = QFont(self.look.fonts.text)
        font.setStrikeOut(column == NOW and fate.outcome is Outcome.BACK)
        painter.setFont(font)
        painter.setPen(self.ink("muted" if column in (WHY, NOW) else "text", selected=selected))
        self.write(painter, room, text)
