"""Taking back one old step, or doing it again, and leaving alone what later steps changed.

A field is put back only where it still holds what the step wrote. A record that the step added goes
only if nothing of it was changed since and nothing that stays names it; one that it removed comes
back with its id, if those it names are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

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
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.reversal import Fate, Outcome, Reversal
from smartct_desktop.services.reversal_drafts import (
    NO_REASON,
    Draft,
    Existing,
    Key,
    Part,
    first_problem,
    target_kind,
    whole_value,
)

_PAGE = 1000
_LOOKING = Sentence("Looking at what changed since")
_CHECKING = Sentence("Looking at what stands in the way")
_SINCE = Sentence("Changed since.")
_GONE = Sentence("The record is no longer there.")
_TARGET_GONE = Sentence("What it named is no longer there.")
_ALREADY = Sentence("It is so already.")
_THERE = Sentence("The record is there again, and other than it was.")
_OTHER = Sentence("It is not as it was then.")


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
    if step.state is StepState.NOTED:
        raise Trouble(Sentence("“{step}” changed nothing in the document.", step=step.label))
    undone = step.state is not StepState.DONE
    if again and not undone and not step.taken_back:
        raise Trouble(Sentence("“{step}” was not undone.", step=step.label))
    if not again and undone:
        raise Trouble(Sentence("“{step}” was undone already.", step=step.label))


class _Planner:
    """Drafts every change, then takes out what cannot stand until all the rest can."""

    def __init__(self, reader: Reader, step: PastStep, progress: Progress, *, again: bool) -> None:
        self._reader = reader
        self._step = step
        self._progress = progress
        self._again = again
        self._drafts: dict[Key, Draft] = {}
        self._moves: dict[Key, list[LaterMove]] = defaultdict(list)

    def plan(self) -> Reversal:
        for move in self._reader.later_moves(self._step.no):
            self._moves[move.kind, move.id].append(move)
        for start in range(0, self._step.records, _PAGE):
            self._progress.report(_LOOKING, start, self._step.records)
            self._draft(self._reader.step_changes(self._step.no, start, start + _PAGE))
        self._progress.report(_CHECKING)
        self._there = Existing(self._reader, self._drafts.values())
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

    def _drafted(self, change: PastChange, now: Record | None) -> Draft:
        if change.action is Action.CHANGE:
            return self._moved(change, now)
        if (change.action is Action.ADD) == self._again:
            return self._returning(change, now)
        return self._leaving(change, now)

    def _moved(self, change: PastChange, now: Record | None) -> Draft:
        left, goal = (change.after, change.before)
        if self._again:
            left, goal = goal, left
        draft = Draft(change, Action.CHANGE, now, None)
        for name in schema_of(change.kind).by_name:
            if name not in left and name not in goal:
                continue
            part = draft.parts[name] = Part(then=goal.get(name))
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

    def _leaving(self, change: PastChange, now: Record | None) -> Draft:
        draft = Draft(change, Action.REMOVE, now, None, {"": (part := Part())})
        if now is None:
            part.refuse(_ALREADY, Outcome.SAME)
            return draft
        written = self._written(change, now)
        told = [field.name for field in now.schema.told]
        other = [name for name in told if getattr(now, name) != written[name]]
        if other:
            labels = ", ".join(now.schema.by_name[name].label for name in other)
            part.by = self._newest(change, other)
            part.refuse(Sentence("Changed since: {fields}.", fields=labels), Outcome.KEPT)
        return draft

    def _returning(self, change: PastChange, now: Record | None) -> Draft:
        values = change.after if self._again else change.before
        draft = Draft(change, Action.ADD, now, None, {"": (part := Part())})
        schema = schema_of(change.kind)
        if now is not None:
            same = all(getattr(now, f.name) == whole_value(f, values) for f in schema.told)
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
            return {f.name: whole_value(f, change.before) for f in schema.told}
        written: dict[str, Value] = {}
        for move in self._moves[change.kind, change.id]:
            for name, value in move.before.items():
                written.setdefault(name, value)
            if move.action is Action.REMOVE:
                for name, one in schema.by_name.items():
                    written.setdefault(name, whole_value(one, {}))
        return schema.values(now) | written

    def _newest(self, change: PastChange, names: Iterable[str] | None) -> int | None:
        """Give the newest step that changed one of these fields since, or the whole record."""
        wanted = None if names is None else set(names)
        for move in reversed(self._moves[change.kind, change.id]):
            if move.action is not Action.CHANGE or wanted is None or wanted & move.after.keys():
                return move.step
        return None

    # Taking out what cannot stand.

    def _naming(self) -> Iterator[tuple[Key, list[tuple[Field, Id]]]]:
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

    def _take_out(self, naming: Mapping[Key, list[tuple[Field, Id]]]) -> bool:
        """Take out what leads nowhere, is still named or breaks a rule; whether there was any."""
        found = False
        for key, draft in self._drafts.items():
            if not draft.acts:
                continue
            if draft.leaves:
                blocker = next((m for m in naming.get(key, ()) if self._names(*m, key[1])), None)
                if blocker is not None:
                    draft.parts[""].blocked = blocker
                    draft.refuse("", NO_REASON)
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

    def _leading_nowhere(self, draft: Draft) -> list[str]:
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
        kind = target_kind(one)
        draft = self._drafts.get((kind, id_))
        if draft is None:
            return self._there.holds(kind, id_)
        return draft.result() is not None

    def _broken(self, draft: Draft) -> bool:
        """Take out what a rule refuses; what was broken before is nobody's fault here."""
        if not draft.unchecked:
            return False
        draft.unchecked = False
        found = False
        while draft.acts and (problem := first_problem(draft)) is not None:
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
