"""What can go wrong that is not a bug: a value breaks a rule, the world fails, a person cancels."""

from __future__ import annotations

from smartct_desktop.domain.sentence import Sentence


class Invalid(Exception):
    """A value breaks a rule; nothing was written.

    `field` is the name of the field the sentence belongs to, or "" for the record as a whole.
    """

    def __init__(self, sentence: Sentence, field: str = "") -> None:
        super().__init__(sentence, field)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class Trouble(Exception):
    """The world failed: a full disk, a locked file, a newer document, an unreadable workbook.

    `sentence` says what happened, `hint` what to do about it (may be empty).
    """

    def __init__(self, sentence: Sentence, hint: Sentence | None = None) -> None:
        super().__init__(sentence, hint)
        self.sentence = sentence
        self.hint = hint or Sentence("")

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()


class PasswordNeeded(Trouble):
    """A file is locked by a password: none was given, or not the right one."""


class Damaged(Trouble):
    """A document holds something that this program never writes, or lacks what it wrote."""


class Protected(Trouble):
    """A document is protected by a password, and none was given."""


class WrongPassword(Trouble):
    """A password or key does not open a document, or its first page is damaged; nothing was done.

    Which of both it is nobody can tell from the file alone.
    """


class FormerPassword(WrongPassword):
    """It opens the newest backup of a document, and not the document: changed since, or damaged."""


class InUse(Trouble):
    """Somebody else has the document open; it can be opened for reading only."""


class MaybeInUse(InUse):
    """Another machine said that it has the document open, and nobody can tell whether it still has.

    It can be opened for reading only, or for writing by whoever knows better.
    """


class Overtaken(Trouble):
    """The file that was to be replaced is not the one that was read; nothing was replaced.

    `gone` says that it was removed or moved; otherwise somebody else wrote it.
    """

    def __init__(self, sentence: Sentence, hint: Sentence, *, gone: bool) -> None:
        super().__init__(sentence, hint)
        self.gone = gone


class Stale(Exception):
    """A change expected other values than the file holds; nothing was written."""


class Cancelled(Exception):
    """The person asked to stop; nothing was written."""
