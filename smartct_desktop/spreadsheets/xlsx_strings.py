"""Texts of a workbook: shared ones, read only as far as cells ask for them, and rich text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from smartct_desktop.domain.book import NO_MARKS, Mark
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.raised_digits import raised
from smartct_desktop.spreadsheets.xlsx_escapes import unescaped
from smartct_desktop.spreadsheets.xlsx_styles import is_set
from smartct_desktop.spreadsheets.xml_reading import GrowingTree, space_of
from smartct_desktop.spreadsheets.zip_parts import Parts


def rich_text(item: Element, space: str) -> tuple[str, Mark]:
    """The text of `<si>`, `<is>` or a comment, and whether its runs strike it or a part of it.

    Phonetic runs (how a word is pronounced) are no part of the text. Raised digits stay told from
    others: the "1" of a footnote is no figure of an amount.
    """
    plain, run, text, strike = space + "t", space + "r", space + "t", f"{space}rPr/{space}strike"
    place = f"{space}rPr/{space}vertAlign"
    pieces: list[str] = []
    struck: set[bool] = set()
    for child in item:
        if child.tag == plain:
            piece, crossed = child.text or "", False
        elif child.tag == run:
            piece = "".join(part.text or "" for part in child.iterfind(text))
            crossed = is_set(child.find(strike))
            above = child.find(place)
            if above is not None and above.get("val") == "superscript":
                piece = raised(piece)
        else:
            continue
        pieces.append(piece)
        if piece.strip():
            struck.add(crossed)
    whole = unescaped("".join(pieces))
    if True not in struck:
        return whole, NO_MARKS
    return whole, Mark.PARTLY_STRUCK if False in struck else Mark.STRUCK


class SharedTexts:
    """The shared texts by number, `None` for empty ones. `texts` grows while they are read.

    Few have `marks`; these are values of `Mark`.
    """

    def __init__(self, parts: Parts, part: str | None, name: str) -> None:
        self.texts: list[str | None] = []
        self.marks: dict[int, int] = {}
        self._name = name
        self._tree = None if part is None else GrowingTree(parts, part, name)

    def read_up_to(self, index: int) -> None:
        """Read until the text `index` is known. Raises `Trouble` if there is none."""
        tree = self._tree
        while index >= len(self.texts):
            if tree is None or not tree.grow():
                raise refusals.damaged(self._name)
            if tree.root is not None:
                self._take(tree, tree.root)

    def _take(self, tree: GrowingTree, root: Element) -> None:
        space = space_of(root)
        item, plain = space + "si", space + "t"
        texts = self.texts
        for child in tree.finished(root):
            if len(child) == 1 and child[0].tag == plain:
                texts.append(unescaped(child[0].text or "") or None)
            elif child.tag == item:
                text, marks = rich_text(child, space)
                if marks:
                    self.marks[len(texts)] = marks.value
                texts.append(text or None)
