"""Reports for the tests of the writers, and what openpyxl, which knows nothing of us, reads."""

import re
import zipfile
from datetime import datetime
from xml.etree import ElementTree as ET

import openpyxl

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Definition, Purpose, Report, Table
from smartct_desktop.spreadsheets.writing import write_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MADE_AT = datetime(2022, 7, 4, 9, 30)


def table(columns, rows, name="Exchanges", **more):
    return Table(name, tuple(columns), rows, **({"purpose": Purpose.MACHINE} | more))


def report(*tables, **more):
    return Report("Exchange register", MADE_AT, tables, **more)


def written(path, *tables, **more):
    """Write the tables to `path`; what came of it."""
    return write_workbook(report(*tables, **more), path, Progress())


def opened(path, *, results=False):
    """The workbook as openpyxl sees it, with formulas or with their stored results."""
    return openpyxl.load_workbook(path, data_only=results)


def column_of(path, kind, values, **more):
    """The cells that the values become in a sheet with one column of this kind."""
    written(path, table([Column("Value", kind, **more)], [(value,) for value in values]))
    sheet = opened(path)["Exchanges"]
    return [sheet.cell(row, 1) for row in range(2, 2 + len(values))]


def texts_of(sheet):
    """All texts of a sheet, row by row."""
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def stored_texts(path, letter):
    """The texts in a column of the second sheet as the format defines them.

    openpyxl and LibreOffice each read the escapes _xHHHH_ in ways of their own.
    """
    with zipfile.ZipFile(path) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet2.xml"))
        shared = []
        if "xl/sharedStrings.xml" in parts.namelist():
            shared = list(ET.fromstring(parts.read("xl/sharedStrings.xml")))
    cells = [
        cell for cell in sheet.iter(f"{MAIN}c") if cell.get("r", "").rstrip("0123456789") == letter
    ]
    return [
        _text(shared[int(cell.findtext(f"{MAIN}v", ""))] if cell.get("t") == "s" else cell)
        for cell in cells
        if cell.get("t") in ("s", "inlineStr")
    ]


def _text(element):
    runs = [run.text or "" for run in element.iter(f"{MAIN}t")]
    return "".join(re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), r) for r in runs)


def partnership(**more):
    """What the first sheet and the title blocks say."""
    return {
        "subtitle": "Master list",
        "partnership": "Smart Cities & Clusters",
        "period": "01.01.2021 – 30.06.2022",
        "facts": (Definition("Rule set", "G1"),),
        "definitions": (Definition("Counted", "Once it has begun."),),
    } | more
