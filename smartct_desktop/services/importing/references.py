"""References and numbers that a file gives to more than one exchange or organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.drafts import Draft
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.plan import PlanFinding, Target
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


def repeated_numbers(
    names: Iterable[Named], letters: Mapping[tuple[str | None, str], str]
) -> Iterator[PlanFinding]:
    """Say which names bear the VAT number of an organisation that they are not known to be.

    `letters` are the columns of the file by sheet and word of the plan.
    """
    first: dict[str, Named] = {}
    for named in names:
        vat = named.mention.vat
        if vat is None or (earlier := first.setdefault(vat, named)) is named:
            continue
        if isinstance(named.value, Target) and named.value == earlier.value:
            continue
        sheet, row = min(named.spots, key=lambda spot: (spot[0] or "", spot[1]))
        sentence = Sentence(
            "“{name}” has the VAT number {vat} of “{first}” (row {row}). Correct the number, or "
            "say that both are one organisation.",
            name=named.mention.name,
            vat=vat,
            first=earlier.mention.name,
            row=earlier.rows[0],
        )
        yield PlanFinding(
            "IMP-21", Severity.ERROR, sentence, sheet, (row,), letters.get((sheet, "vat"))
        )
