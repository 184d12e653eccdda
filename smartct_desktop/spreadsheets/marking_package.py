"""A workbook with marked cells, notes and one more sheet; all other parts stay byte for byte."""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
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
from smartct_desktop.spreadsheets.marking_styles import EMPTY_STYLES, MarkingStyles
from smartct_desktop.spreadsheets.names_out import sheet_names
from smartct_desktop.spreadsheets.xlsx_parts import (
    Relation,
    SheetPart,
    read_workbook_part,
    relations,
)
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, in_utf_8, prefix_of, walk
from smartct_desktop.spreadsheets.zip_parts import Parts

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_VML_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MACROS = b"macroenabled.main+xml"
_NOTE_SHAPES = re.compile(
    rb"""<(?:\w+:)?legacyDrawing\s[^>]*?\b(?:\w+:)?id\s*=\s*["']([^"']+)["']"""
)
_PACKING = Sentence("Packing the workbook")
_PAST_LARGE = 1 << 31


class MarkingPackage:
    """One workbook being marked; `save` writes it. `name` is what people call the file.

    Raises `Trouble` for a workbook that is damaged.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path = path
        self._name = name
        self._parts = Parts(path, name, limits)
        try:
            self._changed: dict[str, bytes] = {}
            with zipfile.ZipFile(path) as archive:
                self._written = {_key(one): one for one in archive.namelist()}
            roots = relations(self._parts, "", name).values()
            main = (one.target for one in roots if one.kind == "officeDocument")
            self._main = next(main, "xl/workbook.xml")
            self._book = read_workbook_part(self._parts, name)
            self._namespace = self._namespace_of(self._main)
        except BaseException:
            self._parts.__exit__(None, None, None)
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._parts.__exit__(None, None, None)

    @property
    def has_macros(self) -> bool:
        """Whether it may bear macros, and its name then has to end in .xlsm."""
        return _MACROS in self._read(_TYPES).lower()

    def mark(self, marks: Sequence[CellMark], listed: CorrectionSheet, progress: Progress) -> None:
        """Mark the cells and put the list first."""
        styles = MarkingStyles(self._styles(), self._name)
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
            self._put(before[0], made)
            shown = [sheet.part for sheet in self._book.sheets].index(before[0])
            self._put(self._main, _with_active(self._read(self._main), self._name, shown))
        else:
            self._add_list(made, listed.name)
        self._put_styles(styles.made())

    def save(self, target: BinaryIO, progress: Progress) -> None:
        """Write the workbook; parts that were not changed go over as they are."""
        with zipfile.ZipFile(self._path) as source, zipfile.ZipFile(target, "w") as made:
            left = dict(self._changed)
            for info in source.infolist():
                progress.report(_PACKING)
                copied = zipfile.ZipInfo(info.filename, info.date_time)
                copied.compress_type = info.compress_type
                copied.external_attr = info.external_attr
                new = left.pop(_key(info.filename), None)
                if new is not None:
                    made.writestr(copied, new)
                    continue
                large = info.file_size > _PAST_LARGE
                with source.open(info) as old, made.open(copied, "w", force_zip64=large) as part:
                    shutil.copyfileobj(old, part)
            for key, new in left.items():
                made.writestr(self._written[key], new, zipfile.ZIP_DEFLATED)

    # Parts.

    def _read(self, part: str) -> bytes:
        changed = self._changed.get(_key(part))
        if changed is not None:
            return changed
        return in_utf_8(self._parts.read(part), self._name)

    def _there(self, part: str) -> bool:
        return _key(part) in self._written

    def _put(self, part: str, data: bytes) -> None:
        self._written.setdefault(_key(part), part)
        self._changed[_key(part)] = data

    def _free(self, pattern: str) -> str:
        """Give a name for a new part that no part has."""
        numbers = range(1, len(self._written) + 2)
        return next(name for n in numbers if not self._there(name := pattern.format(n)))

    def _namespace_of(self, part: str) -> str:
        found = self._root(self._read(part))
        names = (value for key, value in found.attributes.items() if value.endswith("/main"))
        strict = _STRICT in names
        return _STRICT if strict else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    @property
    def _office(self) -> str:
        return _STRICT_OFFICE if self._namespace == _STRICT else _OFFICE

    def _root(self, data: bytes) -> Element:
        roots: list[Element] = []

        def closed(around: tuple[str, ...], one: Element) -> None:
            if not around:
                roots.append(one)

        walk(data, self._name, closed=closed, deepest=1)
        return roots[0]

    def _relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; gives the id under which it does."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", file + ".rels")
        data = (
            self._read(rels)
            if self._there(rels)
            else b'<Relationships xmlns="%s"/>' % (_PACKAGE.encode())
        )
        ids: set[str] = set()
        walk(data, self._name, lambda _around, one: ids.add(one.get("Id")))
        id_ = next(id_ for n in range(1, len(ids) + 2) if (id_ := f"rIdMarked{n}") not in ids)
        patch, root = Patch(data), self._root(data)
        prefix = prefix_of(data, root)
        patch.append(
            root,
            f'<{prefix}Relationship Id="{id_}" Type="{self._office}/{kind}" '
            f"Target={quoteattr('/' + target)}/>".encode(),
        )
        self._put(rels, patch.made())
        return id_

    def _declare(self, part: str, kind: str) -> None:
        """Tell the type of a new part; drawings of notes are known by their ending."""
        data = self._read(_TYPES)
        patch, root = Patch(data), self._root(data)
        prefix = prefix_of(data, root)
        if kind != _VML_KIND:
            entry = f'<{prefix}Override PartName={quoteattr("/" + part)} ContentType="{kind}"/>'
            patch.append(root, entry.encode())
        else:
            known: set[str] = set()
            walk(data, self._name, lambda _around, one: known.add(one.get("Extension").lower()))
            if "vml" in known:
                return
            entry = f'<{prefix}Default Extension="vml" ContentType="{kind}"/>'
            patch.insert(root.inner, entry.encode())
        self._put(_TYPES, patch.made())

    # Styles.

    def _styles(self) -> bytes:
        if self._book.styles is not None:
            return self._read(self._book.styles)
        return EMPTY_STYLES % self._namespace.encode()

    def _put_styles(self, data: bytes) -> None:
        part = self._book.styles
        if part is None:
            part = self._free(posixpath.join(posixpath.dirname(self._main), "styles{0}.xml"))
            self._relate(self._main, "styles", part)
            self._declare(part, _KINDS + "styles+xml")
        self._put(part, data)

    # Sheets.

    def _mark_sheet(
        self,
        sheet: SheetPart,
        marks: Sequence[CellMark],
        styles: MarkingStyles,
        earlier: Mapping[int, int],
        listed: CorrectionSheet,
    ) -> None:
        data = self._read(sheet.part)
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
            self._put(sheet.part, made)

    def _note(self, part: str, notes: Mapping[tuple[int, int], str], start: str) -> str:
        """Write the notes of a sheet; gives what `MarkingCells.drawing` then needs."""
        known = relations(self._parts, part, self._name)
        comments = self._target(known, "comments")
        drawing = self._target(known, "vmlDrawing", self._drawing_id(part))
        folder = posixpath.dirname(posixpath.dirname(part))
        data = empty_notes(self._namespace)
        if comments is None and not notes:
            return ""
        if comments is None:
            comments = self._free(posixpath.join(folder, "comments{0}.xml"))
            self._relate(part, "comments", comments)
            self._declare(comments, _KINDS + "comments+xml")
        else:
            data = self._read(comments)
        noted = with_notes(data, self._name, notes, start)
        self._put(comments, noted.part)
        new = {cell: notes[cell] for cell in noted.fresh}
        if drawing is not None:
            self._put(drawing, with_shapes(self._parts.read(drawing), new, noted.gone))
            return ""
        if not new:
            return ""
        drawing = self._free(posixpath.join(folder, "drawings", "vmlDrawing{0}.vml"))
        self._put(drawing, with_shapes(b"", new))
        self._declare(drawing, _VML_KIND)
        id_ = self._relate(part, "vmlDrawing", drawing)
        return f'xmlns:r="{self._office}" r:id="{id_}"'

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
        found = _NOTE_SHAPES.search(self._read(part))
        return found[1].decode() if found else ""

    def _add_list(self, data: bytes, name: str) -> None:
        """Put a sheet before all others, and show it first."""
        folder = posixpath.dirname(self._main)
        part = self._free(posixpath.join(folder, "worksheets", "sheet{0}.xml"))
        self._put(part, data)
        self._declare(part, _KINDS + "worksheet+xml")
        id_ = self._relate(self._main, "worksheet", part)
        taken = [sheet.name for sheet in self._book.sheets]
        free = sheet_names([*taken, name])[-1]
        book = self._read(self._main)
        self._put(self._main, _with_sheet(book, self._name, free, id_, self._office))


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


def _key(part: str) -> str:
    return part.replace("\\", "/").lower()
