"""Writing files under real faults: always the old file or the new one, and a clear sentence."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.system.files import PART_SUFFIX, remove_stale_parts, write_atomic

ROOT = Path(__file__).resolve().parents[2]
DAY = 24 * 3600

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has other rights and limits")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs a device of Linux")


def new(file):
    file.write(b"new")


def in_child(path, before="", produce="lambda file: file.write(b'new' * 1000)", *, plain=False):
    """Write `path` in a process of its own, after `before`; `plain`: as a person, not as root.

    Returns its exit code and what it printed: "written", or the sentence of the trouble.
    """
    drop = "if os.geteuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)"
    script = "\n".join(
        [
            "import os, resource, signal, sys",
            "from pathlib import Path",
            "from smartct_desktop.domain.errors import Trouble",
            "from smartct_desktop.system.files import write_atomic",
            drop if plain else "",
            before,
            "try:",
            f"    write_atomic(Path(sys.argv[1]), {produce})",
            "    print('written')",
            "except Trouble as trouble:",
            "    print(trouble.sentence)",
        ]
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run.returncode, run.stdout.strip()


@pytest.fixture
def open_folder():
    """A folder that also another user can reach: pytest's own are closed to them."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def tiny_drive(tmp_path):
    """A drive of 64 kB."""
    drive = tmp_path / "drive"
    drive.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(drive)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root may mount a drive")
    yield drive
    subprocess.run(["umount", "-l", str(drive)], check=True)


def test_that_a_new_file_is_whole_and_alone(tmp_path):
    write_atomic(tmp_path / "report.xlsx", new)

    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]
    assert (tmp_path / "report.xlsx").read_bytes() == b"new"


def test_that_the_old_file_is_there_until_the_new_one_is_complete(tmp_path):
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    seen = []

    def produce(file):
        file.write(b"half")
        file.flush()
        seen.append(target.read_bytes())

    write_atomic(target, produce)

    assert seen == [b"old"]
    assert target.read_bytes() == b"half"


@posix_only
def test_that_a_new_file_is_for_its_owner_only(tmp_path):
    write_atomic(tmp_path / "persons.csv", new)

    assert stat.S_IMODE((tmp_path / "persons.csv").stat().st_mode) == 0o600


@posix_only
def test_that_a_replaced_file_keeps_its_rights(tmp_path):
    target = tmp_path / "shared.csv"
    target.write_bytes(b"old")
    target.chmod(0o664)

    write_atomic(target, new)

    assert stat.S_IMODE(target.stat().st_mode) == 0o664


@posix_only
def test_that_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "report.csv"
    target.write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to(target)

    write_atomic(link, new)

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_that_a_failing_writer_changes_nothing_and_is_heard(tmp_path):
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")

    def produce(file):
        file.write(b"half")
        raise KeyError("a bug in the report")

    with pytest.raises(KeyError, match="a bug in the report"):
        write_atomic(target, produce)

    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]
    assert target.read_bytes() == b"old"


def test_that_a_file_the_writer_misses_is_not_mistaken_for_a_missing_folder(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "a.csv", lambda _: (tmp_path / "missing").read_bytes())


def test_that_a_missing_folder_is_named(tmp_path):
    with pytest.raises(Trouble) as caught:
        write_atomic(tmp_path / "stick" / "report.xlsx", new)

    assert caught.value.sentence == f"The folder {tmp_path / 'stick'} is not there."
    assert caught.value.hint == "Connect the drive or choose another folder."


@posix_only
def test_that_a_folder_in_the_way_is_named(tmp_path):
    (tmp_path / "report").mkdir()

    with pytest.raises(Trouble) as caught:
        write_atomic(tmp_path / "report", new)

    assert caught.value.sentence == "There is a folder with the name report."
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


