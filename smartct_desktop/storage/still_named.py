"""Which record still refers to one that a step removed."""

from __future__ import annotations

import sqlalchemy as sa

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.filters import one_of
from smartct_desktop.storage.pen import Pen
from smartct_desktop.storage.writing import Writer


def still_named(pen: Pen, writer: Writer) -> Trouble:
    """Say which record refers to one that the transaction removed."""
    for kind, gone in writer.touch.removed.items():
        for shape, stored in pen.tables.referring(kind):
            column = shape.table.c[stored.name]
            naming = sa.select(column, shape.table.c.rowid).where(one_of(column, gone)).limit(1)
            for removed, rowid in pen.connection.fetch(naming):
                who = pen.records.captions_by_rowid(shape.schema.kind, [rowid])[rowid][1]
                what = pen.reader.record_history(kind, Id(gone[removed]))[0][1].caption
                return Trouble(
                    Sentence(
                        "{what} cannot be removed: {who} names it as {field}.",
                        what=what or pen.tables[kind].schema.label,
                        who=who or shape.schema.label,
                        field=stored.field.label,
                    ),
                    Sentence("Change or remove that first."),
                )
    raise AssertionError("references lead nowhere although nothing was removed")
