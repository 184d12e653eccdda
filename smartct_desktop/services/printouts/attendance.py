"""The attendance list of an event on paper: names to sign behind, and lines for who comes too."""

from __future__ import annotations

from smartct_desktop.domain.printout import Block, Listing, PrintedColumn, Printout, Signatures
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.printouts.funding import funding_line
from smartct_desktop.services.printouts.source import Part, Source

_COLUMNS = (
    ("No.", 11),
    ("Full name", 42),
    ("Organisation", 48),
    ("Country", 26),
    ("Signature", 45),
)
_LEAST_BLANK = 5
_FACTS = ("Event", "Date", "Place", "Host cluster")


def attendance(source: Source, own: Partnership | None, made_on: str) -> Printout:
    """Put the lists on paper, each from a page of its own."""
    say, report = source.say, source.said
    known = dict(source.head)
    facts = [(say(name), known[say(name)]) for name in _FACTS if say(name) in known]
    event = facts.pop(0)[1] if facts and facts[0][0] == say("Event") else ""
    if own is not None:
        facts.append((report.words.partnership, own.full_name or own.acronym))
    blocks: list[Block] = []
    for part in source.parts:
        blocks.append(_listing(part, source, new_page=bool(blocks)))
        blocks.append(
            Signatures(
                (say(Sentence("For the organiser")),),
                (say(Sentence("Full name")), say(Sentence("Date")), say(Sentence("Signature"))),
            )
        )
    return Printout(
        title=report.title,
        subtitle=event,
        author=report.partnership,
        facts=tuple(facts),
        funding=say(funding_line(own)),
        blocks=tuple(blocks),
        foot=" · ".join(text for text in (report.partnership, event, made_on) if text),
        page=report.words.page,
        language=report.language,
    )


def _listing(part: Part, source: Source, *, new_page: bool) -> Listing:
    columns = tuple(
        PrintedColumn(part.heading(heading), share, right=heading == "No.")
        for heading, share in _COLUMNS
    )
    named = [(heading, part.place(heading)) for heading, _ in _COLUMNS]
    rows = tuple(tuple(part.text(row, heading) for heading, _ in named) for row in part.rows)
    alone = len(source.parts) == 1
    return Listing(
        "" if alone else part.name,
        columns,
        rows,
        note=part.note,
        blank=_LEAST_BLANK,
        roomy=True,
        new_page=new_page,
    )
