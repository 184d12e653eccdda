"""What the user did: changes of records, gathered in steps that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.record import Record


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


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did, however many records it touched.

    `label` completes "Undo …": "change of From (SCT-2021-007)".
    """

    label: str
    changes: tuple[Change, ...]
    source: Source | None = None

    def inverted(self) -> Step:
        """Give the step that takes this one back, last change first."""
        return Step(self.label, tuple(c.inverted() for c in reversed(self.changes)), self.source)


class StepState(Enum):
    """What became of a step: it holds, was undone, or was left behind by a new step."""

    DONE = "done"
    UNDONE = "undone"
    SET_ASIDE = "set aside"


class Action(Enum):
    """What a change did to its record."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step as the history keeps it; `no` counts up from 1, `at` is in UTC."""

    no: int
    at: datetime
    by: str
    label: str
    state: StepState
    records: int
    source: Source | None


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
class Touched:
    """What listeners hear after a step: which records were added, changed and removed.

    `label` is the step's; `back` tells an undo from a deed.
    """

    label: str
    added: Mapping[str, tuple[Id, ...]]
    changed: Mapping[str, tuple[Id, ...]]
    removed: Mapping[str, tuple[Id, ...]]
    back: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of all records touched."""
        return frozenset(self.added) | frozenset(self.changed) | frozenset(self.removed)
