"""What changing a value of the rules would do, said before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.assessment import Assessment
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.rule_catalog import KINDS
from smartct_desktop.domain.programme.rule_keys import rule_key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.looking import Look
from smartct_desktop.services.programme import ProgrammeFacts

_SLICE = 500
_COMPARING = Sentence("Comparing what the rules say")


@dataclass(frozen=True, slots=True)
class Wish:
    """Values that are to be new or other than stored, and those that are to go."""

    values: tuple[RuleValue, ...] = ()
    remove: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What would be otherwise for one record: its derived values, and what the rules say.

    `values` holds the derived fields that would move, each with its value before and after; money
    in cents. `gone` and `new` are findings.
    """

    kind: str
    id: Id
    values: Mapping[str, tuple[object, object]]
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RulesPlan:
    """A change of values of the rules, and all that would be otherwise through it.

    `due_before` and `due_after` are the sums of what is due for all exchanges, in cents. What
    counts towards targets does not follow from these values.
    """

    add: tuple[RuleValue, ...]
    update: tuple[RuleValue, ...]
    remove: tuple[Id, ...]
    differences: tuple[Difference, ...]
    due_before: int
    due_after: int

    def of(self, kind: str) -> Sequence[Difference]:
        """Give the differences of one kind of records."""
        return tuple(one for one in self.differences if one.kind == kind)


def plan_values(
    reader: Reader,
    facts: ProgrammeFacts,
    today: date,
    wish: Wish,
    progress: Progress | None = None,
) -> RulesPlan:
    """Plan new, changed and removed values; all records are looked at twice, so do it in a job.

    Raises `Invalid` for a value that cannot be, for a rule set that does not exist, and for two
    values of one name that begin on the same day; `Cancelled` if `progress` says so.
    """
    stored = {value.id: value for value in reader.all(RuleValue)}
    gone = tuple(id_ for id_ in wish.remove if id_ in stored)
    told = {value.id: value for value in wish.values}
    after = {id_: value for id_, value in stored.items() if id_ not in gone} | told
    _check(told.values(), after.values(), facts)
    looks = (Look(facts, today), Look(facts, today, tuple(after.values())))
    differences: list[Difference] = []
    sums = [0, 0]
    for kind, before, now in _compared(reader, looks, progress or Progress()):
        for id_, one in before.items():
            other = now[id_]
            sums[0] += _due(one)
            sums[1] += _due(other)
            difference = _difference(kind, id_, one, other)
            if difference is not None:
                differences.append(difference)
    return RulesPlan(
        tuple(value for id_, value in told.items() if id_ not in stored),
        tuple(value for id_, value in told.items() if id_ in stored),
        gone,
        tuple(differences),
        *sums,
    )


def _check(told: Iterable[RuleValue], after: Iterable[RuleValue], facts: ProgrammeFacts) -> None:
    for value in told:
        check(value)
        if value.rule_set not in facts.rule_sets:
            known = ", ".join(facts.rule_sets)
            raise Invalid(
                Sentence(
                    "There is no rule set “{code}”; there are {known}.",
                    code=value.rule_set,
                    known=known,
                ),
                "rule_set",
            )
    begun: set[tuple[object, ...]] = set()
    for value in after:
        beginning = (value.rule_set, value.name, value.valid_from)
        if beginning in begun:
            key = rule_key(value.name)
            label = key.label if key else value.name
            raise Invalid(
                Sentence("“{label}” has two values that begin on the same day.", label=label),
                "valid_from",
            )
        begun.add(beginning)


def _compared(
    reader: Reader, looks: tuple[Look, Look], progress: Progress
) -> Iterator[tuple[str, Mapping[Id, Assessment], Mapping[Id, Assessment]]]:
    total = sum(reader.total(kind) for kind in KINDS)
    done = 0
    for kind in KINDS:
        with closing(reader.window(Query(kind))) as window:
            for start in range(0, window.count, _SLICE):
                ids = window.ids(start, start + _SLICE)
                progress.report(_COMPARING, done, total)
                before, after = (look.assess(reader, kind, ids) for look in looks)
                yield kind, before, after
                done += len(ids)


def _due(one: Assessment) -> int:
    due = one.values.get("entitlement_cents")
    return due if isinstance(due, int) else 0


def _difference(kind: str, id_: Id, one: Assessment, other: Assessment) -> Difference | None:
    moved = {
        name: (value, other.values.get(name))
        for name, value in one.values.items()
        if value != other.values.get(name)
    }
    gone = tuple(finding for finding in one.findings if finding not in other.findings)
    new = tuple(finding for finding in other.findings if finding not in one.findings)
    return Difference(kind, id_, moved, gone, new) if moved or gone or new else None


def commit_values(document: Document, plan: RulesPlan, label: str) -> None:
    """Write a plan as one step, which can be undone; findings and derived fields follow it.

    Raises `Invalid`, `Trouble`, and KeyError if a record that was to be changed is gone.
    """
    with document.edit(label) as edit:
        for value in plan.add:
            edit.add(value)
        for value in plan.update:
            edit.update(value)
        for id_ in plan.remove:
            edit.remove("rule_value", id_)
