"""Days that lie years away from the partnership's own: mostly a digit that was mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.working_days import months_after
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.drafts import Work
from smartct_desktop.services.importing.plan import Action, PlanFinding, PlannedRecord

_BEFORE = timedelta(days=366)
_AFTER = timedelta(days=2 * 366)
_FIRST_CALL = date(2018, 1, 1)
"""Before the first call of the programme nothing can have been, whatever the partnership."""

_CODES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "exchange": ("DUR-06", ("start", "end", "planned_start", "planned_end", "paid_on")),
    "event": ("IMP-07", ("start", "end", "planned_start", "planned_end")),
    "payment": ("IMP-07", ("date",)),
}
"""What each kind of record is told with such a day, and in which fields."""


def far_dates(
    work: Work, records: Sequence[PlannedRecord], letters: Mapping[tuple[str | None, str], str]
) -> Iterator[PlanFinding]:
    """Say which days of the file lie far outside the partnership's period."""
    first, last = _bounds(work)
    for record in records:
        code, fields = _CODES.get(record.kind, ("", ()))
        if record.action in {Action.REFUSE, Action.SAME}:
            continue
        for field in fields:
            day = record.values.get(field)
            if not isinstance(day, date) or first <= day <= last:
                continue
            sentence = Sentence(
                "{day} lies years {side} the partnership's own time. Is the year right?",
                day=day.isoformat(),
                side=Sentence("before") if day < first else Sentence("after"),
            )
            letter = letters.get((record.sheet, field))
            rows = record.rows[:1]
            yield PlanFinding(
                code, Severity.WARNING, sentence, record.sheet, rows, letter, record.key
            )


def _bounds(work: Work) -> tuple[date, date]:
    own = work.known.own_partnership
    starts = own.starts_on if own else None
    ends = own.ends_on if own else None
    if own and ends is None and starts and own.planned_months:
        ends = months_after(starts, own.planned_months)
    first = starts - _BEFORE if starts else _FIRST_CALL
    return first, max(ends or work.today, work.today) + _AFTER
