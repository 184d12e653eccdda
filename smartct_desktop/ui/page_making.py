"""Making the pages of the window, each when it is first looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from smartct_desktop.ui.actions import EXPORTS, Actions
from smartct_desktop.ui.tab_names import HISTORY, OVERVIEW, PROBLEMS
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # one page does not wait for what another is made of
    from smartct_desktop.ui.grid.page import TablePage
    from smartct_desktop.ui.history.page import HistoryPage
    from smartct_desktop.ui.overview.page import OverviewPage
    from smartct_desktop.ui.problems.page import ProblemsPage
    from smartct_desktop.ui.workbench import Workbench

    Page: TypeAlias = OverviewPage | TablePage | ProblemsPage | HistoryPage

_TABLE_ACTIONS = (
    *("edit_record", "copy", "copy_headings", "paste", "clear_cells", "fill_down", "fill_series"),
    *("change_field", "duplicate", "delete"),
)


def make_page(name: str, tools: Tools, actions: Actions, workbench: Workbench) -> Page:
    """Make the page of a tab; what it asks for, the workbench does or asks for in its turn."""
    if name == OVERVIEW:
        return _make_overview(tools, workbench)
    if name == PROBLEMS:
        return _make_problems(tools, workbench)
    if name == HISTORY:
        return _make_history(tools, actions, workbench)
    return _make_table(name, tools, actions, workbench)


def _make_overview(tools: Tools, workbench: Workbench) -> OverviewPage:
    from smartct_desktop.ui.overview.page import OverviewPage

    page = OverviewPage(tools)
    page.records_asked.connect(workbench.show_records)
    page.home_asked.connect(workbench.open_record)
    page.history_asked.connect(partial(workbench.show_tab, HISTORY))
    page.record_asked.connect(workbench.record_asked)
    return page


def _make_problems(tools: Tools, workbench: Workbench) -> ProblemsPage:
    from smartct_desktop.ui.problems.page import ProblemsPage

    page = ProblemsPage(tools, workbench.partnership)
    page.opened.connect(workbench.go_to)
    return page


def _make_history(tools: Tools, actions: Actions, workbench: Workbench) -> HistoryPage:
    from smartct_desktop.ui.history.page import HistoryPage

    turns = (actions[name] for name in ("undo", "redo", "turn_step"))
    page = HistoryPage(tools, *turns)
    page.step_list.addAction(actions["differences"])
    page.opened.connect(workbench.open_record)
    page.step_chosen.connect(workbench.page_changed)
    return page


def _make_table(name: str, tools: Tools, actions: Actions, workbench: Workbench) -> TablePage:
    from smartct_desktop.ui.grid.page import TablePage
    from smartct_desktop.ui.table_tabs import TABLE_TABS

    page = TablePage(tools, next(tab for tab in TABLE_TABS if tab.name == name))
    for action in _TABLE_ACTIONS:
        page.table.addAction(actions[action])
    page.empty.addAction(actions["paste"])
    page.toolbar.offer_exports([actions[one] if one else None for one in EXPORTS])
    page.chosen.connect(workbench.page_changed)
    page.new_asked.connect(workbench.new_asked)
    page.import_asked.connect(workbench.import_asked)
    page.paste_asked.connect(actions["paste"].trigger)
    page.opened.connect(workbench.open_record)
    page.filter_asked.connect(workbench.show_mentions)
    page.part_asked.connect(workbench.part_asked)
    page.empty.offer_help(actions["help"].trigger)
    page.pane.delete_asked.connect(workbench.delete_asked)
    page.pane.step_asked.connect(workbench.show_step)
    return page
