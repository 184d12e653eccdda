"""Checking the whole document: when somebody asks, and when the file gives reason to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.domain.errors import Damaged, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.i18n import say, tr

if TYPE_CHECKING:
    from smartct_desktop.services.document import Document
    from smartct_desktop.ui.main_window import MainWindow
    from smartct_desktop.ui.safety.damage import Reopener

_TIMES = 3
"""A check is begun anew when the document is changed meanwhile; then it gives way."""


class CheckCommands(QObject):
    """The command that checks, and the check after an unclean end or a change from outside."""

    def __init__(self, window: MainWindow, program: Reopener) -> None:
        super().__init__(window)
        self._window = window
        self._tools = window.tools
        self._program = program
        self._document: Document | None = None
        window.command["check_document"].triggered.connect(self._ask)

    def attach(self, document: Document | None) -> None:
        """Check this one from now on; at once if it was not closed well, or changed elsewhere."""
        self._document = document
        reason = tr("Open a document first.")
        self._window.command.switch("check_document", on=document is not None, reason=reason)
        if document is None or document.read_only:
            return
        if document.unclean:
            self.check(tr("The program ended without closing this document the last time."))
        elif document.changed_outside:
            self.check(tr("This document was changed outside this program, or elsewhere."))

    def _ask(self) -> None:
        if self._window.finish_editing():
            self.check("")

    def check(self, occasion: str) -> None:
        """Check everything in a job; what `occasion` made it necessary is told with the result."""
        document = self._document
        if document is None:
            return
        self._tools.jobs.run(
            partial(_check, document),
            partial(self._told, document.path, occasion),
            partial(self._failed, document.path, occasion),
            title=tr("Checking {name}", name=document.path.name),
        )

    def _told(self, path: Path, occasion: str, found: Sequence[Sentence] | None) -> None:
        document = self._document
        if document is None or document.path != path:
            return
        if found is None:
            words = tr("It was not checked to its end, because it was changed meanwhile.")
            self._tools.note.tell(f"{occasion} {words}".strip())
        elif not found:
            self._tell_whole(document, occasion)
        else:
            self._tell_damage(path, found)

    def _tell_damage(self, path: Path, found: Sequence[Sentence]) -> None:
        title = tr("The check found damage in {name}.", name=path.name)
        self._program.rescue.offer(path, title, found)

    def _tell_whole(self, document: Document, occasion: str) -> None:
        if occasion:
            self._tools.note.tell(f"{occasion} {tr('It was checked, and it is whole.')}")
            return
        from smartct_desktop.domain.catalog import SCHEMAS

        records = sum(document.read.total(schema.kind) for schema in SCHEMAS)
        self._tools.messages.tell_trouble(
            self._window,
            Trouble(
                Sentence("{name} is whole.", name=document.path.name),
                Sentence(
                    "The file, {n} records, their texts and the search in them, the whole history "
                    "and all attached files were checked.",
                    n=records,
                ),
            ),
        )

    def _failed(self, path: Path, occasion: str, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        if self._document is None or self._document.path != path:
            return
        if isinstance(failure, Damaged):
            self._tell_damage(path, [failure.sentence])
        else:
            self._tools.note.tell(f"{occasion} {say(failure.sentence)}".strip())


def _check(document: Document, progress: Progress) -> list[Sentence] | None:
    """Give what is wrong; None if the document did not stay as it was for long enough."""
    for _ in range(_TIMES):
        try:
            return document.integrity(progress)
        except Outdated:
            continue
    return None
