"""The tabs of the window by name, known before anything of a document is."""

from __future__ import annotations

OVERVIEW, CLUSTERS, ORGANISATIONS = "overview", "clusters", "organisations"
EVENTS, EXCHANGES = "events", "exchanges"
PROBLEMS, HISTORY = "problems", "history"

LABELS = {
    OVERVIEW: "Overview",
    CLUSTERS: "Clusters",
    ORGANISATIONS: "Organisations",
    EVENTS: "Events",
    EXCHANGES: "Exchanges",
    PROBLEMS: "Problems",
    HISTORY: "History",
}
"""The tabs in their order, which is that of Ctrl+1 and so on."""

TAB_NAMES = tuple(LABELS)
