"""A filled template in LibreOffice, where it is installed: it counts what the template counts."""

import csv
import subprocess

from tests.spreadsheets.test_writing_office import OFFICE

if OFFICE:

    def test_that_libreoffice_shows_the_filled_values_and_counts_with_them(given, filled, tmp_path):
        def formulas(_workbook, form):
            form.write_formula("C1", "=A1/A2", None, 999)
            form.write_formula("C2", "=SUM(A1:A2)", None, 999)
            form.write_formula("C3", '=COUNTIF(A4:A20,"S-*")', None, 999)
            form.write_array_formula("D1:D2", "{=A1:A2*2}", None, 999)

        asked = {"A1": "{{exchanges.validated}}", "A2": "{{exchanges.validated.target}}"}
        rows = {"A4": "{{exchange.number}}", "B4": "{{exchange.start}}"}
        filled(given(asked | rows, formulas))
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "csv",
                "--outdir",
                str(tmp_path),
                str(tmp_path / "filled.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        with (tmp_path / "filled.csv").open(encoding="utf-8", newline="") as file:
            shown = list(csv.reader(file))
        assert shown[0] == ["5", "", "0.1", "10"]
        assert shown[1] == ["50", "", "55", "100"]
        assert shown[2][2] == "5"
        assert shown[3][0] == "S-1"
        assert "2022" in shown[3][1]  # in the order of the language it runs in
