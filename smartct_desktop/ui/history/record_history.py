"""The history of one record in its pane: what was changed when, by whom, and where from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Action, PastChange, PastStep
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.history.words import (
    Difference,
    deed_words,
    differences,
    moment_words,
    state_words,
)
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label

_STEPS = 12
_FIELDS = 5


class RecordHistory(QWidget):
    """The newest changes of one record."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._parts: list[QWidget] = []

    def show_history(
        self, history: Sequence[tuple[PastStep, PastChange]], texts: Texts, reader: Reader
    ) -> None:
        """Show these changes, newest first."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        for step, change in history[:_STEPS]:
            self._add_step(step, change, texts, reader)
        if len(history) > _STEPS:
            more = tr("{n} older changes stand in the History tab.", n=len(history) - _STEPS)
            self._add(more, tone="muted")
        if not history:
            self._add(tr("Nothing is recorded about changes."), tone="muted")

    def _add_step(self, step: PastStep, change: PastChange, texts: Texts, reader: Reader) -> None:
        when = moment_words(step.at, texts)
        parts = (when, step.by, _origin(step, change), state_words(step))
        head = " · ".join(part for part in parts if part)
        if self._parts:
            self._column.addSpacing(6)
        self._add(head, face="small", tone="muted")
        if change.action is not Action.CHANGE:
            self._add(tr("The record was {deed}.", deed=deed_words(change)))
            return
        moved = differences(change, texts, reader)
        for one in moved[:_FIELDS]:
            self._add(_line(one))
        if len(moved) > _FIELDS:
            self._add(tr("and {n} more fields", n=len(moved) - _FIELDS), tone="muted")

    def _add(self, text: str, *, face: str = "", tone: str = "") -> None:
        part = label(text, face=face, tone=tone, wrap=True)
        self._parts.append(part)
        self._column.addWidget(part)


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
