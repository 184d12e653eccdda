"""What every screen needs besides its own document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from smartct_desktop.services.settings import Settings
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.theme.look import Look

if TYPE_CHECKING:
    from smartct_desktop.services.attaching import OpenedCopies
    from smartct_desktop.ui.long_steps import LongSteps
    from smartct_desktop.ui.messages import Messages
    from smartct_desktop.ui.notes import PassingNote
    from smartct_desktop.ui.protection.keys import Keys


class Tools:
    """The look, slow work, what is remembered, questions and notes; one set per window.

    `report` hears of failures nobody expected. `try_deed` does something, tells of what the world
    or a rule has against it, and says whether it went well.
    """

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        jobs: Jobs,
        settings: Settings,
        report: Callable[[Exception], object],
    ) -> None:
        self._window = window
        self.look = look
        self.jobs = jobs
        self.settings = settings
        self._report = report

    # Not needed for the first picture, so made when they are first used.

    @cached_property
    def messages(self) -> Messages:
        """Asks questions."""
        from smartct_desktop.ui.messages import Messages

        return Messages(self.look)

    @cached_property
    def keys(self) -> Keys:
        """Asks for the keys of protected documents."""
        from smartct_desktop.ui.protection.keys import Keys

        return Keys(self.look, self._window)

    @cached_property
    def note(self) -> PassingNote:
        """Tells what happened, in passing."""
        from smartct_desktop.ui.notes import PassingNote

        return PassingNote(self.look, self._window, self._window.statusBar())

    @cached_property
    def opened_copies(self) -> OpenedCopies:
        """The copies of attached files that are open in other programs."""
        from smartct_desktop.services.attaching import OpenedCopies

        return OpenedCopies()

    @cached_property
    def long_steps(self) -> LongSteps:
        """Has steps written that take seconds."""
        from smartct_desktop.ui.long_steps import LongSteps

        return LongSteps(self.look, self.jobs, self.messages, self.note, self._window)

    def report(self, error: Exception) -> None:
        """Hear of a failure in work that nobody asked for by itself: a bug, or what the world did.

        That a file or a drive is gone is no bug, whoever stumbles over it first.
        """
        from smartct_desktop.domain.errors import Trouble
        from smartct_desktop.ui.i18n import say

        if isinstance(error, Trouble):
            self.note.tell(say(error.sentence))
        else:
            self._report(error)

    def try_deed(self, deed: Callable[[], object]) -> bool:
        """Do something; False if it could not be done, of which the person was told."""
        from smartct_desktop.domain.errors import Invalid, Stale, Trouble
        from smartct_desktop.ui.i18n import say, tr

        try:
            deed()
        except Trouble as trouble:
            self.messages.tell_trouble(self._window, trouble)
        except Invalid as refusal:
            self.note.tell(say(refusal.sentence))
        except Stale:
            self.note.tell(tr("The record was changed meanwhile. Look at it and try again."))
        else:
            return True
        return False
