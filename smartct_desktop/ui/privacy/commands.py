"""The commands about personal data: forget a person, a copy without personal data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow

from smartct_desktop.domain.progress import Progress
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.may_write import why_not_written
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.fields import Id
    from smartct_desktop.domain.reading import Reader
    from smartct_desktop.services.privacy.plan import Mode, Plan
    from smartct_desktop.ui.desk import Desk

_KIND = "person"


class PrivacyCommands(QObject):
    """Asks who is to be forgotten, shows what would go, and passes it on.

    `forget_asked(plan, reason, certificate)` comes when all is confirmed; `data_asked(person)`
    wants the report about a person.
    """

    forget_asked = Signal(object, str, object)
    data_asked = Signal(object)

    def __init__(
        self, window: QMainWindow, tools: Tools, actions: Actions, workbench: Workbench
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._actions = actions
        self._workbench = workbench
        self._desk: Desk | None = None
        self._planning = Planning(tools, window)
        actions["forget"].triggered.connect(self._choose)
        actions["anonymous_copy"].triggered.connect(self._ask_copy)
        self.attach(None)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self._planning.attach(desk)
        reason = tr("Open a document first.")
        self._actions.switch("anonymous_copy", on=desk is not None, reason=reason)
        reason = why_not_written(desk)
        self._actions.switch("forget", on=not reason, reason=reason)

    def plan(self, person: Id, mode: Mode, *, unlawful: bool) -> None:
        """Find out in a job what forgetting would do, and show it."""
        desk = self._desk
        if desk is None:
            return

        def work(reader: Reader, progress: Progress) -> Plan:
            from smartct_desktop.services.privacy.planning import plan_forgetting

            return plan_forgetting(
                desk.document,
                reader,
                desk.facts,
                person,
                local_today(),
                mode=mode,
                unlawful=unlawful,
                progress=progress,
            )

        self._planning.run(tr("Looking for the person"), work, self._show)

    # Within.

    def _choose(self) -> None:
        from smartct_desktop.ui.privacy.choosing import ChoosePerson

        desk = self._desk
        if desk is None or not self._workbench.finish_editing():
            return
        dialog = ChoosePerson(self._tools.look, desk, self._current(), self._window)
        dialog.data_asked.connect(self.data_asked)
        wanted = dialog.exec()
        person, mode, unlawful = dialog.person, dialog.mode.currentData(), dialog.unlawful
        if wanted and person is not None:
            self.plan(person, mode, unlawful=unlawful.isChecked())
        dialog.deleteLater()

    def _current(self) -> Id | None:
        """Give the person in front: chosen in a table, or named by the record that is."""
        page, desk = self._workbench.table_page, self._desk
        current = page.table.current_id if page is not None else None
        if page is None or desk is None or current is None:
            return None
        if page.model.kind == _KIND:
            return current
        record = desk.reader.record(page.model.kind, current)
        named: Id | None = getattr(record, "visitor", None) or getattr(record, "person", None)
        return named

    def _show(self, plan: Plan) -> None:
        from smartct_desktop.ui.privacy.plan_dialog import PlanDialog, proposed_certificate

        desk = self._desk
        if desk is None:
            return
        dialog = PlanDialog(self._tools.look, plan, self._window)
        wanted = dialog.exec()
        ticked, reason = dialog.plan, dialog.reason
        dialog.deleteLater()
        if wanted and plan.refusal is not None:
            self._restrict(desk, plan, reason)
            return
        if not wanted or not self._is_sure(plan):
            return
        proposed = proposed_certificate(desk.document.home)
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save the certificate"), str(proposed), tr("Text (*.txt)")
        )
        if name:
            self.forget_asked.emit(ticked, reason, Path(name))

    def _restrict(self, desk: Desk, plan: Plan, reason: str) -> None:
        from smartct_desktop.domain.errors import Invalid, Trouble
        from smartct_desktop.services.privacy.restricting import restrict

        try:
            done = restrict(desk.document, plan.known.person, reason, local_today())
        except Invalid as invalid:
            self._failed(Trouble(invalid.sentence))
        except Trouble as trouble:
            self._failed(trouble)
        else:
            self._tools.note.tell(say(done))

    def _is_sure(self, plan: Plan) -> bool:
        answer = self._tools.messages.ask(
            self._window,
            tr("Forget {name} for good?", name=plan.known.name),
            tr(
                "Nothing brings the data back: not Undo, and no backup of this document on this "
                "computer. Copies elsewhere, on a stick or with a partner, stay as they are."
            ),
            [Choice("cancel", tr("Cancel")), Choice("forget", tr("Forget for good"))],
            "cancel",
            harmless="cancel",
        )
        return answer == "forget"

    def _ask_copy(self) -> None:
        from smartct_desktop.services.privacy.anonymous_copy import write_anonymous_copy

        desk = self._desk
        if desk is None or not self._workbench.finish_editing():
            return
        home = desk.document.home
        proposed = home.with_name(f"{home.stem} {tr('without personal data')}.smartct")
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("Save a copy without personal data"),
            str(proposed),
            tr("SmartCT documents (*.smartct)"),
        )
        if not name:
            return
        out = Path(name if name.lower().endswith(".smartct") else f"{name}.smartct")
        self._tools.jobs.run(
            lambda progress: write_anonymous_copy(
                desk.document.path, out, progress, desk.document.key
            ),
            partial(self._copied, out),
            self._failed,
            title=tr("Writing a copy without personal data"),
        )

    def _copied(self, out: Path, _done: object) -> None:
        self._tools.note.tell(tr("Saved {name}: all people in it are invented.", name=out.name))

    def _failed(self, failure: Exception) -> None:
        from smartct_desktop.domain.errors import Trouble

        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self._window, failure)
