"""When a backup is due, what becomes of it, and that nobody's work is ever stopped by one."""

import datetime as dt
import hashlib
import itertools
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from smartct_desktop.domain.changes import Change, Source, Step
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.backing_up import (
    ASKED,
    CLOSED,
    OPENED,
    TIMED,
    DocumentBackups,
    backups_of,
    why,
)
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.document import MANY
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.restoring import (
    copy_to_look_into,
    forget_looked_into,
    former_records,
    is_looked_into,
    moved,
    return_step,
)
from smartct_desktop.services.second_copies import Second
from smartct_desktop.services.settings import Settings
from smartct_desktop.storage.manifests import manifest_path
from smartct_desktop.system.backup import Health
from tests.services.stored import OWN, ticking

START = dt.datetime(2022, 7, 1, 9, 0, tzinfo=dt.UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now

    def go(self, **by):
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


@pytest.fixture
def document(tmp_path):
    document = OWN.open(tmp_path / "ours.smartct", ticking())
    yield document
    document.close()


@pytest.fixture
def backups(document, clock):
    return DocumentBackups(document.path, document.id, BackupWishes(), clock)


@pytest.fixture
def add(document):
    names = itertools.count(1)

    def add(number=1, **about):
        made = [Organisation(name=f"Organisation {next(names)}") for _ in range(number)]
        document.do(Step("addition", tuple(Change(None, one) for one in made), **about))
        return made

    return add


def test_that_the_first_of_the_day_is_due_and_only_after_changes(backups, clock, add):
    assert backups.due_at_opening()
    assert backups.make(OPENED).manifest.reason == OPENED
    add()
    clock.go(hours=23)
    assert not backups.due_at_opening()
    clock.go(hours=2)
    assert backups.due_at_opening()
    backups.make(OPENED)
    clock.go(days=30)
    assert not backups.due_at_opening()  # nothing was done since


def test_that_the_same_is_not_kept_twice_unless_somebody_asks(backups, clock, add):
    assert backups.make(TIMED) is not None
    clock.go(minutes=30)
    assert backups.make(CLOSED) is None
    assert backups.make(ASKED) is not None
    add()
    assert not backups.standing().current
    assert backups.make(CLOSED) is not None
    assert backups.standing().current
    assert [one.manifest.reason for one in backups.all()] == [CLOSED, ASKED, TIMED]


def test_that_a_failure_is_kept_for_the_window_and_gone_after_the_next(backups):
    backups.folder.parent.mkdir(parents=True)
    backups.folder.write_text("a file where the folder should be")

    assert backups.make(TIMED) is None
    assert "cannot be kept" in backups.standing().trouble.sentence
    backups.folder.unlink()
    assert backups.make(TIMED) is not None
    assert backups.standing().trouble is None


def test_that_a_large_step_and_an_import_are_backed_up_first(document, backups, add):
    document.guard = backups.guard
    add(3)
    assert backups.all() == []

    many = add(MANY + 1)
    (first,) = backups.all()
    assert (first.manifest.reason, first.manifest.records["organisation"]) == ("change", 3)
    add(1, source=Source("partner.xlsx", "0" * 64, ""))
    assert backups.all()[0].manifest.reason == "import"
    document.undo()
    assert backups.all()[0].manifest.reason == "undo"
    document.write(Step("deletion", tuple(Change(one, None) for one in many)), Progress())
    newest = backups.all()[0].manifest
    assert (newest.reason, newest.records["organisation"]) == ("deletion", MANY + 4)


def test_that_a_failing_backup_stops_no_import(document, backups, add):
    backups.folder.parent.mkdir(parents=True)
    backups.folder.write_text("a file where the folder should be")
    document.guard = backups.guard

    add(1, source=Source("partner.xlsx", "0" * 64, ""))

    assert document.read.total("organisation") == 1
    assert backups.trouble is not None


def test_that_documents_of_one_name_in_other_folders_do_not_mix(document, backups, tmp_path, clock):
    (tmp_path / "b").mkdir()
    with closing(OWN.open(tmp_path / "b" / "ours.smartct", ticking())) as copy:
        others = DocumentBackups(copy.path, copy.id, BackupWishes(), clock)
        backups.make(TIMED)
        others.make(TIMED)
        assert [backups.newest().manifest.place, others.newest().manifest.place] == [
            str(document.path),
            str(copy.path),
        ]
        for _ in range(5):  # the copy's are thinned out, the document's one stays
            clock.go(days=60)
            others.wishes = BackupWishes(megabytes=1)
            others.make(ASKED)
        assert backups.newest() is not None


def test_that_another_document_in_the_place_is_not_taken_for_ours(tmp_path, clock):
    other = OWN.open(tmp_path / "other.smartct", ticking())
    other.close()
    with closing(open_document(other.path)) as opened, opened.edit("own id") as edit:
        edit.add(Organisation(name="Other"))
    wrong = DocumentBackups(other.path, "another-id", BackupWishes(), clock)

    assert wrong.make(TIMED) is None
    assert "Another document" in wrong.trouble.sentence
    assert wrong.all() == []


def test_that_old_ones_are_thinned_and_none_after_the_clock_was_set_back(backups, clock):
    for _ in range(6):
        backups.make(ASKED)
        clock.go(hours=12)
    clock.go(days=10)
    backups.make(ASKED)
    # The three newest, and the last of each of the two days before.
    assert [one.manifest.number for one in backups.all()] == [7, 6, 5, 4, 2]

    clock.now = START - dt.timedelta(days=900)
    backups.wishes = BackupWishes(megabytes=1)
    backups.make(ASKED)
    backups.make(ASKED)
    assert len(backups.all()) == 7
    assert backups.standing().jumped
    assert backups.standing().newest.manifest.number == 9


def test_that_a_second_folder_gets_a_copy_and_is_not_made_on_another_drive(backups, add, tmp_path):
    stick = tmp_path / "stick"
    backups.wishes = BackupWishes(second=stick)

    backups.make(TIMED)
    assert backups.standing().second is Second.ABSENT
    assert not stick.exists()
    stick.mkdir()
    add()
    made = backups.make(TIMED)
    assert backups.standing().second is Second.KEPT
    (folder,) = stick.iterdir()
    copies = {one.name: one.read_bytes() for one in folder.iterdir()}
    assert copies[made.path.name] == made.path.read_bytes()
    assert f"{made.path.name}.json" in copies
    shutil.rmtree(stick)
    stick.write_text("a file")
    add()
    assert backups.make(TIMED) is not None


def test_that_the_drill_checks_one_a_month_and_finds_damage(backups, clock, add):
    made = [backups.make(TIMED)]
    for _ in range(2):
        add()
        clock.go(days=3)
        made.append(backups.make(TIMED))
    assert backups.standing().checked_at is None

    drilled = backups.drill()
    assert drilled.health is Health.GOOD
    assert backups.standing().checked_at == clock.now
    assert backups.drill() is None
    clock.go(days=31)
    for one in made:
        one.path.write_bytes(one.path.read_bytes()[:-1] + b"\1")
    assert backups.drill().health is Health.DAMAGED
    assert backups.standing().damaged == 1
    assert backups.check_all(Progress()) == 3


def test_that_the_drill_opens_the_backup_and_counts(backups, clock, document):
    """A backup that was wrong from the beginning is as it was written, and of no use."""
    made = backups.make(TIMED)
    with closing(sqlite3.connect(made.path, isolation_level=None)) as other:
        other.execute("UPDATE partnership SET acronym_folded = 'elsewhere'")
    told = json.loads(manifest_path(made.path).read_text())
    sha256 = hashlib.sha256(made.path.read_bytes()).hexdigest()
    manifest_path(made.path).write_text(json.dumps(told | {"sha256": sha256}))
    clock.go(days=2)

    assert backups.drill().health is Health.DAMAGED
    assert not list(backups.folder.glob("*.lock"))
    assert document.integrity() == []


def test_that_the_backups_of_a_document_that_is_gone_are_found(document, backups):
    made = backups.make(TIMED)
    document.close()
    assert [one.path for one in backups_of(document.path)] == [made.path]
    document.path.write_bytes(b"rubbish" * 1000)
    assert [one.path for one in backups_of(document.path)] == [made.path]
    document.path.unlink()

    assert [one.path for one in backups_of(document.path)] == [made.path]
    assert backups_of(document.path.with_name("other.smartct")) == []
    assert why(made) == "while working"


def test_that_wishes_are_kept_and_nonsense_is_not(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    wishes = BackupWishes(minutes=10, megabytes=250, second=tmp_path)
    wishes.keep(settings)
    assert BackupWishes.of(settings) == wishes
    BackupWishes().keep(settings)
    assert BackupWishes.of(settings) == BackupWishes(30, 1000, None)

    for nonsense in (0, -5, True, "soon", 1.5, [30]):
        settings.set("backups.minutes", nonsense)
        assert BackupWishes.of(settings).minutes == 30


def test_that_single_records_come_back_with_what_they_name(document, backups, add):
    host, guest = add(2)
    with document.edit("addition") as edit:
        stay = edit.add(Exchange(number="X-1", vo=guest.id, ho=host.id))
    backup = backups.make(TIMED)
    with document.edit("change") as edit:
        edit.set(host, "city", "Halle")
    with document.edit("deletion") as edit:
        edit.remove("exchange", stay.id)
        edit.remove("organisation", guest.id)
    add(4)
    now = {"organisation": document.read.total("organisation"), "partnership": 1}
    assert moved(backup, now) == [("organisation", 3), ("exchange", -1)]

    copy = copy_to_look_into(backup.path)
    assert is_looked_into(copy)
    with closing(open_document(copy, read_only=True)) as then:
        former = former_records(then.read, document.read)
    forget_looked_into()
    assert not copy.exists()
    found = {(one.kind, one.id, one.gone) for one in former.returning}
    assert found == {
        ("organisation", host.id, False),
        ("organisation", guest.id, True),
        ("exchange", stay.id, True),
    }

    document.do(return_step(former, [("exchange", stay.id)], document.read, "1 July"))
    assert document.read.get(Exchange, stay.id).vo == guest.id
    assert document.read.get(Organisation, guest.id) == guest
    assert document.read.get(Organisation, host.id).city == "Halle"
    document.undo()
    document.do(return_step(former, [("organisation", host.id)], document.read, "1 July"))
    assert document.read.get(Organisation, host.id).city is None
    assert document.read.next_undo().label == "return of 1 record of 1 July"
    assert document.integrity() == []
