"""Opening a document that others may have open, too, or that is worked on in a local copy."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from smartct_desktop.domain.errors import Cancelled, InUse, MaybeInUse
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.place_choices import PlaceChoices
from smartct_desktop.services.working_copies import WorkingCopy, has_unsent_work
from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.sharing.waiting import wait_for

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.ui.main_window import MainWindow


class SharedOpener:
    """Opens a document in the way that was decided for it, and asks where somebody is there."""

    def __init__(self, window: MainWindow, choices: PlaceChoices) -> None:
        self._window = window
        self._tools = window.tools
        self._choices = choices

    def open(
        self, path: Path, facts: ProgrammeFacts, key: Key | None = None
    ) -> tuple[Document, WorkingCopy | None]:
        """Open for writing, or for reading only where somebody else writes and that is enough.

        Raises `Cancelled` if the person wants neither, `Protected` or `WrongPassword` if it needs a
        `key`, and `Trouble`.
        """
        with suppress(OSError):  # what was decided is kept by the name without links
            path = path.resolve()
        try:
            return self._open(path, facts, key, anyway=False)
        except InUse as trouble:
            answer = self._ask(trouble)
        if answer == "write":
            return self._open(path, facts, key, anyway=True)
        if answer == "read":
            return open_document(path, read_only=True, key=key, facts=facts), None
        raise Cancelled

    def _ask(self, trouble: InUse) -> str:
        choices = [Choice("cancel", tr("Cancel"))]
        if isinstance(trouble, MaybeInUse):
            choices.append(Choice("write", tr("It is closed there: open it for writing")))
        choices.append(Choice("read", tr("Open for reading only"), Kind.PRIMARY))
        return self._tools.messages.ask(
            self._window,
            say(trouble.sentence),
            say(trouble.hint),
            choices,
            "read",
            harmless="cancel",
        )

    def _open(
        self, path: Path, facts: ProgrammeFacts, key: Key | None, *, anyway: bool
    ) -> tuple[Document, WorkingCopy | None]:
        if not self._choices.works_on_copy(path) and not has_unsent_work(path, key):
            return open_document(path, anyway=anyway, key=key, facts=facts), None
        title = tr("Fetching {name}", name=path.name)
        begin = partial(WorkingCopy.begin, path, anyway=anyway, key=key)
        copy = wait_for(begin, self._tools.look, self._window, title)
        try:
            document = open_document(copy.path, key=key, facts=facts)
        except BaseException:
            copy.end()
            raise
        document.kept_at(copy.kept)
        document.changed_outside = False  # it was fetched anew
        return document, copy
