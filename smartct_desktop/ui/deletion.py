"""Deleting records: planned in a job, asked about, done as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.deleting import (
    Choice,
    Deletion,
    delete,
    deletion_step,
    plan_deletion,
)
from smartct_desktop.services.long_step import LONG, LongStep
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice as Answer
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # much is needed for this dialog, and not for the first rows
    from smartct_desktop.ui.dialogs.deletion import DeletionDialog


class Deleting(QObject):
    """Deletes records of the document that is shown, after a question.

    `opened(kind, id, dialog)` wants to look at a record that names one of them, above the dialog.
    """

    opened = Signal(str, object, object)

    def __init__(self, tools: Tools, window: QWidget, undo: Callable[[], object]) -> None:
        super().__init__(window)
        self._tools = tools
        self._window = window
        self._undo = undo
        self._desk: Desk | None = None
        self._planning = Planning(tools, window)
        self._dialog: DeletionDialog | None = None

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._planning.attach(desk)
        if self._dialog is not None:
            self._dialog.reject()
        self._desk = desk

    def hear(self) -> None:
        """A step was done: an open question is about what is there now."""
        self._plan_anew()

    def delete(self, kind: str, ids: Sequence[Id]) -> None:
        """Find out what names the records, ask what shall become of it, and delete them."""
        if ids:
            self._plan(kind, tuple(ids), {}, self._ask)

    # Within.

    def _plan(
        self,
        kind: str,
        ids: tuple[Id, ...],
        choices: Mapping[str, Choice],
        show: Callable[[Deletion], object],
    ) -> None:
        def plan(reader: Reader, progress: Progress) -> Deletion:
            return plan_deletion(reader, kind, ids, choices, progress)

        self._planning.run(tr("Looking at {n} records", n=len(ids)), plan, show)

    def _ask(self, plan: Deletion) -> None:
        desk = self._desk
        if desk is None:
            return
        if not plan.ids:
            self._tools.note.tell(tr("This record is no longer there."))
        elif plan.namings:
            self._show_dialog(desk, plan)
        elif self._agrees(plan):
            self._delete(plan)

    def _agrees(self, plan: Deletion) -> bool:
        """Ask about records that nothing names."""
        from smartct_desktop.ui.dialogs.deletion import deletion_title

        n = len(plan.ids)
        nothing = tr("Nothing else names it.") if n == 1 else tr("Nothing else names them.")
        verb = tr("Delete") if n == 1 else tr("Delete {n}", n=n)
        answer = self._tools.messages.ask(
            self._window,
            deletion_title(plan),
            f"{nothing} {tr('It can be undone.')}",
            [Answer("delete", verb), Answer("keep", tr("Keep"))],
            "keep",
            harmless="keep",
        )
        return answer == "delete"

    def _show_dialog(self, desk: Desk, plan: Deletion) -> None:
        from smartct_desktop.ui.dialogs.deletion import DeletionDialog

        dialog = DeletionDialog(desk, plan, self._window)
        dialog.planned_anew.connect(self._plan_anew)
        dialog.opened.connect(self._open)
        dialog.accepted.connect(self._take)
        dialog.finished.connect(self._forget)
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._dialog = dialog
        dialog.open()

    def _plan_anew(self) -> None:
        dialog = self._dialog
        if dialog is not None:
            self._plan(dialog.plan.kind, dialog.plan.ids, dialog.choices, self._show_anew)

    def _show_anew(self, plan: Deletion) -> None:
        if self._dialog is not None and not plan.ids:
            self._dialog.reject()
        elif self._dialog is not None:
            self._dialog.show_plan(plan)

    def _open(self, kind: str, id_: Id) -> None:
        self.opened.emit(kind, id_, self._dialog)

    def _take(self) -> None:
        if self._dialog is not None:
            plan, self._dialog = self._dialog.plan, None
            self._delete(plan)

    def _forget(self) -> None:
        dialog = self.sender()
        self._dialog = None
        if isinstance(dialog, QObject):
            dialog.deleteLater()

    def _delete(self, plan: Deletion) -> None:
        from smartct_desktop.ui.dialogs.deletion import deletion_title

        desk = self._desk
        if desk is None:
            return
        tell = partial(self._tell_gone, plan)
        if plan.touched > LONG:
            title = deletion_title(plan).rstrip("?")
            self._tools.long_steps.run(desk.document, title, partial(_delete_long, plan), tell)
        elif self._tools.try_deed(lambda: delete(desk.document, plan)):
            tell(None)

    def _tell_gone(self, plan: Deletion, _done: None) -> None:
        self._tools.note.tell(_gone_words(plan), [Link(tr("Undo"), self._undo)])


def _delete_long(plan: Deletion, long_step: LongStep) -> None:
    long_step.write(deletion_step(long_step.read, plan))


def _gone_words(plan: Deletion) -> str:
    if len(plan.ids) == 1:
        name = plan.names[0].strip() or tr(schema_of(plan.kind).label)
        return tr("{record} deleted.", record=name)
    plural = tr(schema_of(plan.kind).plural).lower()
    return tr("{n} {records} deleted.", n=len(plan.ids), records=plural)
