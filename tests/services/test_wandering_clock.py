"""The clock is set back, forward, or to where computers begin to count: nothing is mixed up."""

import datetime as dt
from contextlib import closing

import pytest

from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.storage.backups import list_backups

MOMENTS = [
    dt.datetime(2022, 7, 1, 9, 0, tzinfo=dt.UTC),
    dt.datetime(2019, 1, 1, 0, 0, tzinfo=dt.UTC),
    dt.datetime(1969, 12, 31, 23, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
    dt.datetime(2038, 1, 19, 3, 14, 8, tzinfo=dt.UTC),
    dt.datetime(2100, 3, 1, 0, 0, tzinfo=dt.timezone(dt.timedelta(hours=14))),
    dt.datetime(2022, 7, 1, 9, 0, tzinfo=dt.UTC),
]


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


def test_that_steps_undo_and_backups_go_by_their_order_and_not_by_the_clock(tmp_path):
    path, kept = tmp_path / "a.smartct", tmp_path / "backups"
    new_partnership(path, "Ours", clock=lambda: MOMENTS[0]).close()
    labels = [f"step {number}" for number in range(len(MOMENTS))]
    for label, moment in zip(labels, MOMENTS, strict=True):
        with closing(open_document(path, clock=lambda moment=moment: moment)) as document:
            with document.edit(label) as edit:
                edit.add(Organisation(name=label))
            document.settle_all()
            document.backup(kept)

    with closing(open_document(path)) as document:
        history = list(document.read.history(0, 99))
        assert [step.label for step in history][: len(labels)] == labels[::-1]
        assert [step.at for step in history][: len(labels)] == MOMENTS[::-1]
        undone = []
        while (step := document.read.next_undo()) is not None and step.label in labels:
            undone.append(step.label)
            document.undo()
        assert undone == labels[::-1]
        assert document.read.total("organisation") == 0
        while document.read.next_redo() is not None:
            document.redo()
        assert {one.name for one in document.read.all(Organisation)} >= set(labels)
        assert document.integrity() == []

    backups = list_backups(kept)
    assert [one.manifest.made_at for one in backups] == MOMENTS[::-1]
    assert [one.manifest.label for one in backups] == labels[::-1]
