"""The pages of the help: their files, their titles, and which one belongs to which place."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.system.resources import read_text
from smartct_desktop.ui import tab_names
from smartct_desktop.ui.i18n import tr


@dataclass(frozen=True)
class Topic:
    """One page: the name of its file in `resources/help`, and its title."""

    name: str
    title: str

    @property
    def text(self) -> str:
        """The page in Markdown. Raises `Trouble` if the program is only partly installed."""
        return read_text(f"help/{self.name}.md")


START = "start"
TOPICS = (
    Topic(START, "First steps"),
    Topic("overview", "The Overview and its figures"),
    Topic("tables", "Tables and filters"),
    Topic("editing", "Editing, copying and pasting"),
    Topic("record", "The record pane"),
    Topic("clusters", "Clusters and their profiles"),
    Topic("organisations", "Organisations"),
    Topic("events", "Events"),
    Topic("exchanges", "Exchanges"),
    Topic("problems", "Problems"),
    Topic("rules", "The rules of the call"),
    Topic("import", "Importing a partner's file"),
    Topic("reports", "Reports, workbooks and PDFs"),
    Topic("templates", "The funder's own template"),
    Topic("periods", "What was sent"),
    Topic("history", "History and undo"),
    Topic("quick", "Search or command"),
    Topic("keyboard", "Working with the keyboard"),
    Topic("safety", "Saving, copies and what is kept"),
    Topic("protection", "A password for the document"),
)
"""The pages in the order in which one might read them."""

_OF_TAB = {
    tab_names.OVERVIEW: "overview",
    tab_names.CLUSTERS: "clusters",
    tab_names.ORGANISATIONS: "organisations",
    tab_names.EVENTS: "events",
    tab_names.EXCHANGES: "exchanges",
    tab_names.PROBLEMS: "exchanges",
    tab_names.PROBLEMS: "problems",
    tab_names.HISTORY: "history",
}


def titles() -> dict[str, str]:
    """The title of each page by its name."""
    return {topic.name: tr(topic.title) for topic in TOPICS}


def topic_of_tab(tab: str) -> str:
    """The page that explains a tab."""
    return _OF_TAB.get(tab, "tables")
