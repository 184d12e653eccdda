"""Backups and restores from the command line."""

import json
from pathlib import Path

import pytest


@pytest.fixture
def imported(sample, run, partner_file):
    """The sample after an import, before which a backup was made."""
    assert run("import", sample, partner_file, "--accept-proposals")[0] in {0, 1}
    return sample


def exchanges(run, path):
    return len(json.loads(run("show", path, "exchange", "--json")[1]))


def test_that_an_import_can_be_gone_back_on_and_forward_again(imported, run):
    there = exchanges(run, imported)
    assert there > 0
    code, out, _ = run("backups", imported, "--json")
    (backup,) = json.loads(out)
    assert (code, backup["reason"], backup["health"]) == (0, "import", "good")
    assert backup["records"]["organisation"] == 5

    code, out, _ = run("restore", imported, backup["path"].rsplit("/", 1)[-1])
    assert code == 0
    assert "As it was before it is kept" in out
    assert exchanges(run, imported) == 0
    assert "restore of the backup" in run("history", imported)[1]
    newest = json.loads(run("backups", imported, "--json")[1])[0]
    assert newest["reason"] == "before-restore"
    assert run("restore", imported, newest["path"])[0] == 0
    assert exchanges(run, imported) == there
    lines = run("backups", imported)[1].splitlines()
    assert len(lines) == 3
    assert "before an import" in lines[-1]


def test_that_a_damaged_document_is_replaced_and_kept_aside(imported, run):
    imported.write_bytes(imported.read_bytes()[:200_000])
    assert run("show", imported, "exchange")[0] == 2
    name = json.loads(run("backups", imported, "--json")[1])[0]["path"]

    code, out, _ = run("restore", imported, name)
    assert code == 0
    assert "damaged file is kept" in out
    assert exchanges(run, imported) == 0


def test_that_a_backup_that_is_not_there_or_damaged_changes_nothing(imported, run, tmp_path):
    before = imported.read_bytes()
    code, out, err = run("restore", imported, tmp_path / "none.smartct-backup")
    assert (code, out) == (2, "")
    assert "There is no file" in err

    (backup,) = json.loads(run("backups", imported, "--json")[1])
    with Path(backup["path"]).open("r+b") as file:
        file.seek(50_000)
        file.write(b"\xff\xfe\xfd")
    code, _, err = run("restore", imported, backup["path"])
    assert code == 2
    assert "is damaged" in err
    assert imported.read_bytes() == before
    code, out, _ = run("backups", imported)
    assert code == 1
    assert "damaged" in out


def test_that_a_backup_without_a_name_joins_those_that_are_kept(imported, run):
    code, out, _ = run("backup", imported)

    newest = json.loads(run("backups", imported, "--json")[1])[0]
    assert (code, out) == (0, f"Wrote {newest['path']}.\n")
    assert newest["reason"] == "asked"
    assert [one.name for one in imported.parent.iterdir() if one.is_file()] == [imported.name]


def test_that_no_backups_are_said(run, tmp_path):
    code, out, _ = run("backups", tmp_path / "nothing.smartct")
    assert (code, out) == (0, "There are no backups of nothing.smartct.\n")
