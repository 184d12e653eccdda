"""What all reports about a part of the work share: their day, their part, and their first sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from smartct_desktop.domain.charts import Mark, Tone
from smartct_desktop.domain.fields import Id, Options
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.report import Definition, Report, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.reports.period import Period

PAGE = 500
"""Records read at a time."""

PERSONAL = Definition(
    "Personal data",
    "This file names people or their accounts. Keep it only as long as its purpose needs, and "
    "send it only to those who need it.",
)

LATE = Mark(Tone.WARNING, above=0)
"""Marks days late."""

NOT_KNOWN = Sentence("not known")


def day_of(made_at: datetime) -> date:
    """Give the local day on which a report is made."""
    return made_at.astimezone().date()


def framed(  # noqa: PLR0913 (what the first sheet tells)
    title: str,
    reader: Reader,
    made_at: datetime,
    scope: Scope,
    *,
    own: Partnership | None,
    tables: Sequence[Table],
    definitions: Sequence[Definition] = (),
    facts: Sequence[Definition] = (),
) -> Report:
    """Give the report of a part of the work, which its first sheet names."""
    partner = scope.partner
    name = reader.captions("organisation", [partner]).get(partner, "") if partner else ""
    who = Definition("Partner", name or Sentence("all partners"))
    return Report(
        title=title,
        subtitle=name,
        made_at=made_at,
        partnership=own.acronym if own else "",
        period=str(Period(scope.since, scope.until)),
        tables=tuple(tables),
        facts=(who, *facts),
        definitions=tuple(definitions),
    )


def paged(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """Cut ids into pages."""
    left = iter(ids)
    while page := list(islice(left, PAGE)):
        yield page


def label_of(option: Options | None) -> str | None:
    """Give the label of a choice."""
    return option.label if option else None


def one_a_line(reasons: Sequence[Sentence]) -> Sentence:
    """Put sentences on a line each, so that each can still be said in another language."""
    named = {f"reason{place}": reason for place, reason in enumerate(reasons)}
    return Sentence("\n".join(f"{{{name}}}" for name in named), **named)
