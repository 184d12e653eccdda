"""The history of one record in its pane: what was changed when, by whom, and where from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Action, PastChange, PastStep
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.history.words import (
    Difference,
    deed_words,
    differences,
    moment_words,
    state_words,
    step_words,
)
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look

_STEPS = 12
_FIELDS = 5


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

    @property
    def links(self) -> tuple[QPushButton, ...]:
        """The lines that open a step, newest first."""
        return tuple(self._steps)

    def show_history(
        self, history: Sequence[tuple[PastStep, PastChange]], texts: Texts, reader: Reader
    ) -> None:
        """Show these changes, newest first."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self._steps.clear()
        for step, change in history[:_STEPS]:
            self._add(self._part_of(step, change, texts, reader))
        if len(history) > _STEPS:
            more = tr("{n} older changes stand in the History tab.", n=len(history) - _STEPS)
            self._add(label(more, tone="muted", wrap=True))
        if not history:
            self._add(label(tr("Nothing is recorded about changes."), tone="muted", wrap=True))

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
    return f"{tr(one.field.label)}: {one.before or nothing} → {one.after or nothing}"


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
