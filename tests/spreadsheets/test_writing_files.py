"""Workbooks on real disks: the old file or the new one whole, second names, nothing left behind."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind
from smartct_desktop.spreadsheets.proof_out import prove
from smartct_desktop.spreadsheets.writing import (
    SPOOL_PREFIX,
    remove_stale_spools,
    write_beside,
    write_workbook,
)
from tests.spreadsheets.written import opened, report, table, written

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = (Column("No.", Kind.WHOLE), Column("Text"))


def numbers(count=3):
    """A report whose rows can be read once only, as those from the store."""
    return report(table(NUMBERS, ((n, f"text {n}") for n in range(count)), expected=count))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_that_nothing_but_the_workbook_is_left(tmp_path, temporary):
    written(tmp_path / "r.xlsx", table(NUMBERS, [(1, "x")]))

    assert names(tmp_path) == ["r.xlsx", "temporary"]
    assert names(temporary) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_that_a_new_workbook_is_for_its_owner_only(tmp_path):
    written(tmp_path / "r.xlsx", table(NUMBERS, [(1, "x")]))

    assert stat.S_IMODE((tmp_path / "r.xlsx").stat().st_mode) == 0o600


def test_that_an_old_workbook_is_replaced_whole(tmp_path):
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old" * 100_000)

    outcome = write_workbook(numbers(), path, Progress())

    assert outcome.path == path
    assert opened(path)["Exchanges"]["B4"].value == "text 2"


class Cancelling(Progress):
    """The person presses Cancel at the given report."""

    def __init__(self, at):
        super().__init__()
        self.at = at
        self.reports = 0

    def report(self, words, done=0, total=0):
        self.reports += 1
        if self.reports == self.at:
            self.cancel()
        super().report(words, done, total)


@pytest.mark.parametrize("count", [900, 20_001])
def test_that_cancelling_at_any_time_leaves_the_old_file_and_nothing_else(
    tmp_path, temporary, count
):
    whole = Cancelling(0)
    write_workbook(numbers(count), tmp_path / "whole.xlsx", whole)
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")

    moments = {1, 2, whole.reports // 4, whole.reports // 2, whole.reports - 9, whole.reports}
    for moment in sorted(moments):
        with pytest.raises(Cancelled):
            write_workbook(numbers(count), path, Cancelling(moment))
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["r.xlsx", "temporary", "whole.xlsx"]
        assert names(temporary) == []


def test_that_an_error_in_the_rows_passes_through_and_leaves_nothing(tmp_path, temporary):
    def rows():
        yield (1, "x")
        raise ZeroDivisionError

    for expected in (2, 50_000):
        with pytest.raises(ZeroDivisionError):
            written(tmp_path / "r.xlsx", table(NUMBERS, rows(), expected=expected))
    assert names(tmp_path) == ["temporary"]
    assert names(temporary) == []


@pytest.mark.skipif(os.name != "posix", reason="needs a limit that Windows has not")
@pytest.mark.parametrize("limit", [1000, 20_000, 100_000])
def test_that_a_disk_without_room_is_told_and_the_old_file_stays(tmp_path, temporary, limit):
    """A limit for the size of files ends each write with a real error of the system."""
    import resource

    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, old[1]))
    try:
        with pytest.raises(Trouble) as told:
            write_workbook(numbers(20_001), path, Progress())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)

    assert os.strerror(errno.EFBIG) in told.value.sentence
    assert str(told.value.hint) == "Free some space there, then try again."
    assert path.read_bytes() == b"old"
    assert names(temporary) == []


def test_that_a_missing_folder_for_temporary_files_is_told(tmp_path, temporary):
    temporary.rmdir()

    with pytest.raises(Trouble, match=r"could not be put together in .*temporary"):
        write_workbook(numbers(), tmp_path / "r.xlsx", Progress())


def test_that_a_missing_folder_is_told(tmp_path):
    with pytest.raises(Trouble, match="is not there"):
        write_workbook(numbers(), tmp_path / "missing" / "r.xlsx", Progress())


@pytest.mark.parametrize("mark", ["~$Register 2022.xlsx", ".~lock.Register 2022.xlsx#"])
def test_that_a_workbook_open_elsewhere_gets_a_second_name(tmp_path, mark):
    path = tmp_path / "Register 2022.xlsx"
    path.write_bytes(b"old")
    (tmp_path / mark).write_bytes(b"")

    outcome = write_beside(numbers(), path, Progress())

    assert outcome.path == tmp_path / "Register 2022 (2).xlsx"
    assert opened(outcome.path)["Exchanges"]["B4"].value == "text 2"
    assert path.read_bytes() == b"old"


def test_that_a_second_name_never_replaces_another_file(tmp_path):
    path = tmp_path / "r.xlsx"
    for name in ("r.xlsx", "r (2).xlsx", "r (3).xlsx"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "~$r.xlsx").write_bytes(b"")

    outcome = write_beside(numbers(), path, Progress())

    assert outcome.path == tmp_path / "r (4).xlsx"
    assert (tmp_path / "r (2).xlsx").read_bytes() == b"old"


def test_that_a_free_name_is_kept(tmp_path):
    path = tmp_path / "r.xlsx"
    (tmp_path / "~$r.xlsx").write_bytes(b"")  # a mark whose file is gone

    assert write_beside(numbers(), path, Progress()).path == path


@pytest.fixture
def open_folder():
    """A folder that also another user can reach: pytest's own are closed to them."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o1777)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs a second user")
