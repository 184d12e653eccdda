"""The named views of all tables as lines of the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from smartct_desktop.services.settings import Settings
from smartct_desktop.services.views import OwnViews, View
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.grid.views import shipped_for
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.quick_open.entries import Entry, Group
from smartct_desktop.ui.table_tabs import TABLE_TABS


def view_entries(desk: Desk, settings: Settings, show: Callable[[View], object]) -> Iterator[Entry]:
    """The shipped and the own views of every table."""
    own = OwnViews(settings)
    for tab in TABLE_TABS:
        for view in (*shipped_for(desk, tab.name), *own.of(tab.name)):
            yield Entry(
                key=f"view:{tab.name}:{view.name}",
                group=Group.VIEWS,
                title=say(view.name),
                act=partial(show, view),
                detail=tr(tab.label),
                icon="layers",
                also=say(view.hint),
            )
