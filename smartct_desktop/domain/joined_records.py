"""All records that two copies hold differently, joined: which they become, and what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.fields import Id, LongText, Terms, Value
from smartct_desktop.domain.joined_clashes import (
    NextNumber,
    settle_contradictions,
    settle_numbers,
)
from smartct_desktop.domain.joined_lessons import LEARNED, joined_lessons
from smartct_desktop.domain.joined_mentions import settle_mentions
from smartct_desktop.domain.joining import (
    SIDES,
    Answer,
    Answers,
    Doubt,
    Key,
    Pull,
    Topic,
    Triple,
    Twin,
    Values,
    both_of,
    pull,
)
from smartct_desktop.domain.joining_workings import Joined, Workings

FindTwins = Callable[[str, Mapping[Key, Triple]], Iterable[Twin]]
"""Finds among the differing records of a kind new ones of both sides that mean the same."""

_AS_TEXT = {"judgement": ("record",)}
"""Fields that hold the id of a record without being references, by kind."""

_SPELLED = frozenset({("judgement", "written")})
"""Texts of which the spelling does not matter: only records united by them can differ there."""


def join(
    triples: Mapping[Key, Triple], answers: Answers, twins: FindTwins, number: NextNumber
) -> Joined:
    """Join all records that differ; what is not among them is the same on both sides."""
    workings = Workings(triples, answers, dict(triples))
    joining = _Joining(workings)
    for schema in SCHEMAS:
        joining.unite(schema.kind, twins)
    joining.decide()
    settle_mentions(workings)
    settle_numbers(workings, number)
    settle_contradictions(workings)
    return workings.joined()


class _Joining:
    def __init__(self, workings: Workings) -> None:
        self._workings = workings
        self._renamed: dict[Id, Id] = {}

    # New records of both sides that mean the same become one.

    def unite(self, kind: str, twins: FindTwins) -> None:
        """Make one of two new records, for a kind of which what it names was united before."""
        self._rename(kind)
        of_kind = {key: triple for key, triple in self._workings.triples.items() if key[0] == kind}
        for twin in twins(kind, of_kind):
            ours, theirs = (kind, twin.ours), (kind, twin.theirs)
            if (
                ours in self._workings.triples
                and theirs in self._workings.triples
                and self._same(twin)
            ):
                self._make_one(ours, theirs)

    def _same(self, twin: Twin) -> bool:
        if twin.sure:
            return True
        first, second = sorted((twin.ours, twin.theirs))
        propose = Answer.SAME if twin.likely else Answer.OTHER
        doubt = Doubt(
            *(Topic.TWINS, (twin.kind, first), "", (Answer.SAME, Answer.OTHER), propose, None),
            ours=twin.ours,
            theirs=twin.theirs,
            other=second,
            because=twin.because,
        )
        return (self._workings.ask(doubt) or propose) is Answer.SAME

    def _make_one(self, ours: Key, theirs: Key) -> None:
        """The smaller of the two ids stays: so both copies come to the same, whoever merges."""
        stays, goes = sorted((ours, theirs))
        one = Triple(
            ({},), self._workings.triples[ours].ours, self._workings.triples[theirs].theirs
        )
        del self._workings.triples[goes]
        self._workings.triples[stays] = one
        self._renamed[goes[1]] = stays[1]
        self._workings.united[goes] = stays

    def _rename(self, kind: str) -> None:
        fields = [*(f.name for f in schema_of(kind).references), *_AS_TEXT.get(kind, ())]
        if not fields or not self._renamed:
            return
        for key, triple in self._workings.triples.items():
            if key[0] == kind:
                self._workings.triples[key] = Triple(
                    tuple(self._with_names(base, fields) for base in triple.bases),
                    self._with_names(triple.ours, fields),
                    self._with_names(triple.theirs, fields),
                )

    def _with_names(self, values: Values | None, fields: Iterable[str]) -> Values | None:
        if values is None:
            return None
        moved = {name: self._renamed.get(Id(str(values.get(name)))) for name in fields}
        return {**values, **{name: id_ for name, id_ in moved.items() if id_ is not None}}

    # Each record by itself.

    def decide(self) -> None:
        """Decide field by field, as far as what was before decides it."""
        for schema in SCHEMAS:
            self._rename(schema.kind)
        united = frozenset(self._workings.united.values())
        for key, triple in self._workings.triples.items():
            if triple.ours is None or triple.theirs is None:
                self._workings.records[key] = self._whole(key, triple)
            elif (anonymous := _anonymous(triple)) is not None:
                self._workings.records[key] = anonymous
            else:
                names = (field.name for field in schema_of(key[0]).told)
                values = {name: self._value(key, name, triple) for name in names}
                if key in united:
                    values |= _other_names(key[0], values, triple)
                self._workings.records[key] = {
                    name: value for name, value in values.items() if value not in (None, ())
                }

    def _whole(self, key: Key, triple: Triple) -> Values | None:
        match pull(triple.bases, triple.ours, triple.theirs):
            case Pull.CLASH:
                return self._workings.removal(key, triple)
            case Pull.THEIRS:
                return triple.theirs
            case _:
                return triple.ours

    def _value(self, key: Key, name: str, triple: Triple) -> Value:
        assert triple.ours is not None
        assert triple.theirs is not None
        ours, theirs = triple.ours.get(name), triple.theirs.get(name)
        bases = [None if base is None else base.get(name) for base in triple.bases]
        match pull(bases, ours, theirs):
            case Pull.SAME | Pull.OURS:
                return ours
            case Pull.THEIRS:
                return theirs
            case Pull.CLASH:
                return self._clash(key, name, bases, (ours, theirs))

    def _clash(self, key: Key, name: str, bases: list[Value], sides: tuple[Value, Value]) -> Value:
        ours, theirs = sides
        if (key[0], name) in _SPELLED:
            return min(str(ours), str(theirs))
        learned = (key[0], name) in LEARNED
        if learned:
            value, clash = joined_lessons(bases, ours, theirs, prefer_ours=True)
            if not clash:
                return value
        several = isinstance(schema_of(key[0]).by_name[name].type, Terms | LongText)
        both = several and not learned
        propose = Answer.BOTH if both else Answer.OURS if learned else None
        before = bases[0] if len(set(bases)) == 1 else None
        answer = self._workings.ask(
            Doubt(
                *(Topic.FIELD, key, name, (*SIDES, Answer.BOTH) if both else SIDES, propose, None),
                *(before, ours, theirs),
            )
        )
        if learned:
            prefer = answer is not Answer.THEIRS
            return joined_lessons(bases, ours, theirs, prefer_ours=prefer)[0]
        if answer is Answer.BOTH or (answer is None and both):
            return both_of(bases, ours, theirs)
        return theirs if answer is Answer.THEIRS else ours


def _other_names(kind: str, values: Values, triple: Triple) -> Values:
    """Of two organisations that become one, keep the name that it does not bear as another one."""
    if "aliases" not in schema_of(kind).by_name:
        return {}
    names = {str(side["name"]) for side in (triple.ours, triple.theirs) if side and "name" in side}
    known = str(values.get("aliases") or "").splitlines()
    more = sorted(names - {values.get("name"), *known})
    return {"aliases": "\n".join((*known, *more)) or None}


def _anonymous(triple: Triple) -> Values | None:
    """Give the side on which a person was made anonymous, if only one of the two is."""
    sides = [side for side in (triple.ours, triple.theirs) if side and "anonymised_on" in side]
    return sides[0] if len(sides) == 1 else None
