"""Lists of contacts: one row, one person."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft, TableWork, plain
from smartct_desktop.services.importing.identity import Mention, domain_of
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.people import SeenPerson
from smartct_desktop.services.importing.plan import PlanValue
from smartct_desktop.services.importing.understood import Fault

_READING = Sentence("Reading the rows")
_APART = frozenset({"name", "organisation"})
"""Fields that are not simply what stands in their column."""


class ContactTable:
    """One table of contacts: names the organisations first, then gives the persons."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._named: dict[int, Named] = {}
        schema = BY_KIND["person"]
        self._plain = [
            (name, column)
            for code, column in table.columns.items()
            if (name := code.partition(".")[2]) in schema.by_name and name not in _APART
        ]

    def mention(self) -> None:
        """Note the organisations that the rows name."""
        table = self._table
        for place, row in enumerate(table.numbers):
            name = table.text("person.organisation", place)
            if name is not None:
                mention = Mention(name, domain=domain_of(table.text("person.email", place)))
                self._named[place] = table.work.mentions.name(mention, (table.sheet, row))

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each row."""
        table = self._table
        rows = table.work.progress.through(_READING, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            yield self._draft(place, row)

    def _draft(self, place: int, row: int) -> Draft:
        table = self._table
        values: dict[str, PlanValue] = {}
        draft = Draft("person", table.key("person", row), table.sheet, [row], values)
        for name, column in self._plain:
            value = column.cells[place]
            if value is not None:
                values[name] = plain(value)
        named = self._named.get(place)
        if named is not None:
            values["organisation"] = named.value
        draft.faults = table.faults(place)
        written = self._name(place)
        if written is None:
            draft.faults.append(("", Fault("IMP-04", Sentence("The name is missing."))))
            return draft
        values["name"] = written
        seen = SeenPerson(
            (table.sheet, row),
            written,
            table.text("person.email", place),
            named,
            table.text("person.phone", place),
        )
        found = table.work.people.listed(seen)
        if isinstance(found, Asked):
            draft.waits.append(found.question)
            return draft
        draft.key, draft.id = found.key or f"person {found.id}", found.id
        if found.id is not None:
            values["name"] = found.name  # only its letters' size or accents can differ
        return draft

    def _name(self, place: int) -> str | None:
        table = self._table
        parts = [table.text(f"person.{part}_name", place) for part in ("given", "family")]
        return table.text("person.name", place) or " ".join(filter(None, parts)) or None
