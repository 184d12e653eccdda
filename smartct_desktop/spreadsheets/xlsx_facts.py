"""What a worksheet says around its cells: merged, hidden, filtered, linked, tables, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from smartct_desktop.domain.book import Area, Table, column_index
from smartct_desktop.spreadsheets.blocks import Budget
from smartct_desktop.spreadsheets.xlsx_parts import Relation
from smartct_desktop.spreadsheets.xlsx_strings import rich_text
from smartct_desktop.spreadsheets.xml_reading import (
    attribute,
    is_on,
    local,
    number,
    space_of,
    whole,
)
from smartct_desktop.spreadsheets.zip_parts import Parts

_LINKED_ROWS, _LINKED_COLUMNS = 100, 10
_WIDEST = 16_384


@dataclass(slots=True)
class Facts:
    """What stands in a worksheet outside of its cells; columns as first and behind the last."""

    merged: list[Area] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filter_area: Area | None = None
    filtered: list[Area] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


class FactsReader:
    """Takes the elements of a worksheet that stand beside `<sheetData>`, when they are complete."""

    def __init__(self, parts: Parts, known: dict[str, Relation], name: str, budget: Budget) -> None:
        self.facts = Facts()
        self._parts = parts
        self._known = known
        self._name = name
        self._budget = budget
        self._takers: dict[str, Callable[[Element], None]] = {
            "col": self._take_column,
            "mergeCell": self._take_merged,
            "hyperlink": self._take_link,
            "tablePart": self._take_table,
        }

    def take_children(self, children: Iterable[Element]) -> None:
        """Complete children of the groups of the sheet, such as `<mergeCell>`."""
        for child in children:
            taker = self._takers.get(local(child.tag))
            if taker is not None:
                self._budget.spend_facts()
                taker(child)

    def take_groups(self, groups: Iterable[Element]) -> None:
        """Complete groups; of these only `<autoFilter>` says something by its attributes."""
        for group in groups:
            if local(group.tag) == "autoFilter":
                area = area_of(group.get("ref", ""))
                self.facts.filter_area = area
                if area is not None and any(local(c.tag) == "filterColumn" for c in group):
                    self.facts.filtered.append(area)

    def read_comments(self) -> None:
        """Read the notes that lie beside the sheet in a part of their own."""
        for relation in self._known.values():
            if relation.kind != "comments" or relation.target not in self._parts:
                continue
            root = whole(self._parts, relation.target, self._name)
            space = space_of(root)
            for comment in root.iterfind(f"{space}commentList/{space}comment"):
                self._budget.spend_facts()
                place, text = place_of(comment.get("ref", "")), comment.find(f"{space}text")
                if place is not None and text is not None:
                    self.facts.comments[place] = rich_text(text, space)[0].strip()

    def _take_column(self, element: Element) -> None:
        first, last = number(element, "min"), number(element, "max")
        hidden = is_on(element, "hidden") or element.get("width") == "0"
        if hidden and 1 <= first <= last <= _WIDEST:
            self.facts.hidden_columns.append((first - 1, last))

    def _take_merged(self, element: Element) -> None:
        area = area_of(element.get("ref", ""))
        if area is not None:
            self.facts.merged.append(area)

    def _take_link(self, element: Element) -> None:
        area = area_of(element.get("ref", ""))
        relation = self._known.get(attribute(element, "id"))
        target = "" if relation is None else relation.target
        if location := element.get("location"):
            target += f"#{location}"
        if area is None or not target:
            return
        rows = range(area.first_row, area.last_row + 1)[:_LINKED_ROWS]
        columns = range(area.first_column, area.last_column + 1)[:_LINKED_COLUMNS]
        self._budget.spend_facts(len(rows) * len(columns))
        self.facts.links.update({(row, column): target for row in rows for column in columns})

    def _take_table(self, element: Element) -> None:
        relation = self._known.get(attribute(element, "id"))
        if relation is None or relation.target not in self._parts:
            return
        table = whole(self._parts, relation.target, self._name)
        space = space_of(table)
        area = area_of(table.get("ref", ""))
        if area is None:
            return
        name = table.get("displayName", table.get("name", ""))
        header_rows = number(table, "headerRowCount", 1)
        self.facts.tables.append(Table(name, area, header_rows, number(table, "totalsRowCount")))
        if table.find(f"{space}autoFilter/{space}filterColumn") is not None:
            self.facts.filtered.append(area)


def area_of(text: str) -> Area | None:
    """The area that "B2:C4" or "B2" names; `None` for anything else."""
    first, _, last = text.replace("$", "").partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Area(top, left, bottom, right)


def place_of(text: str) -> tuple[int, int] | None:
    """Row and column that "B2" names; `None` for anything else."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return None
    return (int(digits), column_index(letters)) if 1 <= len(digits) <= 7 else None
