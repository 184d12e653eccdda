"""Whose work is in the program beside our own, and under which licences."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from smartct_desktop.system.resources import read_text, resource

_FOLDER = "licences"
_RESTS_ON = {"LGPL-3.0.txt": "GPL-3.0.txt"}
"""Licences that only say what they add to another one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A library, a typeface or the like. `licence` is an SPDX expression, `page` its home."""

    name: str
    licence: str
    page: str
    text_name: str

    @property
    def text(self) -> str:
        """The whole licence. Raises `Trouble` if its file is missing."""
        folder = resource(_FOLDER)
        names = [self.text_name]
        if self.text_name in _RESTS_ON:
            names.append(_RESTS_ON[self.text_name])
        return "\n\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def parts() -> list[Part]:
    """What the program is made of, by name. Raises `Trouble` if the list is missing."""
    rows = csv.DictReader(read_text(f"{_FOLDER}/packages.csv").splitlines())
    found = [Part(row["package"], row["licence"], row["page"], row["text"]) for row in rows]
    return sorted(found, key=lambda part: part.name.casefold())


def own_licence() -> str:
    """The licence of the program itself; empty if its file does not come with this copy."""
    for place in ("licences/LICENSE", "../LICENSE"):
        path = resource("licences").parent / place
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return ""
