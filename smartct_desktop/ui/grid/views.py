"""The named views of one tab: choosing, keeping, passing on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.query import Sort
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.services.views import OwnViews, View, read_views, write_views
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.kept_filters import KeptFilters
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.protection.kept_text import closed_text, opened_text
from smartct_desktop.ui.tab_names import TAB_NAMES
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.tools import Tools

Names = Callable[[Sequence[str] | None], Sequence[str]]
"""Groups by these paths, or shows these facets, None to leave them; gives those there are now."""


class PageViews(QObject):
    """What of a page makes a view: columns, widths, order, filters, groups, facets.

    `changed` comes when another view is chosen, or when the chosen one is edited or no more.
    """

    changed = Signal()

    def __init__(
        self,
        tools: Tools,
        tab: TableTab,
        arrangement: Arrangement,
        table: RecordTable,
        filters: KeptFilters,
    ) -> None:
        super().__init__(table)
        self._tools = tools
        self._tab = tab
        self._arrangement = arrangement
        self._table = table
        self._filters = filters
        self._own = OwnViews(tools.settings)
        self._desk: Desk | None = None
        self._current: View = self.usual
        self._edited = False
        self.groups: Names = _none
        self.facets: Names = _none
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._compare)
        table.records.asked.connect(self._looking.start)
        table.headings.sectionMoved.connect(self._looking.start)
        arrangement.froze.connect(self._looking.start)

    # What there is.

    @property
    def usual(self) -> View:
        """The view a tab begins with: all of its records."""
        return View(tr("All {records}", records=tr(self._tab.label).lower()), self._tab.name)

    @property
    def current(self) -> View:
        """The view that was chosen last."""
        return self._current

    @property
    def edited(self) -> bool:
        """Whether the table is set up in another way than the view says."""
        return self._edited

    def shipped(self) -> list[View]:
        """The views that come with the program for this tab."""
        return shipped_for(self._desk, self._tab.name) if self._desk is not None else []

    def own(self) -> list[View]:
        """The views made here, by name."""
        return self._own.of(self._tab.name)

    def all(self) -> list[View]:
        """Every view of the tab, the usual one first."""
        return [self.usual, *self.shipped(), *self.own()]

    def is_taken(self, name: str) -> bool:
        """Whether a view that cannot be replaced has this name."""
        fixed = (self.usual, *self.shipped())
        names = {one.casefold() for view in fixed for one in (view.name, say(view.name))}
        return name.casefold() in names

    # The document.

    def attach(self, desk: Desk) -> None:
        """Show the records of a document as the tab was left."""
        self._desk = desk
        self._filters.attach(desk)
        name = self._tools.settings.text(f"table.{self._tab.name}.view")
        self._current = next((view for view in self.all() if view.name == name), self.usual)
        setting = f"table.{self._tab.name}.filter"
        kept = opened_text(self._tools.settings.text(setting), desk.document.key, setting)
        if kept:
            same = self._current.shipped and kept == self._filters.canonical(self._current.filter)
            self._filters.put_on(kept, say(self._current.name) if same else "")
        self._looking.start()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self._filters.attach(None)

    def remember(self) -> None:
        """Note in the settings which view it is, and what is filtered."""
        if self._desk is None:
            return
        settings, name = self._tools.settings, self._tab.name
        usual = self._current.name == self.usual.name
        settings.set(f"table.{name}.view", None if usual else str(self._current.name))
        setting = f"table.{name}.filter"
        kept = closed_text(self._filters.kept, self._desk.document.key, setting)
        settings.set(setting, kept or None)

    def look_again(self) -> None:
        """Something of the set-up was changed, or is about to be."""
        self._looking.start()

    # What is done.

    def choose(self, view: View) -> None:
        """Set the table up as a view says."""
        if self._desk is None or not self._table.finish_editing():
            return
        self._current = view
        self._filters.put_on(view.filter, say(view.name) if view.shipped else "")
        scale = self._tools.look.px
        widths = {name: scale(wide) for name, wide in view.widths.items()}
        self._arrangement.show(view.columns or self._tab.columns, widths)
        self._table.sort_by([sort for sort in view.sort if self._knows(sort)])
        self._arrangement.freeze_to(view.frozen)
        self.groups(view.groups)
        self.facets(view.facets)
        self._compare()
        self.changed.emit()

    def reset(self) -> None:
        """Set the table up again as the chosen view says."""
        self.choose(self._current)

    def now(self, name: str = "") -> View:
        """Give the set-up of the table as a view of this name."""
        columns = tuple(self._arrangement.names)
        return View(
            name=name,
            tab=self._tab.name,
            columns=() if columns == self._tab.columns else columns,
            widths=self._widths(),
            sort=self._table.records.query.sort,
            filter=self._filters.kept,
            groups=tuple(self.groups(None)),
            frozen=self._arrangement.frozen,
            facets=tuple(self.facets(None)),
        )

    def save_as(self, name: str) -> None:
        """Keep the set-up under a name; an own view of that name is replaced."""
        self._current = self.now(name)
        self._own.put(self._current)
        self._keep(tr("The view “{name}” is kept.", name=name))

    def update(self) -> None:
        """Keep the set-up in the view that was chosen."""
        self._current = self.now(self._current.name)
        self._own.put(self._current)
        self._keep(tr("The view “{name}” is kept.", name=self._current.name))

    def rename(self, name: str) -> None:
        """Give the chosen view another name."""
        self._current = self._own.rename(self._current, name)
        self._keep(tr("The view is called “{name}” now.", name=name))

    def delete(self) -> None:
        """Forget the chosen view; the rows stay as they are, and the note brings it back."""
        view = self._current
        self._own.remove(view)
        self._current = self.usual
        back = Link(tr("Undo"), partial(self._put_back, view))
        self._keep(tr("The view “{name}” is deleted.", name=view.name), back)

    def export(self, path: Path) -> None:
        """Write the set-up of the table to a file. Raises `Trouble`."""
        write_views([self.now(str(self._current.name))], path)
        self._tools.note.tell(tr("The view is in “{file}”.", file=path.name))

    def import_(self, path: Path) -> None:
        """Take over the views of a file, and choose the first one of this tab. Raises `Trouble`."""
        views = read_views(path, TAB_NAMES)
        named = []
        for view in views:
            free = self._own.free_name(view.tab, view.name)
            named.append(replace(view, name=free))
            self._own.put(named[-1])
        here = [view for view in named if view.tab == self._tab.name]
        if here:
            self.choose(here[0])
        names = ", ".join(f"“{view.name}”" for view in named)
        self._keep(tr("Taken over: {names}.", names=names))

    # Within.

    def _widths(self) -> dict[str, int]:
        """Widths as they would be at 100 % text."""
        hundred = self._tools.look.px(100)
        widths = {name: round(w * 100 / hundred) for name, w in self._table.widths().items()}
        return {name: wide for name, wide in widths.items() if 20 <= wide <= 2000}

    def _knows(self, sort: Sort) -> bool:
        try:
            sort.path.field(self._tab.kind)
        except KeyError:
            return False
        return True

    def _compare(self) -> None:
        before = self._edited
        self._edited = self._desk is not None and not self._is_as_chosen()
        if self._edited != before:
            self.changed.emit()

    def _is_as_chosen(self) -> bool:
        view = self._current
        columns = () if view.columns == self._tab.columns else view.columns
        wanted = replace(view, filter=self._filters.canonical(view.filter), columns=columns)
        return self.now().same_set_up(wanted)

    def _keep(self, sentence: str, *links: Link) -> None:
        self._compare()
        self.changed.emit()
        unsaid = self._filters.unsaid if not links else 0
        if unsaid:
            more = tr("One filter names records of this document and is not part of it.")
            if unsaid > 1:
                more = tr(
                    "{n} filters name records of this document and are not part of it.", n=unsaid
                )
            sentence = f"{sentence} {more}"
        if self._tools.try_deed(self._tools.settings.save):
            self._tools.note.tell(sentence, links)

    def _put_back(self, view: View) -> None:
        self._own.put(view)
        self._current = view
        self._keep(tr("The view “{name}” is back.", name=view.name))


def shipped_for(desk: Desk, tab: str) -> list[View]:
    """The views that come with the program for a tab, under the rules of the own partnership."""
    from smartct_desktop.services.own_partnership import own_partnership
    from smartct_desktop.services.rule_books import RulesInForce, rule_book
    from smartct_desktop.services.shipped_views import EXCHANGES, shipped_views

    if tab != EXCHANGES:
        return []
    own = own_partnership(desk.reader)
    in_force = RulesInForce(desk.facts, own, rule_book(desk.reader, desk.facts))
    rules = in_force.on(local_today())
    return shipped_views(rules, (own and own.counted_from) or CountingStatus.VALIDATED)


def _none(_names: Sequence[str] | None) -> Sequence[str]:
    return ()
