"""The fields that figures are counted from, read without making records of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import OrganisationType

FieldsT = TypeVar("FieldsT", bound=NamedTuple)
T = TypeVar("T")


class Counting(NamedTuple):
    """What counting knows of an organisation."""

    id: Id
    sme: bool | None
    type: OrganisationType | None
    partnership: Id | None
    country: str | None = None

    @property
    def is_sme(self) -> bool:
        """What is said of it decides; if nothing is, its type does."""
        return self.type is OrganisationType.SME if self.sme is None else self.sme


class Belonging(NamedTuple):
    """What counting knows of a membership."""

    id: Id
    cluster: Id
    organisation: Id
    since: PartialDate | None
    until: PartialDate | None

    def holds_on(self, day: date | None) -> bool:
        """Whether it may have been one on a day; unknown days and ends exclude nothing."""
        if day is None:
            return True
        begun = self.since is None or self.since.first <= day
        return begun and (self.until is None or self.until.last >= day)


def read_fields(
    reader: Reader, kind: str, type_: type[FieldsT], ids: Iterable[Id] | None = None
) -> Iterator[FieldsT]:
    """Read the fields that a named tuple names, of all records of a kind or of some."""
    return map(type_._make, reader.columns(kind, type_._fields[1:], ids))


def renew_fields(
    reader: Reader,
    kind: str,
    known: Mapping[Id, FieldsT],
    type_: type[FieldsT],
    touched: Collection[Id],
) -> Mapping[Id, FieldsT]:
    """Read some records of a kind anew, and give them among those known; gone ones are left out."""
    if not touched:
        return known
    rows = reader.columns(kind, type_._fields[1:], touched)
    return put_in_place(known, touched, {row[0]: type_._make(row) for row in rows})


def put_in_place(
    known: Mapping[Id, T], touched: Collection[Id], found: Mapping[Id, T]
) -> Mapping[Id, T]:
    """Give what is known with what was found of those touched; what was not found is gone."""
    if not touched:
        return known
    changed = {**known, **found}
    for id_ in touched:
        if id_ not in found:
            changed.pop(id_, None)
    return changed
