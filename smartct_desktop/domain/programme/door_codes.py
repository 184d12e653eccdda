"""The codes of what is said at the doors of a document: of files that come in, of deletions.

No record raises these: they are said of a file while it is looked at, or when somebody wants to
delete. With the rule catalogue they are the whole list of the programme's codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartct_desktop.domain.programme.findings import Severity

_E, _W, _I = Severity


@dataclass(frozen=True, slots=True)
class DoorCode:
    """One code: how much it matters at most, and what stands over its findings."""

    code: str
    severity: Severity
    title: str


DOOR_CODES: Mapping[str, DoorCode] = {
    code: DoorCode(code, severity, title)
    for code, severity, title in (
        ("IMP-01", _E, "File not readable, or with macros, which never run"),
        ("IMP-02", _E, "No row of headings recognised"),
        ("IMP-03", _W, "Column not taken"),
        ("IMP-04", _E, "Column or cell missing that is needed"),
        ("IMP-05", _I, "Totals, sections and blank rows left out"),
        ("IMP-06", _W, "Day or month first: asked once for each column"),
        ("IMP-07", _E, "Date that cannot be read or does not exist"),
        ("IMP-08", _W, "Number that can be read in two ways"),
        ("IMP-09", _E, "Formula with an error"),
        ("IMP-10", _W, "The same row twice"),
        ("IMP-11", _W, "File or rows imported before"),
        ("IMP-12", _W, "Hidden rows, columns or sheets"),
        ("IMP-13", _I, "Merged cells filled"),
        ("IMP-14", _W, "Latin and Cyrillic letters mixed"),
        ("IMP-15", _W, "Encoding of the text guessed"),
        ("IMP-16", _W, "Other value than the one stored"),
        ("IMP-17", _W, "Meaning in colours, strokes or comments only"),
        ("IMP-18", _I, "Two dates in one cell"),
        ("IMP-19", _W, "Dates counted from 1904"),
        ("IMP-20", _W, "Several names in one cell"),
        ("IMP-21", _E, "One identifier with different names"),
        ("IMP-22", _W, "Word that is in no list"),
        ("GDP-01", _E, "Column that must not be kept"),
        ("GDP-02", _W, "Personal data that are not needed"),
        ("GDP-05", _E, "Records on hold cannot be deleted"),
    )
}
"""All of them. IMP-06 is a question of the import, GDP-05 a refusal; the others are findings."""
