"""Small honest files of every format, to be damaged: by other programs, and made here."""

import io
import tempfile
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from tests.spreadsheets.workbooks import new_book, parts_of, sheet, zipped

PASSWORD = "geheim"
_HERE = Path(__file__).parent
_BY_OTHERS = _HERE / "files"
_RESOURCES = _HERE.parents[1] / "resources"

_PAGE = """<html><head><meta charset="utf-8"><style>td {color: red}</style></head><body>
<!-- exported --><table border=1><caption>Members</caption><tr><th colspan=2>Name</th><th>Days</th>
</tr><tr style="display:none"><td rowspan="2">Ada</td><td><s>old</s> new<sup>2</sup></td><td>5</td>
</tr><tr><td><a href="https://example.org/?a=1&amp;b=2">B&ouml;rse&nbsp;&#x41;</a><br>x</td>
<td>1,5<comment>ask</comment></td></tr></table><table><tr><td>Inside<table><tr><td>1</td></tr>
</table></td></tr></table></body></html>"""

_ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="--x"

----x
Content-Location: file:///C:/a.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="utf-8"

<html><body><table><tr><td>Name</td><td>=C3=84da</td></tr><tr><td>2</td><td=
>3</td></tr></table></body></html>
----x
Content-Location: file:///C:/b.htm
Content-Transfer-Encoding: base64
Content-Type: text/html

PHRhYmxlPjx0cj48dGQ+T3J0PC90ZD48dGQ+Sm9objwvdGQ+PC90cj48L3RhYmxlPg==
----x--
"""

_LIST = (
    "Код;Компания;Дни;Сума;Дата\r\n"
    'ЕВ-01;"Мобилтест ""ООД""\r\nСофия";5;1.415,00;12.03.2021\r\n'
    "ЕВ-02;Ядро, Плюс;'=1+1;-4,5;01.04.21\r\n"
) * 6


def seeds(more=None):
    """The bytes of each file by its name; with the files of a folder, if one is given."""
    found = {
        path.name: path.read_bytes()
        for folder in (_BY_OTHERS, _RESOURCES / "sample", *([more] if more else ()))
        for path in sorted(folder.iterdir())
        if path.suffix in {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xml", ".csv"}
    }
    with tempfile.TemporaryDirectory() as folder:
        made = rich_workbook(Path(folder) / "made.xlsx").read_bytes()
        found["made.xlsx"] = made
        found["by_hand.xlsm"] = _by_hand(Path(folder) / "by_hand.xlsm").read_bytes()
    found["locked.xlsx"] = _locked(made)
    found["page.html"] = _PAGE.encode()
    found["archive.mht"] = _ARCHIVE.replace("\n", "\r\n").encode()
    for encoding in ("utf-8-sig", "cp1251", "utf-16"):
        found[f"list_{encoding}.csv"] = _LIST.encode(encoding)
    found["tabs.txt"] = _LIST.replace(";", "\t").encode("iso8859-5")
    return found


def rich_workbook(path, rows=12):
    """A small workbook with some of everything."""
    with new_book(path) as made:
        data = made.add_worksheet("Data")
        day = made.add_format({"num_format": "dd.mm.yyyy"})
        struck = made.add_format({"font_strikeout": True})
        for row in range(rows):
            data.write_row(row, 0, [f"Person {row}", row, row / 7, bool(row % 2)])
            data.write_number(row, 4, 44000 + row, day)
            data.write_formula(row, 5, "=B1*2", None, row * 2)
            data.write_rich_string(row, 6, "new ", struck, f"old {row}")
        data.merge_range("A40:C40", "section")
        data.set_row(3, None, None, {"hidden": True})
        data.write_comment("A1", "a comment")
        data.write_url("B2", "https://example.org/")
        data.autofilter(f"A1:F{rows}")
        data.add_table("H1:I4", {"name": "T"})
        made.add_worksheet("More").hide()
    return path


def _by_hand(path):
    """Values of every kind of cell, with what a workbook with macros and links has besides."""
    cells = (
        '<row r="1" spans="1:9"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><rPr>'
        '<strike/></rPr><t xml:space="preserve"> x_x0041_ </t></r><r><t>y</t></r></is></c>'
        '<c r="C1" s="1"><v>44000.5</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v>'
        '</c><c r="F1" t="d"><v>2021-03-04T05:06:07Z</v></c><c r="G1" s="2"><f>SUM(C1)</f><v>1.5'
        '</v></c></row><row r="3" hidden="1"><c r="A3" t="str"><f t="shared" si="0" ref="A3:A4">'
        "X</f><v>text</v></c></row>"
    )
    after = (
        '<autoFilter ref="A1:G3"><filterColumn colId="0"><filters><filter val="x"/></filters>'
        '</filterColumn></autoFilter><mergeCells count="1"><mergeCell ref="A5:B6"/></mergeCells>'
        '<dataValidations count="1"><dataValidation type="list" sqref="A1:A9"><formula1>"a,b"'
        '</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" '
        'location="Data!A1"/></hyperlinks>'
    )
    before = '<dimension ref="A1:G3"/><cols><col min="2" max="3" hidden="1" style="1"/></cols>'
    more = {
        "xl/vbaProject.bin": bytes(range(256)),
        "xl/externalLinks/externalLink1.xml": '<externalLink xmlns="x"/>',
        "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(100),
    }
    texts = "<si><t>Company</t></si><si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si>"
    names = '<definedNames><definedName name="N">Data!$A$1:$B$2</definedName></definedNames>'
    return zipped(
        path,
        parts_of(
            {"Data": sheet(cells, before, after), "Two": sheet("")},
            texts=texts,
            workbook='<workbookPr date1904="0"/>',
            more=more,
        )
        | {"xl/names.xml": names},
    )


def _locked(plain):
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(PASSWORD, target)
    return target.getvalue()
