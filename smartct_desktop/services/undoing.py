"""Taking back one old step, or doing it again, and leaving alone what later steps changed.

A field is put back only where it still holds what the step wrote. A record that the step added goes
only if nothing of it was changed since and nothing that stays names it; one that it removed comes
back with its id, if those it names are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.changes import (
    Action,
    Change,
    LaterMove,
    PastChange,
    PastStep,
    StepState,
    Touched,
)
from smartct_desktop.domain.checking import Problem, problems
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Reference, Terms, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record, Schema
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.reversal import Fate, Outcome, Reversal

_PAGE = 1000
_LOOKING = Sentence("Looking at what changed since")
_CHECKING = Sentence("Looking at what stands in the way")
_NONE = Sentence("")
_SINCE = Sentence("Changed since.")
_GONE = Sentence("The record is no longer there.")
_TARGET_GONE = Sentence("What it named is no longer there.")
_ALREADY = Sentence("It is so already.")
_THERE = Sentence("The record is there again, and other than it was.")
_OTHER = Sentence("It is not as it was then.")

_Key = tuple[str, Id]


def plan_reversal(
    reader: Reader, no: int, *, again: bool = False, progress: Progress | None = None
) -> Reversal:
    """Find out what taking back step `no` would do, or with `again` doing it again.

    Work for a job if the step has many changes. Raises KeyError, and `Trouble` if the step does not
    hold (or holds, where it is to be done again).
    """
    step = reader.step(no)
    _refuse(step, again=again)
    return _Planner(reader, step, progress or Progress(), again=again).plan()


def reverse(document: Document, reversal: Reversal) -> Touched:
    """Do what was planned, as one step. Raises `Trouble`, also if there is nothing to do."""
    if not reversal.changes:
        raise Trouble(
            Sentence("Nothing of “{step}” can be put back.", step=reversal.step.label),
            Sentence("Every value was changed since, or something stands in the way."),
        )
    return document.do(reversal.as_step())


def _refuse(step: PastStep, *, again: bool) -> None:
    undone = step.state is not StepState.DONE
    if again and not undone and not step.taken_back:
        raise Trouble(Sentence("“{step}” was not undone.", step=step.label))
    if not again and undone:
        raise Trouble(Sentence("“{step}” was undone already.", step=step.label))


@dataclass(slots=True)
class _Part:
    """The fate of one field, or of a whole record, while it is being found out."""

    now: Value = None
    then: Value = None
    outcome: Outcome = Outcome.BACK
    why: Sentence = _NONE
    by: int | None = None
    blocked: tuple[Field, Id] | None = None

    def refuse(self, why: Sentence, outcome: Outcome = Outcome.CANNOT) -> None:
        self.outcome = outcome
        self.why = why


@dataclass(slots=True)
class _Draft:
    """One record: as it is now, as it shall be, and the fates of its fields ("" the whole)."""

    change: PastChange
    action: Action
    now: Record | None
    goal: Record | None
    parts: dict[str, _Part] = field(default_factory=dict)
    unchecked: bool = True

    @property
    def key(self) -> _Key:
        return self.change.kind, self.change.id

    @property
    def schema(self) -> Schema:
        return schema_of(self.change.kind)

    @property
    def acts(self) -> bool:
        """Whether anything is done to the record at all."""
        return any(part.outcome is Outcome.BACK for part in self.parts.values())

    @property
    def leaves(self) -> bool:
        return self.action is Action.REMOVE and self.acts

    @property
    def returns(self) -> bool:
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
                self.parts[name] = _Part(None, getattr(self.goal, name), Outcome.CANNOT, why)
                self.goal = self.goal.replace(**{name: None})
        else:
            self.parts[name].refuse(why)
        self.unchecked = True


class _Planner:
    """Drafts every change, then takes out what cannot stand until all the rest can."""

    def __init__(self, reader: Reader, step: PastStep, progress: Progress, *, again: bool) -> None:
        self._reader = reader
        self._step = step
        self._progress = progress
        self._again = again
        self._drafts: dict[_Key, _Draft] = {}
        self._moves: dict[_Key, list[LaterMove]] = defaultdict(list)

    def plan(self) -> Reversal:
        for move in self._reader.later_moves(self._step.no):
            self._moves[move.kind, move.id].append(move)
        for start in range(0, self._step.records, _PAGE):
            self._progress.report(_LOOKING, start, self._step.records)
            self._draft(self._reader.step_changes(self._step.no, start, start + _PAGE))
        self._progress.report(_CHECKING)
        self._there = _Existing(self._reader, self._drafts.values())
        naming = dict(self._naming())
        while self._take_out(naming):
            self._progress.report(_CHECKING)
        fates = tuple(self._fates())
        changes = tuple(
            Change(draft.now, draft.result(), draft.change.origin if self._again else None)
            for draft in self._drafts.values()
            if draft.acts
        )
        steps = {by: self._reader.step(by) for by in {fate.by for fate in fates} if by is not None}
        return Reversal(self._step, self._again, fates, changes, steps)

    # Drafting.

    def _draft(self, changes: Iterable[PastChange]) -> None:
        changes = list(changes)
        ids: dict[str, list[Id]] = defaultdict(list)
        for change in changes:
            ids[change.kind].append(change.id)
        now: dict[Id, Record] = {}
        for kind, wanted in ids.items():
            now |= self._reader.get_many(schema_of(kind).record, wanted)
        for change in changes:
            made = self._drafted(change, now.get(change.id))
            self._drafts[made.key] = made

    def _drafted(self, change: PastChange, now: Record | None) -> _Draft:
        if change.action is Action.CHANGE:
            return self._moved(change, now)
        if (change.action is Action.ADD) == self._again:
            return self._returning(change, now)
        return self._leaving(change, now)

    def _moved(self, change: PastChange, now: Record | None) -> _Draft:
        left, goal = (change.after, change.before)
        if self._again:
            left, goal = goal, left
        draft = _Draft(change, Action.CHANGE, now, None)
        for name in schema_of(change.kind).by_name:
            if name not in left and name not in goal:
                continue
            part = draft.parts[name] = _Part(then=goal.get(name))
            if now is None:
                part.refuse(_GONE)
                part.by = self._newest(change, None)
                continue
            part.now = getattr(now, name)
            if part.now == part.then:
                part.refuse(_ALREADY, Outcome.SAME)
            elif part.now != left.get(name):
                part.by = self._newest(change, (name,))
                part.refuse(_OTHER if part.by is None else _SINCE, Outcome.KEPT)
        return draft

    def _leaving(self, change: PastChange, now: Record | None) -> _Draft:
        draft = _Draft(change, Action.REMOVE, now, None, {"": (part := _Part())})
        if now is None:
            part.refuse(_ALREADY, Outcome.SAME)
            return draft
        written = self._written(change, now)
        other = [n for n in now.schema.by_name if getattr(now, n) != written[n]]
        if other:
            labels = ", ".join(now.schema.by_name[name].label for name in other)
            part.by = self._newest(change, other)
            part.refuse(Sentence("Changed since: {fields}.", fields=labels), Outcome.KEPT)
        return draft

    def _returning(self, change: PastChange, now: Record | None) -> _Draft:
        values = change.after if self._again else change.before
        draft = _Draft(change, Action.ADD, now, None, {"": (part := _Part())})
        schema = schema_of(change.kind)
        if now is not None:
            same = all(getattr(now, n) == _whole(f, values) for n, f in schema.by_name.items())
            if same:
                part.refuse(_ALREADY, Outcome.SAME)
            else:
                part.by = self._newest(change, None)
                part.refuse(_THERE, Outcome.KEPT)
            return draft
        missing = [f for f in schema.fields if f.required and values.get(f.name) is None]
        if missing:
            why = Sentence("{label} must be filled in.", label=missing[0].label)
            part.refuse(why)
        else:
            draft.goal = schema.make(values, change.id)
        return draft

    def _written(self, change: PastChange, now: Record) -> dict[str, Value]:
        """Give the values of a record as the step left it, or as it was before the removal."""
        schema = now.schema
        if self._again:
            return {name: _whole(f, change.before) for name, f in schema.by_name.items()}
        written: dict[str, Value] = {}
        for move in self._moves[change.kind, change.id]:
            for name, value in move.before.items():
                written.setdefault(name, value)
            if move.action is Action.REMOVE:
                for name, one in schema.by_name.items():
                    written.setdefault(name, _whole(one, {}))
        return schema.values(now) | written

    def _newest(self, change: PastChange, names: Iterable[str] | None) -> int | None:
        """Give the newest step that changed one of these fields since, or the whole record."""
        wanted = None if names is None else set(names)
        for move in reversed(self._moves[change.kind, change.id]):
            if move.action is not Action.CHANGE or wanted is None or wanted & move.after.keys():
                return move.step
        return None

    # Taking out what cannot stand.

    def _naming(self) -> Iterator[tuple[_Key, list[tuple[Field, Id]]]]:
        """Give what names the records that would go, by record."""
        going: dict[str, list[Id]] = defaultdict(list)
        for draft in self._drafts.values():
            if draft.leaves:
                going[draft.change.kind].append(draft.change.id)
        for kind, ids in going.items():
            found: dict[Id, list[tuple[Field, Id]]] = defaultdict(list)
            for one in references_to(kind):
                for own, *named in self._reader.naming(one.kind, one.name, ids, (one.name,)):
                    found[Id(str(named[0]))].append((one, own))
            for id_, mentions in found.items():
                yield (kind, id_), mentions

    def _take_out(self, naming: Mapping[_Key, list[tuple[Field, Id]]]) -> bool:
        """Take out what leads nowhere, is still named or breaks a rule; whether there was any."""
        found = False
        for key, draft in self._drafts.items():
            if not draft.acts:
                continue
            if draft.leaves:
                blocker = next((m for m in naming.get(key, ()) if self._names(*m, key[1])), None)
                if blocker is not None:
                    draft.parts[""].blocked = blocker
                    draft.refuse("", _NONE)
                    found = True
                continue
            for name in self._leading_nowhere(draft):
                draft.refuse(name, _TARGET_GONE)
                found = True
            found = self._broken(draft) or found
        return found

    def _names(self, one: Field, own: Id, id_: Id) -> bool:
        """Whether a record will still name another one."""
        draft = self._drafts.get((one.kind, own))
        if draft is None:
            return True
        result = draft.result()
        return result is not None and getattr(result, one.name) == id_

    def _leading_nowhere(self, draft: _Draft) -> list[str]:
        result = draft.result()
        if result is None:
            return []
        names = []
        for one in draft.schema.references:
            value = getattr(result, one.name)
            moved = draft.returns or (
                one.name in draft.parts and draft.parts[one.name].outcome is Outcome.BACK
            )
            if value is not None and moved and not self._exists(one, Id(value)):
                names.append(one.name)
        return names

    def _exists(self, one: Field, id_: Id) -> bool:
        kind = _target(one)
        draft = self._drafts.get((kind, id_))
        if draft is None:
            return self._there.holds(kind, id_)
        return draft.result() is not None

    def _broken(self, draft: _Draft) -> bool:
        """Take out what a rule refuses; what was broken before is nobody's fault here."""
        if not draft.unchecked:
            return False
        draft.unchecked = False
        found = False
        while draft.acts and (problem := _first_problem(draft)) is not None:
            found = True
            blamed = draft.parts.get(problem.field)
            if draft.action is Action.ADD:
                draft.parts[""].refuse(problem.sentence)
            elif blamed is not None and blamed.outcome is Outcome.BACK:
                blamed.refuse(problem.sentence)
            else:
                for part in draft.parts.values():
                    if part.outcome is Outcome.BACK:
                        part.refuse(problem.sentence)
        draft.unchecked = False
        return found

    # Telling.

    def _fates(self) -> Iterator[Fate]:
        blockers: dict[str, list[Id]] = defaultdict(list)
        for draft in self._drafts.values():
            for part in draft.parts.values():
                if part.blocked is not None:
                    blockers[part.blocked[0].kind].append(part.blocked[1])
        names = {kind: self._reader.captions(kind, ids) for kind, ids in blockers.items()}
        for draft in self._drafts.values():
            change = draft.change
            for name, part in draft.parts.items():
                why = part.why
                if part.blocked is not None:
                    one, own = part.blocked
                    who = names[one.kind].get(own, "").strip() or schema_of(one.kind).label
                    why = Sentence("{who} names it as {field}.", who=who, field=one.label)
                yield Fate(
                    *(change.kind, change.id, change.caption, draft.action, name),
                    *(part.now, part.then, part.outcome, why, part.by),
                )


class _Existing:
    """Which of the records that drafts would name are in the document."""

    def __init__(self, reader: Reader, drafts: Iterable[_Draft]) -> None:
        wanted: dict[str, set[Id]] = defaultdict(set)
        for draft in drafts:
            result = draft.result() if draft.acts else None
            for one in draft.schema.references if result is not None else ():
                value = getattr(result, one.name)
                if value is not None:
                    wanted[_target(one)].add(value)
        self._there = {kind: set(reader.captions(kind, ids)) for kind, ids in wanted.items()}

    def holds(self, kind: str, id_: Id) -> bool:
        return id_ in self._there.get(kind, ())


def _target(one: Field) -> str:
    assert isinstance(one.type, Reference)
    return one.type.kind


def _whole(one: Field, values: Mapping[str, Value]) -> Value:
    """Give a value of a whole record as the history keeps it, where blanks are left out."""
    value = values.get(one.name)
    if value is None and isinstance(one.type, Terms):
        return ()
    return value


def _first_problem(draft: _Draft) -> Problem | None:
    result = draft.result()
    if result is None:
        return None
    before = set(problems(draft.now)) if draft.now is not None else set()
    return next((p for p in problems(result) if p not in before), None)
