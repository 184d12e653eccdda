"""What is left from before a password was set, changed or removed: backups, copies beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.messages import Choice

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.protecting_backups import Treated
    from smartct_desktop.ui.main_window import MainWindow

_LINES = 60


class OldCopies(QObject):
    """Looks in a job, and asks what shall become of what it finds."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._tools = window.tools

    def look_for_plain(self, path: Path, key: Key) -> None:
        """Look for what anybody can still read of a document that is protected now."""
        self._job(
            partial(_plain, path, key),
            partial(self._ask_about_plain, path, key),
            tr("Looking for copies without a password"),
        )

    def offer_new_password(self, path: Path, key: Key, before: Key | None) -> None:
        """Offer to give the backups the new password."""
        if self._has_backups(path, key) and self._wanted(
            tr("Give the backups the new password, too?"),
            tr(
                "The backups made so far open with the former password, and with its recovery "
                "sheet. If somebody else knows that password, give them the new one."
            ),
            tr("Leave them"),
            tr("Give them the new password"),
        ):
            self._treat(path, key, before)

    def offer_no_password(self, path: Path, before: Key | None) -> None:
        """Offer to take the password off the backups."""
        if self._has_backups(path, None) and self._wanted(
            tr("Take the password off the backups, too?"),
            tr("The backups made so far open with the former password and with nothing else."),
            tr("Leave them"),
            tr("Take it off"),
        ):
            self._treat(path, None, before)

    # Within.

    def _ask_about_plain(self, path: Path, key: Key, found: Sequence[Path]) -> None:
        if not found:
            return
        answer = self._tools.messages.ask(
            self._window,
            tr("{n} files from before can be read by anybody", n=len(found)),
            tr(
                "They are backups and copies of this document on this computer. Files that you "
                "exported or copied elsewhere are not among them."
            ),
            [
                Choice("leave", tr("Leave them")),
                Choice("remove", tr("Remove them")),
                Choice("protect", tr("Protect the backups"), Kind.PRIMARY),
            ],
            "protect",
            harmless="leave",
            details="\n".join(map(str, found[:_LINES])),
        )
        if answer == "protect":
            self._treat(path, key, None)
        elif answer == "remove" and self._is_sure(found):
            self._job(partial(_remove, found), self._tell_removed, tr("Removing plain copies"))

    def _is_sure(self, found: Sequence[Path]) -> bool:
        return self._wanted(
            tr("Remove {n} files for good?", n=len(found)),
            tr("They are overwritten and deleted. The document itself is not touched."),
            tr("Keep them"),
            tr("Remove them"),
            primary=False,
        )

    def _treat(self, path: Path, key: Key | None, before: Key | None) -> None:
        work = partial(_treat, path, key, before)
        done = partial(self._tell_treated, path, key)
        self._job(work, done, tr("Writing the backups anew"))

    def _tell_treated(self, path: Path, key: Key | None, treated: Treated) -> None:
        self._tell(tr("{n} backups were written anew.", n=treated.done), treated)
        if key is not None:
            self.look_for_rest(path, key)

    def look_for_rest(self, path: Path, key: Key) -> None:
        """Look for copies that are no backups: only the person can say what becomes of them."""
        self._job(
            partial(_plain, path, key),
            self._ask_about_rest,
            tr("Looking for copies without a password"),
        )

    def _ask_about_rest(self, found: Sequence[Path]) -> None:
        if not found:
            return
        answer = self._tools.messages.ask(
            self._window,
            tr("{n} copies can still be read by anybody", n=len(found)),
            tr("Merge what you still need of them first: removed, they are gone for good."),
            [Choice("leave", tr("Leave them")), Choice("remove", tr("Remove them"))],
            "leave",
            harmless="leave",
            details="\n".join(map(str, found[:_LINES])),
        )
        if answer == "remove":
            self._job(partial(_remove, found), self._tell_removed, tr("Removing plain copies"))

    def _tell_removed(self, treated: Treated) -> None:
        self._tell(tr("{n} files were removed.", n=treated.done), treated)

    def _tell(self, words: str, treated: Treated) -> None:
        if not treated.left:
            self._tools.note.tell(words)
            return
        self._tools.messages.ask(
            self._window,
            words,
            tr("{n} could not be done; they are as they were.", n=len(treated.left)),
            [Choice("close", tr("Close"))],
            "close",
            harmless="close",
            details="\n".join(say(line) for line in treated.left),
        )

    def _has_backups(self, path: Path, key: Key | None) -> bool:
        from smartct_desktop.services.backing_up import backups_of

        return bool(backups_of(path, key))

    def _wanted(
        self, title: str, sentence: str, no: str, yes: str, *, primary: bool = True
    ) -> bool:
        kind = Kind.PRIMARY if primary else Kind.PLAIN
        answer = self._tools.messages.ask(
            self._window,
            title,
            sentence,
            [Choice("no", no), Choice("yes", yes, kind)],
            "yes" if primary else "no",
            harmless="no",
        )
        return answer == "yes"

    def _job(
        self, work: Callable[[Progress], object], done: Callable[..., object], title: str
    ) -> None:
        self._tools.jobs.run(work, done, self._fail, title=title)

    def _fail(self, failure: Exception) -> None:
        if not isinstance(failure, Trouble):
            raise failure
        self._tools.messages.tell_trouble(self._window, failure)


def _plain(path: Path, key: Key, _progress: Progress) -> tuple[Path, ...]:
    from smartct_desktop.services.protecting_backups import plain_leftovers

    return plain_leftovers(path, key)


def _remove(found: Sequence[Path], _progress: Progress) -> Treated:
    from smartct_desktop.services.protecting_backups import remove_plain

    return remove_plain(found)


def _treat(path: Path, key: Key | None, before: Key | None, progress: Progress) -> Treated:
    from smartct_desktop.services.protecting_backups import protect_backups

    return protect_backups(path, key, progress, former=before)
