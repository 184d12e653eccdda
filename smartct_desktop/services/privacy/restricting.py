"""Restricted use: the data of a person stay, and nothing that leaves the document tells of them.

Source: Regulation (EU) 2016/679, article 18.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.query import Among, Not, Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.report import Definition, Kind, Report, Row, Table, Value
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.privacy.traces import SIGN, Traces, spellings, words_of

TERM = Sentence("Restricted use")
"""Stands on the first sheet of a report from which people are left out."""

_RESTRICTED = Not(Among(Path(("restricted_on",)), frozenset({None})))


class Restriction:
    """Whose data must not be used, and what is told without them.

    They are found by their records, and by their names, addresses and numbers wherever these
    stand; whoever has the same name is left out, too.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        people = list(people)
        self._ids = frozenset(one.id for one in people)
        names = [name for one in people for name in _names_of(one)]
        emails = [one.email for one in people if one.email]
        self._whole = frozenset(fold(text) for text in (*names, *emails))
        sure = {words for name in names for words in spellings(name)}
        self._traces = Traces(
            sure | {words_of(email) for email in emails},
            phones=[one.phone for one in people if one.phone],
        )

    @classmethod
    def read(cls, reader: Reader, but: Id | None = None) -> Restriction:
        """Read of whom nothing may be told; `but` is one who is told of nevertheless."""
        with closing(reader.window(Query("person", filters=(_RESTRICTED,)))) as window:
            ids = [id_ for id_ in window.ids(0, window.count) if id_ != but] if window.count else []
        return cls(reader.get_many(Person, ids).values())

    def __len__(self) -> int:
        return len(self._ids)

    def names(self, text: str) -> bool:
        """Whether a text tells of one of them."""
        return fold(text) in self._whole or bool(self._traces.found(text))

    def text(self, text: str) -> str:
        """Give a text without them."""
        return SIGN if fold(text) in self._whole else self._traces.without(text, every=True)

    def report(self, report: Report) -> Report:
        """Give a report without them; its rows are looked through as they are read.

        A row about one of them goes. In a file that can come back a cell becomes blank, because a
        blank cell leaves what is stored.
        """
        if not self:
            return report
        told = (_left_out(len(self)),) if report.personal else ()
        return replace(
            report,
            tables=tuple(self._table(table) for table in report.tables),
            facts=(*report.facts, *told),
        )

    def _table(self, table: Table) -> Table:
        if isinstance(table.rows, list):
            return replace(table, rows=list(self._rows(table)))
        return replace(table, rows=self._rows(table), expected=table.row_count)

    def _rows(self, table: Table) -> Iterator[Row]:
        ids = [place for place, one in enumerate(table.columns) if one.kind is Kind.ID]
        sign = None if ids else SIGN
        about = [one.personal for one in table.columns]
        for row in table.rows:
            if not any(row[place] in self._ids for place in ids):
                yield self._row(row, about, sign)

    def _row(self, row: Row, about: list[Personal | None], sign: str | None) -> Row:
        named = [isinstance(value, str) and self.names(value) for value in row]
        if not any(named):
            return row
        whose = any(hit and what is not None for hit, what in zip(named, about, strict=True))
        return tuple(
            self._cell(value, sign, hit=hit, of_them=whose and what not in {None, Personal.NAME})
            for value, hit, what in zip(row, named, about, strict=True)
        )

    def _cell(self, value: Value, sign: str | None, *, hit: bool, of_them: bool) -> Value:
        if of_them and not hit:
            return None
        if not hit or not isinstance(value, str):
            return value
        return None if sign is None else self.text(value)


def _names_of(person: Person) -> Iterator[str]:
    yield person.name
    if person.given_name and person.family_name:
        yield f"{person.given_name} {person.family_name}"


def _left_out(count: int) -> Definition:
    return Definition(
        TERM,
        Sentence(
            "People whose data must not be used are left out: {n}. Numbers and figures stay.",
            n=count,
        ),
    )


def restrict(document: Document, person: Id, because: str, today: date) -> Sentence:
    """Restrict the use of somebody's data from today on, in one step; gives what was done.

    Raises `Trouble` if it is so already, and if nothing is said why.
    """
    held = document.read.get_many(Person, [person])[person]
    if held.restricted_on is not None:
        raise Trouble(
            Sentence(
                "The use of the data is restricted already, since {day}.",
                day=f"{held.restricted_on:%d.%m.%Y}",
            )
        )
    if not because.strip():
        raise Trouble(
            Sentence("Say why the use is to be restricted."),
            Sentence("The reason stands in the record of the person."),
        )
    with document.edit(Sentence("restriction of the use of data about a person")) as edit:
        edit.update(held.replace(restricted_on=today, restricted_because=because.strip()))
    return Sentence("The use of the data is restricted from today on.")


def lift(document: Document, person: Id) -> Sentence:
    """End the restriction, in one step. Raises `Trouble` if there is none."""
    held = document.read.get_many(Person, [person])[person]
    if held.restricted_on is None:
        raise Trouble(Sentence("The use of the data is not restricted."))
    with document.edit(Sentence("end of the restriction of data about a person")) as edit:
        edit.update(held.replace(restricted_on=None, restricted_because=None))
    return Sentence("The data can be used again.")
