"""Texts that look like formulas, in our workbooks opened by LibreOffice: they stay texts."""

import subprocess
from xml.etree import ElementTree as ET

from smartct_desktop.domain.report import Column
from smartct_desktop.spreadsheets.cells_out import clean
from tests.spreadsheets.test_writing_csv import PAYLOADS
from tests.spreadsheets.test_writing_office import OFFICE
from tests.spreadsheets.written import table, written

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

if OFFICE:

    def test_that_libreoffice_takes_no_text_of_a_workbook_for_a_formula(tmp_path):
        """In a table and in a streamed sheet, in cells and in headings."""
        rows = [(text,) for text in PAYLOADS]
        path = tmp_path / "payloads.xlsx"
        written(
            path,
            table([Column("=1+1")], rows, "@SUM(A1)"),
            table([Column("+1+1")], iter(rows), "Streamed"),
        )
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "fods",
                "--outdir",
                str(tmp_path / "out"),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )

        shown = ET.parse(tmp_path / "out" / "payloads.fods").getroot()
        cells = list(shown.iter(f"{TABLE}table-cell"))
        said = [line.text or "" for cell in cells for line in cell.iter(f"{TEXT}p")]
        assert [cell for cell in cells if cell.get(f"{TABLE}formula")] == []
        plain = [text for text in PAYLOADS if clean(text).isprintable() and text.strip() == text]
        assert len(plain) > 25
        assert [text for text in plain if said.count(text) < 2] == []
