"""How well the tables found on a sheet fit lists of known kinds."""

from __future__ import annotations

from smartct_desktop.services.importing.kinds_of_table import (
    CHECKLISTS,
    EXCHANGES,
    PAYMENTS,
    SURVEY,
    complete,
    rank,
)
from smartct_desktop.services.importing.layout import Layout, Table

_FEW = 4
"""Known headings of a form for feedback: name, organisation, country, address."""


def any_complete(layout: Layout) -> bool:
    """Whether some table has all the columns that its kind of list needs."""
    return any(table.kind or complete(table.heads) for table in layout.tables)


def any_sure(layout: Layout) -> bool:
    """Whether some table is a list beyond doubt, whatever questions stand over other columns."""
    return any(_is_sure(table) for table in layout.tables)


def most_known(layout: Layout) -> int:
    """Give how many headings of a table are known, of that with the most."""
    return max((sum(bool(h.senses) for h in t.heads) for t in layout.tables), default=0)


def _is_sure(table: Table) -> bool:
    best = next((kind for _, kind in rank(table.heads)), None)
    if best is None or not complete(table.heads):
        return False
    known = sum(any(best.owns(sense.code) for sense in head.senses) for head in table.heads)
    return best in (EXCHANGES, CHECKLISTS, PAYMENTS, SURVEY) or known > _FEW
