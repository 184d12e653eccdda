"""What the user did: changes of records, gathered in steps that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the new values of a change come from, if a file brought them."""

    sheet: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after. No `before`: added. No `after`: removed."""

    before: Record | None
    after: Record | None
    origin: Origin | None = None

    @property
    def record(self) -> Record:
        """The record as it is after the change, or was before its removal."""
        record = self.after or self.before
        if record is None:
            msg = "a change of nothing"
            raise ValueError(msg)
        return record

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.record.schema.kind

    @property
    def id(self) -> Id:
        """The identity of the record."""
        return self.record.id

    def inverted(self) -> Change:
        """Give the change that takes this one back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Source:
    """What a step came from: a file with its SHA-256 and its sender."""

    file: str
    sha256: str
    sender: str = ""


class Relation(Enum):
    """What a step did about an older one: took it back or did it again, wholly or in part."""

    UNDOES = "undoes"
    UNDOES_PART = "undoes in part"
    REDOES = "redoes"
    REDOES_PART = "redoes in part"

    @property
    def back(self) -> bool:
        """Whether the older step was taken back."""
        return self in (Relation.UNDOES, Relation.UNDOES_PART)

    @property
    def whole(self) -> bool:
        """Whether nothing of the older step was left out."""
        return self in (Relation.UNDOES, Relation.REDOES)


@dataclass(frozen=True, slots=True)
class Related:
    """The other one of two steps of which one takes back the other, or does it again."""

    no: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did, however many records it touched.

    `label` completes "Undo …": "change of From (SCT-2021-007)". `about` is the older step that it
    takes back or does again. A step that is `typed` joins the one before it if both were typed in
    the same field shortly after each other. One that merges another copy of the document `joins`
    what that one knew, see `domain/copies.py`.
    """

    label: str
    changes: tuple[Change, ...]
    source: Source | None = None
    about: Related | None = None
    typed: bool = False
    joins: frozenset[str] = frozenset()

    def inverted(self) -> Step:
        """Give the step that takes this one back, last change first."""
        return Step(self.label, tuple(c.inverted() for c in reversed(self.changes)), self.source)


class StepState(Enum):
    """What became of a step: it holds, was undone, or was left behind by a new step.

    A note says what was done with the document without changing it; nothing takes it back.
    """

    DONE = "done"
    UNDONE = "undone"
    SET_ASIDE = "set aside"
    NOTED = "noted"


class Action(Enum):
    """What a change did to its record."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step as the history keeps it; `no` counts up from 1, `at` is in UTC.

    `about` is the older step that it takes back or does again, `answer` the newest step that holds
    and did so with this one.
    """

    no: int
    at: datetime
    by: str
    label: str
    state: StepState
    records: int
    source: Source | None
    about: Related | None = None
    answer: Related | None = None

    @property
    def taken_back(self) -> bool:
        """Whether it holds in the row of steps, but a later step took it back."""
        back = self.answer is not None and self.answer.relation.back
        return self.state is StepState.DONE and back


class StepSort(Enum):
    """What steps are filtered by at a glance. Undone are also those a later step took back."""

    IMPORT = "import"
    EDIT = "edit"
    NOTE = "note"
    UNDONE = "undone"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class StepFilter:
    """Which steps are wanted: those for which all of it holds; "" and None ask for nothing.

    `words` are looked for in label, person, file and sender; `kind` is that of a record touched;
    `since` and `before` are moments, of which the second is no longer wanted.
    """

    words: str = ""
    sort: StepSort | None = None
    kind: str = ""
    by: str | None = None
    file: str = ""
    since: datetime | None = None
    before: datetime | None = None


EVERY_STEP = StepFilter()
"""Asks for nothing: all steps are wanted."""


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many steps there are to filter by: of each sort, kind, person and file.

    Kinds and persons come most frequent first, files newest first.
    """

    sorts: Mapping[StepSort, int]
    kinds: Mapping[str, int]
    people: Mapping[str, int]
    files: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PastChange:
    """One change of a past step, by field: of an addition the values of now are given."""

    kind: str
    id: Id
    caption: str
    action: Action
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class LaterMove:
    """What a later step that holds did to a record: the fields it moved, before and after.

    An addition has no values, a removal the whole record before.
    """

    step: int
    kind: str
    id: Id
    action: Action
    before: Mapping[str, Value]
    after: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Touched:
    """What listeners hear after a step: which records were added, changed and removed.

    `label` is the step's; `back` tells an undo from a deed. `followed` are further records of which
    derived fields moved with it.
    """

    label: str
    added: Mapping[str, tuple[Id, ...]]
    changed: Mapping[str, tuple[Id, ...]]
    removed: Mapping[str, tuple[Id, ...]]
    back: bool = False
    followed: Mapping[str, tuple[Id, ...]] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of all records that look otherwise now."""
        return frozenset((*self.added, *self.changed, *self.removed, *self.followed))


class Unsure(Trouble):
    """A step could not be saved for certain, but stands in the file: a drive failed at the last.

    `touched` is for who shows the document, as after a step that was saved.
    """

    def __init__(self, touched: Touched, sentence: Sentence, hint: Sentence) -> None:
        super().__init__(sentence, hint)
        self.touched = touched
