"""The styles of an XML workbook of Excel 2003: what its cells look like."""

from __future__ import annotations

from dataclasses import dataclass, field

from smartct_desktop.domain.book import NO_MARKS, PLAIN, Look, Mark
from smartct_desktop.spreadsheets.xlsx_formats import meaning

_NAMED_FORMATS = {
    "General Number": "General",
    "General Date": "dd/mm/yyyy hh:mm",
    "Long Date": "dd/mm/yyyy",
    "Medium Date": "dd-mmm-yy",
    "Short Date": "dd/mm/yyyy",
    "Long Time": "hh:mm:ss",
    "Medium Time": "hh:mm",
    "Short Time": "hh:mm",
    "Currency": "#,##0.00",
    "Euro Currency": '#,##0.00 "€"',
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}


@dataclass
class Styles:
    """The looks of cells by the ids of styles; one may rest on another."""

    looks: dict[str, Look] = field(default_factory=dict)
    from_1904: bool = False

    def look(self, *ids: str) -> Look:
        """Give the look of the first of the styles that there is."""
        return next((self.looks[id_] for id_ in ids if id_ in self.looks), PLAIN)


def dressed(look: Look, name: str, given: dict[str, str]) -> Look:
    """Give a look with what a part of its style says."""
    match name:
        case "NumberFormat":
            code = given.get("Format", "General")
            code = _NAMED_FORMATS.get(code, code)
            return Look(meaning(code), code, look.marks, look.bold, look.fill)
        case "Font":
            struck = Mark.STRUCK if given.get("StrikeThrough") == "1" else NO_MARKS
            return Look(look.format, look.code, struck, given.get("Bold") == "1", look.fill)
        case _:
            fill = given.get("Color", "") if given.get("Pattern") not in {None, "None"} else ""
            return Look(look.format, look.code, look.marks, look.bold, fill)
