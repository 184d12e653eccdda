"""The photos attached to records, and the people of exchanges who did not consent to any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.organisation_facts import Parts

PHOTO = "photo"
"""The term of attached files that are photos."""


def photos_of(parts: Parts, field: str, ids: Sequence[Id]) -> Mapping[Id, int]:
    """Count the photos attached to what a field of attachments names, of those that have any."""
    attached = parts("attachment", field, ids, ("document_type",))
    counts = {id_: sum(told == (PHOTO,) for told in rows) for id_, rows in attached.items()}
    return {id_: count for id_, count in counts.items() if count}


def photographed(
    reader: Reader, parts: Parts, exchanges: Mapping[Id, Exchange]
) -> Mapping[Id, tuple[int, int]]:
    """Count photos of exchanges, and their people without recorded consent, where there are any.

    Their people are the visitor and those listed as taking part or signing.
    """
    photos = photos_of(parts, "exchange", list(exchanges))
    if not photos:
        return {}
    listed = parts("exchange_person", "exchange", list(photos), ("person",))
    people: dict[Id, set[Id]] = {}
    for id_ in photos:
        people[id_] = {person for (person,) in listed.get(id_, ())}
        visitor = exchanges[id_].visitor
        if visitor is not None:
            people[id_].add(visitor)
    known = reader.get_many(Person, set().union(*people.values()))
    return {
        id_: (count, sum(not known[one].photo_consent for one in people[id_] if one in known))
        for id_, count in photos.items()
    }
