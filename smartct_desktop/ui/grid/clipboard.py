"""Between the cells of a table and the clipboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Ids, Query, Row
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.clipboard_text import read_clipboard
from smartct_desktop.services.revising.copying import (
    OWN_FORMAT,
    Cell,
    Copied,
    Head,
    copied,
    understood_own,
)
from smartct_desktop.services.revising.pasting import Rectangle
from smartct_desktop.services.revising.revision import Target
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import AnyColumn, Column, Gather, Gathered, heading
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.reasons import why_fixed

_AT_ONCE = 500


def said_of(  # noqa: PLR0913 (who reads, and what)
    reader: Reader,
    texts: Texts,
    model: CopiedColumns,
    ids: Sequence[Id],
    *,
    headings: bool,
    progress: Progress | None = None,
) -> Copied:
    """Write down the cells of these records; on whatever thread."""
    heads = [Head(heading(one), one.type, _code(one)) for one in model.columns]
    return copied(texts, heads, _values(reader, model, ids, progress), headings=headings)


def put_on_clipboard(said: Copied) -> None:
    """Have it pasted from now on: as text, as HTML, and exactly."""
    data = QMimeData()
    data.setText(said.text)
    data.setHtml(said.html)
    data.setData(OWN_FORMAT, said.own.encode())
    QGuiApplication.clipboard().setMimeData(data)


@dataclass(frozen=True, slots=True)
class CopiedColumns:
    """The columns that are copied of records of a kind, and who brings their gathered values."""

    kind: str
    columns: Sequence[AnyColumn]
    gather: Gather | None


def as_tsv(model: RecordModel, rows: Iterable[int], order: Sequence[int]) -> str:
    """Headings and shown texts, split by tabs; `order` are the columns as they stand."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\r\n")
    writer.writerow([heading(model.columns[place]) for place in order])
    for row in rows:
        line = model.line(row)
        if line is not None and line.texts is not None:
            writer.writerow([line.texts[place] for place in order])
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Content:
    """What lies on the clipboard, not understood yet."""

    own: str
    text: str
    html: str

    @property
    def size(self) -> int:
        """How many letters have to be understood."""
        return len(self.own) or len(self.text) + len(self.html)

    def rectangle(self) -> Rectangle | None:
        """The rectangle that is meant, None if there is no text; on whatever thread."""
        own = understood_own(self.own) if self.own else None
        return own if own is not None and own.rows else read_clipboard(self.text, self.html)


def clipboard_content() -> Content:
    """Take from the clipboard what can be pasted."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return Content("", "", "")
    own = bytes(data.data(OWN_FORMAT).data()).decode("utf-8", "replace")
    return Content(own, data.text() if data.hasText() else "", data.html())


def target_of(column: AnyColumn, *, read_only: bool = False) -> Target:
    """A column as a revision sees it, with the reason if its cells cannot be changed."""
    if isinstance(column, Column) and column.own and not read_only:
        return Target(heading(column), column.field)
    return Target(heading(column), None, why_fixed(column, read_only=read_only))


def _code(column: AnyColumn) -> str:
    return column.field.code if isinstance(column, Column) else ""


def _values(
    reader: Reader, of: CopiedColumns, ids: Sequence[Id], progress: Progress | None
) -> Iterator[list[Cell]]:
    """The cells of each record, in the order of the ids."""
    paths = tuple(column.path for column in of.columns if isinstance(column, Column))
    for start in range(0, len(ids), _AT_ONCE):
        if progress is not None:
            progress.report(Sentence("Copying"), start, len(ids))
        some = ids[start : start + _AT_ONCE]
        window = reader.window(Query(of.kind, paths, (Ids(frozenset(some)),)))
        try:
            rows = {row.id: row for row in window.rows(0, len(some))}
        finally:
            window.close()
        gathered = of.gather(reader, some) if of.gather is not None else {}
        for id_ in some:
            if id_ in rows:
                yield _cells(of.columns, rows[id_], gathered.get(id_, {}))


def _cells(columns: Sequence[AnyColumn], row: Row, gathered: Mapping[str, Value]) -> list[Cell]:
    values = iter(zip(row.values, row.captions, strict=True))
    return [
        Cell(gathered.get(one.name)) if isinstance(one, Gathered) else Cell(*next(values))
        for one in columns
    ]