@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("write_beside", "r (2).xlsx"),
        ("write_workbook", "r.xlsx is open in another program, or may not be replaced."),
    ],
)
def test_that_a_file_that_may_not_be_replaced_is_busy(open_folder, tmp_path, function, said):
    """A sticky folder refuses to replace another user's file, as Windows does an open one."""
    target = open_folder / "r.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o666)
    script = f"""
import os, sys
from datetime import datetime
from pathlib import Path
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Report, Table
from smartct_desktop.spreadsheets import writing
from smartct_desktop.system.files import TargetBusy
rows = [("x",), ("y",)]
report = Report("R", datetime(2022, 7, 4), (Table("T", (Column("A"),), rows),))
writing.write_workbook(report, Path(sys.argv[2]), Progress())  # loads all that it needs
os.setgroups([]); os.setgid(65534); os.setuid(65534)
rows = ((text,) for text in ("x", "y"))
report = Report("R", datetime(2022, 7, 4), (Table("T", (Column("A"),), rows),))
try:
    print(writing.{function}(report, Path(sys.argv[1]), Progress()).path.name)
except TargetBusy as busy:
    print(busy.sentence)
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(target), str(tmp_path / "warm.xlsx")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout.strip(), run.stderr) == (said, "")
    assert target.read_bytes() == b"old"
    if function == "write_beside":
        assert opened(open_folder / said)["T"]["A6"].value == "y"


@pytest.mark.skipif(os.name != "posix", reason="needs the memory that the system counted")
def test_that_a_long_report_stays_small_in_memory(tmp_path):
    """Twelve times the rows may take 30 MB more at the most; in memory they would take 75."""
    script = """
import sys
from datetime import datetime
from pathlib import Path
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind, Report, Table
from smartct_desktop.spreadsheets.writing import write_workbook
from tests.peak import most_memory
columns = tuple(Column(f"Text {n}") for n in range(10)) + tuple(
    Column(f"Due {n}", Kind.MONEY) for n in range(10)
)
def rows(count):
    for n in range(count):
        yield tuple(f"text {n} {c}" for c in range(10)) + (n,) * 10
def peak(count):
    report = Report("R", datetime(2022, 7, 4), (Table("T", columns, rows(count)),))
    write_workbook(report, Path(sys.argv[1]), Progress())
    return most_memory()
small = peak(2_500)
print(peak(30_000) - small)
"""
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "r.xlsx")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(run.stdout) < 30 * 1024 * 1024


def test_that_folders_of_killed_writings_go_after_a_day(temporary):
    now = time.time()
    for name, age in (("old", 25), ("new", 23)):
        folder = temporary / f"{SPOOL_PREFIX}{name}"
        folder.mkdir()
        (folder / "part").write_bytes(b"x")
        os.utime(folder, (now - age * 3600,) * 2)
    (temporary / "other").mkdir()
    os.utime(temporary / "other", (0, 0))

    assert remove_stale_spools(now) == 1
    assert names(temporary) == ["other", f"{SPOOL_PREFIX}new"]


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "r.xlsx"
    written(path, table(NUMBERS, [(1, "x")]))
    return path


def repacked(path, **changes):
    """The workbook with parts changed or left out (None)."""
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()} | changes
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in contents.items():
            if content is not None:
                parts.writestr(name, content)
    return path


def test_that_a_whole_workbook_passes_its_check(workbook):
    prove(workbook, 2, Progress())
    prove(repacked(workbook), 2, Progress())


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/worksheets/sheet2.xml": b"<worksheet><open></worksheet>"},
        {"xl/worksheets/sheet2.xml": b""},
        {"xl/sharedStrings.xml": b"<sst>\xff</sst>"},
        {"xl/workbook.xml": None},
        {"xl/worksheets/sheet2.xml": None},
        {"[Content_Types].xml": None},
    ],
)
def test_that_a_workbook_with_a_bad_part_does_not_pass(workbook, changes):
    with pytest.raises(Trouble, match="did not pass its check"):
        prove(repacked(workbook, **changes), 2, Progress())


def test_that_a_damaged_workbook_does_not_pass(workbook):
    whole = workbook.read_bytes()
    end = whole.rindex(b"PK\x05\x06")
    for content in (b"", whole[: end - 100], whole[:200] + b"?" * 50 + whole[250:]):
        workbook.write_bytes(content)
        with pytest.raises(Trouble, match="did not pass its check"):
            prove(workbook, 2, Progress())
