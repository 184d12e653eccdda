"""References of exchanges that a file gives to more than one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.drafts import Draft
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.same_rows import meant

_STAY = ("vo", "ho", "start")


def repeated_references(drafts: Sequence[Draft]) -> Iterator[PlanFinding]:
    """Say which rows bear the reference of another exchange; rows that lack a part are left."""
    first: dict[str, tuple[tuple[Any, ...], Draft]] = {}
    for draft in drafts:
        ref = draft.values.get("ref")
        stay = tuple(meant(draft.values.get(name)) for name in _STAY)
        if draft.kind != "exchange" or not isinstance(ref, str) or None in stay:
            continue
        known, earlier = first.setdefault(ref, (stay, draft))
        if known != stay:
            yield PlanFinding(
                "IMP-21",
                Severity.ERROR,
                Sentence(
                    "Row {row} has the reference “{ref}” of row {first}, but is another exchange. "
                    "Give one of them another reference.",
                    row=draft.rows[0],
                    ref=ref,
                    first=earlier.rows[0],
                ),
                draft.sheet,
                (draft.rows[0],),
                record=draft.key,
            )
