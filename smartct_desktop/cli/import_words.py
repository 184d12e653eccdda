"""What the import command says of a plan, line by line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from smartct_desktop.services.importing.asked import Item, Question
from smartct_desktop.services.importing.plan import Action, Outcome, Plan

_MOST_LINES = 40
_MOST_ROWS = 8
_MOST_OPTIONS = 12


def tell(plan: Plan, *, dry_run: bool) -> None:
    """Say what happened, or would happen: refusals on standard error, the rest on output."""
    if plan.outcome is Outcome.REFUSE:
        print(plan.message, file=sys.stderr)
        return
    counts = plan.counts
    verb = "would be" if dry_run else "were"
    print(
        f"{plan.file}: {counts.rows} rows; {counts.add} {verb} added, {counts.change} changed, "
        f"{counts.same} stay the same, {counts.wait} wait, {counts.refuse} refused, "
        f"{counts.skip} skipped."
    )
    for question in plan.open_questions:
        print(f"  question {question.id}: {question.text}")
        for line in _items(plan, question):
            print(f"    {line}")
    findings = plan.findings
    for finding in findings[:_MOST_LINES]:
        where = _where(plan, finding.sheet, finding.letter, finding.rows)
        print(f"  {finding.severity.value} {finding.code} {where}: {finding.sentence}")
    if len(findings) > _MOST_LINES:
        print(f"  and {len(findings) - _MOST_LINES} more; see --json")
    for line in _refused(plan):
        print(f"  {line}")


def _items(plan: Plan, question: Question) -> Iterator[str]:
    """Say of each open item where it is, what is proposed, and what can be answered."""
    shared: tuple[object, ...] | None = None
    for item in question.items:
        if item.answered:
            continue
        where = _where(plan, question.sheet, question.letter, item.rows)
        words = str(item.text) if item.text is not None else ""
        named = [item.key] if item.key and item.key not in words else []
        parts = [where, *named, *filter(None, [words])]
        yield "  ".join(parts) + _proposal(item)
        if item.options and item.options != shared:
            shared = item.options
            yield f"  answers: {_options(item)}"


def _proposal(item: Item) -> str:
    if not item.proposed:
        return ""
    return f"; proposed: {'leave it blank' if item.propose is None else item.propose}"


def _options(item: Item) -> str:
    named = ["null (leave it blank)" if o is None else str(o) for o in item.options]
    more = [f"and {len(named) - _MOST_OPTIONS} more"] if len(named) > _MOST_OPTIONS else []
    more += [f"the name of another {item.others} of the document"] if item.others else []
    return " | ".join([*named[:_MOST_OPTIONS], *more])


def _refused(plan: Plan) -> Iterator[str]:
    """Say why rows are refused of which no finding tells."""
    told = {(finding.sheet, row) for finding in plan.findings for row in finding.rows}
    for row in plan.rows:
        if row.action is Action.REFUSE and (row.sheet, row.number) not in told:
            yield f"refused {_where(plan, row.sheet, None, (row.number,))}: {row.reason}"


def _where(plan: Plan, sheet: str | None, letter: str | None, rows: tuple[int, ...]) -> str:
    """Name the place: the sheet where there are several, the column, the first of many rows."""
    parts = [sheet] if sheet and len(plan.sheets) > 1 else []
    parts += [f"column {letter}"] if letter else []
    if rows:
        more = "…" if len(rows) > _MOST_ROWS else ""
        named = ", ".join(map(str, rows[:_MOST_ROWS]))
        parts.append(f"row {named}" if len(rows) == 1 else f"rows {named}{more}")
    return f"({', '.join(parts) or 'whole file'})"
