"""Cells that name a city and its country together: "Spanien / Bilbao", "Sofia (Bulgaria)"."""

from __future__ import annotations

import re

from smartct_desktop.services.importing.dictionary import Dictionary

_PARTED = re.compile(r"\s*[/,;()]\s*|\s+[-–—]\s+")
_SHORTEST = 4
"""Shorter ones may be codes of provinces: "Bergamo (BG)" is in Italy."""


def city_and_country(text: str, dictionary: Dictionary) -> tuple[str, str] | None:
    """Give the city and the code of the country; None unless just one part names a country."""
    parts = [part for part in _PARTED.split(text) if part]
    codes = [dictionary.country(part) if len(part) >= _SHORTEST else None for part in parts]
    match parts, codes:
        case [_, city], [str(code), None]:
            return city, code
        case [city, _], [None, str(code)]:
            return city, code
        case _:
            return None
