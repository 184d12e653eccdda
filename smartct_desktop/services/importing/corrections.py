"""Stored values that stay though the file says something else.

What people corrected by hand after an import stays when the same file comes again, unless they
take the file's value; of any other field the stored value stays where somebody chose to keep it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from smartct_desktop.domain.changes import Action, PastChange, StepState
from smartct_desktop.domain.fields import Field, Id, Money, Options, Reference
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.plan import Held, PlanFinding, PlanValue, Target

_BLANK = Sentence("blank")
_BESIDE = frozenset({"organisation", "person"})


class Corrections:
    """Knows the stored values that people set over what an import had brought.

    `taken` are the cells of which a person wants the file's value all the same, `kept` those of
    which the stored value shall stay, both by `cell_key`. `held` is what stays.
    """

    def __init__(
        self, known: Known, taken: frozenset[str], kept: frozenset[str] = frozenset()
    ) -> None:
        self._known = known
        self._taken = taken
        self._kept = kept
        self.findings: list[PlanFinding] = []
        self.held: list[Held] = []

    def made(self, kind: str, id_: Id, field: str, told: PlanValue) -> bool:
        """Whether an import had set the field to this, and people have changed it since."""
        value = told.id if isinstance(told, Target) else told
        before: Any = None
        corrected = False
        back: set[int] = set()  # steps that a later one took back: as if neither had been
        for step, change in self._known.history(kind, id_):
            if step.state is not StepState.DONE or not _touches(change, field) or step.no in back:
                continue
            if step.about is not None and step.about.relation.back:
                back.add(step.about.no)
                continue
            if step.source is not None:
                return corrected and value is not None and value == before
            if change.action is not Action.CHANGE:
                return False
            before = change.before.get(field)
            corrected = True
        return False

    def hold(
        self,
        stored: Record,
        changes: Mapping[str, tuple[Any, PlanValue]],
        place: tuple[str | None, Sequence[int]],
        key: str,
    ) -> dict[str, PlanValue]:
        """Give what stays of the fields that would change, None for a blank; tells of each."""
        kind = stored.schema.kind
        sheet, rows = place
        held: dict[str, PlanValue] = {}
        for name, (old, told) in changes.items():
            cell = cell_key(sheet, rows[0], name, kind)
            kept = cell in self._kept
            by_hand = not kept and cell not in self._taken
            if not kept and not (by_hand and self.made(kind, stored.id, name, told)):
                continue
            field = stored.schema.by_name[name]
            shown = self._shown(field, old)
            held[name] = old
            if isinstance(field.type, Reference) and old is not None:
                held[name] = Target(field.type.kind, shown, Id(old))
            self.held.append(Held(cell, sheet, rows[0], kind, name, old, told, by_hand))
            if kept:
                continue
            self.findings.append(
                PlanFinding(
                    "IMP-16",
                    Severity.WARNING,
                    Sentence(
                        "Row {row}: {field} was corrected by hand to {stored} after an import. "
                        "The file still says {told}; {stored} is kept.",
                        row=rows[0],
                        field=field.label,
                        stored=shown,
                        told=told.name if isinstance(told, Target) else self._shown(field, told),
                    ),
                    sheet,
                    (rows[0],),
                    record=key,
                )
            )
        return held

    def _shown(self, field: Field, value: Any) -> str:
        match field.type, value:
            case _, None | ():
                return _BLANK
            case Reference(kind), _:
                return self._known.captions(kind, [Id(value)]).get(Id(value), str(value))
            case Money(), int():
                return f"{value / 100:.2f}"
            case _, Options():
                return value.label
            case _, bool():
                return Sentence("yes") if value else Sentence("no")
            case _, date():
                return value.isoformat()
            case _, tuple():
                return ", ".join(value)
            case _:
                return str(value)


def cell_key(sheet: str | None, row: int, field: str, kind: str = "") -> str:
    """Give the name of a cell in answers about what is stored and what the file says.

    What a row tells of organisations and people beside its own record is named with their kind.
    """
    named = f"{kind}.{field}" if kind in _BESIDE else field
    return f"{sheet or ''}!{row}.{named}"


def _touches(change: PastChange, field: str) -> bool:
    """Whether a change may have set the field; an addition sets all of them."""
    return change.action is Action.ADD or field in change.after or field in change.before
