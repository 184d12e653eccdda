"""The history of one record in its pane: what was changed when, by whom, and where from."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Action, PastChange, PastStep
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.history.change_words import Difference, differences
from smartct_desktop.ui.history.words import (
    deed_words,
    moment_words,
    state_words,
    step_words,
)
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look

_STEPS = 12
_MORE = 50
_FIELDS = 5


@dataclass(frozen=True)
class _Shown:
    """The record whose changes are shown, and how many there are."""

    kind: str
    id: Id
    texts: Texts
    reader: Reader
    count: int


class RecordHistory(QWidget):
    """The newest changes of one record; `step_asked(no)` for a step that is to be opened."""

    step_asked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._parts: list[QWidget] = []
        self._steps: dict[QPushButton, int] = {}
        self._shown: _Shown | None = None

    @property
    def links(self) -> tuple[QPushButton, ...]:
        """The lines that open a step, newest first."""
        return tuple(self._steps)

    def show_record(self, kind: str, id_: Id, texts: Texts, reader: Reader) -> None:
        """Show the newest changes of a record; older ones are read when they are asked for."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self._steps.clear()
        self._shown = _Shown(kind, id_, texts, reader, reader.record_history_count(kind, id_))
        self._show_more(_STEPS)
        if not self._shown.count:
            self._add(label(tr("Nothing is recorded about changes."), tone="muted", wrap=True))

    def _show_more(self, steps: int) -> None:
        shown = self._shown
        if shown is None:
            return
        start = len(self._steps)
        page = shown.reader.record_history(shown.kind, shown.id, start, start + steps)
        for step, change in page:
            self._add(self._part_of(step, change, shown.texts, shown.reader))
        older = shown.count - len(self._steps)
        if page and older > 0:
            words = tr("Show {n} older changes", n=min(older, _MORE))
            if older > _MORE:
                words = tr("Show {n} of {all} older changes", n=_MORE, all=older)
            more = button(self._look, words, Kind.LINK)
            more.clicked.connect(self._go_on)
            self._add(more)

    def _go_on(self) -> None:
        """Show older changes, and put the keys to the first of them."""
        more = self._parts.pop()
        before = len(self._steps)
        self._show_more(_MORE)
        more.hide()
        more.deleteLater()
        if len(self._steps) > before:
            self.links[before].setFocus(Qt.FocusReason.OtherFocusReason)

    def _part_of(self, step: PastStep, change: PastChange, texts: Texts, reader: Reader) -> QWidget:
        part = QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        when = moment_words(step.at, texts)
        link = button(self._look, when, Kind.LINK)
        link.setToolTip(
            tool_tip(tr("{step}. Show it in the history.", step=step_words(step)), self._look)
        )
        link.setAccessibleName(f"{when}: {step_words(step)}")
        link.clicked.connect(self._ask_step)
        self._steps[link] = step.no
        lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        about = (step.by, _origin(step, change), state_words(step))
        words = " · ".join(part for part in about if part)
        if words:
            lines.addWidget(label(words, face="small", tone="muted", wrap=True))
        for line in _lines(change, texts, reader):
            lines.addWidget(label(line, wrap=True))
        return part

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._column.addWidget(part)
        part.show()  # now: the keys may go there at once

    def _ask_step(self) -> None:
        link = self.sender()
        if isinstance(link, QPushButton) and link in self._steps:
            self.step_asked.emit(self._steps[link])


def _lines(change: PastChange, texts: Texts, reader: Reader) -> list[str]:
    if change.action is not Action.CHANGE:
        return [tr("The record was {deed}.", deed=deed_words(change))]
    moved = differences(change, texts, reader)
    lines = [_line(one) for one in moved[:_FIELDS]]
    if len(moved) > _FIELDS:
        lines.append(tr("and {n} more fields", n=len(moved) - _FIELDS))
    return lines


def _line(one: Difference) -> str:
    nothing = tr("empty")
    return f"{one.about}: {one.before or nothing} → {one.after or nothing}"


def _origin(step: PastStep, change: PastChange) -> str:
    """The file a value came from, with sheet and row."""
    if step.source is None:
        return ""
    if change.origin is None:
        return step.source.file
    if change.origin.sheet is None:
        return tr("{file}, row {row}", file=step.source.file, row=change.origin.row)
    return tr(
        "{file}, sheet “{sheet}”, row {row}",
        file=step.source.file,
        sheet=change.origin.sheet,
        row=change.origin.row,
    )
