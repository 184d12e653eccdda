"""The lines of a preview: one for every cell that changes, is refused or lies beyond the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from smartct_desktop.services.revising.revision import RecordChange, Revision
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.tones import Tone

Role = Qt.ItemDataRole
RECORD, WHAT = range(2)


class Outcome(Enum):
    """What becomes of a cell; the word of its facet, and its tone."""

    CHANGE = "changes", Tone.ACCENT
    NEW = "new records", Tone.DONE
    REFUSED = "stays: refused", Tone.ERROR
    BEYOND = "beyond the table", Tone.WARNING

    @property
    def word(self) -> str:
        """What it is called."""
        return tr(self.value[0])

    @property
    def tone(self) -> Tone:
        """Its colour and sign."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a difference, or words that say why there is none."""

    outcome: Outcome
    record: str
    field: str
    old: str = ""
    new: str = ""
    words: str = ""

    @property
    def text(self) -> str:
        """What the line says, for whoever has it read out."""
        if self.words:
            return f"{self.field}: {self.words}" if self.field else self.words
        return f"{self.field}: {self.old or tr('empty')} → {self.new or tr('empty')}"


def lines_of(revision: Revision) -> list[Line]:
    """Everything a revision has to say, what is refused first."""
    lines = [
        Line(
            Outcome.REFUSED, say(one.name), tr(one.heading), words=_refused(one.text, one.sentence)
        )
        for one in revision.refusals
    ]
    for over in revision.overflow:
        texts = " · ".join(text for text in over.texts if text)
        words = f"{say(over.sentence)} {texts}"
        lines.append(Line(Outcome.BEYOND, tr("Row {row}", row=over.row), "", words=words))
    lines += _differences(revision.changes, Outcome.CHANGE)
    lines += _differences(revision.additions, Outcome.NEW)
    return lines


def _refused(text: str, sentence: str) -> str:
    return f"{text} – {say(sentence)}" if text and text not in sentence else say(sentence)


def _differences(changes: Sequence[RecordChange], outcome: Outcome) -> Iterator[Line]:
    for change in changes:
        name = say(change.name)
        for cell in change.cells:
            old, new = (" ".join(text.split()) for text in (cell.before_text, cell.after_text))
            yield Line(outcome, name, tr(cell.field.label), old, new)
        if not change.cells:
            yield Line(outcome, name, "", words=tr("A record without further values."))


class LineModel(QAbstractTableModel):
    """The lines, narrowed to some outcomes."""

    def __init__(self, lines: Sequence[Line], heading: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(lines)
        self._shown = self._all
        self._heading = heading

    def count(self, outcome: Outcome) -> int:
        """How many lines have this outcome."""
        return sum(line.outcome is outcome for line in self._all)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown."""
        return self._shown

    def narrow(self, outcomes: frozenset[Outcome]) -> None:
        """Show only lines with these outcomes; all for none."""
        self.beginResetModel()
        self._shown = tuple(one for one in self._all if not outcomes or one.outcome in outcomes)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        text = line.record if index.column() == RECORD else line.text
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return text
            case Role.AccessibleTextRole:
                heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
                return f"{heading}: {text}"
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role != Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._heading if section == RECORD else tr("What happens, and why")
