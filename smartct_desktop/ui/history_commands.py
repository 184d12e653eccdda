"""Undoing an old step, or doing again what was undone: planned in a job, shown, then done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.domain.progress import Progress
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.tab_names import HISTORY
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.changes import PastStep
    from smartct_desktop.domain.reading import Reader
    from smartct_desktop.services.reversal import Reversal
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk


class HistoryCommands(QObject):
    """Acts on the step chosen in the History tab."""

    def __init__(
        self, workbench: Workbench, tools: Tools, actions: Actions, deeds: Callable[[], Deeds]
    ) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._actions = actions
        self._deeds = deeds
        self._desk: Desk | None = None
        self._planning = Planning(tools, workbench)
        actions["turn_step"].triggered.connect(self._turn_chosen)
        workbench.page_changed.connect(self.switch)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self._planning.attach(desk)
        self.switch()

    def switch(self) -> None:
        """Say what would be done with the chosen step, and why nothing can be."""
        desk, step = self._desk, self._chosen()
        action = self._actions["turn_step"]
        if step is not None and is_undone(step):
            action.setText(tr("Do this step again…"))
        else:
            action.setText(tr("Undo this step…"))
        reason = tr("Choose a step in the History tab first.")
        if desk is not None and desk.read_only:
            reason = tr("This document is open for reading only.")
        elif step is not None and is_note(step):
            reason = tr("A note changed nothing, so there is nothing to undo.")
        on = step is not None and not is_note(step) and desk is not None and not desk.read_only
        self._actions.switch("turn_step", on=on, reason=reason)

    def _chosen(self) -> PastStep | None:
        if self._desk is None or self._workbench.current_name != HISTORY:
            return None
        from smartct_desktop.ui.history.page import HistoryPage

        page = self._workbench.current
        return page.current_step if isinstance(page, HistoryPage) else None

    def _turn_chosen(self) -> None:
        desk, step = self._desk, self._chosen()
        if desk is None or step is None or not self._workbench.finish_editing():
            return
        if step.answer is not None and not step.answer.relation.back:
            # It holds only by the step that did it again: that is what can be undone.
            step = desk.reader.step(step.answer.no)
        newest, last = desk.reader.next_undo(), desk.reader.next_redo()
        if not is_undone(step) and newest is not None and newest.no == step.no:
            self._deeds().undo()
        elif last is not None and last.no == step.no:
            self._deeds().redo()
        else:
            self._plan(step)

    def _plan(self, step: PastStep) -> None:
        from smartct_desktop.services.undoing import plan_reversal

        again = is_undone(step)

        def plan(reader: Reader, progress: Progress) -> Reversal:
            return plan_reversal(reader, step.no, again=again, progress=progress)

        self._planning.run(tr("Looking at “{step}”", step=step.label), plan, self._ask)

    def _ask(self, reversal: Reversal) -> None:
        from smartct_desktop.ui.dialogs.reversal import ReversalDialog

        desk = self._desk
        if desk is None:
            return
        dialog = ReversalDialog(desk, reversal, self._workbench.window())
        wanted = dialog.exec() == ReversalDialog.DialogCode.Accepted
        dialog.deleteLater()
        if wanted:
            self._deeds().do(reversal.as_step())


def is_note(step: PastStep) -> bool:
    """Whether a step only says what was done, without a change that could be taken back."""
    from smartct_desktop.domain.changes import StepState

    return step.state is StepState.NOTED


def is_undone(step: PastStep) -> bool:
    """Whether a step does not hold any more, so that it can be done again."""
    from smartct_desktop.domain.changes import StepState

    if step.state is StepState.NOTED:
        return False
    if step.state is StepState.DONE:
        return step.taken_back
    return step.answer is None or step.answer.relation.back
