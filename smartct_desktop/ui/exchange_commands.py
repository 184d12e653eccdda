"""What is done to one exchange: its status, its day log, the distance of the stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.fields import Id
    from smartct_desktop.services.day_logs import DayLogDraft
    from smartct_desktop.ui.desk import Desk

_KIND = "exchange"
_NAMES = ("status", "day_log", "distance")


class ExchangeCommands(QObject):
    """Acts on the exchange that the keys are on in the tab in front."""

    def __init__(self, workbench: Workbench, tools: Tools, actions: Actions) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._tools = tools
        self._actions = actions
        self._desk: Desk | None = None
        actions["status"].triggered.connect(self.change_status)
        actions["day_log"].triggered.connect(self.propose_log)
        actions["distance"].triggered.connect(self.work_out_distance)
        workbench.page_changed.connect(self.switch)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self.switch()

    def switch(self) -> None:
        """Switch on where exchanges are shown, and say elsewhere why not."""
        desk, page = self._desk, self._workbench.table_page
        reason = tr("Open a tab with exchanges first.")
        if desk is not None and desk.read_only:
            reason = tr("This document is open for reading only.")
        shown = page is not None and page.tab.kind == _KIND
        for name in _NAMES:
            on = shown and desk is not None and not desk.read_only
            self._actions.switch(name, on=on, reason=reason)

    def change_status(self) -> None:
        """Show the states that the exchange can enter, and bring it into the one chosen."""
        from smartct_desktop.services.life import life_of, make_move
        from smartct_desktop.ui.dialogs.status import StatusDialog

        desk, id_ = self._desk, self._current()
        if desk is None or id_ is None:
            return
        facts = life_of(desk.reader, desk.facts, local_today(), id_)
        name = desk.reader.captions(_KIND, [id_]).get(id_, "")
        dialog = StatusDialog(self._tools.look, facts, name, self._workbench.window())
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        state, reason = dialog.chosen, dialog.reason.text().strip()
        dialog.deleteLater()
        if not accepted or state is None:
            return
        label = tr("Status of {exchange}: {status}", exchange=name, status=tr(state.label))

        def write() -> None:
            with desk.document.edit(label) as edit:
                make_move(edit, facts, state, reason)

        self._tools.try_deed(write)

    def propose_log(self) -> None:
        """Show the day log, proposed from the dates as far as there is none, and write it."""
        from smartct_desktop.services.day_logs import begin_log
        from smartct_desktop.ui.dialogs.day_log import DayLogDialog

        desk, id_ = self._desk, self._current()
        if desk is None or id_ is None:
            return
        begun: list[DayLogDraft] = []
        if not self._tools.try_deed(lambda: begun.append(begin_log(desk.reader, desk.facts, id_))):
            return
        draft = begun[0]
        dialog = DayLogDialog(self._tools.look, draft, desk.texts, self._workbench.window())
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        declare = dialog.declare.isChecked() and not dialog.declare.isHidden()
        dialog.deleteLater()
        if not accepted or not (draft.unwritten or declare):
            return
        label = tr("Day log of {exchange}", exchange=draft.exchange.number or "")

        def write() -> None:
            with desk.document.edit(label) as edit:
                draft.write(edit, declare=declare)

        self._tools.try_deed(write)

    def work_out_distance(self) -> None:
        """Work out the distance from the places, and write it if it is another one."""
        from smartct_desktop.domain.records.exchange import Exchange
        from smartct_desktop.services.distances import propose_distance, write_distance

        desk, id_ = self._desk, self._current()
        if desk is None or id_ is None:
            return
        found = propose_distance(desk.reader, desk.facts, id_)
        if found.km is None:
            words = tr(
                "The distance cannot be worked out: {reason}. Type it into the field “Distance”, "
                "or add the town under Places.",
                reason=say(found.because),
            )
            self._tools.note.tell(words)
            self._type_distance()
            return
        before = desk.reader.get(Exchange, id_).distance_km
        if before == found.km:
            self._tools.note.tell(tr("It is so already: {found}.", found=say(found.because)))
            return
        name = desk.reader.captions(_KIND, [id_]).get(id_, "")

        def write() -> None:
            with desk.document.edit(tr("Distance of {exchange}", exchange=name)) as edit:
                write_distance(edit, id_, found)

        if self._tools.try_deed(write):
            self._tools.note.tell(f"{say(found.because)}.")

    # Within.

    def _type_distance(self) -> None:
        """Put the keys where the distance is typed, if its column is shown."""
        page = self._workbench.table_page
        if page is None:
            return
        names = [column.name for column in page.model.columns]
        if "distance_km" in names:
            row = page.table.currentIndex().row()
            page.table.setCurrentIndex(page.model.index(row, names.index("distance_km")))

    def _current(self) -> Id | None:
        """The exchange that the keys are on, once what is being typed is written."""
        page = self._workbench.table_page
        if page is None or page.tab.kind != _KIND or not self._workbench.finish_editing():
            return None
        current = page.table.current_id
        if current is None:
            self._tools.note.tell(tr("Choose an exchange first."))
        return current
