"""The parts of a written workbook against the format: what Excel would call damage."""

import posixpath
import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from openpyxl.utils import range_boundaries

from smartct_desktop.domain.report import Column, Kind, Purpose, Total
from tests.spreadsheets.written import MAIN, partnership, table, written

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

COLUMNS = (
    Column("record_id", Kind.ID),
    Column("Name & <co>", total=Total.COUNT, note="Who?"),
    Column("Days", Kind.WHOLE, total=Total.SUM),
    Column("Distance [km] 'net' #1, @home", Kind.NUMBER, places=1, total=Total.SUM),
    Column("Due", Kind.MONEY, total=Total.SUM),
    Column("Start", Kind.DAY),
    Column("At", Kind.TIME),
    Column("Changed", Kind.MOMENT),
    Column("Counted", Kind.FLAG),
    Column("Site", Kind.LINK),
)
ROW = (
    "a1",
    "<r>Nordwind & Co</r>",
    5,
    Decimal("12.5"),
    83000,
    date(2022, 3, 7),
    time(9, 30),
    datetime(2022, 3, 7, 9, 30),
    True,
    "https://cluster.example/?a=1&b=2",
)
ROWS = [ROW, (None,) * len(ROW), ("b2", "=1+1", *ROW[2:])]

# The order of the elements in a worksheet; Excel refuses another one.
ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "autoFilter",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "ignoredErrors",
    "legacyDrawing",
    "tableParts",
]


@pytest.fixture(scope="module", params=["with tables", "streamed"])
def parts(request, tmp_path_factory):
    """All parts of a workbook with everything in it, by name."""
    path = tmp_path_factory.mktemp("xml") / "r.xlsx"

    def rows():
        return ROWS if request.param == "with tables" else iter(ROWS)

    written(
        path,
        table(COLUMNS, rows(), "For people", purpose=Purpose.PRINT, note="All of them.", frozen=2),
        table(COLUMNS, rows(), "O'Brien"),
        table(COLUMNS, [], "Empty"),
        **partnership(),
    )
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def xml(parts, name):
    return ET.fromstring(parts[name])


def target(source, relation):
    """The part that a relation of the part `source` names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), relation.get("Target")))


def relations(parts, source):
    folder, name = posixpath.split(source)
    relation_part = posixpath.join(folder, "_rels", f"{name}.rels")
    if relation_part not in parts:
        return {}
    return {relation.get("Id"): relation for relation in xml(parts, relation_part)}


def sheet_names(parts):
    return sorted(name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))


def test_that_every_part_is_well_formed(parts):
    assert len(parts) > 10
    for name in parts:
        assert xml(parts, name).tag


def test_that_every_relation_leads_to_a_part(parts):
    for name in parts:
        for relation in relations(parts, name).values():
            if relation.get("TargetMode") == "External":
                assert relation.get("Target").startswith("https://")
            else:
                assert target(name, relation) in parts
    (root,) = (
        relation.get("Target")
        for relation in xml(parts, "_rels/.rels")
        if relation.get("Type").endswith("/officeDocument")
    )
    assert root == "xl/workbook.xml"


def test_that_every_part_is_related_to_and_has_a_type(parts):
    related = {"[Content_Types].xml"} | {name for name in parts if name.endswith(".rels")}
    for name in [*parts, ""]:
        rels = (
            relations(parts, name) if name else {r.get("Id"): r for r in xml(parts, "_rels/.rels")}
        )
        related |= {target(name, relation) for relation in rels.values()}
    types = xml(parts, "[Content_Types].xml")
    endings = {each.get("Extension") for each in types.iter(f"{TYPES}Default")}
    typed = {each.get("PartName").lstrip("/") for each in types.iter(f"{TYPES}Override")}

    assert set(parts) <= related
    assert typed <= set(parts)
    assert [
        name
        for name in parts
        if name not in typed
        and name.rsplit(".", 1)[1] not in endings
        and name != "[Content_Types].xml"
    ] == []


def test_that_every_reference_by_id_resolves(parts):
    for name in ["xl/workbook.xml", *sheet_names(parts)]:
        wanted = {element.get(LINK) for element in xml(parts, name).iter() if element.get(LINK)}
        assert wanted <= set(relations(parts, name))


def test_that_sheets_have_their_elements_in_order(parts):
    for name in sheet_names(parts):
        tags = [element.tag.removeprefix(MAIN) for element in xml(parts, name)]
        assert tags == [tag for tag in ORDER if tag in tags]


def test_that_cells_are_in_order_and_refer_to_what_is_there(parts):
    styles = xml(parts, "xl/styles.xml")
    looks = len(styles.find(f"{MAIN}cellXfs"))
    strings = len(xml(parts, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in parts else 0
    for name in sheet_names(parts):
        seen = []
        for cell in xml(parts, name).iter(f"{MAIN}c"):
            column, row, _, _ = range_boundaries(cell.get("r"))
            seen.append((row, column))
            assert int(cell.get("s", 0)) < looks
            if cell.get("t") == "s":
                assert int(cell.find(f"{MAIN}v").text) < strings
        assert seen == sorted(set(seen))


def test_that_tables_agree_with_their_sheets(parts):
    tables = [name for name in parts if name.startswith("xl/tables/")]
    names = [xml(parts, name).get("displayName") for name in tables]
    assert len({name.casefold() for name in names}) == len(names)
    assert len({xml(parts, name).get("id") for name in tables}) == len(names)
    for source in sheet_names(parts):
        for relation in relations(parts, source).values():
            if relation.get("Type").endswith("/table"):
                agree(parts, source, xml(parts, target(source, relation)))


def agree(parts, source, named):
    """The columns of the table are the headings in the sheet, its totals are below."""
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(named.get("ref")))
    cells = {cell.get("r"): cell for cell in xml(parts, source).iter(f"{MAIN}c")}
    strings = [
        "".join(run.text for run in item.iter(f"{MAIN}t"))
        for item in xml(parts, "xl/sharedStrings.xml")
    ]
    columns = list(named.find(f"{MAIN}tableColumns"))
    headings = [
        strings[int(cells[f"{letter}{top}"].find(f"{MAIN}v").text)] for letter in "ABCDEFGHIJ"
    ]
    assert [column.get("name") for column in columns] == headings
    assert (left, right) == (1, len(columns))
    assert named.find(f"{MAIN}autoFilter").get("ref") == f"A{top}:J{bottom - 1}"
    for letter, column in zip("ABCDEFGHIJ", columns, strict=True):
        formula = column.find(f"{MAIN}totalsRowFormula")
        below = cells[f"{letter}{bottom}"].find(f"{MAIN}f")
        assert (formula is None) == (below is None)
        assert formula is None or formula.text == below.text


def test_that_the_workbook_asks_for_no_macro_and_no_other_file(parts):
    assert [name for name in parts if "vba" in name.lower() or "external" in name.lower()] == []
