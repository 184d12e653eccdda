"""What the window does about others who may have the same document: people, machines, programs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from smartct_desktop.services.place_choices import PlaceChoices
from smartct_desktop.services.working_copies import Unsent, WorkingCopy, unsent_work
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.sharing.beside import OtherCopies
from smartct_desktop.ui.sharing.copying import CopyKeeper
from smartct_desktop.ui.sharing.following import Following
from smartct_desktop.ui.sharing.opener import SharedOpener
from smartct_desktop.ui.sharing.places import PlaceSign
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.domain.progress import Progress
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.main_window import MainWindow

UNSENT = "unsent"
"""The matter of the bar about work that was not written back."""


class Program(Protocol):
    """Who owns the open document."""

    @property
    def document(self) -> Document | None:
        """The document that is shown."""

    def reopen(self, path: Path) -> None:
        """Let go of the document, and open what lies at `path`."""

    def open_to_read(self, path: Path) -> bool:
        """Open a document for reading only and show it."""


class Sharing(QObject):
    """Knows the place of the document that is shown, its other copies, and who else writes it."""

    def __init__(self, window: MainWindow, program: Program) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        choices = PlaceChoices(window.tools.settings)
        self._opener = SharedOpener(window, choices)
        self._coming: WorkingCopy | None = None
        self.following = Following(window, program)
        self.places = PlaceSign(window, program, choices)
        self.beside = OtherCopies(window, program)
        self.keeper = CopyKeeper(window, program, choices)
        QTimer.singleShot(0, self, self._look_for_unsent)  # also where no document is opened

    def opened(self, path: Path, facts: ProgrammeFacts, key: Key | None = None) -> Document:
        """Open a document; asks for its password, and what to do if somebody else has it.

        Raises `Cancelled`, `Trouble`.
        """
        give = partial(self._opener.open, path, facts)
        document, self._coming = self._window.tools.keys.opened(path, give, key)
        return document

    def attach(self, desk: Desk | None) -> None:
        """Look after the document that is shown from now on."""
        copy, self._coming = self._coming, None
        self.keeper.attach(copy, desk.document if desk is not None else None)
        if desk is None:
            return
        self.following.attach(desk)
        self.places.attach(desk, on_copy=copy is not None)
        self.beside.attach(desk)
        self._look_for_unsent()

    def leave(self) -> None:
        """Look after nothing any more: the document is about to be closed."""
        self.following.attach(None)
        self.places.attach(None)
        self.beside.attach(None)
        self.keeper.leave()
        if "notices" in self._window.__dict__:
            self._window.notices.drop(UNSENT)

    def finish(self) -> None:
        """Write back what was done in a working copy, whose document is closed by now."""
        self.keeper.finish()

    def _look_for_unsent(self) -> None:
        self._window.tools.jobs.run(_unsent, self._tell_unsent, shown=False)

    def _tell_unsent(self, unsent: list[Unsent]) -> None:
        document = self._program.document
        others = [one for one in unsent if document is None or one.kept != document.home]
        if not others:
            return
        kept = others[0].kept
        self._window.notices.tell(
            UNSENT,
            Tone.WARNING,
            tr(
                "Work on {name} ({folder}) was not written back into it yet. It is kept on this "
                "computer.",
                name=kept.name,
                folder=str(kept.parent),
            ),
            [Link(tr("Open it"), partial(self._program.reopen, kept))],
            closing="Later",
        )


def _unsent(_progress: Progress) -> list[Unsent]:
    return list(unsent_work())
