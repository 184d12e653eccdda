"""A workbook with marked cells, notes and one more sheet; all other parts stay byte for byte."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.marking_cells import MarkingCells
from smartct_desktop.spreadsheets.marking_list import CellMark, CorrectionSheet, list_part
from smartct_desktop.spreadsheets.marking_notes import empty_notes, with_notes, with_shapes
from smartct_desktop.spreadsheets.marking_styles import MarkingStyles
from smartct_desktop.spreadsheets.names_out import sheet_names
from smartct_desktop.spreadsheets.workbook_patch import KINDS, VML_KIND, WorkbookPatch
from smartct_desktop.spreadsheets.xlsx_parts import Relation, SheetPart
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, prefix_of, walk

_NOTE_SHAPES = re.compile(
    rb"""<(?:\w+:)?legacyDrawing\s[^>]*?\b(?:\w+:)?id\s*=\s*["']([^"']+)["']"""
)


class MarkingPackage:
    """One workbook being marked; `save` writes it. `name` is what people call the file.

    Raises `Trouble` for a workbook that is damaged.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._name = name
        self._patch = WorkbookPatch(path, name, limits)
        self._parts = self._patch.parts
        self._book = self._patch.book
        self._main = self._patch.main
        self._namespace = self._patch.namespace

    def close(self) -> None:
        """Let go of the file."""
        self._patch.close()

    @property
    def has_macros(self) -> bool:
        """Whether it may bear macros, and its name then has to end in .xlsm."""
        return self._patch.has_macros

    def mark(self, marks: Sequence[CellMark], listed: CorrectionSheet, progress: Progress) -> None:
        """Mark the cells and put the list first."""
        styles = MarkingStyles(self._patch.styles(), self._name)
        by_sheet: dict[str, list[CellMark]] = {}
        worksheets = [sheet for sheet in self._book.sheets if sheet.kind == "worksheet"]
        only = worksheets[0].name if worksheets else ""
        for one in marks:
            by_sheet.setdefault(only if one.sheet is None else one.sheet, []).append(one)
        earlier = styles.earlier() if listed.earlier is not None else {}
        for sheet in worksheets:
            progress.report(Sentence("Marking the cells"))
            if sheet.part in self._parts and sheet.name != listed.earlier:
                self._mark_sheet(sheet, by_sheet.get(sheet.name, []), styles, earlier, listed)
        made = list_part(listed, self._namespace, styles, only)
        before = [sheet.part for sheet in worksheets if sheet.name == listed.earlier]
        if before:
            self._patch.put(before[0], made)
            shown = [sheet.part for sheet in self._book.sheets].index(before[0])
            self._patch.put(
                self._main, _with_active(self._patch.read(self._main), self._name, shown)
            )
        else:
            self._add_list(made, listed.name)
        self._patch.put_styles(styles.made())

    def save(self, target: BinaryIO, progress: Progress) -> None:
        """Write the workbook; parts that were not changed go over as they are."""
        self._patch.save(target, progress)

    def _mark_sheet(
        self,
        sheet: SheetPart,
        marks: Sequence[CellMark],
        styles: MarkingStyles,
        earlier: Mapping[int, int],
        listed: CorrectionSheet,
    ) -> None:
        data = self._patch.read(sheet.part)
        if not marks and not earlier and b"tabSelected" not in data:
            return
        wanted: dict[tuple[int, int], bool] = {}
        notes: dict[tuple[int, int], str] = {}
        for one in marks:
            place = (one.row, one.column)
            wanted[place] = wanted.get(place, False) or one.refused
            notes[place] = f"{notes[place]}\n{one.note}" if place in notes else one.note
        drawing = self._note(sheet.part, notes, listed.note_start) if notes or earlier else ""

        def restyle(base: int, refused: bool) -> int:  # noqa: FBT001 (as the cells ask)
            return styles.marked(base, refused=refused)

        made = MarkingCells(data, self._name, wanted, restyle, earlier, drawing).made()
        if made != data:
            self._patch.put(sheet.part, made)

    def _note(self, part: str, notes: Mapping[tuple[int, int], str], start: str) -> str:
        """Write the notes of a sheet; gives what `MarkingCells.drawing` then needs."""
        known = self._patch.relations(part)
        comments = self._target(known, "comments")
        drawing = self._target(known, "vmlDrawing", self._drawing_id(part))
        folder = posixpath.dirname(posixpath.dirname(part))
        data = empty_notes(self._namespace)
        if comments is None and not notes:
            return ""
        if comments is None:
            comments = self._patch.free(posixpath.join(folder, "comments{0}.xml"))
            self._patch.relate(part, "comments", comments)
            self._patch.declare(comments, KINDS + "comments+xml")
        else:
            data = self._patch.read(comments)
        noted = with_notes(data, self._name, notes, start)
        self._patch.put(comments, noted.part)
        new = {cell: notes[cell] for cell in noted.fresh}
        if drawing is not None:
            self._patch.put(drawing, with_shapes(self._parts.read(drawing), new, noted.gone))
            return ""
        if not new:
            return ""
        drawing = self._patch.free(posixpath.join(folder, "drawings", "vmlDrawing{0}.vml"))
        self._patch.put(drawing, with_shapes(b"", new))
        self._patch.declare(drawing, VML_KIND)
        id_ = self._patch.relate(part, "vmlDrawing", drawing)
        return f'xmlns:r="{self._patch.office}" r:id="{id_}"'

    def _target(
        self, known: Mapping[str, Relation], kind: str, id_: str | None = None
    ) -> str | None:
        """Find a part that a sheet refers to, under this id if one is given."""
        found = (
            one.target
            for key, one in known.items()
            if one.kind == kind and id_ in (None, key) and one.target in self._parts
        )
        return next(found, None)

    def _drawing_id(self, part: str) -> str:
        """Give the id under which a sheet names the shapes of its notes; "" if it has none."""
        found = _NOTE_SHAPES.search(self._patch.read(part))
        return found[1].decode() if found else ""

    def _add_list(self, data: bytes, name: str) -> None:
        """Put a sheet before all others, and show it first."""
        folder = posixpath.dirname(self._main)
        part = self._patch.free(posixpath.join(folder, "worksheets", "sheet{0}.xml"))
        self._patch.put(part, data)
        self._patch.declare(part, KINDS + "worksheet+xml")
        id_ = self._patch.relate(self._main, "worksheet", part)
        taken = [sheet.name for sheet in self._book.sheets]
        free = sheet_names([*taken, name])[-1]
        book = self._patch.read(self._main)
        self._patch.put(self._main, _with_sheet(book, self._name, free, id_, self._patch.office))


