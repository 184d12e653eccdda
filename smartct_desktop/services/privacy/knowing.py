"""Who a person is in a document: all names and addresses they ever had there, and namesakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.privacy.plan import Known
from smartct_desktop.services.privacy.traces import Traces, parts_of, spellings, words_of

_NAMES = {
    "person": ("name", "given_name", "family_name"),
    "organisation": ("name", "name_latin", "legal_name", "aliases", "city"),
    "partnership": ("acronym", "full_name"),
    "place": ("name", "other_names"),
    "event": ("city",),
    "exchange": ("ho_city",),
}
"""Fields whose words mean something else: a name that is among them is not only the person's."""


def get_to_know(reader: Reader, person: Id, common: Iterable[str] = ()) -> Known:
    """Find out by what a person is known. Raises `Trouble` if there is no such person.

    `common` are folded words that are no names in this document, such as "mark".
    """
    found = reader.get_many(Person, [person]).get(person)
    if found is None:
        raise Trouble(Sentence("There is no such person."), Sentence("Choose another one."))
    names, emails, phones = _written(reader, found)
    whole = {words for name in names for words in spellings(name)}
    taken = _taken(reader, person, Traces(whole))
    namesakes = _namesakes(reader, person, names)
    parts = {part for name in names for part in parts_of(name)}
    parts |= {part for name in names for part in parts_of(name.translate(_PLAIN))}
    sure = {words_of(email) for email in emails}
    shared: set[tuple[str, ...]] = {
        (part,) for part in parts if part in taken or part in set(common)
    }
    shared |= {(words[0][0], words[-1]) for words in whole if len(words) > 1}
    (shared if namesakes else sure).update(whole)
    sure |= {(part,) for part in parts} - shared
    return Known(
        person=person,
        name=found.name,
        words=tuple(dict.fromkeys((*names, *emails, *phones))),
        traces=Traces(sure, shared, phones),
        others=namesakes,
    )


_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def _written(reader: Reader, person: Person) -> tuple[list[str], list[str], list[str]]:
    """Give all names, e-mail addresses and phone numbers, those of former days among them."""
    told: dict[str, dict[str, None]] = {"name": {}, "email": {}, "phone": {}}

    def note(what: str, text: object) -> None:
        if isinstance(text, str) and text:
            told[what][text] = None

    def note_person(values: Iterable[tuple[str, object]]) -> None:
        held = dict(values)
        note("name", held.get("name"))
        note("email", held.get("email"))
        note("phone", held.get("phone"))
        given, family = held.get("given_name"), held.get("family_name")
        if given and family:
            note("name", f"{given} {family}")

    note_person(person.schema.values(person).items())
    note("name", person.given_name)
    note("name", person.family_name)
    for _, change in reader.record_history("person", person.id):
        for values in (change.before, change.after):
            note_person(values.items())
            for name in ("given_name", "family_name"):
                note("name", values.get(name))
    for record in _attendance(reader, person.id):
        note("name", record.name_text)
        note("email", record.email)
    return list(told["name"]), list(told["email"]), list(told["phone"])


def _attendance(reader: Reader, person: Id) -> Iterator[Attendance]:
    ids = [id_ for id_, *_ in reader.naming("attendance", "person", [person], ())]
    yield from reader.get_many(Attendance, ids).values()


def _taken(reader: Reader, person: Id, whole: Traces) -> set[str]:
    """Give the words that name something else; where the whole name stands it is the person."""
    taken: set[str] = set()
    for kind, fields in _NAMES.items():
        for id_, *texts in reader.columns(kind, fields):
            if id_ != person:
                for text in filter(None, texts):
                    taken.update(words_of(whole.without(text, every=True)))
    return taken


def _namesakes(reader: Reader, person: Id, names: Iterable[str]) -> frozenset[Id]:
    """Give the other persons of the same name, and who attended as one of them."""
    same = {frozenset(words_of(name)) for name in names if len(words_of(name)) > 1}
    others = [
        Id(id_)
        for id_, name in reader.columns("person", ("name",))
        if id_ != person and name and frozenset(words_of(name)) in same
    ]
    attending = reader.naming("attendance", "person", others, ()) if others else ()
    return frozenset((*others, *(Id(id_) for id_, *_ in attending)))
