"""The rows of a file with what becomes of them, in the order in which they are worked through."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.services.importing.corrections import cell_key
from smartct_desktop.services.importing.plan import Action, Plan, PlanFinding, PlanValue, RowPlan
from smartct_desktop.services.importing.skipped import Skipped, SkipReason
from smartct_desktop.ui.import_assistant.asked import Asked, Place
from smartct_desktop.ui.import_assistant.words import OUTCOMES

MOST_LINES = 8
"""Lines of one row in the review; what is more is counted on the last one."""

_FEW = 3  # rows at each of which a finding is repeated
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of the file with its fate, or several in a row that are left out together.

    `wide_findings` say the same of many rows, and are not repeated at each of them. `lines` is how
    many lines the row takes in the review.
    """

    sheet: str | None
    first: int
    last: int
    action: Action
    row: RowPlan | None = None
    skipped: Skipped | None = None
    findings: tuple[PlanFinding, ...] = ()
    wide_findings: tuple[PlanFinding, ...] = ()
    new_organisation: bool = False
    lines: int = 1

    @property
    def place(self) -> Place:
        """Where it stands; the first of several."""
        return (self.sheet, self.first)

    @property
    def count(self) -> int:
        """How many rows of the file it stands for."""
        return self.last - self.first + 1

    @property
    def has_problem(self) -> bool:
        """Whether a rule has something to say that is more than information."""
        return any(finding.severity is not Severity.INFO for finding in self.all_findings)

    @property
    def all_findings(self) -> tuple[PlanFinding, ...]:
        """What is said of the row alone, and what is said of many rows at once."""
        return (*self.findings, *self.wide_findings)


@dataclass(frozen=True, slots=True)
class Seen:
    """How many rows there are by sheet, bring an organisation, or have a problem."""

    by_sheet: Mapping[str | None, int]
    new_organisation: int
    with_problem: int


@dataclass(frozen=True, slots=True)
class CellChoice:
    """A field of a row's record of which the stored value or theirs can be chosen.

    `by_hand` says that it was corrected here after an import.
    """

    place: Place
    code: str
    old: Value
    theirs: PlanValue = None
    by_hand: bool = False

    @property
    def key(self) -> str:
        """The name under which the plan is told."""
        kind, _, field = self.code.partition(".")
        return cell_key(*self.place, field, kind)


def _rows(
    plan: Plan,
    by_place: Mapping[Place, RowPlan],
    asked: Mapping[Place, Sequence[Asked]],
    kept: Mapping[Place, Sequence[CellChoice]],
) -> Iterator[ReviewRow]:
    findings: dict[Place, list[PlanFinding]] = defaultdict(list)
    for finding in plan.findings:
        for number in finding.rows:
            place = (finding.sheet, number)
            if not _is_question(finding, asked.get(place, ())):
                findings[place].append(finding)
    for place, row in by_place.items():
        said = sorted(findings.get(place, ()), key=_by_severity)
        own = tuple(f for f in said if not _is_wide(f))
        differences = _differences(plan, row) + len(kept.get(place, ()))
        yield ReviewRow(
            sheet=row.sheet,
            first=row.number,
            last=row.number,
            action=row.action,
            row=row,
            findings=own,
            wide_findings=tuple(f for f in said if _is_wide(f)),
            new_organisation=_brings_organisation(plan, row),
            lines=_line_count(begins_with_words(row.action, own), differences, own),
        )
    for part in plan.skipped:
        for first, last in _untold(part, by_place):
            said = findings.get((part.sheet, first), [])
            own = tuple(f for f in said if not _is_wide(f))
            yield ReviewRow(
                part.sheet,
                first,
                last,
                Action.SKIP,
                skipped=part,
                findings=own,
                wide_findings=tuple(f for f in said if _is_wide(f)),
                lines=_line_count(True, 0, own),
            )


def _is_wide(finding: PlanFinding) -> bool:
    return len(finding.rows) > _FEW


def _is_question(finding: PlanFinding, asked: Sequence[Asked]) -> bool:
    """Whether a finding only repeats what is asked at the row."""
    return any(item.text == finding.sentence for one in asked for item in one.items)


def _untold(part: Skipped, by_place: Mapping[Place, RowPlan]) -> Iterator[tuple[int, int]]:
    """Give the rows left out that no row of the plan tells of, in runs."""
    if part.reason is SkipReason.BLANK:
        yield part.first, part.last
        return
    start: int | None = None
    for number in range(part.first, part.last + 1):
        told = (part.sheet, number) in by_place
        if not told and start is None:
            start = number
        if told and start is not None:
            yield start, number - 1
            start = None
    if start is not None:
        yield start, part.last


def review_rows(
    plan: Plan,
    by_place: Mapping[Place, RowPlan],
    asked: Mapping[Place, Sequence[Asked]],
    kept: Mapping[Place, Sequence[CellChoice]],
) -> tuple[ReviewRow, ...]:
    """Give every row of the file once: what needs somebody first, then by sheet and number."""
    sheets = {sheet.name: at for at, sheet in enumerate(plan.sheets)}
    actions = {action: at for at, action in enumerate(OUTCOMES)}

    def key(row: ReviewRow) -> tuple[int, int, int]:
        return actions[row.action], sheets.get(row.sheet, len(sheets)), row.first

    return tuple(sorted(_rows(plan, by_place, asked, kept), key=key))


def seen_in(rows: Sequence[ReviewRow]) -> Seen:
    """Count what the rows can be filtered by."""
    by_sheet: Counter[str | None] = Counter()
    for row in rows:
        by_sheet[row.sheet] += row.count
    return Seen(
        by_sheet,
        sum(row.new_organisation for row in rows),
        sum(row.has_problem for row in rows),
    )


def _differences(plan: Plan, row: RowPlan) -> int:
    if row.action is not Action.CHANGE:
        return 0
    records = (plan.by_key.get(key) for key in row.records)
    return sum(len(record.changes) for record in records if record is not None)


def begins_with_words(action: Action, findings: Sequence[PlanFinding]) -> bool:
    """Whether a row begins with a sentence of its own: not where other lines say it all."""
    if action is Action.REFUSE:
        return not any(finding.severity is Severity.ERROR for finding in findings)
    return action is not Action.CHANGE


def _line_count(begun: bool, differences: int, findings: Sequence[PlanFinding]) -> int:  # noqa: FBT001
    return min(MOST_LINES, max(1, begun + differences + len(findings)))


def _by_severity(finding: PlanFinding) -> int:
    return _WORST_FIRST.index(finding.severity)


def _brings_organisation(plan: Plan, row: RowPlan) -> bool:
    return any(
        record.kind == "organisation" and record.action is Action.ADD
        for key in row.records[1:]
        if (record := plan.by_key.get(key)) is not None
    )


def kept_by_place(plan: Plan) -> dict[Place, tuple[CellChoice, ...]]:
    """Give the fields of which the stored value stays, by row."""
    found: dict[Place, tuple[CellChoice, ...]] = {}
    for held in plan.held:
        place = (held.sheet, held.row)
        code = f"{held.kind}.{held.field}"
        choice = CellChoice(place, code, held.stored, held.theirs, held.by_hand)
        found[place] = (*found.get(place, ()), choice)
    return found
