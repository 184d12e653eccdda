"""A plan as plain data for JSON, under the names of the format "smartct-plan/1"."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from smartct_desktop.domain.fields import Options
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.services.importing.asked import Asked, Item, Question
from smartct_desktop.services.importing.plan import Action, Plan, PlanFinding, PlannedRecord, Target
from smartct_desktop.services.importing.skipped import Skipped, SkipReason

FORMAT = "smartct-plan/1"

_PAPERS = ("ctq", "agreement", "vo_report", "ho_report", "evidence", "certificate")
_MOST_ROWS = 200
_INSIDE = frozenset({"visitor_name", "amount_original_cents", "amount_original_currency"})


def to_json(plan: Plan) -> dict[str, Any]:
    """Give the plan as dictionaries, lists, texts, numbers and None."""
    counts = plan.counts
    return {
        "format": FORMAT,
        "file": plan.file,
        "sha256": plan.sha256,
        "outcome": plan.outcome.value,
        "message": str(plan.message) or None,
        "sender": {
            "cluster": plan.sender.cluster,
            "certainty": plan.sender.certainty,
            "reason": plan.sender.because,
        }
        if plan.sender
        else None,
        "sheets": [
            {
                "name": sheet.name,
                "visibility": sheet.visibility.value,
                "kind": sheet.kind,
                "role": sheet.role.value,
                "header_rows": list(sheet.header_rows),
                "data_rows": list(sheet.data_rows),
            }
            for sheet in plan.sheets
        ],
        "columns": [
            {
                "sheet": column.sheet,
                "column": column.letter,
                "header": column.header,
                "field": column.field,
                "certainty": column.certainty,
                "reason": column.reason,
                "question": column.question or None,
            }
            for column in plan.columns
        ],
        "records": [_record(record) for record in plan.records],
        "skipped": [_skipped(skip) for skip in plan.skipped],
        "questions": [_question(question) for question in plan.open_questions],
        "findings": [_finding(finding) for finding in plan.findings],
        "counts": {
            "rows": counts.rows,
            **{action.value: getattr(counts, action.value) for action in Action},
        },
        "unused_answers": list(plan.unused_answers),
        "figures": {
            "before": dict(plan.effect.before),
            "after": dict(plan.effect.after),
            "not_counting": {
                code: [{"reason": one.reason, "count": one.count, "new": one.new} for one in told]
                for code, told in plan.effect.not_counting.items()
            },
        },
    }


def value_json(value: Any) -> Any:
    """Give a value, what it refers to, or the question it hangs on, as plain data."""
    match value:
        case None | bool() | int() | str() | float():
            return str(value) if isinstance(value, str) else value
        case Options():
            return value.value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case PartialDate() | date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="minutes")
        case Target():
            return value.name
        case Asked():
            return {"ask": value.question, "propose": value_json(value.propose)}
        case tuple():
            return [value_json(one) for one in value]
        case _:
            return str(value)


def _record(record: PlannedRecord) -> dict[str, Any]:
    fields = {name: value_json(value) for name, value in record.values.items()}
    if record.kind == "exchange":
        fields = _exchange(fields, record)
    fields |= {n: value_json(v) for n, v in record.told.items() if n not in _INSIDE}
    return {
        "key": record.key,
        "kind": record.kind,
        "action": record.action.value,
        "id": record.id,
        "source": {"sheet": record.sheet, "rows": list(record.rows)},
        "fields": fields,
        "changes": {
            name: [value_json(old), value_json(new)] for name, (old, new) in record.changes.items()
        },
        "waits": list(record.waits),
    }


def _exchange(fields: dict[str, Any], record: PlannedRecord) -> dict[str, Any]:
    """Gather the papers of an exchange, and name its visitor as the row does."""
    papers = {
        paper: {
            "state": _state(fields.pop(paper, None), fields.get(f"{paper}_on")),
            "date": fields.pop(f"{paper}_on", None),
        }
        for paper in _PAPERS
        if paper in fields or f"{paper}_on" in fields
    }
    if papers:
        fields["documents"] = papers
    told = record.told
    if "visitor_name" in told and not isinstance(record.values.get("visitor"), Asked):
        fields["visitor"] = value_json(told["visitor_name"])
    if "amount_original_cents" in told:
        fields["amount_original"] = {
            "cents": told["amount_original_cents"],
            "currency": told["amount_original_currency"],
        }
    return fields


def _state(there: Any, on: Any) -> Any:
    if isinstance(there, dict):
        proposed = there["propose"]
        return {**there, "propose": {True: "yes", False: "no"}.get(proposed, "unknown")}
    return {True: "yes", False: "no", None: "yes" if on else "unknown"}[there]


def _skipped(skip: Skipped) -> dict[str, Any]:
    rows: dict[str, Any] = {"rows": list(range(skip.first, skip.last + 1))}
    if skip.last - skip.first >= _MOST_ROWS:
        rows = {"rows": [], "row_range": [skip.first, skip.last]}
    blank = skip.reason is SkipReason.BLANK
    return {
        "sheet": skip.sheet,
        **rows,
        "reason": skip.reason.value,
        "code": skip.code,
        **({} if blank or not skip.text else {"text": skip.text}),
    }


def _question(question: Question) -> dict[str, Any]:
    """Give a question; several items propose by name, a single one plainly."""
    items = [item for item in question.items if not item.answered]
    single = question.single
    return {
        "id": question.id,
        "topic": question.topic,
        "per": question.per,
        "sheet": question.sheet,
        "rows": sorted({row for item in items for row in item.rows}),
        "column": question.letter,
        "text": question.text,
        "options": list(items[0].options) or "free"
        if single
        else {item.key: list(item.options) or "free" for item in items},
        "propose": items[0].propose if single else {item.key: item.propose for item in items},
        "items": [] if single else [_item(item) for item in items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "rows": list(item.rows),
        "text": item.text,
        "others": item.others or None,
        "propose": item.propose,
        "has_proposal": item.proposed,
        "certainty": item.certainty,
    }


def _finding(finding: PlanFinding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "rows": list(finding.rows),
        "column": finding.letter,
        "record": finding.record,
        "message": finding.sentence,
    }
