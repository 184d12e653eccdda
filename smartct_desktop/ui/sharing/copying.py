"""Writes back what is done in a working copy: every few minutes, when asked, and at the end."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from smartct_desktop.domain.errors import Overtaken, Trouble
from smartct_desktop.services.place_choices import PlaceChoices
from smartct_desktop.services.working_copies import WorkingCopy
from smartct_desktop.system.clock import local_now
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.sharing.waiting import wait_for
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.domain.changes import Touched
    from smartct_desktop.services.document import Document
    from smartct_desktop.ui.main_window import MainWindow

EVERY = 5 * 60 * 1000
"""Milliseconds between two times of writing back, if there is anything."""

CHANGED, FAILED = "kept file changed", "kept file"
"""The matters of the bars."""


class Reopener(Protocol):
    """Who owns the open document."""

    def reopen(self, path: Path) -> None:
        """Let go of the document, and open what lies at `path`."""


class CopyKeeper(QObject):
    """Looks after the working copy of the document that is shown, if it is one."""

    def __init__(self, window: MainWindow, program: Reopener, choices: PlaceChoices) -> None:
        super().__init__(window)
        self._window = window
        self._tools = window.tools
        self._program = program
        self._choices = choices
        self._copy: WorkingCopy | None = None
        self._unsettled = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.write_back)
        self.sign = button(self._tools.look, "", Kind.LINK, room="line")
        self.sign.clicked.connect(self._write_back_and_tell)
        window.statusBar().insertPermanentWidget(1, self.sign)
        self.sign.hide()

    @property
    def copy(self) -> WorkingCopy | None:
        """The working copy that is worked on."""
        return self._copy

    def attach(self, copy: WorkingCopy | None, document: Document | None) -> None:
        """Look after this one from now on, in which the document is worked on."""
        self._copy = copy
        self._unsettled = False
        if document is not None and copy is not None:
            document.subscribe(self._hear)
        self._show_sign()
        if copy is None:
            return
        self._timer.start()
        if copy.taken_up:
            words = tr("Work of the last time is here again that was not written back yet.")
            self._tools.note.tell(words)
            self.write_back()

    def leave(self) -> None:
        """Stop writing back at times: the document is about to be closed."""
        self._timer.stop()
        self.sign.hide()
        if "notices" in self._window.__dict__:
            self._window.notices.drop(CHANGED)
            self._window.notices.drop(FAILED)

    def finish(self) -> None:
        """Write back what was done, and let others have the kept file.

        What cannot be written back stays on this computer and is offered the next time.
        """
        copy, self._copy = self._copy, None
        if copy is None:
            return
        try:
            title = tr("Writing back {name}", name=copy.kept.name)
            wait_for(copy.write_back, self._tools.look, self._window, title)
        except Trouble as trouble:
            if not self._unsettled:  # otherwise a bar has said it already
                self._tools.messages.tell_trouble(self._window, _kept_here(trouble))
        finally:
            self._tools.try_deed(copy.end)

    def write_back(self) -> None:
        """Write back now, in a job."""
        copy = self._copy
        if copy is not None:
            self._tools.jobs.run(
                copy.write_back,
                partial(self._written, copy),
                partial(self._failed, copy),
                title=tr("Writing back {name}", name=copy.kept.name),
            )

    # Within.

    def _write_back_and_tell(self) -> None:
        copy = self._copy
        if copy is not None:
            self._tools.jobs.run(
                copy.write_back,
                partial(self._tell_written, copy),
                partial(self._failed, copy),
                title=tr("Writing back {name}", name=copy.kept.name),
            )

    def _tell_written(self, copy: WorkingCopy, any_: bool) -> None:  # noqa: FBT001 (a job's)
        self._written(copy, any_)
        if copy is self._copy:
            words = tr("All you did is in {folder}.", folder=str(copy.kept.parent))
            there = Link(tr("Work there again"), self._work_there)
            self._tools.note.tell(words, [there])

    def _work_there(self) -> None:
        if self._copy is not None and self._window.finish_editing():
            self._choices.forget(self._copy.kept)
            self._program.reopen(self._copy.kept)

    def _written(self, copy: WorkingCopy, _any: bool) -> None:  # noqa: FBT001 (a job's)
        if copy is self._copy:
            self._unsettled = False
            for matter in (CHANGED, FAILED):
                if "notices" in self._window.__dict__:
                    self._window.notices.drop(matter)
            self._show_sign()

    def _failed(self, copy: WorkingCopy, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        if copy is not self._copy:
            return
        self._unsettled = True
        self._show_sign()
        words = f"{say(failure.sentence)} {say(failure.hint)}".strip()
        if isinstance(failure, Overtaken):
            links = self._ways_out(failure)
            self._window.notices.tell(CHANGED, Tone.WARNING, words, links)
        else:
            again = [Link(tr("Try again"), self.write_back)]
            self._window.notices.tell(FAILED, Tone.WARNING, words, again)

    def _ways_out(self, changed: Overtaken) -> list[Link]:
        if changed.gone:
            return [Link(tr("Put it back there"), self._put_back)]
        return [
            Link(tr("Merge…"), self._merge),
            Link(tr("Save mine beside it"), self._put_beside),
        ]

    def _put_back(self) -> None:
        if self._copy is not None:
            self._copy.put_back()
            self.write_back()

    def _merge(self) -> None:
        if self._copy is not None:
            self._window.joining.merge(self._copy.kept)

    def _hear(self, _touched: Touched) -> None:
        if self._unsettled:  # it may have been the merge, after which the file may be replaced
            QTimer.singleShot(0, self, self.write_back)

    def _put_beside(self) -> None:
        copy = self._copy
        if copy is not None and self._window.finish_editing():
            self._tools.jobs.run(
                copy.put_beside,
                partial(self._beside, copy),
                partial(self._failed, copy),
                title=tr("Saving a copy"),
            )

    def _beside(self, copy: WorkingCopy, path: Path) -> None:
        if copy is self._copy:
            self._program.reopen(copy.kept)
            self._tools.note.tell(tr("Your work is in {name}.", name=path.name))

    def _show_sign(self) -> None:
        copy = self._copy
        self.sign.setVisible(copy is not None)
        if copy is None:
            return
        when = copy.since.astimezone()
        today = when.date() == local_now().date()
        moment = f"{when:%H:%M}" if today else f"{when:%d.%m. %H:%M}"
        words = tr("local copy · written back {when}", when=moment)
        if self._unsettled:
            words = tr("local copy · not written back since {when}", when=moment)
        self.sign.setText(words)
        tip = tr("You work on a copy of {path}. Click to write back now.", path=str(copy.kept))
        self.sign.setToolTip(tool_tip(tip, self._tools.look))


def _kept_here(trouble: Trouble) -> Trouble:
    from smartct_desktop.domain.sentence import Sentence

    return Trouble(
        trouble.sentence,
        Sentence(
            "What you did is kept on this computer. It is written back when you open the document "
            "again."
        ),
    )
