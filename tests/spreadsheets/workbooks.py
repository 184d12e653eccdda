"""Workbooks for the tests of the readers: by XlsxWriter, and out of hand-written XML."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from smartct_desktop.domain.book import Book, BookFormat
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.reading import assembled, read
from smartct_desktop.spreadsheets.request import FileChoice, Request

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

STYLES = """
<numFmts count="6">
 <numFmt numFmtId="164" formatCode="dd.mm.yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/>
 <numFmt numFmtId="166" formatCode="00000"/><numFmt numFmtId="167" formatCode="0 &quot;days&quot;"/>
 <numFmt numFmtId="168" formatCode="dd.mm.yyyy hh:mm"/><numFmt numFmtId="169" formatCode="hh:mm"/>
</numFmts>
<fonts count="3"><font/><font><strike/></font><font><b/><strike val="0"/></font></fonts>
<fills count="3"><fill/><fill><patternFill patternType="gray125"/></fill>
 <fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill></fills>
<cellXfs count="9"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>
 <xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="0" fontId="1"/>
 <xf numFmtId="0" fontId="2" fillId="2"/></cellXfs>
"""
DATE, DURATION, ZEROS, DAYS, MOMENT, CLOCK, STRUCK, BOLD = range(1, 9)


def new_book(path, **options):
    """A workbook that XlsxWriter writes at the end of the block."""
    return xlsxwriter.Workbook(path, options)


def sheet(data, before="", after=""):
    """The inside of a worksheet with these rows as XML."""
    return f"{before}<sheetData>{data}</sheetData>{after}"


def parts_of(
    sheets,
    *,
    texts=None,
    styles=STYLES,
    workbook="",
    main=TRANSITIONAL,
    relations=RELATIONS,
    prefix="",
    more=None,
):
    """The parts of a workbook by name. `sheets`: the inside of each worksheet by its name.

    With a `prefix` such as "x:" all elements bear it. `more` adds or replaces parts.
    """

    def element(name, inside, extra=""):
        bound = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
        if prefix:
            inside = prefixed(inside, prefix)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<{prefix}{name} {bound}="{main}" '
            f'xmlns:r="{relations}"{extra}>{inside}</{prefix}{name}>'
        )

    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        if "r:id" not in name
        else name
        for number, name in zip(numbers, sheets, strict=True)
    )
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
            '.main+xml"/></Types>'
        ),
        "_rels/.rels": relationships(
            f'<Relationship Id="r" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": element("workbook", f"{workbook}<sheets>{listed}</sheets>"),
        "xl/_rels/workbook.xml.rels": "",
    }
    if styles is not None:
        parts["xl/styles.xml"] = element("styleSheet", styles)
        targets += f'<Relationship Id="s" Type="{relations}/styles" Target="styles.xml"/>'
    if texts is not None:
        parts["xl/sharedStrings.xml"] = element("sst", texts)
        place = 'Target="/xl/sharedStrings.xml"'
        targets += f'<Relationship Id="t" Type="{relations}/sharedStrings" {place}/>'
    for number, inside in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = element("worksheet", inside)
    parts["xl/_rels/workbook.xml.rels"] = relationships(targets)
    return parts | (more or {})


def relationships(entries):
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def prefixed(xml, prefix):
    """The XML with a prefix before the name of each element."""
    return xml.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")


def zipped(path, parts):
    """Pack parts, given as text or bytes, or as a list of pairs to have a name twice."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return path


def workbook(path, sheets, **options):
    """A workbook of hand-written sheets; see `parts_of`."""
    return zipped(path, parts_of(sheets, **options))


def read_here(
    path: Path,
    rows: int | None = None,
    limits: Limits | None = None,
    choice: FileChoice | None = None,
    form: BookFormat = BookFormat.XLSX,
) -> Book:
    """Read a file in this process."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    request = Request(
        path, path.name, sha256, form, limits or Limits(), rows, choice or FileChoice()
    )
    return assembled(path.name, read(request))


def read_cells(tmp_path, data, **options):
    """The only sheet of a workbook with these rows as XML."""
    (only,) = read_here(workbook(tmp_path / "made.xlsx", {"Data": sheet(data)}, **options)).sheets
    return only
