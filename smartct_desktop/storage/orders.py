"""Finding the whole order of very many records, without standing in anybody's way.

Each statement runs without the interpreter's lock, and gives thousands of rowids as one text: a
fetch of every single one would take the lock, and give it back, as many times.
"""

from __future__ import annotations

from array import array

import sqlalchemy as sa

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.guests import Guest
from smartct_desktop.storage.selection import Rowids, Selection

PACKED = 20_000
"""Rowids in one text."""

MANY = 100_000
"""Of more records than that, memory is too good to be sorted in."""


def whole_order(guest: Guest, selection: Selection, total: int) -> array[int]:
    """Give the rowids of all records found, in order. Raises `Trouble`, `Outdated`, `Cancelled`."""
    connection, rowids = guest.connection, selection.rowids()
    if selection.all and selection.walks:
        return guest.do(lambda: _walked(connection, rowids))
    if total > MANY:
        try:
            # The file has no name for others, and is gone when the connection is closed.
            guest.connection.tell("PRAGMA temp_store=FILE")
            return guest.do(lambda: _sorted(connection, rowids))
        except Trouble:  # no room for it, or no folder
            guest.connection.tell("PRAGMA temp_store=MEMORY")
    return guest.do(lambda: _sorted(connection, rowids))


def _walked(connection: Connection, rowids: Rowids) -> array[int]:
    """Go along the index that has the order; finding the place again takes next to no time."""
    order = array("q")
    piece = rowids.limit(PACKED).offset(sa.bindparam("after")).subquery()
    packed = sa.select(sa.func.group_concat(piece.c.rowid))
    while True:
        ((text,),) = connection.fetch(packed, {"after": len(order)})
        if text is None:
            return order
        order.extend(map(int, text.split(",")))


def _sorted(connection: Connection, rowids: Rowids) -> array[int]:
    """Put the rowids into a table of our own by one statement, and fetch it in pieces."""
    found = sa.table("found", sa.column("place", sa.Integer), sa.column("own", sa.Integer))
    connection.tell("CREATE TEMP TABLE found (place INTEGER PRIMARY KEY, own INTEGER NOT NULL)")
    count = connection.run(sa.insert(found).from_select(["own"], rowids))
    piece = (
        sa.select(found.c.own)
        .where(found.c.place > sa.bindparam("after"), found.c.place <= sa.bindparam("last"))
        .order_by(found.c.place)
        .subquery()
    )
    packed = sa.select(sa.func.group_concat(piece.c.own))
    order = array("q")
    for after in range(0, count, PACKED):
        ((text,),) = connection.fetch(packed, {"after": after, "last": after + PACKED})
        order.extend(map(int, text.split(",")))
    connection.tell("DROP TABLE temp.found")
    return order
