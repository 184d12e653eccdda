"""Opens the palette, and brings together what it offers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.menus import Menus
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.fields import Id
    from smartct_desktop.services.views import View
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.quick_open.entries import Entry, Line
    from smartct_desktop.ui.quick_open.panel import QuickOpenPanel
    from smartct_desktop.ui.quick_open.records import Hit, RecordSearch

_WARM = 700  # milliseconds after a document was shown: then there is time to make the palette
_LATE = 0.25  # seconds after which what is found no longer moves the line that is chosen
_EACH, _ALL = 7, 100  # lines of a group
_OFTEN = frozenset(
    f"command:{name}"
    for name in ("new_record", "import", "find", "edit_record", "duplicate", "undo", "help")
)
"""What is offered first to somebody who has not used the palette yet."""

_COMMANDS, _RECORDS, _HELP = ">", "@", "?"


class QuickOpener(QObject):
    """Answers Ctrl+K and the field beside the menus.

    `help_asked(topic)` and `document_asked(path)` pass on what others open.
    """

    help_asked = Signal(str)
    document_asked = Signal(object)

    def __init__(  # noqa: PLR0913, PLR0917 -- it reaches everything there is
        self,
        window: QMainWindow,
        tools: Tools,
        actions: Actions,
        menus: Menus,
        workbench: Workbench,
        finish_editing: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._actions = actions
        self._menus = menus
        self._workbench = workbench
        self._finish_editing = finish_editing
        self._desk: Desk | None = None
        self._panel: QuickOpenPanel | None = None
        self._search: RecordSearch | None = None
        self._entries: list[Entry] = []
        self._hits: list[Hit] = []
        self._typed = ""
        self._typed_at = 0.0
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(_WARM)
        self._warming.timeout.connect(self._warm)
        actions["quick_open"].triggered.connect(self.open)

    def attach(self, desk: Desk | None) -> None:
        """Offer the records of this document from now on."""
        self._desk = desk
        if self._panel is not None:
            self._panel.close_panel()
        if self._search is not None:
            self._search.attach(desk.document if desk is not None else None)
        if desk is not None:
            self._warming.start()
        else:
            self._warming.stop()

    def open(self) -> None:
        """Show the palette, unless something is being typed that is refused."""
        if self._finish_editing():
            self._entries = self._gather()
            self._hits = []
            self.panel.open()

    @property
    def panel(self) -> QuickOpenPanel:
        """The palette itself; made when it is first used."""
        from smartct_desktop.ui.quick_open.panel import QuickOpenPanel

        if self._panel is None:
            self._panel = QuickOpenPanel(self._tools.look, self._window)
            self._panel.typed.connect(self._type)
            self._panel.chosen.connect(self._act)
        return self._panel

    # Within.

    def _warm(self) -> None:
        """Make the palette before it is asked for, in two short pieces of work."""
        if self._panel is None:
            self._panel = self.panel
            self._warming.start()
        elif self._desk is not None:
            self._searching(self._desk)
            self._gather()

    def _searching(self, desk: Desk) -> RecordSearch:
        from smartct_desktop.ui.quick_open.records import RecordSearch

        if self._search is None:
            self._search = RecordSearch(self._tools.jobs, self._tools.report, self)
            self._search.found.connect(self._take_hits)
            self._search.attach(desk.document)
        return self._search

    def _gather(self) -> list[Entry]:
        from smartct_desktop.ui.help.topics import titles
        from smartct_desktop.ui.quick_open.columns import column_entries
        from smartct_desktop.ui.quick_open.commands import (
            command_entries,
            document_entries,
            help_entries,
            tab_entries,
        )
        from smartct_desktop.ui.quick_open.views import view_entries

        desk, settings = self._desk, self._tools.settings
        reason = "" if desk is not None else tr("No document is open.")
        bar = self._window.menuBar()
        page = self._workbench.table_page if self._workbench.current is not None else None
        recent = [path for path in settings.recent() if not self._is_open(path)]
        views = list(view_entries(desk, settings, self._show_view)) if desk is not None else []
        return [
            *command_entries(
                bar,
                self._actions,
                self._menus.reports,
                self._menus.recent,
                self._menus.further_reports,
            ),
            *column_entries(page),
            *tab_entries(self._show_tab, reason=reason),
            *views,
            *document_entries(recent, self.document_asked.emit),
            *help_entries(titles(), self.help_asked.emit),
        ]

    def _is_open(self, path: Path) -> bool:
        return self._desk is not None and self._desk.document.home == path

    def _type(self, text: str) -> None:
        self._typed = text
        self._typed_at = time.monotonic()
        self._hits = []
        looking = False
        try:
            if self._desk is not None and not text.startswith((_COMMANDS, _HELP)):
                looking = self._searching(self._desk).look_for(text.removeprefix(_RECORDS).strip())
        except Invalid as refused:
            self.panel.refuse(say(refused.sentence))
            return
        self._show(busy=looking, steady=False)

    def _take_hits(self, typed: str, hits: list[Hit], whole: bool) -> None:  # noqa: FBT001
        if self.panel.isVisible() and typed == self._typed.removeprefix(_RECORDS).strip():
            self._hits = hits
            late = time.monotonic() - self._typed_at > _LATE
            self._show(busy=not whole, steady=late)

    def _show(self, *, busy: bool, steady: bool) -> None:
        from smartct_desktop.ui.quick_open.entries import arranged
        from smartct_desktop.ui.quick_open.uses import Uses

        used = Uses(self._tools.settings).keys()
        text = self._typed.strip()
        lines = self._fitting(text, used) if text else self._at_first(used)
        each = _ALL if text.startswith((_COMMANDS, _RECORDS, _HELP)) else _EACH
        self.panel.show_rows(arranged(lines, each), busy=busy, steady=steady)

    def _fitting(self, text: str, used: Sequence[str]) -> list[Line]:
        from smartct_desktop.ui.quick_open.entries import Group, Line, ranked
        from smartct_desktop.ui.quick_open.matching import INSIDE, Found

        only = {
            _COMMANDS: {Group.COMMANDS, Group.COLUMN, Group.REPORTS},
            _RECORDS: {Group.RECORDS},
            _HELP: {Group.HELP},
        }.get(text[0])
        typed = text[1:].strip() if only else text
        records = self._record_entries()
        entries = [one for one in (*records, *self._entries) if only is None or one.group in only]
        lines = ranked(entries, typed, used)
        named = {line.entry.key for line in lines}
        if only is None or Group.RECORDS in only:
            # Found by another text than the name: by the visitor of an exchange, say.
            lines += [Line(one, Found(INSIDE)) for one in records if one.key not in named]
        return lines

    def _at_first(self, used: Sequence[str]) -> list[Line]:
        """Before anything is typed: what was used last and most, the tabs, the documents."""
        from smartct_desktop.ui.quick_open.entries import Group, Line
        from smartct_desktop.ui.quick_open.matching import Found
        from smartct_desktop.ui.quick_open.records import entry_of, named

        known = {entry.key: entry for entry in self._entries}
        desk = self._desk
        if desk is not None:
            for key, hit in named(desk.reader, used):
                known[key] = entry_of(hit, desk.texts, self._open_record)
        recent = [known[key] for key in used if key in known][:_EACH]
        taken = {entry.key for entry in recent}
        rest = [
            entry
            for entry in self._entries
            if entry.key not in taken and entry.group is not Group.HELP and not entry.reason
        ]
        rest.sort(key=lambda entry: entry.key not in _OFTEN)
        lines = [Line(replace(entry, group=Group.RECENT), Found(0)) for entry in recent]
        return [*lines, *(Line(entry, Found(0)) for entry in rest)]

    def _record_entries(self) -> list[Entry]:
        from smartct_desktop.ui.quick_open.records import entry_of

        desk = self._desk
        if desk is None:
            return []
        return [entry_of(hit, desk.texts, self._open_record) for hit in self._hits]

    def _act(self, entry: Entry) -> None:
        from smartct_desktop.ui.quick_open.uses import Uses

        Uses(self._tools.settings).note(entry.key)
        entry.act()

    def _show_tab(self, name: str) -> None:
        if self._workbench.show_tab(name):
            self._focus_page()

    def _show_view(self, view: View) -> None:
        if self._workbench.show_tab(view.tab):
            self._workbench.table(view.tab).views.choose(view)
            self._focus_page()

    def _open_record(self, kind: str, id_: Id) -> None:
        self._workbench.open_record(kind, id_)
        self._focus_page()

    def _focus_page(self) -> None:
        page = self._workbench.table_page
        if page is not None and self._window.isActiveWindow():
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)
