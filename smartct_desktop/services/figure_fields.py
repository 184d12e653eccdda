"""The fields that figures are counted from, read without making records of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import OrganisationType

FieldsT = TypeVar("FieldsT", bound=NamedTuple)


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
