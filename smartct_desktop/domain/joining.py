"""Joining two versions of the same records by what both were before: which value, or which doubt.

What only one side changed is taken, equal changes need no word, different fields are combined. In
doubt is what both changed differently, what the one removed and the other changed or still names,
what both added of the same thing, numbers given twice, and values that do not fit together.

Where the record of the two sides' common past is not the same on both, that past decides nothing:
only what follows from each of the versions of it is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from smartct_desktop.domain.fields import Id, Value

Key = tuple[str, Id]
Values = Mapping[str, Value]
"""The fields of a record that are filled in."""


class Answer(Enum):
    """What shall be: as on one side, both, or of two new records whether they are the same."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    SAME = "same"
    OTHER = "other"


class Topic(Enum):
    """What a doubt is about."""

    FIELD = "same_field"
    REMOVED = "removed_and_changed"
    TWINS = "same_record"
    NUMBER = "same_number"
    TOGETHER = "do_not_fit"


SIDES = (Answer.OURS, Answer.THEIRS)


@dataclass(frozen=True, slots=True)
class Triple:
    """A record that is not the same on both sides: before, here and there; None where it is not.

    `bases` are what the histories say it was before: one version, or two if they do not agree.
    """

    bases: tuple[Values | None, ...]
    ours: Values | None
    theirs: Values | None


@dataclass(frozen=True, slots=True)
class Twin:
    """Two new records, one of each side, that seem to mean the same; `because` says why.

    What is `sure` needs no question: two records for it cannot be meant. `likely` ones are proposed
    to be the same, others to be two.
    """

    kind: str
    ours: Id
    theirs: Id
    because: str
    sure: bool = False
    likely: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that must be decided. `field` is "" for a whole record.

    `other` is the second record, where a doubt is about two; `count` how many records name it.
    """

    topic: Topic
    key: Key
    field: str
    options: tuple[Answer, ...]
    propose: Answer | None
    answer: Answer | None
    before: Value = None
    ours: Value = None
    theirs: Value = None
    other: Id | None = None
    because: str = ""
    count: int = 0
    removed_here: bool = False

    @property
    def item(self) -> str:
        """The name of the doubt among those of its topic: "exchange/4f…/start"."""
        kind, id_ = self.key
        return "/".join(filter(None, (kind, id_, self.other or "", self.field)))

    @property
    def open(self) -> bool:
        """Whether nobody has decided it."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class Answers:
    """What was decided, by topic and item; an answer to a whole topic holds where no other does.

    With `proposals` what nobody answered is as proposed.
    """

    given: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    proposals: bool = False

    def to(self, doubt: Doubt) -> Answer | None:
        """Give the answer to a doubt; one that is no option of it is none."""
        given = self.given.get(doubt.topic.value)
        word = given if isinstance(given, str) else (given or {}).get(doubt.item)
        found = next((one for one in doubt.options if one.value == word), None)
        return found or (doubt.propose if self.proposals else None)


class Pull(Enum):
    """Which side a value is taken from, if the past decides it."""

    SAME = 0
    OURS = 1
    THEIRS = 2
    CLASH = 3


def pull(bases: Sequence[object], ours: object, theirs: object) -> Pull:
    """Decide one value, or a whole record: who alone changed it has the say."""
    if ours == theirs:
        return Pull.SAME
    verdicts = {
        Pull.THEIRS if base == ours else Pull.OURS if base == theirs else Pull.CLASH
        for base in bases
    }
    return verdicts.pop() if len(verdicts) == 1 else Pull.CLASH


def both_of(bases: Sequence[Value], ours: Value, theirs: Value) -> Value:
    """Put two values together: the terms or lines that either side added, none that one removed.

    The outcome does not depend on which side is ours. Only for terms and long texts.
    """
    if isinstance(ours, tuple) or isinstance(theirs, tuple):
        mine, other = _terms(ours), _terms(theirs)
        before = [_terms(base) for base in bases]
        return tuple(_union(before, mine, other))
    lines = _union(
        [str(base or "").splitlines() for base in bases],
        str(ours or "").splitlines(),
        str(theirs or "").splitlines(),
    )
    return "\n".join(lines) or None


def _terms(value: Value) -> list[str]:
    return list(value) if isinstance(value, tuple) else []


def _union(bases: Sequence[list[str]], ours: list[str], theirs: list[str]) -> list[str]:
    shared = [one for one in (bases[0] if bases else []) if all(one in base for base in bases)]
    kept = [one for one in shared if one in ours and one in theirs]
    first, second = sorted((ours, theirs))
    added = [one for one in (*first, *second) if one not in shared]
    return list(dict.fromkeys((*kept, *added)))  # what stood before comes first
