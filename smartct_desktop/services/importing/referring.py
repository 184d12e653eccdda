"""Records of a file that refer to other records of it: they go where those go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.plan import (
    Action,
    PlanFinding,
    PlannedRecord,
    PlanValue,
    Spot,
    Target,
)

_WRITTEN = frozenset({Action.ADD, Action.CHANGE, Action.SAME})


def redirected(record: PlannedRecord, instead: Mapping[str, str]) -> PlannedRecord:
    """Let a record refer to the first of those that mean the same; the others are left out."""

    def turned(value: PlanValue) -> PlanValue:
        if isinstance(value, Asked):
            return replace(value, propose=turned(value.propose))
        if isinstance(value, Target) and value.key in instead:
            return replace(value, key=instead[value.key])
        return value

    values = {name: turned(value) for name, value in record.values.items()}
    changes = {name: (old, turned(new)) for name, (old, new) in record.changes.items()}
    return replace(record, values=values, changes=changes)


def follow_others(
    records: Sequence[PlannedRecord],
) -> tuple[list[PlannedRecord], list[PlanFinding]]:
    """Hold back, or refuse, what refers to records that wait or are refused."""
    found = list(records)
    findings: list[PlanFinding] = []
    while True:
        left = {r.key: r for r in found if r.action in (Action.WAIT, Action.REFUSE)}
        changed = False
        for place, record in enumerate(found):
            if not left or record.action not in _WRITTEN:
                continue
            named = [left[key] for key in _keys(record) if key in left and key != record.key]
            if not named:
                continue
            changed = True
            refused = next((one for one in named if one.action is Action.REFUSE), None)
            if refused is None:
                waits = dict.fromkeys(question for one in named for question in one.waits)
                found[place] = replace(record, action=Action.WAIT, waits=tuple(waits))
            else:
                found[place] = replace(record, action=Action.REFUSE)
                findings.append(_refused(record, refused))
        if not changed:
            return found, findings


def refused_elsewhere(
    records: Sequence[PlannedRecord], also: Mapping[str, Sequence[Spot]]
) -> Iterator[PlanFinding]:
    """Say of rows that tell more of a record of another table that it cannot be taken."""
    for record in records:
        if record.action is Action.REFUSE:
            for sheet, row in also.get(record.key, ()):
                yield _refused(replace(record, sheet=sheet, rows=(row,)), record)


def _keys(record: PlannedRecord) -> Iterator[str]:
    for value in record.values.values():
        if isinstance(value, Target) and value.key:
            yield value.key


def _refused(record: PlannedRecord, named: PlannedRecord) -> PlanFinding:
    return PlanFinding(
        "IMP-04",
        Severity.ERROR,
        Sentence("It belongs to row {row}, which cannot be taken.", row=named.rows[0])
        if named.sheet == record.sheet
        else Sentence(
            "It belongs to row {row} of the sheet “{sheet}”, which cannot be taken.",
            row=named.rows[0],
            sheet=named.sheet,
        ),
        record.sheet,
        record.rows,
        record=record.key,
    )
