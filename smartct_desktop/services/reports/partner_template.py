"""The template for a partner (workbook X1): empty, or filled with what is known of the partner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from smartct_desktop.domain.collection import Entry, Filling, Stamp
from smartct_desktop.domain.fields import Id, Options
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.attendance import AttendanceRole
from smartct_desktop.domain.records.event import EventFormat
from smartct_desktop.domain.records.exchange import Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.report import (
    Column,
    Definition,
    Kind,
    Purpose,
    Report,
    Row,
    Table,
    Words,
)
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.collection import (
    ATTENDANCE,
    EVENTS,
    EXCHANGES,
    FORMAT,
    HELP,
    LISTS,
    MEMBERS,
    VERSION,
)
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports import collection_columns as asked
from smartct_desktop.services.reports.collection_rows import KnownOfPartner
from smartct_desktop.services.reports.frame import day_of
from smartct_desktop.services.reports.list_words import option_word, term_word

T = TypeVar("T", bound=Record)

_YEARS_AHEAD = 10

_HELP = (
    Definition(
        "Fill in",
        "One sheet for members, one for exchanges, one for events and one for who attended them: "
        "one row for each record. What you do not know stays blank.",
    ),
    Definition(
        "Columns",
        "The line below the headings says how each column is filled in; * marks what each row "
        "needs, and where a list is given, the cell offers its words.",
    ),
    Definition(
        "New records",
        "They go into the free rows below. Please do not copy a whole row for a new record: it "
        "would bear the same hidden number.",
    ),
    Definition(
        "Correcting",
        "Rows that are filled in come from our records: change what is wrong. A cell or row that "
        "is cleared takes nothing away; write to us what is to be deleted.",
    ),
    Definition(
        "Sorting",
        "You can sort, filter, add and delete rows, and save the file as .xlsx or .ods. The "
        "headings are locked, without a password, so that nothing is moved by mistake.",
    ),
    Definition(
        "Privacy",
        "Nothing about health, food, religion or identity papers belongs into this file. Name only "
        "people who know that you do.",
    ),
    Definition("Sending back", "Send the file to the partner from whom you have it."),
)
"""How the file is used; it stands on the first sheet and on that of help."""


def partner_template(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the template: filled with what is known of a partner, empty for anybody.

    All words but those that the report's wording knows are in the language of the facts.
    """
    return _template(reader, facts, made_at, scope.partner, filled=True)


def empty_template(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the template without records; its stamp says for which partner it was made."""
    return _template(reader, facts, made_at, scope.partner, filled=False)


def _template(
    reader: Reader,
    facts: ProgrammeFacts,
    made_at: datetime,
    partner: Id | None,
    *,
    filled: bool,
) -> Report:
    today = day_of(made_at)
    known = KnownOfPartner(reader, facts, partner if filled else None, today)
    latest = date(today.year + _YEARS_AHEAD, 12, 31)
    rows: Mapping[str, Callable[[], Iterable[Row]]] = {
        MEMBERS: known.members,
        EXCHANGES: known.exchanges,
        EVENTS: known.events,
        ATTENDANCE: known.attendance,
    }
    tables = []
    for sheet, (name, columns) in asked.SHEETS.items():
        names = {"event.code": asked.EVENT_CODES}
        tables.append(
            Table(
                name,
                (
                    Column("Record id", Kind.ID),
                    *(column.column(filled=known.partner is not None) for column in columns),
                ),
                list(rows[sheet]()),
                purpose=Purpose.MACHINE,
                frozen=2,
                filling=Filling(
                    Stamp(FORMAT, VERSION, sheet, partner or ""),
                    (Entry("row.record_id"), *(column.entry(latest) for column in columns)),
                    ("", *(names.get(column.code, "") for column in columns)),
                ),
            )
        )
    own = own_partnership(reader)
    captions = reader.captions("organisation", [partner] if partner else [])
    name = captions.get(partner, "") if partner else ""
    return Report(
        title="Collection template",
        subtitle=name,
        made_at=made_at,
        partnership=own.acronym if own else "",
        tables=(*tables, _lists(facts, partners(reader), partner), _help(partner)),
        facts=(
            Definition("Partner", name or Sentence("anybody")),
            Definition("Template", f"{FORMAT} {VERSION}"),
        ),
        definitions=_HELP,
        words=Words(definitions="How to use this file"),
    )


def _lists(facts: ProgrammeFacts, clusters: Sequence[Organisation], partner: Id | None) -> Table:
    language = facts.language

    def options(code: str, type_: type[Options]) -> list[str]:
        return [option_word(facts, code, option, language) for option in type_]

    def terms(vocabulary: str) -> list[str]:
        return [term_word(facts, vocabulary, t.code, language) for t in facts.terms(vocabulary)]

    countries = sorted(
        facts.countries,
        key=lambda c: (not c.in_cosme, fold(facts.country_name(c.iso2))),
    )
    answers = [Sentence("yes"), Sentence("no"), Sentence("unknown")]
    lists: Mapping[str, tuple[str, Sequence[str]]] = {
        asked.COUNTRIES: ("Countries", [facts.country_name(c.iso2) for c in countries]),
        asked.TYPES: ("Organisation types", options("organisation.type", OrganisationType)),
        asked.ANSWERS: ("Yes, no or unknown", answers),
        asked.SURE_ANSWERS: ("Yes or no", answers[:2]),
        asked.CLUSTERS: ("Clusters", [cluster.name for cluster in clusters]),
        asked.MODES: ("Modes", options("exchange.mode", Mode)),
        asked.EVENT_TYPES: ("Event types", terms("event_type")),
        asked.TARGET_GROUPS: ("Target groups", terms("target_group")),
        asked.FORMATS: ("Formats", options("event.format", EventFormat)),
        asked.ROLES: ("Roles", options("attendance.role", AttendanceRole)),
    }
    longest = max(len(words) for _, words in lists.values())
    rows = [
        tuple(words[place] if place < len(words) else None for _, words in lists.values())
        for place in range(longest)
    ]
    return Table(
        "Lists",
        tuple(Column(heading) for heading, _ in lists.values()),
        rows,
        purpose=Purpose.MACHINE,
        filling=Filling(Stamp(FORMAT, VERSION, LISTS, partner or ""), lists=tuple(lists)),
    )


def _help(partner: Id | None) -> Table:
    rows: list[Row] = [
        (Sentence("All sheets"), Sentence(one.term), Sentence(one.meaning)) for one in _HELP
    ]
    for name, columns in asked.SHEETS.values():
        rows += [
            (
                Sentence(name),
                Sentence("{heading} *", heading=Sentence(column.heading))
                if column.required
                else Sentence(column.heading),
                Sentence(column.prompt) if column.prompt else None,
            )
            for column in columns
        ]
    return Table(
        "Help",
        (
            Column("Sheet", width=20),
            Column("Column", width=34),
            Column("What to enter", width=90),
        ),
        rows,
        purpose=Purpose.MACHINE,
        filling=Filling(Stamp(FORMAT, VERSION, HELP, partner or "")),
    )
