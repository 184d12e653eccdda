"""The cell formats of a workbook with our fills added: a marked cell keeps the rest of its look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from smartct_desktop.spreadsheets.styles_patch import StylesPatch
from smartct_desktop.spreadsheets.xml_patch import Element

DOUBTFUL_FILL, REFUSED_FILL = "FFFFE9A8", "FFFFD2CF"
"""Behind cells that can be read in several ways, and behind those that cannot be taken."""

_FONTS = (
    '<{p}font><{p}b/><{p}sz val="14"/><{p}name val="Calibri"/></{p}font>',
    '<{p}font><{p}b/><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    '<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF0B5CAD"/><{p}name val="Calibri"/></{p}font>',
    '<{p}font><{p}sz val="8"/><{p}color rgb="FF8A8A8A"/><{p}name val="Calibri"/></{p}font>',
)
TITLE, HEADING, TEXT, LINK, SIGN = range(len(_FONTS))
"""The looks of the list of corrections, for `MarkingStyles.own`."""

_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{tone}"/>'
    '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
)
_TOP = '<{p}alignment vertical="top" wrapText="1"/>'


class MarkingStyles(StylesPatch):
    """Hands out the numbers of cell formats; `made` gives the part that holds them."""

    def __init__(self, data: bytes, name: str) -> None:
        self._tones: list[str] = []
        self._tone = ""
        self._new: dict[tuple[int, bool], int] = {}
        super().__init__(data, name)
        self._fills: int = self._children.get("fills", 0)
        self._fonts: int = self._children.get("fonts", 0)
        fonts = "".join(_FONTS).format(p=self._prefix)
        fills = "".join(
            _FILL.format(p=self._prefix, tone=tone) for tone in (DOUBTFUL_FILL, REFUSED_FILL)
        )
        self._extend("fonts", fonts.encode(), self._fonts + len(_FONTS))
        self._extend("fills", fills.encode(), self._fills + 2)
        self._own: dict[int, int] = {
            look: self._add(self._own_format(look)) for look in range(len(_FONTS))
        }

    def own(self, look: int) -> int:
        """Give the format of one of the looks of the list: `TITLE` and its neighbours."""
        return self._own[look]

    def marked(self, base: int, *, refused: bool) -> int:
        """Give the format that is like `base`, but for our fill."""
        found = self._new.get((base, refused))
        if found is None:
            fill = str(self._fills + refused)
            found = self._new[base, refused] = self._like(base, fillId=fill, applyFill="1")
        return found

    def earlier(self) -> dict[int, int]:
        """Give for each format with one of our fills, of an earlier round, the one without.

        Which fill a cell had before cannot be told; most that are filled in have none.
        """
        fills = [_attribute(one, b"fillId") for one in self._formats]
        ours = [self._is_ours(fill) for fill in fills]
        keys = [_but_for_fill(one) for one in self._formats]
        found: dict[int, int] = {}
        for number in (n for n, is_ours in enumerate(ours) if is_ours):
            alike = [n for n, key in enumerate(keys) if key == keys[number] and not ours[n]]
            bare = [n for n in alike if fills[n] in (b"", b"0")]
            found[number] = next(iter([*bare, *alike]), 0)
        return found

    def _is_ours(self, fill: bytes) -> bool:
        number = int(fill) if fill.isdigit() else 0
        tone = self._tones[number] if number < len(self._tones) else ""
        return tone[-6:] in (DOUBTFUL_FILL[-6:], REFUSED_FILL[-6:])

    def _take(self, around: tuple[str, ...], element: Element) -> None:
        super()._take(around, element)
        if around == ("styleSheet", "fills"):
            self._tones.append(self._tone)
            self._tone = ""
        elif around == ("styleSheet", "fills", "fill", "patternFill") and element.name == "fgColor":
            self._tone = element.get("rgb").upper()

    def _own_format(self, look: int) -> bytes:
        tag = _tag(
            f"{self._prefix}xf",
            {
                "numFmtId": "0" if look != TEXT else "49",  # 49: what is typed stays a text
                "fontId": str(self._fonts + look),
                "fillId": "0",
                "borderId": "0",
                "applyFont": "1",
                "applyAlignment": "1",
            },
        )
        wraps = _TOP if look in (TEXT, LINK, HEADING) else '<{p}alignment vertical="top"/>'
        return f"{tag}{wraps.format(p=self._prefix)}</{self._prefix}xf>".encode()


def _attribute(element: bytes, name: bytes) -> bytes:
    """Give an attribute of the start tag of an element, b"" for none."""
    found = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", element.partition(b">")[0])
    return found[1] if found else b""


def _but_for_fill(element: bytes) -> tuple[frozenset[bytes], bytes]:
    """Give what two formats share that differ in their fill only."""
    tag, _, inside = element.partition(b">")
    attributes = frozenset(
        re.sub(rb"\s", b"", one)
        for one in re.findall(rb"""[^\s=]+\s*=\s*["'][^"']*["']""", tag)
        if not one.startswith((b"fillId", b"applyFill"))
    )
    return attributes, inside


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    inside = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{inside}>"
