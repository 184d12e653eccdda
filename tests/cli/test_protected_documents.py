"""Protected documents on the command line: passwords out of the environment, never an argument."""

import json
import subprocess
import sys

import pytest

from smartct_desktop.cli.main import main
from smartct_desktop.services.protection import is_protected

FIRST, SECOND = "correct horse battery", "another long password"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Backups of this test are found again, and those of others are not."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command with these variables; gives exit code, standard output and standard error."""

    def run_(*arguments, **variables):
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(f"SMARTCT_{name.upper()}", value)
            code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run_


@pytest.fixture
def sample(tmp_path, run):
    path = tmp_path / "sample.smartct"
    assert run("new", path, "--sample")[0] == 0
    return path


@pytest.fixture
def protected(tmp_path, run):
    """A document that was protected when it was made."""
    path = tmp_path / "protected.smartct"
    assert run("new", path, "--sample", "--protect", new_password=FIRST)[0] == 0
    assert is_protected(path)
    return path


def test_that_a_password_comes_and_goes_with_the_backups(sample, run):
    run("backup", sample)
    code, out, err = run("protect", sample, new_password=FIRST)
    assert code == 1
    assert "is protected now" in out
    assert ".smartct-backup" in err

    assert run("protect", sample, new_password=FIRST)[0] == 2
    code, out, err = run("password", sample, password=FIRST, new_password=SECOND)
    assert (code, err) == (0, "")
    code, out, err = run("unprotect", sample, "--backups", "along", password=SECOND)
    assert (code, err) == (0, "")
    assert "1 backups are without a password, too." in out
    assert run("check", sample)[0] in {0, 1}


def test_that_a_password_that_is_missing_wrong_or_weak_is_said(protected, sample, run):
    before = protected.read_bytes()
    for code, _, err in (
        run("show", protected, "organisation"),
        run("show", protected, "organisation", password="not this one"),
        run("password", protected, password="not this one", new_password=SECOND),
        run("password", protected, password=FIRST, new_password="short"),
        run("unprotect", sample),
    ):
        assert code == 2
        assert err.count("\n") == 1
    assert protected.read_bytes() == before


def test_that_all_commands_work_with_the_password(protected, run, tmp_path):
    def with_password(*arguments):
        code, out, err = run(*arguments, password=FIRST)
        assert code in {0, 1}, err
        return out

    assert len(json.loads(with_password("show", protected, "organisation", "--json"))) == 5
    with_password("check", protected)
    with_password("history", protected)
    with_password("backup", protected)
    with_password("undo", protected)
    copy = tmp_path / "copy.smartct"
    with_password("backup", protected, copy)
    with_password("merge", protected, copy)
    (backup,) = json.loads(with_password("backups", protected, "--json"))
    assert "Restored" in with_password("restore", protected, backup["path"])
    with_password("salvage", protected, tmp_path / "salvaged.smartct")
    with_password("anonymise", protected, tmp_path / "anonymous.smartct")
    with_password("export", protected, "exchange-register", tmp_path / "register.xlsx")

    for path in (protected, copy, tmp_path / "salvaged.smartct"):
        assert is_protected(path)
    assert not is_protected(tmp_path / "anonymous.smartct")


def test_that_a_copy_may_have_another_password(protected, run, tmp_path):
    copy = tmp_path / "copy.smartct"
    run("backup", protected, copy, password=FIRST)
    assert run("password", copy, password=FIRST, new_password=SECOND)[0] == 0

    assert run("merge", protected, copy, password=FIRST)[0] == 2
    assert run("merge", protected, copy, password=FIRST, other_password=SECOND)[0] == 0


def test_that_the_recovery_key_opens_it(protected, run):
    code, lines, _ = run("recovery", protected, password=FIRST)
    assert code == 0

    assert run("show", protected, "organisation", recovery_key=lines)[0] == 0
    assert run("show", protected, "organisation", recovery_key="AAAA")[0] == 2


def test_that_nobody_waits_for_a_password_where_there_is_no_person(protected):
    ended = subprocess.run(
        [sys.executable, "-m", "smartct_desktop", "check", protected],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert "SMARTCT_PASSWORD" in ended.stderr


def test_that_what_is_no_document_is_not_told_to_have_no_password(tmp_path, run):
    path = tmp_path / "a.smartct"
    path.write_bytes(b"PK\x03\x04 a workbook")
    code, _, err = run("password", path, new_password=SECOND)
    assert code == 2
    assert "is no document but a workbook" in err
