"""The retention register: what is stored of people, for how long and why, and what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.charts import Mark, Tone
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.listing import personal_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import day_of, framed, one_a_line
from smartct_desktop.services.reports.keeping import BASIS, Keeping
from smartct_desktop.services.stock import Stock

_DUE = Sentence("due for deletion")
_KINDS = (
    Column("Kind of record", width=24),
    Column("Records", Kind.WHOLE, total=Total.SUM),
    Column("What is personal in it", width=50, note="One field a line."),
    Column("Owner", width=34),
    Column("Keep until", Kind.DAY),
    Column("Because", width=44),
    Column("Hold", width=26),
    Column("Standing", width=20, marks=(Mark(Tone.ERROR, text=_DUE),)),
)
_PEOPLE = (
    Column("Person", width=28, personal=Personal.NAME),
    Column("Organisation", width=34),
    Column("Stored since", Kind.DAY),
    Column("Privacy notice given on", Kind.DAY),
    Column("Keep until", Kind.DAY),
    Column("Hold", width=26),
    Column("Made anonymous on", Kind.DAY),
    Column("Standing", width=20, marks=(Mark(Tone.ERROR, text=_DUE),)),
)
_PAGE = 500


def retention_register(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the register (second part of workbook X11) of a day, for the whole document."""
    stock = Stock.read(reader, facts, day_of(made_at))
    keeping = Keeping(stock)
    return framed(
        "Retention register",
        reader,
        made_at,
        scope,
        own=stock.facts.own,
        tables=(
            Table("Kinds of records", _KINDS, list(_kinds(reader, keeping)), frozen=1),
            Table(
                "People",
                _PEOPLE,
                _people(reader, keeping),
                frozen=1,
                expected=reader.total("person"),
            ),
        ),
        definitions=(
            Definition("Basis", BASIS),
            Definition(
                "Due for deletion",
                "The time to keep records is over and no hold is set: delete the person or make "
                "them anonymous. Figures stay when a person is made anonymous.",
            ),
        ),
    )


def _kinds(reader: Reader, keeping: Keeping) -> Iterator[Row]:
    clock = keeping.clock
    standing = _DUE if clock.over(keeping.today) else Sentence("kept")
    for schema in SCHEMAS:
        personal = [Sentence(field.label) for field in schema.fields if personal_of(field)]
        number = reader.total(schema.kind)
        if personal and number:
            yield (
                Sentence(schema.plural),
                number,
                one_a_line(personal),
                keeping.owner,
                clock.until,
                clock.because,
                keeping.hold,
                standing,
            )


def _people(reader: Reader, keeping: Keeping) -> Iterator[Row]:
    page: list[Person] = []
    for person in reader.all(Person):
        page.append(person)
        if len(page) == _PAGE:
            yield from _page(reader, keeping, page)
            page = []
    yield from _page(reader, keeping, page)


def _page(reader: Reader, keeping: Keeping, people: list[Person]) -> Iterator[Row]:
    names = reader.captions(
        "organisation", {one.organisation for one in people if one.organisation}
    )
    for one in people:
        if one.anonymised_on is not None:
            standing = Sentence("anonymous")
        elif one.restricted_on is not None:
            standing = Sentence("use restricted")
        else:
            standing = _DUE if keeping.due(one) else Sentence("kept")
        yield (
            one.name,
            names.get(one.organisation) if one.organisation else None,
            _stored_since(reader, one),
            one.notice_on,
            keeping.clock.until,
            keeping.hold,
            one.anonymised_on,
            standing,
        )


def _stored_since(reader: Reader, person: Person) -> date | None:
    history = reader.record_history("person", person.id)
    return history[-1][0].at.astimezone().date() if history else None
