"""Which facets stand beside a table at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartct_desktop.ui import tab_names
from smartct_desktop.ui.facets.facet import PROBLEMS

USUAL: Mapping[str, Sequence[str]] = {
    tab_names.CLUSTERS: ("country", "partner_role", PROBLEMS),
    tab_names.ORGANISATIONS: ("type", PROBLEMS, "country", "sme", "partnership"),
    tab_names.EVENTS: ("status", PROBLEMS, "type", "country", "host_cluster", "start:year"),
    tab_names.EXCHANGES: (
        *("status", PROBLEMS, "mode", "vo.country", "ho.country", "ho_cluster"),
        *("start:year", "start:month"),
    ),
}
"""By the name of the tab."""

SHOWN_AT_FIRST = frozenset({tab_names.ORGANISATIONS, tab_names.EVENTS, tab_names.EXCHANGES})
"""Tabs with enough rows for facets to help."""
