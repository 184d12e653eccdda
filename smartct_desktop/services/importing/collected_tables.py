"""Tables of our collection template, which say themselves whose members and events they list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.known import KnownOrganisation
from smartct_desktop.services.importing.own_sheet import OwnSheet
from smartct_desktop.services.importing.own_tables import OwnTable, Records
from smartct_desktop.services.importing.plan import Target


def collected(table: TableWork, own: OwnSheet, natural: Callable[[TableWork], Records]) -> Records:
    """Give what reads a table of the template: known rows by their ids, others as any list's."""
    partner = next((o for o in table.work.known.organisations if o.id == own.partner), None)

    def new_rows(part: TableWork) -> Records:
        if partner is None:
            return natural(part)
        if own.kind == "membership":  # the stamp names the cluster as a title would
            part = replace(part, titles=(*part.titles, partner.name))
        return _OfPartner(natural(part), partner)

    return OwnTable(table, own, new_rows) if own.ids or own.gone else new_rows(table)


class _OfPartner:
    """New rows of a sheet that was made for a partner: events that it lists are its own."""

    def __init__(self, rows: Records, partner: KnownOrganisation) -> None:
        self._rows = rows
        self._partner = partner

    def mention(self) -> None:
        """Note the organisations that the rows name."""
        self._rows.mention()

    def drafts(self) -> Iterator[Draft]:
        """Give the records; a new event has the partner for its host unless it says otherwise."""
        for draft in self._rows.drafts():
            if draft.kind == "event":
                host = Target("organisation", self._partner.name, self._partner.id)
                draft.defaults.setdefault("host_cluster", host)
            yield draft
