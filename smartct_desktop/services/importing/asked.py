"""What a plan asks, what is proposed and answered, and what was told without being asked.

Rows count from 1 as the file has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from smartct_desktop.domain.sentence import Sentence

Reply: TypeAlias = str | int | float | bool | None
"""An answer, or what is proposed as one, in the form the answers file has it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that hangs on a question, with what would be taken if the proposal is right.

    `key` is the item of the question, "" where it has only one.
    """

    question: str
    key: str
    propose: Any = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a question asks: for one name, one word or one cell.

    `key` is that name, word or cell text, "" where the question asks one thing only. Without
    `options` any answer of the right kind fits. `proposed` tells a proposal of "nothing" from
    none; `certainty` says how sure the proposal is. `others` is the kind of stored records of
    which any may be the answer beside the options, by its id or its name.
    """

    key: str
    rows: tuple[int, ...]
    options: tuple[Reply, ...]
    proposed: bool = False
    propose: Reply = None
    certainty: float = 0.0
    text: Sentence | None = None
    answered: bool = False
    answer: Reply = None
    others: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can tell. Its id is the same for the same file and document."""

    id: str
    topic: str
    per: str
    sheet: str | None
    letter: str | None
    text: Sentence
    items: tuple[Item, ...]

    @property
    def open(self) -> bool:
        """Whether anything it asks is unanswered."""
        return any(not item.answered for item in self.items)

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows that it is about; none where it is about the whole column or file."""
        return tuple(sorted({row for item in self.items for row in item.rows}))

    @property
    def single(self) -> bool:
        """Whether it asks one thing only, and is answered by a plain value."""
        return len(self.items) == 1 and not self.items[0].key


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said without being asked, such as what a column holds."""

    id: str
    topic: str
    sheet: str | None
    letter: str | None
    answer: Reply
