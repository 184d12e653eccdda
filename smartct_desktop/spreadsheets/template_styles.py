"""The cell formats of a template, with further ones where a day would be shown as a number."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.book import NumberFormat
from smartct_desktop.spreadsheets.styles_patch import StylesPatch
from smartct_desktop.spreadsheets.xml_patch import Element

_CODES = {
    NumberFormat.DATE: "dd.mm.yyyy",
    NumberFormat.MOMENT: "dd.mm.yyyy hh:mm",
    NumberFormat.TIME: "hh:mm",
    NumberFormat.PERCENT: "0.0%",
}
_FIRST_OWN = 164
_DAYS = (NumberFormat.DATE, NumberFormat.MOMENT)


class TemplateStyles(StylesPatch):
    """Gives for the format of a cell one that shows what is put there.

    `formats` says of each format what it shows numbers as.
    """

    def __init__(self, data: bytes, name: str, formats: Sequence[NumberFormat]) -> None:
        self._numbers: list[int] = []
        self._shows = formats
        self._codes: dict[NumberFormat, int] = {}
        self._new: dict[tuple[int, NumberFormat], int] = {}
        super().__init__(data, name)

    def showing(self, base: int, wanted: NumberFormat) -> int:
        """Give the format itself if it shows this, else one that is like it but for that."""
        shown = self._shows[base] if base < len(self._shows) else NumberFormat.GENERAL
        if shown is wanted or (wanted in _DAYS and shown in _DAYS):
            return base
        found = self._new.get((base, wanted))
        if found is None:
            code = self._codes.setdefault(
                wanted, max([_FIRST_OWN - 1, *self._numbers]) + 1 + len(self._codes)
            )
            found = self._like(base, numFmtId=str(code), applyNumberFormat="1")
            self._new[base, wanted] = found
        return found

    def made(self) -> bytes:
        """Give the part; nothing may be asked for afterwards."""
        if self._codes:
            new = "".join(
                f'<{self._prefix}numFmt numFmtId="{number}" formatCode="{_CODES[wanted]}"/>'
                for wanted, number in self._codes.items()
            )
            self._extend("numFmts", new.encode(), len(self._numbers) + len(self._codes))
        return super().made()

    def _take(self, around: tuple[str, ...], element: Element) -> None:
        super()._take(around, element)
        if len(around) == 2 and around[1] == "numFmts":
            number = element.get("numFmtId")
            self._numbers.append(int(number) if number.isdigit() else 0)
