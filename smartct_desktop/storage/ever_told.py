"""What a document has ever told, now and in any step of its history."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from smartct_desktop.storage.books import CHANGE, CONTENT
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.tables import Tables


def texts_ever(connection: Connection, tables: Tables, kind: str, name: str) -> set[str]:
    """Give all texts that a field of a kind holds, or held at any time."""
    own = tables[kind].table.c[name]
    found = {text for (text,) in connection.fetch(sa.select(own).distinct())}
    for told in (CHANGE.c.before, CHANGE.c.after):
        then = sa.select(sa.func.json_extract(told, f"$.{name}")).where(CHANGE.c.kind == kind)
        found.update(text for (text,) in connection.fetch(then.distinct()))
    return {text for text in found if isinstance(text, str) and text}


def naming(connection: Connection, tables: Tables, kind: str, id_: str) -> dict[str, set[str]]:
    """Give the ids of all records that name this one, or did at any time, by their kind."""
    found: dict[str, set[str]] = {}
    own = tables[kind].table
    rowid = sa.select(own.c.rowid).where(own.c.id == id_).scalar_subquery()
    for shape, stored in tables.referring(kind):
        rows = sa.select(shape.table.c.id).where(shape.table.c[stored.name] == rowid)
        found.setdefault(shape.schema.kind, set()).update(o for (o,) in connection.fetch(rows))
        for text in (CHANGE.c.before, CHANGE.c.after):
            told = sa.func.json_extract(text, f"$.{stored.name}") == id_
            kept = sa.select(CHANGE.c.record).where(CHANGE.c.kind == shape.schema.kind, told)
            found[shape.schema.kind].update(o for (o,) in connection.fetch(kept))
    return found


def papers_with(connection: Connection, contents: Collection[str]) -> set[str]:
    """Give the ids of the attachments that have, or had, one of these contents."""
    found: set[str] = set()
    for sha256 in contents:
        rows = connection.raw.execute(_PAPERS, (sha256,) * 3)
        found.update(id_ for (id_,) in rows)
    return found


_PAPERS = """
SELECT id FROM attachment WHERE sha256 = ? UNION SELECT record FROM change
  WHERE kind = 'attachment'
  AND (json_extract(before, '$.sha256') = ? OR json_extract(after, '$.sha256') = ?)
"""


def steps_about(connection: Connection, records: Collection[str]) -> set[int]:
    """Give the numbers of the steps that touched one of these records."""
    found: set[int] = set()
    for id_ in records:
        rows = connection.fetch(sa.select(CHANGE.c.step).where(CHANGE.c.record == id_))
        found.update(no for (no,) in rows)
    return found


def contents_of(connection: Connection) -> dict[str, int]:
    """Give the hashes of all contents with their sizes."""
    return dict(map(tuple, connection.fetch(sa.select(CONTENT.c.sha256, CONTENT.c.size))))
