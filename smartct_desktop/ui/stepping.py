"""Going through the steps of the document: doing one, taking it back, doing it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.changes import PastStep, Step, Touched
from smartct_desktop.domain.fields import Id
from smartct_desktop.services.document import is_risk
from smartct_desktop.services.long_step import LONG, LongStep
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.homes import HOMES
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.tools import Tools


class Stepping(QObject):
    """Does short steps at once and long ones in a job; `made(kind, id)` brings a record forward."""

    made = Signal(str, object)

    def __init__(self, tools: Tools, parent: QObject, window: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._tools = tools
        self._desk: Desk | None = None

    def attach(self, desk: Desk | None) -> None:
        """Act on this document from now on."""
        self._desk = desk

    def undo(self) -> None:
        """Take back the newest step, and bring forward what it touched."""
        desk = self._desk
        if desk is None:
            return
        step = desk.reader.next_undo()
        if step is not None and not self._may_go(desk, step):
            return
        if step is not None and is_risk(step):
            title = tr("Undoing: {step}", step=step.label)
            tell = partial(self._tell_turned, back=True)
            self._tools.long_steps.run(desk.document, title, LongStep.undo, tell)
        else:
            self._go(desk.document.undo, back=True)

    def redo(self) -> None:
        """Bring back the step undone last."""
        desk = self._desk
        if desk is None:
            return
        step = desk.reader.next_redo()
        if step is not None and step.records > LONG:
            title = tr("Doing again: {step}", step=step.label)
            tell = partial(self._tell_turned, back=False)
            self._tools.long_steps.run(desk.document, title, LongStep.redo, tell)
        else:
            self._go(desk.document.redo, back=False)

    def do(self, step: Step) -> None:
        """Do what was planned, bring forward what it touched, and offer to take it back."""
        desk = self._desk
        if desk is None:
            return
        tell = partial(self._tell_done, step.label)
        if len(step.changes) > LONG:
            title = tr("Writing: {step}", step=step.label)
            self._tools.long_steps.run(desk.document, title, partial(_write_long, step), tell)
            return
        heard: list[Touched] = []
        if self._tools.try_deed(lambda: heard.append(desk.document.do(step))):
            tell(heard[0])

    # Within.

    def _may_go(self, desk: Desk, step: PastStep) -> bool:
        """Ask before the figures of a closed period go; anything else is undone at once."""
        from smartct_desktop.services.closed_periods import closes_period

        name = closes_period(desk.reader, step)
        if not name:
            return True
        answer = self._tools.messages.ask(
            self._window,
            tr("The period {name} would be open again.", name=name),
            tr("The figures as they were sent go with it. Redo brings them back."),
            [Choice("keep", tr("Keep it closed")), Choice("undo", tr("Undo the closing"))],
            "keep",
            harmless="keep",
        )
        return answer == "undo"

    def _go(self, deed: Callable[[], Touched], *, back: bool) -> None:
        heard: list[Touched] = []
        if self._tools.try_deed(lambda: heard.append(deed())):
            self._tell_turned(heard[0], back=back)

    def _tell_done(self, label: str, touched: Touched | None) -> None:
        if touched is not None:
            self._bring_forward(touched)
        self._tools.note.tell(tr("Done: {step}", step=label), [Link(tr("Undo"), self.undo)])

    def _tell_turned(self, touched: Touched, *, back: bool) -> None:
        self._bring_forward(touched)
        if back:
            link = Link(tr("Redo"), self.redo)
            self._tools.note.tell(tr("Undone: {step}", step=touched.label), [link])
        else:
            self._tools.note.tell(tr("Done again: {step}", step=touched.label))

    def _bring_forward(self, touched: Touched) -> None:
        first = _first(touched)
        if first is not None:
            self.made.emit(*first)


def _write_long(step: Step, long_step: LongStep) -> Touched | None:
    long_step.write(step)
    return long_step.touched


def _first(touched: Touched) -> tuple[str, Id] | None:
    """The record to look at after a step: one with a tab rather than a part of one."""
    for kinds in (touched.added, touched.changed, touched.removed):
        for kind in sorted(kinds, key=lambda kind: kind not in HOMES):
            if kinds[kind]:
                return kind, kinds[kind][0]
    return None
