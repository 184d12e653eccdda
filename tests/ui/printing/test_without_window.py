"""PDFs from the command line, drawn in a process without a window or a display."""

import os
import subprocess
import sys

import pypdf

from smartct_desktop.cli.main import main


def test_that_the_ending_of_the_name_makes_a_pdf(tmp_path):
    path = tmp_path / "s.smartct"
    assert main(["new", str(path), "--sample"]) == 0
    out = tmp_path / "list.pdf"
    words = ["export", path, "attendance-list", out, "--event", "E-06", "--lang", "bg"]
    bare = {name: text for name, text in os.environ.items() if name != "DISPLAY"}

    done = subprocess.run(
        [sys.executable, "-m", "smartct_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env=bare,
    )

    assert (done.returncode, done.stdout) == (0, f"Wrote {out}.\n"), done.stderr
    text = " ".join(pypdf.PdfReader(out).pages[0].extract_text().split())
    assert "Присъствен списък" in text
    assert "16.11.2021" in text


def test_that_without_drawing_a_pdf_is_refused_with_what_to_do(tmp_path, capsys):
    path = tmp_path / "s.smartct"
    assert main(["new", str(path), "--sample"]) == 0

    code = main(["export", str(path), "kpi", str(tmp_path / "kpi.pdf")])

    assert code == 2
    assert "Use a name that ends in .xlsx." in capsys.readouterr().err
    assert not (tmp_path / "kpi.pdf").exists()
