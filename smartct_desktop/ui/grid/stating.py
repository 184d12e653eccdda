"""What the status bar says of a table: rows shown of all, how many are selected, their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Path
from smartct_desktop.domain.reading import Outdated, Window
from smartct_desktop.ui.grid.columns import AnyColumn, Column
from smartct_desktop.ui.grid.sums import amounts, sum_words, summed_columns, sums_at_once
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
        self._columns: Sequence[AnyColumn] = ()
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
            self._columns = summed_columns(model, self._summed)
            rows = self._table.selected_rows()
            known = sums_at_once(model, rows, self._columns)
            if known is None:
                self._words = words
                self._ask(rows)
            else:
                words += sum_words(known, model.source.texts)
        self.stated.emit(_BETWEEN.join(words))

    def _ask(self, rows: Sequence[range]) -> None:
        """Have the rows added up on another thread."""
        model = self._table.records
        window = model.window
        paths = [column.path for column in self._columns if isinstance(column, Column)]
        if window is None or not paths:
            return
        parts = [part for some in rows for part in model.numbers(some.start, some.stop)]
        work = partial(_add_up, window, parts, paths)
        self._job = self._tools.jobs.run(
            work, self._take, self._fail, title=tr("Adding up"), shown=False
        )

    def _take(self, sums: Mapping[Path, int | Decimal]) -> None:
        source, job = self._table.records.source, self._job
        self._job = None
        if source is None or job is None or job.cancelled:
            return
        found: Mapping[AnyColumn, Value] = amounts(self._columns, sums)
        self.stated.emit(_BETWEEN.join([*self._words, *sum_words(found, source.texts)]))

    def _fail(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, Outdated):  # else the table is asked again, and this with it
            self._tools.report(error)


def _add_up(
    window: Window, parts: Sequence[range], paths: Sequence[Path], _progress: Progress
) -> Mapping[Path, int | Decimal]:
    return window.sums(parts, paths)
