"""PDFs on the disk: whole or not there, never over what is none."""

import datetime as dt
import sys

import pypdf
import pytest

from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.printing import print_report
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.ui.printing.pages import draw_pdf
from smartct_desktop.ui.theme.fonts import load_inter

KPI = next(kind for kind in REPORTS if kind.code == "kpi")


@pytest.fixture
def write(qapp, document, world, facts):
    """Write the KPI report of the small partnership as a PDF."""
    assert qapp is not None
    assert world
    assert load_inter()

    def write_(path, progress=None):
        return print_report(
            KPI,
            document,
            facts,
            draw_pdf,
            path=path,
            made_at=dt.datetime(2022, 7, 1, 9, 30),
            progress=progress or Progress(),
            wish=Wish(),
        ).path

    return write_


def test_that_a_name_of_any_alphabet_will_do(write, tmp_path):
    folder = tmp_path / "Отчёты été"
    folder.mkdir()

    path = write(folder / "КПИ – Núria ≤ 5.pdf")

    text = pypdf.PdfReader(path).pages[0].extract_text()
    assert "KPI report" in " ".join(text.split())
    assert [one.name for one in folder.iterdir()] == [path.name]


def test_that_a_pdf_is_replaced_and_nothing_else(write, tmp_path):
    ours, other = tmp_path / "ours.pdf", tmp_path / "other.pdf"
    write(ours)
    first = ours.read_bytes()
    other.write_bytes(b"SQLite format 3\0")

    assert write(ours) == ours
    with pytest.raises(Trouble, match="is no PDF, so it is not replaced"):
        write(other)

    assert ours.read_bytes() != b""
    assert len(ours.read_bytes()) == pytest.approx(len(first), rel=0.05)
    assert other.read_bytes() == b"SQLite format 3\0"


def test_that_a_second_name_is_taken_while_another_program_has_it_open(write, tmp_path):
    path = tmp_path / "kpi.pdf"
    write(path)
    before = path.read_bytes()
    (tmp_path / ".~lock.kpi.pdf#").touch()

    second = write(path)

    assert second.name == "kpi (2).pdf"
    assert path.read_bytes() == before
    assert len(pypdf.PdfReader(second).pages) >= 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not there/kpi.pdf", "is not there"),
        ("n" * 300 + ".pdf", "is too long"),
        ("kpi.smartct", "ends in .pdf"),
        ("kpi", "ends in .pdf"),
    ],
)
def test_that_what_cannot_be_written_is_said(write, tmp_path, name, words):
    before = sorted(tmp_path.iterdir())

    with pytest.raises(Trouble, match=words):
        write(tmp_path / name)

    assert sorted(tmp_path.iterdir()) == before


def test_that_stopping_leaves_nothing(write, tmp_path):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        write(tmp_path / "kpi.pdf", progress)

    assert list(tmp_path.glob("*.pdf*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the size of files")
def test_that_a_full_disk_leaves_the_old_file(write, tmp_path):
    import resource
    import signal

    path = tmp_path / "kpi.pdf"
    write(path)
    before = path.read_bytes()
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))
    try:
        with pytest.raises(Trouble, match=r"larger than allowed|no room"):
            write(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        signal.signal(signal.SIGXFSZ, kept)

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*.pdf*")] == ["kpi.pdf"]
