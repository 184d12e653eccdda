"""VAT numbers and numbers of registers, which our collection template asks for in one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartct_desktop.domain import book
from smartct_desktop.services.importing.understood import RawColumn
from smartct_desktop.services.programme import ProgrammeFacts

_VAT, _REGISTER, _COUNTRY = (
    *("organisation.vat", "organisation.national_number"),
    "organisation.country",
)


def parted(columns: Sequence[RawColumn], facts: ProgrammeFacts) -> list[RawColumn]:
    """Give what is no VAT number of the row's country as a column of its own.

    What begins as one does stays one, however it goes on: a mistyped number must be found wrong,
    not become another number.
    """
    vat = next((column for column in columns if column.code == _VAT), None)
    country = next((column for column in columns if column.code == _COUNTRY), None)
    if vat is None or country is None:
        return list(columns)
    other = [
        value is not None and not _is_vat(value, where, facts)
        for value, where in zip(vat.values, country.values, strict=True)
    ]
    if not any(other):
        return list(columns)
    numbers = [v if apart else None for v, apart in zip(vat.values, other, strict=True)]
    left = [None if apart else v for v, apart in zip(vat.values, other, strict=True)]
    register = replace(vat, code=_REGISTER, values=numbers)
    return [replace(c, values=left) if c is vat else c for c in columns] + [register]


def _is_vat(value: book.Value, where: book.Value, facts: ProgrammeFacts) -> bool:
    country = facts.find_country(where) if isinstance(where, str) else None
    if country is None:
        return True
    text = "".join(str(value).upper().split())
    prefix = "EL" if country == "GR" else country
    return text.startswith(prefix) or facts.identifiers.fits("vat", country, text) is not False
