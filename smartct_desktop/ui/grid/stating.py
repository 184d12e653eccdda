"""What the status bar says of a table: rows shown of all, how many are selected, their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.reading import Outdated, Window
from smartct_desktop.ui.grid.columns import Column
from smartct_desktop.ui.grid.sums import (
    Amounts,
    Summed,
    amounts,
    selected_cells,
    sum_words,
    sums_at_once,
)
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Job
from smartct_desktop.ui.tools import Tools

_BETWEEN = "   ·   "


class Stating(QObject):
    """`stated` brings the words, at once; sums of many rows follow from a job."""

    stated = Signal(str)

    def __init__(self, tools: Tools, table: RecordTable, summed: Sequence[str]) -> None:
        super().__init__(table)
        self._tools = tools
        self._table = table
        self._summed = summed
        self._everything = 0
        self._words: list[str] = []
        self._wanted: Sequence[Summed] = ()
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._state)
        table.selected_changed.connect(self._soon.start)

    def count(self, everything: int) -> None:
        """Say how many records there are without any filter."""
        self._everything = everything
        self._soon.start()

    def start(self) -> None:
        """Say it soon; several reasons to say it are one."""
        self._soon.start()

    def _state(self) -> None:
        model = self._table.records
        if model.source is None:
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        words = [tr("{shown} of {all} rows", shown=model.record_count, all=self._everything)]
        selected = self._table.selected_count()
        if selected:
            words.append(tr("{n} selected", n=selected))
            self._wanted = selected_cells(model, self._table.selected_parts, self._summed)
            known = [sums_at_once(model, one.rows, one.columns) for one in self._wanted]
            if None in known:
                self._words = words
                self._ask()
            else:
                words += self._sum_words([one for one in known if one is not None])
        self.stated.emit(_BETWEEN.join(words))

    def _sum_words(self, sums: Sequence[Amounts]) -> list[str]:
        """Name the sums in the order of the columns."""
        model = self._table.records
        found = {column: value for one in sums for column, value in one.items()}
        ordered = {column: found[column] for column in model.columns if column in found}
        return sum_words(ordered, model.source.texts) if model.source is not None else []

    def _ask(self) -> None:
        """Have the cells added up on another thread."""
        model = self._table.records
        window = model.window
        asked = []
        for one in self._wanted:
            paths = [column.path for column in one.columns if isinstance(column, Column)]
            parts = [part for some in one.rows for part in model.numbers(some.start, some.stop)]
            asked.append((parts, paths))
        if window is None or not any(paths for _, paths in asked):
            return
        work = partial(_add_up, window, asked)
        self._job = self._tools.jobs.run(
            work, self._take, self._fail, title=tr("Adding up"), shown=False
        )

    def _take(self, sums: Sequence[Mapping[Path, int | Decimal]]) -> None:
        job, self._job = self._job, None
        if job is None or job.cancelled or self._table.records.source is None:
            return
        found = [amounts(one.columns, own) for one, own in zip(self._wanted, sums, strict=True)]
        self.stated.emit(_BETWEEN.join([*self._words, *self._sum_words(found)]))

    def _fail(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, Outdated):  # else the table is asked again, and this with it
            self._tools.report(error)


def _add_up(
    window: Window,
    asked: Sequence[tuple[Sequence[range], Sequence[Path]]],
    _progress: Progress,
) -> Sequence[Mapping[Path, int | Decimal]]:
    return [window.sums(parts, paths) if paths else {} for parts, paths in asked]
