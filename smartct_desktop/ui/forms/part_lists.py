"""Which lists of other records belong into the pane of a record, and what their columns are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.fields import Field, Id, LongText, Terms
from smartct_desktop.domain.query import Among, Path, Query, Sort
from smartct_desktop.ui.i18n import tr

_COLUMNS = 5  # of a list for which none are named

_NAMED = {
    "exchange.vo": ("number", "ho", "start", "end", "working_days", "amount_cents", "status"),
    "exchange.ho": ("number", "vo", "start", "end", "working_days", "amount_cents", "status"),
    "exchange.vo_cluster": ("number", "vo", "ho", "start", "end", "status"),
    "exchange.ho_cluster": ("number", "vo", "ho", "start", "end", "status"),
    "exchange.visitor": ("number", "vo", "ho", "start", "end", "status"),
    "exchange.event": ("number", "vo", "ho", "start", "end", "status"),
    "exchange_day.exchange": ("date", "day_kind", "note"),
    "exchange_person.exchange": ("person", "side", "lead", "signs_for"),
    "exchange_person.person": ("exchange", "side", "lead"),
    "payment.exchange": ("date", "amount_cents", "payment_kind", "bank_ref", "organisation"),
    "payment.organisation": ("date", "amount_cents", "payment_kind", "exchange", "bank_ref"),
    "payment.payer_cluster": ("date", "amount_cents", "payment_kind", "exchange", "organisation"),
    "waiver.exchange": ("rule_code", "reason", "granted_by", "granted_on", "expires_on", "proof"),
    "waiver.organisation": ("rule_code", "reason", "granted_by", "granted_on", "expires_on"),
    "waiver.event": ("rule_code", "reason", "granted_by", "granted_on", "expires_on"),
    "membership.cluster": ("organisation", "member_kind", "since", "until"),
    "membership.organisation": ("cluster", "member_kind", "since", "until"),
    "person.organisation": ("name", "function", "email", "phone"),
    "snapshot.cluster": ("as_of", "members", "smes", "told_in"),
    "event.host_cluster": ("code", "title", "start", "city", "status"),
    "session.event": ("no", "title", "date", "start_time", "end_time"),
    "attendance.event": ("name_text", "organisation", "country", "attended", "signed"),
    "attendance.organisation": ("event", "name_text", "attended", "signed"),
    "event_count.event": ("by", "value", "participants", "told_in"),
}
"""The columns of lists, by the field in which their records name the record of the pane."""

_ORDER = {
    "organisation": (
        *("exchange.vo", "exchange.ho", "membership.cluster", "membership.organisation"),
        *("person.organisation", "label.cluster", "snapshot.cluster"),
    ),
    "exchange": ("exchange_person.exchange", "exchange_day.exchange", "payment.exchange"),
    "event": ("session.event", "attendance.event", "event_count.event", "exchange.event"),
}
"""What comes first in the pane of each kind; everything else follows as it is declared."""


_HEADINGS = {
    "exchange.vo": "Exchanges as visitor",
    "exchange.ho": "Exchanges as host",
    "exchange.vo_cluster": "Exchanges of visitors of the cluster",
    "exchange.ho_cluster": "Exchanges of hosts of the cluster",
    "membership.cluster": "Members",
    "membership.organisation": "Member of",
    "snapshot.cluster": "Figures",
    "event.host_cluster": "Events as host",
}
"""What lists are called of which kind and field do not say it well."""

_SORTED = {
    "snapshot": (Sort(Path(("as_of",)), descending=True),),
    "payment": (Sort(Path(("date",))),),
    "exchange_day": (Sort(Path(("date",))),),
    "session": (Sort(Path(("no",))),),
}
"""Lists in another order than that of the names of their records."""

_PLAIN = frozenset(
    {
        *("exchange_day", "exchange_person", "session", "event_count", "attendance"),
        *("person", "label", "waiver"),
    }
)
"""Kinds of which a list needs no more than their name."""


@dataclass(frozen=True)
class PartList:
    """The records that name another one in `field`, seen through some of their fields."""

    field: Field
    columns: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of the records in the list."""
        return self.field.kind

    @property
    def heading(self) -> str:
        """“Exchanges as host”, “Payments · Paying cluster”, or only “Sessions”."""
        named = _HEADINGS.get(self.field.code)
        plural = tr(named or schema_of(self.kind).plural)
        return plural if named or self.kind in _PLAIN else f"{plural} · {tr(self.field.label)}"

    def query(self, id_: Id) -> Query:
        """The records of the list of one record."""
        named = Among(Path((self.field.name,)), frozenset({id_}))
        return Query(self.kind, filters=(named,), sort=_SORTED.get(self.kind, ()))


def part_lists(kind: str) -> Iterator[PartList]:
    """The lists in the pane of a kind of record, but for attached files, which have their own."""
    fields = {field.code: field for field in references_to(kind) if field.kind != "attachment"}
    first = [code for code in _ORDER.get(kind, ()) if code in fields]
    for code in dict.fromkeys([*first, *fields]):
        yield PartList(fields[code], _NAMED.get(code) or _usual(fields[code]))


def _usual(naming: Field) -> tuple[str, ...]:
    """The first short fields, those that name the record before the others."""
    schema = schema_of(naming.kind)
    short = [
        field
        for field in schema.fields
        if field.name != naming.name and not isinstance(field.type, LongText | Terms)
    ]
    short.sort(key=lambda field: field.name not in schema.caption)
    return tuple(field.name for field in short[:_COLUMNS])
