"""The workings of a join: records as they become, with the doubts met on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from smartct_desktop.domain.fields import Field, Id, Reference
from smartct_desktop.domain.joining import SIDES, Answer, Answers, Doubt, Key, Topic, Triple, Values

_NOT_BROUGHT_BACK = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Joined:
    """What the records become (None: not there), with all that was or must be decided.

    `united` are records that became another one, by their keys; `lost` those that go because what
    they cannot be without stays removed, `blanked` fields that named such a record, `returned`
    those that come back with what they belong to, `renumbered` those that get another number.
    """

    records: Mapping[Key, Values | None]
    doubts: tuple[Doubt, ...]
    united: Mapping[Key, Key]
    lost: tuple[Key, ...]
    blanked: tuple[tuple[Key, str], ...]
    returned: tuple[Key, ...]
    renumbered: Mapping[Key, str]

    @property
    def open(self) -> tuple[Doubt, ...]:
        """What nobody has decided."""
        return tuple(doubt for doubt in self.doubts if doubt.open)


@dataclass
class Workings:
    """What is known while records are joined; `given` are the records as both copies have them.

    In `triples` new records of both sides that mean the same are one already.
    """

    given: Mapping[Key, Triple]
    answers: Answers
    triples: dict[Key, Triple]
    records: dict[Key, Values | None] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    removals: dict[Key, Answer] = field(default_factory=dict)
    united: dict[Key, Key] = field(default_factory=dict)
    lost: list[Key] = field(default_factory=list)
    blanked: list[tuple[Key, str]] = field(default_factory=list)
    returned: list[Key] = field(default_factory=list)
    renumbered: dict[Key, str] = field(default_factory=dict)

    def ask(self, doubt: Doubt) -> Answer | None:
        """Give the answer to a doubt, None if there is none yet."""
        answer = self.answers.to(doubt)
        self.doubts.append(replace(doubt, answer=answer))
        return answer

    def removal(self, key: Key, triple: Triple, count: int = 0) -> Values | None:
        """Ask whether a record that one side removed shall be there; `count` others name it.

        Nothing gets lost unless somebody says so, but a person who was deleted does not come back
        unless somebody says so: perhaps that person was to be forgotten.
        """
        here = triple.ours is None
        gone, present = SIDES if here else reversed(SIDES)
        propose = gone if key[0] in _NOT_BROUGHT_BACK or len(triple.bases) > 1 else present
        doubt = Doubt(
            *(Topic.REMOVED, key, "", SIDES, propose, None), count=count, removed_here=here
        )
        side = self.removals[key] = self.ask(doubt) or propose
        return triple.ours if side is Answer.OURS else triple.theirs

    def joined(self) -> Joined:
        """Give what came of it."""
        return Joined(
            {**self.records, **dict.fromkeys(self.united)},
            tuple(self.doubts),
            self.united,
            tuple(dict.fromkeys(self.lost)),
            tuple(dict.fromkeys(self.blanked)),
            tuple(dict.fromkeys(self.returned)),
            self.renumbered,
        )


def target_of(one: Field, values: Values) -> Key | None:
    """Give what a record names in a field."""
    value = values.get(one.name)
    assert isinstance(one.type, Reference)
    return None if value is None else (one.type.kind, Id(str(value)))
