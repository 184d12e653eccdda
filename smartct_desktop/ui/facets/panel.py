"""The panel at the left of a table: values with counts, to filter by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSplitter, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.query import Filter, Path, Query
from smartct_desktop.domain.reading import Bucket
from smartct_desktop.services.settings import Json
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.facets.counts import Asked, Counts
from smartct_desktop.ui.facets.facet import Facet, facets_of, kinds_of
from smartct_desktop.ui.facets.lines import FacetLine, LineKind
from smartct_desktop.ui.facets.list import FacetList
from smartct_desktop.ui.facets.usual import SHOWN_AT_FIRST, USUAL
from smartct_desktop.ui.facets.wording import chip_text, lines_of
from smartct_desktop.ui.grid.filters import FilterChips, NamedFilter
from smartct_desktop.ui.grid.folding_away import FoldingAway
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.tools import Tools

_WIDE, _LEAST, _WIDEST = 190, 160, 320
_PAUSE = 30  # milliseconds in which several reasons to count are one


class FacetPanel(QFrame):
    """Facets of one tab. What is ticked is kept as chips, one for each facet.

    Counts follow all filters but the facet's own. `chose` comes when other facets are shown.
    """

    chose = Signal()

    def __init__(self, tools: Tools, tab: TableTab, chips: FilterChips) -> None:
        super().__init__()
        self._look = tools.look
        self._tools = tools
        self._tab = tab
        self._chips = chips
        self._desk: Desk | None = None
        self._away: FoldingAway | None = None
        self._query: Query | None = None
        self._moment = 0
        self._counts = Counts(tools, self)
        self._counts.counted.connect(self._show_lines)
        self._facets = self._remembered()
        self._closed = set(_texts(tools.settings.get(f"facets.{tab.name}.closed")))
        self.setProperty("ground", "window")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.list = FacetList(self._look)
        self.list.setProperty("ground", "window")
        self.list.ticked.connect(self._tick)
        self.list.opened.connect(self._open)
        self.list.cleared.connect(self._clear)
        self.list.all_asked.connect(self._look_through)
        self.list.menu_asked.connect(self._show_menu)
        self.add_button = button(self._look, tr("Add a facet…"), Kind.LINK)
        self.add_button.clicked.connect(self.choose_facet)
        self.clear_button = button(self._look, tr("Clear all"), Kind.LINK)
        self.clear_button.clicked.connect(self.clear)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 6)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(self.clear_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        chips.changed.connect(self._show_lines)
        self._look.changed.connect(self._fit)
        self._fit()
        if not self._shown_before():
            self.hide()
        self._show_lines()

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets from the top."""
        return tuple(self._facets)

    def names(self, names: Sequence[str] | None) -> Sequence[str]:
        """Show the facets of these names, None to leave them; gives the names of those shown.

        What is ticked in a facet that goes stays a filter.
        """
        if names is not None:
            wanted = _facets(self._tab.kind, names)
            if wanted != self._facets:
                self._facets = wanted
                self._ask()
                self.chose.emit()
        return [facet.name for facet in self._facets]

    def beside(self, rest: QWidget) -> QSplitter:
        """The panel and, at its right, the rest of the page; the width is the one it was left."""
        wide = self._tools.settings.get(f"facets.{self._tab.name}.width")
        wide = wide if isinstance(wide, int) and wide > 100 else self._look.px(_WIDE)
        both = self.splitter = QSplitter(Qt.Orientation.Horizontal)
        both.setHandleWidth(1)
        both.setChildrenCollapsible(False)
        both.addWidget(self)
        both.addWidget(rest)
        both.setStretchFactor(1, 1)
        both.setSizes([wide, 10_000])
        return both

    def attach(self, desk: Desk | None) -> None:
        """Count in a document; None lets go of it."""
        self._desk = desk
        self._moment += 1
        self._counts.attach(desk.document if desk is not None else None)
        self._show_lines()

    def follow(self, query: Query) -> None:
        """Count among the records of this query, as soon as somebody sees it."""
        if query != self._query:
            self._query = query
            self.look_again()

    def hear(self, touched: Touched) -> None:
        """A step changed records: the counts may be others."""
        # What a rule says of a record may hang on records of any kind.
        problems = any(facet.path is None for facet in self._facets)
        if problems or touched.kinds & kinds_of(self._facets):
            self.recount()

    def recount(self) -> None:
        """Whatever was counted may be otherwise now."""
        self._moment += 1
        self.look_again()

    def look_again(self) -> None:
        """Count what is not counted yet, if somebody sees it."""
        if self.isVisible():
            self._pause.start()
            self._show_lines()

    def fold_with(self, away: FoldingAway) -> None:
        """Say who puts the panel away where there is no room for it."""
        self._away = away

    @property
    def wanted(self) -> bool:
        """Whether the panel is shown where there is room for it."""
        return self._shown_before()

    @property
    def usual_width(self) -> int:
        """Pixels, as the text is now."""
        return self._look.px(_WIDE)

    def show_panel(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Show or hide the panel, and remember it."""
        if self._away is not None and self._away.folded:
            self._away.show(on=on)
        else:
            self.setVisible(on)
            self._tools.settings.set(f"facets.{self._tab.name}.shown", on)
        if on:
            self.look_again()
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remember(self) -> None:
        """Note facets and width in the settings."""
        settings, name = self._tools.settings, self._tab.name
        names: list[Json] = [facet.name for facet in self._facets]
        usual = list(USUAL.get(name, ()))
        settings.set(f"facets.{name}.names", None if names == usual else names)
        closed: list[Json] = [*sorted(self._closed)]
        settings.set(f"facets.{name}.closed", closed or None)
        folded = self._away is not None and self._away.folded
        if not folded and not self.isHidden() and self.width() != self._look.px(_WIDE):
            settings.set(f"facets.{name}.width", self.width())

    def reset(self) -> None:
        """The facets as at first."""
        self._closed.clear()
        self._take([*_facets(self._tab.kind, USUAL.get(self._tab.name, ()))])

    def clear(self) -> None:
        """Untick everything in all facets."""
        own = [one for facet in self._facets if (one := self._chip(facet)) is not None]
        self._chips.exchange(own, None)

    def add(self, path: Path) -> None:
        """Show a facet of the values at the end of a way, as the last one."""
        for facet in facets_of(self._tab.kind, path):
            if facet not in self._facets:
                self._closed.discard(facet.name)
                self._take([*self._facets, facet])
            self.list.go_to((facet.name, LineKind.HEADING, None))
            return

    def remove(self, facet: Facet) -> None:
        """Take a facet away, with the filter it stands for."""
        self._untick(facet)
        self._take([one for one in self._facets if one != facet])

    def choose_facet(self) -> None:
        """Ask which field to make a facet of."""
        from smartct_desktop.ui.facets.chooser import FacetChooser

        chooser = FacetChooser(self._look, self._tab.kind, self._facets, self)
        chooser.changed.connect(self._take)
        chooser.open()

    # Within.

    def chosen(self, facet: Facet) -> frozenset[Value]:
        """The values of a facet that rows are filtered by."""
        one = self._chip(facet)
        return (facet.chosen(one.filter) if one is not None else None) or frozenset()

    def _chip(self, facet: Facet) -> NamedFilter | None:
        for one in self._chips.named:
            if facet.chosen(one.filter) is not None:
                return one
        return None

    def _ask(self) -> None:
        """Have the open facets counted."""
        if self._desk is None or self._query is None:
            return
        asked = []
        for facet in self._facets:
            if facet.name in self._closed:
                continue
            one = self._chip(facet)
            query = Query(self._query.kind, (), self._without(one), self._query.search)
            asked.append(Asked(facet, query, self.chosen(facet), self._moment))
        self._counts.ask(asked)
        self._show_lines()

    def _without(self, one: NamedFilter | None) -> tuple[Filter, ...]:
        """The filters of the query but one."""
        assert self._query is not None
        filters = list(self._query.filters)
        if one is not None and one.filter in filters:
            filters.remove(one.filter)
        return tuple(filters)

    def _show_lines(self) -> None:
        self.clear_button.setVisible(any(self._chip(facet) for facet in self._facets))
        if self._desk is None:
            self.list.lines.show_lines(())
            return
        lines: list[FacetLine] = []
        for facet in self._facets:
            lines += lines_of(
                facet,
                self._counts.buckets(facet),
                self.chosen(facet),
                self._desk.texts,
                is_open=facet.name not in self._closed,
                stale=self._pause.isActive() or not self._counts.is_fresh(facet),
            )
        self.list.lines.show_lines(lines)

    def _tick(self, line: FacetLine, more: bool) -> None:  # noqa: FBT001 (a signal's)
        before = self.chosen(line.facet)
        if more:
            after = before ^ {line.value}
        else:
            after = frozenset() if before == {line.value} else frozenset({line.value})
        self._choose(line.facet, after)

    def _choose(self, facet: Facet, values: frozenset[Value]) -> None:
        if self._desk is None:
            return
        before = self._chip(facet)
        after = None
        if values:
            known = {bucket.value: bucket for bucket in self._counts.buckets(facet)}
            buckets = [known.get(value, Bucket(value, None, 0)) for value in values]
            after = NamedFilter(facet.filter(values), chip_text(facet, buckets, self._desk.texts))
        self._chips.exchange([before] if before is not None else [], after)

    def _open(self, line: FacetLine) -> None:
        self._closed ^= {line.facet.name}
        self._ask()

    def _clear(self, line: FacetLine) -> None:
        self._untick(line.facet)

    def _untick(self, facet: Facet) -> None:
        if self._chip(facet) is not None:
            self._choose(facet, frozenset())

    def _take(self, facets: Sequence[Facet]) -> None:
        for gone in [facet for facet in self._facets if facet not in facets]:
            self._untick(gone)
        self._facets = list(facets)
        self._ask()
        self.chose.emit()

    def _look_through(self, line: FacetLine) -> None:
        """Show all values of a facet, with a search in them."""
        if self._desk is None:
            return
        from smartct_desktop.ui.facets.all_values import AllValues

        facet = line.facet
        dialog = AllValues(self._look, facet, self._counts.buckets(facet), self._desk.texts, self)
        dialog.show_chosen(self.chosen(facet))
        dialog.chosen.connect(self._choose)
        dialog.open()

    def _show_menu(self, line: FacetLine, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        facet = line.facet
        clear = menu.addAction(tr("Clear this facet"))
        clear.setEnabled(bool(self.chosen(facet)))
        clear.triggered.connect(partial(self._untick, facet))
        if self._counts.buckets(facet):
            through = menu.addAction(tr("All values of {facet}…", facet=facet.title))
            through.triggered.connect(partial(self._look_through, line))
        menu.addSeparator()
        away = menu.addAction(tr("Remove the facet {facet}", facet=facet.title))
        away.triggered.connect(partial(self.remove, facet))
        menu.addAction(tr("Add a facet…")).triggered.connect(self.choose_facet)
        menu.addAction(tr("The usual facets")).triggered.connect(self.reset)
        menu.popup(place)

    def _remembered(self) -> list[Facet]:
        names = _texts(self._tools.settings.get(f"facets.{self._tab.name}.names"))
        return _facets(self._tab.kind, names or USUAL.get(self._tab.name, ()))

    def _shown_before(self) -> bool:
        shown = self._tools.settings.get(f"facets.{self._tab.name}.shown")
        return shown if isinstance(shown, bool) else self._tab.name in SHOWN_AT_FIRST

    def _fit(self) -> None:
        self.setMinimumWidth(self._look.px(_LEAST))
        self.setMaximumWidth(self._look.px(_WIDEST))


def _facets(kind: str, names: Sequence[str]) -> list[Facet]:
    """The facets of these names; those that no longer exist are left out."""
    found = (Facet.of(kind, name) for name in names)
    return [facet for facet in found if facet is not None]


def _texts(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
