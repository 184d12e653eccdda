"""Merging two organisations: chosen in a table, planned in a job, shown, then done as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.domain.progress import Progress
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.fields import Id
    from smartct_desktop.domain.reading import Reader
    from smartct_desktop.services.merging import Merger
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.grid.page import TablePage

_KIND = "organisation"


class MergeCommands(QObject):
    """Acts on the organisations chosen in the tab in front."""

    def __init__(
        self, workbench: Workbench, tools: Tools, actions: Actions, deeds: Callable[[], Deeds]
    ) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._tools = tools
        self._actions = actions
        self._deeds = deeds
        self._desk: Desk | None = None
        self._planning = Planning(tools, workbench)
        actions["merge"].triggered.connect(self._merge_chosen)
        workbench.page_changed.connect(self.switch)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self._planning.attach(desk)
        self.switch()

    def switch(self) -> None:
        """Switch on where organisations are shown, and say elsewhere why not."""
        desk = self._desk
        reason = tr("Open a tab with organisations first.")
        if desk is not None and desk.read_only:
            reason = tr("This document is open for reading only.")
        on = self._page() is not None and desk is not None and not desk.read_only
        self._actions.switch("merge", on=on, reason=reason)

    def merge(self, kept: Id, other: Id) -> None:
        """Find out what merging two organisations would do, show it, and do it if wanted."""

        def plan(reader: Reader, _progress: Progress) -> Merger:
            from smartct_desktop.services.merging import plan_merger

            return plan_merger(reader, _KIND, kept, other)

        self._planning.run(tr("Looking at what names them"), plan, self._ask)

    # Within.

    def _page(self) -> TablePage | None:
        page = self._workbench.table_page if self._desk is not None else None
        return page if page is not None and page.tab.kind == _KIND else None

    def _merge_chosen(self) -> None:
        page, desk = self._page(), self._desk
        if page is None or desk is None or not self._workbench.finish_editing():
            return
        ids = page.table.selected_ids(3)
        if len(ids) > 2:
            self._tools.note.tell(tr("Choose two organisations, or one to choose the other to."))
        elif len(ids) == 2:
            self.merge(*ids)
        elif page.table.current_id is not None:
            self._choose_other(desk, page.table.current_id)

    def _choose_other(self, desk: Desk, kept: Id) -> None:
        from smartct_desktop.domain.records.person import Person
        from smartct_desktop.ui.dialogs.merge import ChooseOther

        field = Person.schema.by_name["organisation"]  # any that names one will do
        name = desk.reader.captions(_KIND, [kept]).get(kept, "")
        dialog = ChooseOther(desk, field, name, self._workbench.window())
        dialog.exec()
        dialog.deleteLater()
        if dialog.chosen is not None:
            self.merge(kept, dialog.chosen)

    def _ask(self, merger: Merger) -> None:
        from smartct_desktop.ui.dialogs.merge import SWAP, MergeDialog

        desk = self._desk
        if desk is None:
            return
        dialog = MergeDialog(desk, merger, self._workbench.window())
        answer = dialog.exec()
        dialog.deleteLater()
        if answer == SWAP:
            self.merge(merger.other.id, merger.kept.id)
        elif answer == MergeDialog.DialogCode.Accepted:
            self._deeds().do(merger.as_step(dialog.taken))
