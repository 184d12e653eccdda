"""Documents as former versions of the program wrote them open, whole, with a backup of before."""

import gzip
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from smartct_desktop.domain.changes import StepState
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.salvage import Entry, salvage
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import NEWEST
from tests.storage.conftest import AT

FILES = sorted(Path(__file__).with_name("files").glob("format-*.smartct.gz"))


@pytest.fixture(params=FILES, ids=lambda file: file.name.split(".")[0])
def older(request, tmp_path):
    path = tmp_path / "older.smartct"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_that_each_format_that_was_ever_written_is_kept_as_a_sample():
    formats = {int(file.name.split(".")[0].removeprefix("format-")) for file in FILES}

    assert {1, 4, 7, 9, 11} <= formats  # between these no commit was ever made


def test_that_an_older_document_opens_with_all_that_was_in_it(older, private_folders):
    before, written = older.read_bytes(), int.from_bytes(older.read_bytes()[60:64])
    backups = private_folders / "smartct" / "data" / "backups"
    known = set(backups.rglob("*.smartct-backup"))

    with closing(Store.open(older)) as store:
        assert store.integrity() == []
        alpha, beta = store.read.all(Organisation)
        first = next(iter(store.read.all(Exchange)))
        assert (alpha.name, alpha.city, alpha.remark) == ("Álfa, S.L.", "Madrid", "Später geprüft")
        assert (beta.name, beta.country) == ("„Бета“ ООД", "BG")
        assert (first.vo, first.ho, first.end) == (alpha.id, beta.id, date(2021, 11, 5))
        assert store.read.count(Query("organisation", search="бета")) == 1
        assert [step.state for step in store.read.history(0, 9)] == [
            StepState.UNDONE,
            StepState.DONE,
            StepState.DONE,
            StepState.DONE,
        ]
        store.redo(AT)
        store.undo(AT)
        for label in ("removal of Gone again", "change of City (Álfa, S.L.)", "first records"):
            assert store.undo(AT).label == label
        assert store.integrity() == []
        assert store.read.total("organisation") == 0

    assert int.from_bytes(older.read_bytes()[60:64]) == NEWEST
    made = set(backups.rglob("*.smartct-backup")) - known
    if written < NEWEST:
        (backup,) = made
        assert int.from_bytes(backup.read_bytes()[60:64]) == written
        assert len(backup.read_bytes()) == len(before)


def test_that_an_older_document_that_is_damaged_is_salvaged_and_brought_up_to_date(older, tmp_path):
    with older.open("r+b") as file:
        file.seek(file.read().index(b"Madrid") // 4096 * 4096)
        file.write(bytes(4096))
    before = older.read_bytes()

    rescued = salvage(older, tmp_path / "new.smartct", Entry("ada", AT, lambda _: "salvage"))

    assert older.read_bytes() == before
    assert rescued.complaints == []
    assert rescued.kept["exchange"] == 3
    with closing(Store.open(tmp_path / "new.smartct")) as store:
        assert store.read.total("exchange") == 3
