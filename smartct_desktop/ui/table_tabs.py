"""The tabs that are tables: which records, which columns at first, and what an empty one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartct_desktop.domain.fields import Id, Value, Whole
from smartct_desktop.domain.query import Among, Filter, Path, Query, Sort
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.ui import tab_names
from smartct_desktop.ui.grid.columns import Gather, Gathered


@dataclass(frozen=True)
class TableTab:
    """One tab; `name` is the word settings know it by, `summed` are added up for the selection."""

    name: str
    label: str
    kind: str
    belongs: str  # what an empty table says belongs here
    columns: tuple[str, ...]
    summed: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    fixed: tuple[tuple[str, Value], ...] = ()  # values of every record that is made here
    gathered: tuple[Gathered, ...] = ()
    gather: Gather | None = None
    widths: tuple[tuple[str, int], ...] = ()  # of columns, in pixels at 100 % text
    pane_below: bool = False

    @property
    def query(self) -> Query:
        """All records of the tab."""
        return Query(self.kind, filters=self.filters)


_CLUSTER = Path(("cluster",))
_FIGURES = tuple(Path((name,)) for name in ("cluster", "members", "smes"))
_NEWEST_FIRST = (Sort(Path(("as_of",)), descending=True),)


def newest_figures(reader: Reader, clusters: Sequence[Id]) -> dict[Id, dict[str, Value]]:
    """The members and SMEs of the newest figures of each cluster, and the share of SMEs."""
    query = Query("snapshot", _FIGURES, (Among(_CLUSTER, frozenset(clusters)),), sort=_NEWEST_FIRST)
    window = reader.window(query)
    found: dict[Id, dict[str, Value]] = {}
    try:
        for row in window.rows(0, window.count):
            cluster, members, smes = row.values
            if isinstance(cluster, str):
                values = {"+members": members, "+smes": smes, "+share": _share(smes, members)}
                found.setdefault(Id(cluster), values)
    finally:
        window.close()
    return found


def _share(smes: Value, members: Value) -> int | None:
    if isinstance(smes, int) and isinstance(members, int) and members:
        return round(100 * smes / members)
    return None


CLUSTERS = TableTab(
    name=tab_names.CLUSTERS,
    label=tab_names.LABELS[tab_names.CLUSTERS],
    kind="organisation",
    belongs="The clusters of the partnership, with their profiles, members and SMEs.",
    columns=("name", "partner_role", "country", "region", "+members", "+smes", "+share"),
    summed=("+members", "+smes"),
    filters=(Among(Path(("type",)), frozenset({OrganisationType.CLUSTER})),),
    fixed=(("type", OrganisationType.CLUSTER),),
    gathered=(
        Gathered("+members", "Members", Whole(), 12),
        Gathered("+smes", "SMEs", Whole(), 10),
        Gathered("+share", "SMEs of members", Whole(), 24, meter=True),
    ),
    gather=newest_figures,
    widths=(("name", 404), ("partner_role", 116), ("region", 214)),
    pane_below=True,
)
ORGANISATIONS = TableTab(
    name=tab_names.ORGANISATIONS,
    label=tab_names.LABELS[tab_names.ORGANISATIONS],
    kind="organisation",
    belongs="Everybody who can visit or host: SMEs, clusters, support organisations.",
    columns=("name", "type", "country", "city", "sme", "vat", "website"),
    summed=("headcount",),
)
EVENTS = TableTab(
    name=tab_names.EVENTS,
    label=tab_names.LABELS[tab_names.EVENTS],
    kind="event",
    belongs="The meetings, trainings and fairs of the partnership, planned and held.",
    columns=(
        *("code", "title", "type", "start", "end", "city", "country", "host_cluster"),
        *("participants_reported", "status"),
    ),
    summed=("participants_reported", "participants_registered"),
    widths=(("code", 64),),
)
EXCHANGES = TableTab(
    name=tab_names.EXCHANGES,
    label=tab_names.LABELS[tab_names.EXCHANGES],
    kind="exchange",
    belongs="One line for every stay of an organisation at another.",
    columns=("number", "vo", "ho", "start", "end", "working_days", "amount_cents", "status"),
    summed=("entitlement_cents", "amount_cents", "working_days"),
)
TABLE_TABS = (CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES)
TAB_KINDS = frozenset(tab.kind for tab in TABLE_TABS)
"""The kinds that have a tab of their own."""
