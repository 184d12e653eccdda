"""What stands in a document instead of a person who is forgotten."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import Field, Id, Link
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.privacy.plan import Mode, Plan
from smartct_desktop.services.privacy.traces import words_of
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.ever_told import naming, papers_with, steps_about
from smartct_desktop.storage.rewriting import rewritten_json
from smartct_desktop.storage.tables import Tables

ERASED = Sentence("The content of this file was erased: it held personal data.").encode()
"""Stands instead of an attached file: that there was a paper is still seen."""

ERASED_SHA256 = hashlib.sha256(ERASED).hexdigest()
_ERASED_NAME = "erased.txt"
_STAYING = frozenset({"country", "third_country_national", "notice_on", "anonymised_on"})
"""What stays of somebody made anonymous, besides the organisation: figures are counted by it."""

_OWNERS = ("exchange", "event", "organisation")
_JSON = frozenset({("sender", "mappings"), ("sender", "answers")})


class Forgotten:
    """Implements `storage.rewriting.Wording` for one person and one file.

    Equal texts become equal ones, everywhere and in all steps, so that older steps can still be
    undone, and whoever is told apart by name is told apart afterwards.
    """

    def __init__(self, plan: Plan, connection: Connection) -> None:
        self._plan = plan
        self._traces = plan.known.traces
        self._person = plan.known.person
        named = naming(connection, Tables(), "person", self._person)
        self._attending = named.get("attendance", set()) - plan.known.others
        self._own_papers = named.get("attachment", set())
        self._kept = {one.place for one in plan.mentions if not one.ticked}
        self._ticked = {one.place for one in plan.mentions if one.ticked}
        self._every = {one.place for one in plan.mentions if one.ticked and one.shared}
        self._gone = frozenset(one.sha256 for one in plan.papers if one.ticked)
        self._papers = papers_with(connection, self._gone)
        own = {self._person, *self._attending, *named.get("exchange_person", set())}
        self._steps = steps_about(connection, own)
        self._with_owner = _having_an_owner(connection, self._own_papers)
        self._cleared = self._person_fields()

    def _person_fields(self) -> frozenset[str]:
        schema = BY_KIND["person"]
        optional = {field.name for field in schema.told if not field.required}
        if self._plan.mode is Mode.ERASE:
            return frozenset(optional)
        return frozenset(optional - _STAYING - {"organisation", "photo_consent"})

    @property
    def contents(self) -> Mapping[str, bytes]:
        """What stands instead of the papers that go."""
        return dict.fromkeys(self._gone, ERASED)

    def clears(self, kind: str, id_: str) -> frozenset[str]:
        """Give the fields of a record that become blank."""
        if kind == "person" and id_ == self._person:
            return self._cleared
        if kind == "attachment" and id_ in self._with_owner and self._plan.mode is Mode.ERASE:
            return frozenset({"person"})
        if kind == "attendance" and id_ in self._attending:
            return frozenset({"email"})
        return frozenset()

    def value(self, kind: str, id_: str, name: str, text: str) -> str | None:
        """Give what a field of text holds instead."""
        if kind == "person" and id_ == self._person:
            return self._plan.pseudonym if name == "name" else text
        if kind == "attachment" and id_ in self._papers:
            return self._of_paper(name, text)
        place = (kind, Id(id_), name)
        if place in self._kept or id_ in self._plan.known.others:
            return text
        field = BY_KIND[kind].by_name[name]
        if kind == "attendance" and id_ in self._attending and field.personal is Personal.NAME:
            return self._plan.pseudonym
        if field.personal is None and not field.free_text and place not in self._ticked:
            return text
        return self._of_text(place, field, text)

    def _of_text(self, place: tuple[str, Id, str], field: Field, text: str) -> str | None:
        every = place in self._every
        if place[::2] in _JSON:
            return rewritten_json(text, lambda part: self._traces.without(part, every=every))
        if field.personal is Personal.NAME and self._traces.is_whole(text):
            return self._alias(text)
        blotted = self._traces.without(text, every=every)
        if blotted == text or field.required:
            return blotted
        if field.personal is Personal.ADDRESS or isinstance(field.type, Link):
            if place[0] == "attendance":
                return f"{self._plan.invented(text.casefold())}@example.invalid"
            return None
        return blotted

    def _alias(self, text: str) -> str:
        """Give an invented name for one way of writing; the plainest is that of the record."""
        if words_of(text) == words_of(self._plan.known.name):
            return self._plan.pseudonym
        return f"Anonymous {self._plan.invented(' '.join(words_of(text)))}"

    def _of_paper(self, name: str, text: str) -> str | None:
        match name:
            case "sha256":
                return ERASED_SHA256 if text in self._gone else text
            case "file_name":
                return _ERASED_NAME
            case "mime":
                return "text/plain"
            case _:
                return self._traces.without(text, every=True)

    def number(self, kind: str, id_: str, name: str, number: int) -> int:
        """Give the size of what stands instead of a paper."""
        del name
        return len(ERASED) if kind == "attachment" and id_ in self._papers else number

    def said(self, text: str) -> str:
        """Take the person out of what a finding says."""
        return self._traces.without(text, every=False)

    def told(self, no: int, text: str) -> str:
        """Take the person out of what the history tells of a step."""
        return self._traces.without(text, every=no in self._steps)


def _having_an_owner(connection: Connection, papers: Collection[str]) -> set[str]:
    """Give those attachments that belong to something else as well."""
    table = Tables()["attachment"].table
    rows = connection.tell(
        f"SELECT id FROM {table.name} WHERE coalesce({', '.join(_OWNERS)}) IS NOT NULL"  # noqa: S608
    )
    return {id_ for (id_,) in rows} & set(papers)
