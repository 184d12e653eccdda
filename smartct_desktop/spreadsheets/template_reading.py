"""Reading a workbook that is to be filled; it is only looked at, and nothing in it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from smartct_desktop.domain.book import Area, BookFormat
from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.copying import private_copy
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.template_kept import kept_of
from smartct_desktop.spreadsheets.template_parts import (
    GivenName,
    GivenSheet,
    GivenTemplate,
    place_name,
)
from smartct_desktop.spreadsheets.template_sheet import GivenSheetReader
from smartct_desktop.spreadsheets.template_texts import characters, shared_texts
from smartct_desktop.spreadsheets.workbook_patch import WorkbookPatch
from smartct_desktop.spreadsheets.xlsx_facts import area_of
from smartct_desktop.spreadsheets.xlsx_styles import read_looks
from smartct_desktop.spreadsheets.xml_patch import Element, walk

SUFFIX, SUFFIX_WITH_MACROS = ".xlsx", ".xlsm"
BRACES = re.compile(r"\{\{([^{}]*)\}\}")
"""A place in a text: the name of what is to stand there, in two pairs of braces."""

_AREA = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([\w.]+))!)?\$?([A-Za-z]{1,3})\$?(\d{1,7})"
    r"(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?(?![\w(!])"
)
_CHART_AREA = re.compile(rb"<(?:\w+:)?f>([^<]+)</(?:\w+:)?f>")
_STRAY = re.compile(r"\{\{[^{}]{1,200}\}\}")
_TAGS = re.compile(rb"<[^>]*>")
_PRINT_AREA = "_xlnm.Print_Area"


def read_template(path: Path, progress: Progress) -> GivenTemplate:
    """Read a workbook that is to be filled.

    Raises `Trouble` for what cannot be filled: no workbook of the newer kind, one that is locked
    by a password or signed; `Cancelled`.
    """
    limits = Limits()
    with private_copy(path, limits, progress) as copy:
        refuse_unfillable(copy.path, path.name, limits)
        with closing(WorkbookPatch(copy.path, path.name, limits)) as workbook:
            return _Reading(workbook, copy.sha256, progress).template()


def refuse_unfillable(path: Path, name: str, limits: Limits) -> None:
    """Raise `Trouble` if the file is none that can be filled without loss."""
    save_anew = Sentence("Open it in a spreadsheet program, save it as .xlsx and fill that.")
    try:
        form = recognise(path, name, limits)
    except PasswordNeeded as locked:
        raise Trouble(
            Sentence("{name} is locked by a password.", name=name),
            Sentence("Take the password off in the spreadsheet program, and fill that file."),
        ) from locked
    if form is not BookFormat.XLSX:
        raise Trouble(
            Sentence("{name} is no workbook of the kind .xlsx, so it cannot be filled.", name=name),
            save_anew,
        )


class _Reading:
    """One pass over the parts of a workbook."""

    def __init__(self, workbook: WorkbookPatch, sha256: str, progress: Progress) -> None:
        self._workbook = workbook
        self._name = workbook.name
        self._sha256 = sha256
        self._progress = progress
        self._names: list[GivenName] = []
        self._print_areas: dict[str, Area] = {}
        self._bounded: list[tuple[str, Area, str]] = []

    def template(self) -> GivenTemplate:
        workbook = self._workbook
        if any(part.lower().startswith("_xmlsignatures/") for part in workbook):
            raise Trouble(
                Sentence(
                    "{name} is signed, and filling it would break the signature.", name=self._name
                ),
                Sentence("Save a copy without the signature, and fill that."),
            )
        book = workbook.book
        texts = []
        if book.texts is not None:
            texts = shared_texts(workbook.read(book.texts), self._name)
        sheets: list[GivenSheet] = []
        for part in book.sheets:
            self._progress.report(Sentence("Reading {sheet}", sheet=part.name))
            if part.kind == "worksheet" and workbook.has(part.part):
                sheets.append(GivenSheetReader(workbook, part, texts).sheet())
        self._read_names(sheets)
        for sheet in sheets:
            for (row, column), cell in sheet.cells.items():
                if cell.formula:
                    self._count_in(cell.formula, sheet.name, place_name(sheet.name, row, column))
        self._read_charts()
        looks = read_looks(workbook.parts, book.styles, self._name)
        return GivenTemplate(
            file=self._name,
            sha256=self._sha256,
            suffix=SUFFIX_WITH_MACROS if workbook.has_macros else SUFFIX,
            sheets=tuple(sheets),
            names=tuple(self._names),
            formats=tuple(look.format for look in looks),
            kept=kept_of(workbook, sheets),
            stray=tuple(self._stray()),
            bounded=tuple(self._bounded),
            from_1904=book.from_1904,
            print_areas=self._print_areas,
        )

    def _read_names(self, sheets: list[GivenSheet]) -> None:
        data = self._workbook.read(self._workbook.main)
        listed = self._workbook.book.sheets

        def closed(around: tuple[str, ...], one: Element) -> None:
            if len(around) != 2 or one.name != "definedName":
                return
            text = characters(data[one.inner : one.inner_end]).strip()
            found = _AREA.fullmatch(text)
            sheet = (found[1] or found[2] or "").replace("''", "'") if found else ""
            area = area_of(text.rpartition("!")[2])
            named = any(known.name == sheet for known in sheets)
            if one.get("name") == _PRINT_AREA and named and area is not None:
                self._print_areas[sheet] = area
            elif not one.get("name").startswith("_xlnm.") and named and area is not None:
                self._names.append(GivenName(one.get("name"), sheet, area))
                local = one.get("localSheetId")
                scope = int(local) if local.isdigit() else 0
                self._count_in(
                    text, listed[scope].name if scope < len(listed) else "", one.get("name")
                )

        walk(data, self._name, closed=closed)

    def _read_charts(self) -> None:
        for part in self._workbook:
            if "/charts/chart" in part.lower() and part.lower().endswith(".xml"):
                for found in _CHART_AREA.finditer(self._workbook.read(part)):
                    self._count_in(characters(found[1]), "", Sentence("a chart"))

    def _count_in(self, formula: str, sheet: str, where: str) -> None:
        """Note the areas of several rows that a formula counts in."""
        for found in _AREA.finditer(formula):
            if found[5] is None:
                continue
            on = (found[1] or found[2] or "").replace("''", "'") or sheet
            area = area_of(f"{found[3]}{found[4]}:{found[5]}{found[6]}")
            if area is not None:
                self._bounded.append((on, area, where))

    def _stray(self) -> Iterator[tuple[str, str]]:
        """Find places outside of cells, which are not filled."""
        own = {part.part.lower() for part in self._workbook.book.sheets}
        for part in self._workbook:
            key = part.lower()
            if not key.endswith((".xml", ".vml")) or key.endswith("sharedstrings.xml"):
                continue
            data = self._workbook.read(part)
            if b"{" not in data:
                continue
            if key in own:
                data = b" ".join(_HEADS.findall(data))
            text = characters(_TAGS.sub(b"", data))
            for found in dict.fromkeys(_STRAY.findall(text)):
                yield found, _where(key)


_HEADS = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>(.*?)</", re.DOTALL)


def _where(part: str) -> Sentence:
    """Say what a part is, for people."""
    if "/worksheets/" in part:
        return Sentence("a header or footer")
    if "/drawings/" in part:
        return Sentence("a text box")
    if "/charts/" in part:
        return Sentence("a chart")
    if "comment" in part:
        return Sentence("a note")
    return Sentence("a part beside the cells")
