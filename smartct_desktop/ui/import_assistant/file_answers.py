"""What a person has said about one file so far, and which values of it shall stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import TypeAlias

from smartct_desktop.services.importing.asked import Question, Reply
from smartct_desktop.services.importing.questions import KEEP, TAKE, Answers
from smartct_desktop.ui.import_assistant.review_rows import CellChoice


class Withdrawn(Enum):
    """Stands in the place of a reply: the question shall be open again."""

    OPEN = auto()


OPEN = Withdrawn.OPEN
Said: TypeAlias = Reply | Withdrawn


class FileAnswers:
    """Answers in the form of an answers file."""

    def __init__(self, given: Answers | None = None) -> None:
        self._given = _copied(given or {})

    def copied(self) -> Answers:
        """Give them as they are now."""
        return _copied(self._given)

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self._given)

    def note(self, replies: Iterable[tuple[Question, str, Said]]) -> None:
        """Take replies to items of questions."""
        for question, key, said in replies:
            if question.single:
                self.decide(question.id, said)
            else:
                self._note_item(question.id, key, said)

    def decide(self, question_id: str, said: Said) -> None:
        """Take what is said of a place as a whole, asked or not."""
        if isinstance(said, Withdrawn):
            self._given.pop(question_id, None)
        else:
            self._given[question_id] = said

    def choose(self, cell: CellChoice, *, mine: bool) -> None:
        """Say that a stored value shall stay, or that theirs shall be taken."""
        self._note_item(KEEP, cell.key, mine)
        if mine:
            self._note_item(TAKE, cell.key, OPEN)
        elif cell.by_hand:
            self._note_item(TAKE, cell.key, True)

    def _note_item(self, question_id: str, key: str, said: Said) -> None:
        given = self._given.get(question_id)
        by_key = dict(given) if isinstance(given, Mapping) else {}
        if isinstance(said, Withdrawn):
            by_key.pop(key, None)
        else:
            by_key[key] = said
        self._given[question_id] = by_key


def _copied(answers: Answers) -> dict[str, Reply | dict[str, Reply]]:
    return {
        id_: dict(given) if isinstance(given, Mapping) else given for id_, given in answers.items()
    }