@posix_only
def test_that_a_name_too_long_for_the_drive_is_told(tmp_path):
    with pytest.raises(Trouble) as caught:
        write_atomic(tmp_path / ("ä" * 200), new)

    assert caught.value.sentence == f"The name {'ä' * 200} is too long."
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_that_a_folder_without_the_right_to_write_is_named(open_folder):
    open_folder.chmod(0o555)

    code, said = in_child(open_folder / "report.xlsx", plain=True)

    assert (code, said) == (0, f"You may not write in the folder {open_folder}.")
    assert list(open_folder.iterdir()) == []


@posix_only
def test_that_a_protected_file_is_not_replaced(open_folder):
    open_folder.chmod(0o777)
    target = open_folder / "signed.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o444)

    code, said = in_child(target, plain=True)

    assert (code, said) == (0, "signed.xlsx is write-protected.")
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs a second user")
def test_that_a_target_that_cannot_be_replaced_is_called_busy(open_folder):
    """A sticky folder refuses to replace another user's file, as Windows does an open one."""
    open_folder.chmod(0o1777)
    target = open_folder / "report.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o666)

    code, said = in_child(target, plain=True)

    assert (code, said) == (0, "report.xlsx is open in another program, or may not be replaced.")
    assert [path.name for path in open_folder.iterdir()] == ["report.xlsx"]
    assert target.read_bytes() == b"old"


@posix_only
def test_that_a_file_above_the_limit_leaves_the_old_one(tmp_path):
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")

    code, said = in_child(target, before="resource.setrlimit(resource.RLIMIT_FSIZE, (99, 99))")

    assert (code, said) == (0, "report.xlsx would become larger than allowed here.")
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]
    assert target.read_bytes() == b"old"


@linux_only
def test_that_a_full_disk_is_told_with_what_to_do(tmp_path):
    def produce(_):
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"new")

    with pytest.raises(Trouble) as caught:
        write_atomic(tmp_path / "report.xlsx", produce)

    assert caught.value.sentence == "There is no room left on the drive for report.xlsx."
    assert "Free some space" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@linux_only
def test_that_a_full_drive_keeps_the_old_file_and_nothing_else(tiny_drive):
    target = tiny_drive / "report.xlsx"
    target.write_bytes(b"old")

    with pytest.raises(Trouble) as caught:
        write_atomic(target, lambda file: file.write(b"x" * 100_000))

    assert caught.value.sentence == "There is no room left on the drive for report.xlsx."
    assert [path.name for path in tiny_drive.iterdir()] == ["report.xlsx"]
    assert target.read_bytes() == b"old"


@posix_only
def test_that_a_killed_writer_leaves_the_old_file_and_a_part_that_goes_after_a_day(tmp_path):
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")

    code, _ = in_child(target, produce="lambda file: os.kill(os.getpid(), signal.SIGKILL)")

    assert code == -signal.SIGKILL
    assert target.read_bytes() == b"old"
    (part,) = set(tmp_path.iterdir()) - {target}
    written = part.stat().st_mtime
    assert remove_stale_parts(tmp_path, written + DAY) == 0
    assert remove_stale_parts(tmp_path, written + DAY + 1) == 1
    assert list(tmp_path.iterdir()) == [target]


def test_that_only_our_own_parts_are_removed(tmp_path):
    strangers = [
        "film.mkv.part",
        ".hidden.part",
        f"report.xlsx-abcdefgh{PART_SUFFIX}",
        f".report.xlsx-abc{PART_SUFFIX}",
        f".report.xlsx-abcdefgh{PART_SUFFIX}.xlsx",
    ]
    for name in strangers:
        (tmp_path / name).touch()
    (tmp_path / f".folder-abcdefgh{PART_SUFFIX}").mkdir()
    before = sorted(tmp_path.iterdir())

    assert remove_stale_parts(tmp_path, 9e9) == 0
    assert sorted(tmp_path.iterdir()) == before


def test_that_a_folder_that_is_gone_holds_no_parts(tmp_path):
    assert remove_stale_parts(tmp_path / "gone", 9e9) == 0
