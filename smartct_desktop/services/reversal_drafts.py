"""What becomes of the records of a step that is taken back, while it is being found out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action, PastChange
from smartct_desktop.domain.checking import Problem, problems
from smartct_desktop.domain.fields import Field, Id, Reference, Terms, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record, Schema
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.reversal import Outcome

NO_REASON = Sentence("")
Key = tuple[str, Id]


@dataclass(slots=True)
class Part:
    """The fate of one field, or of a whole record, while it is being found out."""

    now: Value = None
    then: Value = None
    outcome: Outcome = Outcome.BACK
    why: Sentence = NO_REASON
    by: int | None = None
    blocked: tuple[Field, Id] | None = None

    def refuse(self, why: Sentence, outcome: Outcome = Outcome.CANNOT) -> None:
        """Leave it as it is, and say why."""
        self.outcome = outcome
        self.why = why


@dataclass(slots=True)
class Draft:
    """One record: as it is now, as it shall be, and the fates of its fields ("" the whole)."""

    change: PastChange
    action: Action
    now: Record | None
    goal: Record | None
    parts: dict[str, Part] = field(default_factory=dict)
    unchecked: bool = True

    @property
    def key(self) -> Key:
        """Kind and id of the record."""
        return self.change.kind, self.change.id

    @property
    def schema(self) -> Schema:
        """The fields of the record."""
        return schema_of(self.change.kind)

    @property
    def acts(self) -> bool:
        """Whether anything is done to the record at all."""
        return any(part.outcome is Outcome.BACK for part in self.parts.values())

    @property
    def leaves(self) -> bool:
        """Whether the record goes."""
        return self.action is Action.REMOVE and self.acts

    @property
    def returns(self) -> bool:
        """Whether the record comes back."""
        return self.action is Action.ADD and self.parts[""].outcome is Outcome.BACK

    def result(self) -> Record | None:
        """The record as it will be."""
        if self.action is not Action.CHANGE:
            return self.goal if self.acts else self.now
        if self.now is None:
            return None
        back = {n: p.then for n, p in self.parts.items() if p.outcome is Outcome.BACK}
        return self.now.replace(**back) if back else self.now

    def refuse(self, name: str, why: Sentence) -> None:
        """Leave a field as it is; of a record that comes back, leave it blank or the record out."""
        if self.action is Action.ADD and name and self.goal is not None:
            type_ = self.schema.by_name[name]
            if type_.required:
                self.parts[""].refuse(why)
            else:
                self.parts[name] = Part(None, getattr(self.goal, name), Outcome.CANNOT, why)
                self.goal = self.goal.replace(**{name: None})
        else:
            self.parts[name].refuse(why)
        self.unchecked = True


class Existing:
    """Which of the records that drafts would name are in the document."""

    def __init__(self, reader: Reader, drafts: Iterable[Draft]) -> None:
        wanted: dict[str, set[Id]] = defaultdict(set)
        for draft in drafts:
            result = draft.result() if draft.acts else None
            for one in draft.schema.references if result is not None else ():
                value = getattr(result, one.name)
                if value is not None:
                    wanted[target_kind(one)].add(value)
        self._there = {kind: set(reader.captions(kind, ids)) for kind, ids in wanted.items()}

    def holds(self, kind: str, id_: Id) -> bool:
        """Whether a record is in the document."""
        return id_ in self._there.get(kind, ())


def target_kind(one: Field) -> str:
    """The kind of the records that a reference names."""
    assert isinstance(one.type, Reference)
    return one.type.kind


def whole_value(one: Field, values: Mapping[str, Value]) -> Value:
    """Give a value of a whole record as the history keeps it, where blanks are left out."""
    value = values.get(one.name)
    if value is None and isinstance(one.type, Terms):
        return ()
    return value


def first_problem(draft: Draft) -> Problem | None:
    """What a rule has against the record as it will be, and had not before."""
    result = draft.result()
    if result is None:
        return None
    before = set(problems(draft.now)) if draft.now is not None else set()
    return next((p for p in problems(result) if p not in before), None)
