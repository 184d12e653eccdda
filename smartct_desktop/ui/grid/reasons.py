"""Why a cell cannot be changed, in words."""

from __future__ import annotations

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.ui.grid.columns import AnyColumn, Gathered, heading
from smartct_desktop.ui.i18n import tr


def why_fixed(column: AnyColumn, *, read_only: bool) -> str:
    """The sentence for a column whose cells take no keys."""
    name = heading(column)
    if read_only:
        return tr("This document is open for reading only.")
    if isinstance(column, Gathered):
        return tr("{name} comes from the newest figures of the cluster.", name=name)
    if column.own:
        return tr("{name} is worked out by the program.", name=name)
    owner = tr(schema_of(column.field.kind).label).lower()
    return tr("{name} belongs to the {owner}: change it there.", name=name, owner=owner)
