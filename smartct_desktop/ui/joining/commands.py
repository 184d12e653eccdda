"""Merging a copy that was changed elsewhere: compared in a job, asked, written, and told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.may_write import why_not_written
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.key import Key
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.domain.reading import Reader
    from smartct_desktop.services.comparing_copies import Compared
    from smartct_desktop.services.joining import Joining
    from smartct_desktop.services.long_step import LongStep
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.joining.dialog import JoiningDialog

_FILTER = "SmartCT documents (*.smartct)"


class JoiningCommands(QObject):
    """Acts on the document that is shown; `dialog` is the one that asks, None if there is none."""

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
        self.dialog: JoiningDialog | None = None
        actions["merge_copy"].triggered.connect(self._ask_copy)

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk
        self._planning.attach(desk)
        reason = why_not_written(desk)
        self._actions.switch("merge_copy", on=not reason, reason=reason)

    def merge(self, path: Path, key: Key | None = None) -> None:
        """Compare the document with a copy, show where they differ, and merge if that is wanted.

        `key` opens the copy if it is another one than that of the document.
        """
        desk = self._desk
        if desk is None or not self._workbench.finish_editing():
            return

        def plan(reader: Reader, progress: Progress) -> Joining:
            from smartct_desktop.domain.joining import Answers
            from smartct_desktop.services import joining
            from smartct_desktop.services.comparing_copies import compare_with

            document = desk.document
            fitting = key or document.key
            compared = compare_with(reader, document.path, path, progress, fitting)
            return joining.plan(compared, Answers(), desk.facts)

        title = tr("Comparing with {name}", name=path.name)
        self._planning.run(title, plan, self._ask, failed=partial(self._ask_key, path))

    # Within.

    def _ask_key(self, path: Path, failure: Exception) -> bool:
        """Ask for the password of a copy that has another one."""
        sentence = tr("To merge this copy, type its password. It is kept nowhere.")
        return self._tools.keys.retried(path, failure, partial(self.merge, path), sentence)

    def _ask_copy(self) -> None:
        desk = self._desk
        if desk is None or not self._workbench.finish_editing():
            return
        folder = str(desk.document.path.parent)
        name, _ = QFileDialog.getOpenFileName(
            self._workbench.window(), tr("Merge a copy"), folder, tr(_FILTER)
        )
        if name:
            self.merge(Path(name))

    def _ask(self, joining: Joining) -> None:
        from smartct_desktop.ui.joining.dialog import JoiningDialog

        desk = self._desk
        if desk is None:
            return
        if joining.compared.same:
            self._tell_nothing(joining.compared)
            return
        self.dialog = dialog = JoiningDialog(
            self._tools, desk, joining, self._planning, self._workbench.window()
        )
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        wanted, self.dialog = dialog.joining, None
        dialog.deleteLater()
        if accepted:
            self._write(desk, wanted)

    def _tell_nothing(self, compared: Compared) -> None:
        words = tr("{name} holds nothing that is not here already.", name=compared.name)
        self._tools.note.tell(words)

    def _write(self, desk: Desk, joining: Joining) -> None:
        def work(long_step: LongStep) -> Joining:
            from smartct_desktop.services.joining import merge_copy

            long_step.touched = merge_copy(desk.document, joining, long_step.progress)
            return joining

        title = tr("Merging {name}", name=joining.compared.name)
        self._tools.long_steps.run(desk.document, title, work, partial(self._tell, desk))

    def _tell(self, desk: Desk, joining: Joining) -> None:
        """Show the receipt: what was done, and what the copy's steps were."""
        from smartct_desktop.services.joining_words import JoiningWords, counted
        from smartct_desktop.ui.buttons import Kind
        from smartct_desktop.ui.messages import Choice

        compared = joining.compared
        words = JoiningWords(compared, desk.texts)
        lines = [say(line) for line in counted(joining.counts)]
        lines += [say(note) for note in words.notes(joining)]
        if compared.their_steps:
            lines += ["", tr("What the copy brought:")]
            lines += [f"{step.by}: {step.label}" for step in compared.their_steps]
        if compared.their_undone:
            lines += ["", tr("What the copy had undone:")]
            lines += [f"{step.by}: {step.label}" for step in compared.their_undone]
        answer = self._tools.messages.ask(
            self._workbench.window(),
            tr("{name} was merged.", name=compared.name),
            tr("It is one step. The copy itself was not changed."),
            [Choice("undo", tr("Undo")), Choice("close", tr("Close"), Kind.PRIMARY)],
            "close",
            harmless="close",
            details="\n".join(lines).strip(),
        )
        if answer == "undo":
            self._deeds().undo()