def _with_sheet(book: bytes, name: str, sheet: str, id_: str, office: str) -> bytes:
    """Give the main part with a sheet before the others; what counts sheets counts one more."""
    patch = Patch(book)
    numbers: list[int] = []
    groups: dict[str, Element] = {}

    def take(around: tuple[str, ...], element: Element) -> None:
        match around, element.name:
            case (_,), group:
                groups[group] = element
            case (_, "sheets"), "sheet":
                numbers.append(int(element.get("sheetId", "0")))
            case (_, "bookViews"), "workbookView":
                patch.set_attributes(element, activeTab="0", firstSheet="0")
            case (_, "definedNames"), "definedName" if element.get("localSheetId").isdigit():
                number = int(element.get("localSheetId")) + 1
                patch.set_attributes(element, localSheetId=str(number))
            case _:
                pass

    walk(book, name, take)
    sheets = groups.get("sheets")
    if sheets is None or sheets.empty:
        raise refusals.damaged(name)
    prefix = prefix_of(book, sheets)
    patch.insert(
        sheets.inner,
        f'<{prefix}sheet xmlns:r="{office}" name={quoteattr(sheet)} '
        f'sheetId="{max(numbers, default=0) + 1}" r:id="{id_}"/>'.encode(),
    )
    return patch.made()


def _with_active(book: bytes, name: str, shown: int) -> bytes:
    """Give the main part with another sheet to be shown first."""
    patch = Patch(book)

    def take(around: tuple[str, ...], element: Element) -> None:
        if element.name == "workbookView" and len(around) == 2:
            patch.set_attributes(element, activeTab=str(shown), firstSheet="0")

    walk(book, name, take)
    return patch.made()
