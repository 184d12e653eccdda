"""Where records are at home: the tab that shows them, or the record they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Id, Reference
from smartct_desktop.domain.query import Among, Path
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.ui.grid.filters import NamedFilter
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tab_names import CLUSTERS, EVENTS, EXCHANGES, ORGANISATIONS, OVERVIEW

HOMES = {"exchange": EXCHANGES, "event": EVENTS, "organisation": ORGANISATIONS}
"""The tabs of the kinds that have one."""

_LATEST = 100  # changes in which the owner of a record that is gone is looked for
_ON_OVERVIEW = frozenset(
    {"partnership", "target", "reporting_period", "sent_figure", "sent_records"}
)


@dataclass(frozen=True, slots=True)
class Home:
    """A tab, and the record to show there if there is one."""

    tab: str
    id: Id | None


def home_of(reader: Reader, kind: str, id_: Id, current: str) -> Home | None:
    """The home of a record; of clusters the Clusters tab, unless all organisations are in front."""
    if kind in _ON_OVERVIEW:
        return Home(OVERVIEW, None)
    try:
        record = reader.record(kind, id_)
    except KeyError:
        return Home(HOMES[kind], None) if kind in HOMES else _last_home(reader, kind, id_, current)
    if isinstance(record, Organisation):
        cluster = record.type is OrganisationType.CLUSTER
        return Home(CLUSTERS if cluster and current != ORGANISATIONS else ORGANISATIONS, id_)
    if kind in HOMES:
        return Home(HOMES[kind], id_)
    for field in schema_of(kind).fields:
        owner = getattr(record, field.name)
        if isinstance(field.type, Reference) and field.type.kind in HOMES and owner:
            return home_of(reader, field.type.kind, owner, current)
    return None


def _last_home(reader: Reader, kind: str, id_: Id, current: str) -> Home | None:
    """The home of the record to which one that is gone belonged."""
    for _, change in reader.record_history(kind, id_, 0, _LATEST):
        values = change.before or change.after
        for field in schema_of(kind).fields:
            owner = values.get(field.name)
            if isinstance(field.type, Reference) and field.type.kind in HOMES and owner:
                return home_of(reader, field.type.kind, Id(str(owner)), current)
    return None


def mentioning(reader: Reader, field: Field, id_: Id) -> NamedFilter:
    """The filter for records that name another one in a field."""
    kind = field.type.kind if isinstance(field.type, Reference) else field.kind
    caption = reader.captions(kind, [id_]).get(id_, "")
    only = Among(Path((field.name,)), frozenset({id_}))
    return NamedFilter(only, f"{tr(field.label)}: {caption}")
