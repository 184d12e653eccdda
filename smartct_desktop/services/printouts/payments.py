"""The payment run on paper: what is paid to whom and why, with the lines to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from smartct_desktop.domain.printout import Block, Listing, PrintedColumn, Printout, Signatures
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.report import Row
from smartct_desktop.services.printouts.funding import funding_line
from smartct_desktop.services.printouts.source import Part, Source

_VISITOR = "Visiting organisation"
_PAYEE = "Payee"
_MONEY = "Amount EUR"
_LATE = "Days late"
_Wanted: TypeAlias = tuple[tuple[tuple[str, ...], float], ...]
"""Columns of the workbook that share one column of the page, and how wide that is."""

_NOW: _Wanted = (
    (("No.",), 22),
    ((_VISITOR,), 48),
    (("HO country",), 16),
    (("Start", "End"), 20),
    (("Due because",), 52),
    (("Report validated on", "Evidence on"), 32),
    ((_PAYEE, "IBAN"), 46),
    (("To be paid by",), 20),
    ((_LATE,), 14),
    ((_MONEY,), 24),
)
_NOT_YET: _Wanted = (
    (("No.",), 22),
    ((_VISITOR,), 52),
    (("HO country",), 16),
    (("Start", "End"), 20),
    (("Status",), 30),
    (("Not yet because",), 92),
    ((_MONEY,), 24),
)


def payments(source: Source, own: Partnership | None, made_on: str) -> Printout:
    """Put the run on paper: what can be paid, what is late, the signatures, what has to wait."""
    report = source.said
    signed = next((table.closing for table in report.tables if table.closing), ())
    labels = tuple(map(source.say, ("Full name", "Date", "Signature")))
    now, late, not_yet = (source[name] for name in ("Payable now", "Overdue", "Not yet"))
    blocks: tuple[Block, ...] = (
        _listing(now, source, _NOW),
        _listing(late, source, _NOW),
        Signatures(signed, labels),
        _listing(not_yet, source, _NOT_YET),
    )
    facts = [fact for fact in source.head if fact[1]]
    facts.append((report.words.made_on, made_on))
    facts += [
        (part.name, f"{len(part.rows)} · {part.total(_MONEY)}") for part in (now, late, not_yet)
    ]
    return Printout(
        title=report.title,
        subtitle=(own.full_name or "") if own else "",
        author=report.partnership,
        facts=tuple(facts),
        funding=source.say(funding_line(own)),
        blocks=blocks,
        foot=" · ".join(text for text in (report.partnership, report.title, made_on) if text),
        page=report.words.page,
        language=report.language,
        landscape=True,
    )


def _listing(part: Part, source: Source, wanted: _Wanted) -> Listing:
    columns = tuple(
        PrintedColumn("\n".join(map(part.heading, headings)), share, right=_is_number(headings))
        for headings, share in wanted
    )
    rows = tuple(tuple(_cell(part, row, headings) for headings, _ in wanted) for row in part.rows)
    words = source.said.words
    last = (words.total, *("" for _ in wanted[2:]), part.total(_MONEY))
    return Listing(
        part.name,
        columns,
        rows,
        note=part.note,
        total=last if rows else (),
        nothing=words.nothing,
    )


def _cell(part: Part, row: Row, headings: Sequence[str]) -> str:
    """Write the values below each other; a payee who is the visitor is not named twice."""
    texts = [part.text(row, heading) for heading in headings]
    if headings[0] == _PAYEE and texts[0] == part.text(row, _VISITOR):
        del texts[0]
    return "\n".join(texts).rstrip("\n")


def _is_number(headings: Sequence[str]) -> bool:
    return headings[0] in {_MONEY, _LATE}
