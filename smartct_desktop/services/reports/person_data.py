"""All that a document holds about one person, to be handed to them or to whoever may ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import PastChange, PastStep
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Field, Id, Reference, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.scope import EVERYTHING
from smartct_desktop.domain.query import Match, Mentions, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import day_of, framed
from smartct_desktop.services.reports.keeping import BASIS, Keeping
from smartct_desktop.services.reports.told_values import told_value
from smartct_desktop.services.stock import Stock
from smartct_desktop.services.texts import ISO, Texts

_NAME, _DETAIL = Personal.NAME, Personal.DETAIL
_FIELDS = (
    Column("Kind of record"),
    Column("Record", width=34, personal=_NAME),
    Column("Field", width=26),
    Column("Content", width=60, personal=_DETAIL),
)
_HISTORY = (
    Column("When", Kind.MOMENT),
    Column("By", width=16),
    Column("What was done", width=40, personal=_DETAIL),
    Column("Kind of record"),
    Column("Field", width=24),
    Column("Before", width=34, personal=_DETAIL),
    Column("Afterwards", width=34, personal=_DETAIL),
    Column("File", width=30),
    Column("Sender", width=22),
    Column("Sheet"),
    Column("Row", Kind.WHOLE),
)
_SOURCES = (
    Column("File", width=40),
    Column("Sender", width=26),
    Column("Imported on", Kind.MOMENT),
    Column("Sheet"),
    Column("Row", Kind.WHOLE),
)
_KEEPING = (Column("What", width=30), Column("Content", width=70))
_SEARCHED = (
    *("organisation", "exchange", "payment", "event", "attendance", "attachment", "profile"),
    *("waiver", "deliverable", "membership"),
)
"""The kinds of records in whose texts the person may be named."""
_PAGE = 500


def person_data(reader: Reader, facts: ProgrammeFacts, made_at: datetime, person: Id) -> Report:
    """Build the data of one person (workbook X11). Raises `Trouble` if there is no such person."""
    found = reader.get_many(Person, [person]).get(person)
    if found is None:
        raise Trouble(Sentence("There is no such person."), Sentence("Choose another one."))
    data = _Data(reader, facts, found)
    stock = Stock.read(reader, facts, day_of(made_at))
    return framed(
        "Data about one person",
        reader,
        made_at,
        EVERYTHING,
        own=stock.facts.own,
        tables=(
            Table("Person", _FIELDS, list(data.record(found))),
            Table(
                "Records",
                _FIELDS,
                list(data.records()),
                note="Visits, stays hosted, attendance, payments for visits, papers: what names "
                "the person.",
            ),
            Table(
                "Mentions",
                _FIELDS,
                list(data.mentions()),
                note="Texts in which the name or the e-mail address stands; namesakes too.",
            ),
            Table("Changes", _HISTORY, list(data.history())),
            Table("Files it came from", _SOURCES, list(data.sources())),
            Table("Keeping", _KEEPING, list(Keeping(stock).of(found))),
        ),
        definitions=(Definition("Basis", BASIS),),
    )


class _Data:
    """Looks for one person; each record is told once."""

    def __init__(self, reader: Reader, facts: ProgrammeFacts, person: Person) -> None:
        self._reader = reader
        self._facts = facts
        self._texts = Texts(facts, ISO)
        self._person = person
        self._named = list(self._find_named())

    def _find_named(self) -> Iterator[Record]:
        """Find the records that name the person, the exchanges of theirs, and payments for them."""
        seen: set[Id] = {self._person.id}
        reader = self._reader
        visits: list[Id] = []
        for one in reader.referring("person", self._person.id):
            kind = self._kind_of(one.field)
            if one.id in seen:
                continue
            seen.add(one.id)
            record = reader.record(kind, one.id)
            yield record
            exchange = one.id if kind == "exchange" else getattr(record, "exchange", None)
            if exchange is not None:
                visits.append(exchange)
        for exchange in dict.fromkeys(visits):
            if exchange not in seen:
                seen.add(exchange)
                yield reader.record("exchange", exchange)
        for kind in ("payment", "attachment"):
            for id_, *_ in reader.naming(kind, "exchange", visits, ("exchange",)):
                if id_ not in seen:
                    seen.add(id_)
                    yield reader.record(kind, id_)

    def _kind_of(self, field: Field) -> str:
        return field.code.partition(".")[0]

    def record(self, record: Record) -> Iterator[Row]:
        """Give the fields of a record that hold anything, a line each."""
        schema = record.schema
        name = self._reader.captions(schema.kind, [record.id]).get(record.id, "")
        for field in schema.told:
            value = getattr(record, field.name)
            if value not in (None, "", ()):
                yield Sentence(schema.label), name, Sentence(field.label), self._shown(field, value)

    def records(self) -> Iterator[Row]:
        """Give all records that name the person."""
        for record in self._named:
            yield from self.record(record)

    def mentions(self) -> Iterator[Row]:
        """Give the texts in which the person is named without being referred to."""
        told = {self._person.id, *(record.id for record in self._named)}
        words = [text for text in (self._person.email, self._person.name) if text]
        for kind in _SEARCHED:
            found: dict[Id, None] = {}
            for text in words:
                query = Query(kind, filters=(Mentions(text, Match.TOGETHER),))
                found |= dict.fromkeys(id_ for id_ in self._ids(query) if id_ not in told)
            for id_ in found:
                yield from self._mention(self._reader.record(kind, id_), words)

    def _mention(self, record: Record, words: Sequence[str]) -> Iterator[Row]:
        schema = record.schema
        name = self._reader.captions(schema.kind, [record.id]).get(record.id, "")
        for field in schema.told:
            value = getattr(record, field.name)
            if isinstance(value, str) and any(fold(word) in fold(value) for word in words):
                yield Sentence(schema.label), name, Sentence(field.label), self._shown(field, value)

    def _ids(self, query: Query) -> Iterator[Id]:
        window = self._reader.window(query)
        try:
            for start in range(0, window.count, _PAGE):
                yield from window.ids(start, start + _PAGE)
        finally:
            window.close()

    def history(self) -> Iterator[Row]:
        """Give what was done to the records about the person, newest first."""
        for step, change in self._changes():
            schema, source = schema_of(change.kind), step.source
            origin = change.origin
            for name in dict.fromkeys((*change.before, *change.after)):
                field = schema.by_name.get(name)
                if field is None or field.derived:
                    continue
                before, after = change.before.get(name), change.after.get(name)
                if before == after or (before in (None, ()) and after in (None, ())):
                    continue
                yield (
                    step.at,
                    step.by,
                    step.label,
                    Sentence(schema.label),
                    Sentence(field.label),
                    self._shown(field, before),
                    self._shown(field, after),
                    source.file if source else None,
                    source.sender if source else None,
                    origin.sheet if origin else None,
                    origin.row if origin else None,
                )

    def sources(self) -> Iterator[Row]:
        """Give the files that brought or changed anything of the person, each place once."""
        seen: set[tuple[str, str | None, int | None]] = set()
        for step, change in self._changes():
            if step.source is None:
                continue
            origin = change.origin
            sheet, row = (origin.sheet, origin.row) if origin else (None, None)
            if (step.source.sha256, sheet, row) not in seen:
                seen.add((step.source.sha256, sheet, row))
                yield step.source.file, step.source.sender, step.at, sheet, row

    def _changes(self) -> Iterator[tuple[PastStep, PastChange]]:
        about = [self._person, *(r for r in self._named if r.schema.kind in _ABOUT_PEOPLE)]
        for record in about:
            yield from self._reader.record_history(record.schema.kind, record.id)

    def _shown(self, field: Field, value: Value) -> str | None:
        if value is None or value == ():
            return None
        caption = None
        if isinstance(field.type, Reference) and isinstance(value, str):
            captions = self._reader.captions(field.type.kind, [Id(value)])
            caption = captions.get(Id(value), "")
        return told_value(self._texts, self._facts, field, value, caption) or None


_ABOUT_PEOPLE = frozenset({"attendance", "exchange_person", "profile"})
"""The kinds of records that are about a person and nothing else."""
