"""What filling a template would do, before anything is written: every place, and what fills it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.templates.known import Knowledge, KnownColumn, KnownList
from smartct_desktop.services.templates.mapping import BLANK, RegionMap, TemplateMap
from smartct_desktop.services.templates.places import (
    OURS,
    Asked,
    Place,
    RegionPlace,
    named_cells,
    picked,
    places_of,
    regions_of,
    why_not,
)
from smartct_desktop.services.templates.plan import PlannedPlace, TemplatePlan
from smartct_desktop.services.templates.rows import PlannedRows, lists_in, rows_in, rows_of
from smartct_desktop.services.templates.values import Known
from smartct_desktop.spreadsheets.template_parts import GivenTemplate

_NEAR = 0.6


class Planner:
    """Plans how a template is filled from what is known, with what a person has said about it."""

    def __init__(self, template: GivenTemplate, knowledge: Knowledge, said: TemplateMap) -> None:
        self._template = template
        self._knowledge = knowledge
        self._said = said
        self._problems: list[str] = []
        self._remarks: list[str] = []
        self._columns: dict[str, Sequence[KnownColumn]] = {}

    def plan(self, decimal: str) -> TemplatePlan:
        """Plan it; `decimal` stands in numbers within a text."""
        braced = list(places_of(self._template))
        rows = list(self._rows(braced))
        in_rows = {(r.sheet, r.room.first_row, c) for r in rows for c in r.columns}
        places: list[PlannedPlace] = []
        for place in braced:
            if (place.sheet, place.row, place.column) not in in_rows:
                places += [self._asked(place, asked) for asked in place.asked]
        places += self._named()
        places += self._picked()
        regions = tuple(regions_of(self._template))
        rows += self._regions(regions)
        self._check_places(places)
        self._check_rows(rows)
        self._tell_strays()
        return TemplatePlan(
            self._template,
            tuple(places),
            tuple(rows),
            regions,
            tuple(dict.fromkeys(self._problems)),
            tuple(dict.fromkeys(self._remarks)),
            self._said,
            self._knowledge.values,
            dict(self._knowledge.list_names),
            self._columns,
            decimal,
        )

    def nearest(self, name: str) -> str:
        """Give the known name that is most like another one, "" if none is."""
        known = list(self._knowledge.values)
        found = self._knowledge.listed(name.rpartition(".")[0]) if "." in name else None
        if found is not None:
            known += [f"{name.rpartition('.')[0]}.{column.name}" for column in found.columns]
        near = difflib.get_close_matches(name.lower(), known, 1, _NEAR)
        return near[0] if near else ""

    # Single places.

    def _asked(self, place: Place, asked: Asked) -> PlannedPlace:
        """Plan a name in braces: as it says itself, or as a person has said."""
        said = self._said.places.get(place.key, self._said.places.get(asked.name))
        name = asked.name if said is None else said
        if said == BLANK:
            return PlannedPlace(place, asked.name, None, blank=True)
        known = self._knowledge.value(name)
        return PlannedPlace(place, asked.name, known, problem=self._unknown(place, name, known))

    def _unknown(self, place: Place, name: str, known: Known | None) -> str:
        if known is not None:
            return ""
        near = self.nearest(name)
        if near:
            return Sentence(
                "{cell} asks for {name}, which is not known; the nearest name is {near}.",
                cell=place.cell,
                name=name or "{{}}",
                near=near,
            )
        return Sentence(
            "{cell} asks for {name}, which is not known.", cell=place.cell, name=name or "{{}}"
        )

    def _named(self) -> Iterator[PlannedPlace]:
        for place in named_cells(self._template):
            said = self._said.places.get(place.key, self._said.places.get(place.cell))
            ours = place.key.lower().startswith(OURS)
            if said == BLANK:
                yield PlannedPlace(place, place.key, None, blank=True)
            elif said is not None:
                known = self._knowledge.value(said)
                yield PlannedPlace(
                    place, place.key, known, problem=self._unknown(place, said, known)
                )
            elif ours:
                known = self._of_name(place.key[len(OURS) :])
                problem = self._unknown(place, place.key[len(OURS) :], known)
                yield PlannedPlace(place, place.key, known, problem=problem)
            else:
                yield PlannedPlace(place, place.key, None, needed=False)

    def _picked(self) -> Iterator[PlannedPlace]:
        """Plan cells that a person has picked: they have neither braces nor a name."""
        known = {one.key for one in named_cells(self._template)}
        cells = {one.cell for one in named_cells(self._template)}
        braced = {one.key for one in places_of(self._template)}
        asked = {name.name for one in places_of(self._template) for name in one.asked}
        for key, name in self._said.places.items():
            if key in known | cells | braced | asked:
                continue
            place = picked(self._template, key) if "!" in key else None
            if not isinstance(place, Place):
                self._remarks.append(
                    Sentence("{place} is not in this template; it is passed over.", place=key)
                )
                continue
            value = self._knowledge.value(name)
            problem = "" if name == BLANK else self._unknown(place, name, value)
            yield PlannedPlace(place, key, value, blank=name == BLANK, problem=problem)

    def _of_name(self, text: str) -> Known | None:
        """Find the value that a name of the workbook means: it has no points, so signs are one."""
        wanted = _bare(text)
        found = [one for name, one in self._knowledge.values.items() if _bare(name) == wanted]
        return found[0] if len(found) == 1 else self._knowledge.value(text)

    # Rows.

    def _rows(self, braced: Sequence[Place]) -> Iterator[PlannedRows]:
        """Plan the rows of braces that ask for columns of one list each."""
        by_row: dict[tuple[str, int], list[Place]] = {}
        for place in braced:
            by_row.setdefault((place.sheet, place.row), []).append(place)
        for (sheet_name, row), places in by_row.items():
            sheet = self._template.sheet(sheet_name)
            assert sheet is not None
            found = lists_in(places, self._knowledge, self._said)
            for known, wanted in found:
                yield rows_of(self._template, sheet, known, row, wanted)

    def _regions(self, regions: Sequence[RegionPlace]) -> Iterator[PlannedRows]:
        by_key = {one.key: one for one in regions}
        for key, wish in self._said.regions.items():
            place = by_key.get(key) or picked(self._template, key)
            if isinstance(place, RegionPlace):
                yield from self._region(place, wish)
            else:
                self._remarks.append(
                    Sentence("{place} is not in this template; it is passed over.", place=key)
                )
        for place in regions:
            if place.key not in self._said.regions and place.key.lower().startswith(OURS):
                yield from self._region(place, self._wish_of_name(place))

    def _wish_of_name(self, place: RegionPlace) -> RegionMap:
        name = place.key[len(OURS) :].lower()
        named = next(
            (one for one, _ in self._knowledge.list_names if _bare(one) == _bare(name)), name
        )
        return RegionMap(named, proposed(self._knowledge.listed(named), place.headings))

    def _region(self, place: RegionPlace, wish: RegionMap) -> Iterator[PlannedRows]:
        sheet = self._template.sheet(place.sheet)
        known = self._knowledge.listed(wish.list)
        if sheet is None or known is None:
            self._problems.append(
                Sentence(
                    "{place} is to get {name}, and there is no such list.",
                    place=place.key,
                    name=wish.list,
                )
            )
            return
        self._columns[place.key] = known.columns
        columns: dict[int, KnownColumn] = {}
        wished = wish.columns or proposed(known, place.headings)
        for heading, name in wished.items():
            column = known.column(name.rpartition(".")[2] if "." in name else name)
            if heading not in place.headings or column is None:
                self._problems.append(
                    Sentence(
                        "{place}: the column {heading} is to get {name}, and one of them is not "
                        "there.",
                        place=place.key,
                        heading=heading,
                        name=name,
                    )
                )
                continue
            columns[place.body.first_column + place.headings.index(heading)] = column
        if not columns:
            self._problems.append(
                Sentence("{place}: no column says what it is to get.", place=place.key)
            )
            return
        left = [one for one in place.headings if one not in wished]
        if left:
            self._remarks.append(
                Sentence(
                    "{place}: {columns} stay as they are.", place=place.key, columns=", ".join(left)
                )
            )
        yield rows_in(self._template, sheet, place, known, columns)

    # What is said of all.

    def _check_places(self, places: Sequence[PlannedPlace]) -> None:
        for one in places:
            sheet = self._template.sheet(one.place.sheet)
            if one.problem:
                self._problems.append(one.problem)
            filled = one.filled_by
            if filled is None and not one.blank:
                continue
            refused = sheet and why_not(sheet, one.place.row, one.place.column)
            if refused:
                self._problems.append(refused)
            elif filled is not None and filled.value is None:
                self._remarks.append(
                    Sentence(
                        "{cell} stays blank: nothing is known for {name}.",
                        cell=one.place.cell,
                        name=filled.name,
                    )
                )

    def _check_rows(self, rows: Sequence[PlannedRows]) -> None:
        for one in rows:
            self._problems += one.problems
            self._remarks += one.remarks
        taken: dict[tuple[str, int, int], PlannedRows] = {}
        for one in rows:
            for cell in one.cells():
                if taken.setdefault((one.sheet, *cell), one) is not one:
                    self._problems.append(
                        Sentence("{place} lies over another area.", place=one.key)
                    )
                    break

    def _tell_strays(self) -> None:
        template = self._template
        for text, where in template.stray:
            self._remarks.append(
                Sentence("{name} stands in {where}, which is not filled.", name=text, where=where)
            )
        for sheet in template.sheets:
            for (row, column), cell in sheet.cells.items():
                if cell.formula and "{{" in cell.formula:
                    place = Place("", sheet.name, row, column)
                    self._remarks.append(
                        Sentence("{cell}: braces within a formula are not filled.", cell=place.cell)
                    )


def proposed(known: KnownList | None, headings: Sequence[str]) -> Mapping[str, str]:
    """Propose what fills the columns of an area: the column of the same name or heading."""
    found: dict[str, str] = {}
    for heading in headings:
        wanted = fold(heading)
        for column in known.columns if known is not None else ():
            said = known.table.columns[column.place].heading if known is not None else ""
            names = {fold(column.heading), fold(said), column.name, *column.also}
            if wanted in names and column.name not in found.values():
                found[heading] = column.name
                break
    return found


def _bare(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())
