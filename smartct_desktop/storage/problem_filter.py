"""Which records have findings, as a condition of SQL."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.storage.books import FINDING
from smartct_desktop.storage.said import NUMBERS

Columns = sa.ColumnElement[Any]
Condition = sa.ColumnElement[bool]


def chosen(
    severities: Collection[Severity],
    codes: Collection[str],
    severity: Columns = FINDING.c.severity,
    code: Columns = FINDING.c.code,
) -> list[Condition]:
    """Give the conditions for severities and codes; none of either stands for all."""
    conditions: list[Condition] = []
    if severities:
        conditions.append(severity.in_(sorted(NUMBERS[each] for each in severities)))
    if codes:
        conditions.append(code.in_(sorted(codes)))
    return conditions


def has_problems(
    kind: str, rowid: Columns, severities: Collection[Severity], codes: Collection[str]
) -> Condition:
    """Whether the record with this rowid has such a finding."""
    of_record = sa.select(FINDING.c.n).where(FINDING.c.kind == kind, FINDING.c.record == rowid)
    return of_record.where(*chosen(severities, codes)).exists()


def with_problems(
    kind: str, severities: Collection[Severity], codes: Collection[str]
) -> sa.Select[tuple[int]]:
    """Select the rowids of the records with such a finding, each once."""
    records = sa.select(FINDING.c.record).distinct().where(FINDING.c.kind == kind)
    return records.where(*chosen(severities, codes))
