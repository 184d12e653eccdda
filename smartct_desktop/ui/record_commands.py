"""The Edit and Records menus: what is done to the records of the page in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tab_names import HISTORY, PROBLEMS
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.changes import PastStep
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk

_MOST_DELETED = 1_000_000
_MOST_COPIED = 5_000  # at once: more is a mistake rather than a wish
_LONGEST = 60  # characters of a step's name in the menu


class RecordCommands(QObject):
    """Acts on the page in front, and says of each action why it cannot be done just now."""

    def __init__(self, workbench: Workbench, actions: Actions, deeds: Callable[[], Deeds]) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._actions = actions
        self._deeds = deeds
        self._desk: Desk | None = None
        table = {
            "undo": self._undo,
            "redo": self._redo,
            "find": self._find,
            "reset_view": self._reset_view,
            "new_record": self.new_record,
            "duplicate": self._duplicate,
            "delete": self._delete,
            "edit_record": self._edit_record,
            "partnership": self._show_partnership,
        }
        for name, act in table.items():
            actions[name].triggered.connect(act)
        actions["pane"].toggled.connect(self._show_pane)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self.name_steps()
        self.switch()

    def name_steps(self) -> None:
        """Say in the menu what undo and redo would do."""
        desk = self._desk
        back = desk.reader.next_undo() if desk is not None else None
        again = desk.reader.next_redo() if desk is not None else None
        self._name_step("undo", tr("Undo"), back, tr("Nothing to take back"))
        self._name_step("redo", tr("Redo"), again, tr("Nothing was undone"))

    def switch(self) -> None:
        """Switch on what can be done here and now, and say of the rest why it cannot."""
        desk = self._desk
        page = self._workbench.table_page if desk is not None else None
        nothing = tr("No document is open.")
        reading = tr("This document is open for reading only.") if desk is not None else nothing
        elsewhere = tr("Open a tab with a table first.") if desk is not None else nothing
        unchosen = tr("Choose a record first.") if page is not None else elsewhere
        writing = desk is not None and not desk.read_only
        chosen = page is not None and page.table.currentIndex().isValid()
        lists = (PROBLEMS, HISTORY)
        listed = page is not None or (desk is not None and self._workbench.current_name in lists)
        switch = self._actions.switch
        for name in ("save_copy", "close", "partnership"):
            switch(name, on=desk is not None, reason=nothing)
        switch("import", on=writing, reason=reading)
        switch("find", on=listed, reason=elsewhere)
        for name in ("pane", "reset_view"):
            switch(name, on=page is not None, reason=elsewhere)
        why = reading if page is not None else elsewhere
        switch("new_record", on=page is not None and writing, reason=why)
        switch("edit_record", on=chosen, reason=unchosen)
        for name in ("duplicate", "delete"):
            switch(name, on=chosen and writing, reason=reading if chosen else unchosen)
        if page is not None:
            pane = self._actions["pane"]
            pane.blockSignals(True)
            pane.setChecked(not page.pane.isHidden())
            pane.blockSignals(False)

    def new_record(self) -> None:
        """Ask for a new record of the tab in front."""
        page = self._workbench.table_page
        if page is not None and page.finish_editing():
            self._deeds().new_record(page.tab)

    def _name_step(self, name: str, verb: str, step: PastStep | None, nothing: str) -> None:
        action: QAction = self._actions[name]
        action.setText(_with_step(verb, step))
        read_only = self._desk is not None and self._desk.read_only
        reason = tr("This document is open for reading only.") if read_only else nothing
        self._actions.switch(name, on=step is not None and not read_only, reason=reason)

    def _undo(self) -> None:
        if self._workbench.finish_editing():
            self._deeds().undo()

    def _redo(self) -> None:
        if self._workbench.finish_editing():
            self._deeds().redo()

    def _find(self) -> None:
        page = self._workbench.current
        if page is not None:
            page.focus_filter()

    def _duplicate(self) -> None:
        page = self._workbench.table_page
        if page is not None and page.finish_editing():
            self._deeds().duplicate(page.tab.kind, page.table.selected_ids(_MOST_COPIED))

    def _delete(self) -> None:
        page = self._workbench.table_page
        if page is not None and page.finish_editing():
            self._deeds().delete(page.tab.kind, page.table.selected_ids(_MOST_DELETED))

    def _edit_record(self) -> None:
        page = self._workbench.table_page
        if page is not None and page.finish_editing():
            self._actions["pane"].setChecked(True)
            page.edit_in_pane()

    def _show_pane(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        page = self._workbench.table_page
        if page is not None:
            page.show_pane(on)

    def _reset_view(self) -> None:
        page = self._workbench.table_page
        if page is not None:
            page.reset_view()

    def _show_partnership(self) -> None:
        from smartct_desktop.ui.overview.partnership_page import PartnershipPage

        desk = self._desk
        if desk is not None and self._workbench.finish_editing():
            PartnershipPage(desk.editors.look, desk, self._workbench.window()).show()


def _with_step(verb: str, step: PastStep | None) -> str:
    """“Undo change of From (SCT-2021-007)”."""
    if step is None:
        return verb
    words = step.label if len(step.label) <= _LONGEST else f"{step.label[: _LONGEST - 1]}…"
    return f"{verb} {words}".replace("&", "&&")
