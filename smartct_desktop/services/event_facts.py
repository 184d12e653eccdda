"""What the rules look at around events: attendance, counts, photos; read for many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.event_rules import Attendee, EventCase
from smartct_desktop.domain.programme.today import Today
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.event_count import CountBy
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.organisation_facts import Parts
from smartct_desktop.services.photos import photos_of

ATTENDANCE = ("session", "person", "name_text", "email", "attended", "organisation")
"""The fields of an attendance that `attendee` wants, in this order."""

OrganisationsOf = Callable[[Iterable[Id]], Mapping[Id, Organisation]]
"""Gives organisations by their ids."""


def event_cases(
    reader: Reader,
    ids: Sequence[Id],
    days: Callable[[Id], Today],
    parts: Parts,
    organisations_of: OrganisationsOf,
) -> Iterator[tuple[Id, EventCase]]:
    """Gather the cases of some events; those that are gone are left out."""
    lists = parts("attendance", "event", ids, ATTENDANCE)
    counts = parts("event_count", "event", ids, ("by", "participants"))
    of = {line[-1] for lines in lists.values() for line in lines if line[-1]}
    organisations = organisations_of(of)
    photos = photos_of(parts, "event", ids)
    seen = {line[1] for id_ in photos for line in lists.get(id_, ()) if line[1]}
    consents = {id_: p.photo_consent for id_, p in reader.get_many(Person, seen).items()}
    for id_, event in reader.get_many(Event, ids).items():
        people = [attendee(line, organisations, consents) for line in lists.get(id_, ())]
        by_country = [n or 0 for by, n in counts.get(id_, ()) if by is CountBy.COUNTRY]
        yield id_, EventCase(event, people, days(id_), by_country, photos.get(id_, 0))


def attendee(
    line: tuple[Any, ...],
    organisations: Mapping[Id, Organisation],
    consents: Mapping[Id, bool | None],
) -> Attendee:
    """Give a line of an attendance list as the rules look at it.

    `consents` are those of people to photos, as far as anybody asks for them.
    """
    session, person, name, email, attended, of = line
    organisation = organisations.get(of) if of else None
    sme: bool | None = None
    country = None
    if organisation is not None:
        country = organisation.country
        sme = organisation.sme
        if sme is None and organisation.type is not None:
            sme = organisation.type is OrganisationType.SME
    who = person or fold(email or "") or fold(name or "") or None
    consent = consents.get(person) if person else None
    return Attendee(session, who, attended is not False, sme, country, consent)
