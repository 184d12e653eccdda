"""A document with a password: nothing of it is readable anywhere, and all works as before."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from smartct_desktop.domain.errors import InUse, Invalid, Protected, Trouble, WrongPassword
from smartct_desktop.domain.joining import Answers
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.backing_up import ASKED, DocumentBackups, backups_of
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.conflicted import find_other_copies
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.services.privacy.anonymous_copy import write_anonymous_copy
from smartct_desktop.services.privacy.forgetting import forget
from smartct_desktop.services.privacy.plan import Mode
from smartct_desktop.services.privacy.planning import plan_forgetting
from smartct_desktop.services.protecting_backups import (
    plain_leftovers,
    protect_backups,
    remove_plain,
)
from smartct_desktop.services.protection import (
    change_password,
    is_protected,
    key_of,
    key_of_recovery,
    protect,
    unprotect,
)
from smartct_desktop.services.restoring import copy_to_look_into, forget_looked_into, restore
from smartct_desktop.services.salvage import salvage_document
from smartct_desktop.services.working_copies import WorkingCopy, has_unsent_work
from smartct_desktop.storage.cipher import opened_plain
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.upgrade import MIGRATIONS
from smartct_desktop.system.backup import Health

PASSWORD, SECOND = "correct horse battery", "another long password"
KEY = Key(bytes(range(32)), bytes(range(16)))
MARKS = (b"Quxenb", b"quxenb", b"marker.example", b"Zweibr", b"zweibr")
NAME = "Ada Quxenbörg"
AT = datetime(2022, 7, 1, 9, tzinfo=UTC)
WISHES = BackupWishes()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Where the program keeps its own files in this test."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder / "a.smartct"


def made(path, key=None):
    """A document with a person and an organisation of unmistakable names, open."""
    document = new_partnership(path, "Marker", key=key)
    with document.edit(f"meeting with {NAME}") as edit:
        edit.add(Person(name=NAME, email="ada@marker.example"))
        edit.add(Organisation(name="Zweibrücken"))
    return document


@pytest.fixture
def plain(path):
    """A plain document, closed."""
    made(path).close()
    return path


@pytest.fixture
def protected(path):
    """A document that was protected from the beginning, open."""
    with closing(made(path, KEY)) as document:
        yield document


def readable(*folders):
    """The files in which somebody without a password finds one of the names."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    assert files
    return [file.name for file in files if any(mark in file.read_bytes() for mark in MARKS)]


def backups(document, **facts):
    return DocumentBackups(document.path, document.id, WISHES, key=document.key, **facts)


def test_that_a_document_gets_another_password_and_none_again(plain):
    key = protect(plain, PASSWORD)
    assert is_protected(plain)
    assert readable(plain.parent) == []
    assert key_of(plain, PASSWORD) == key == key_of_recovery(plain, key.raw)

    new = change_password(plain, key, SECOND)
    with pytest.raises(WrongPassword, match="This is not the password of"):
        key_of(plain, PASSWORD)
    assert key_of(plain, SECOND) == new

    unprotect(plain, new)
    assert not is_protected(plain)
    with closing(open_document(plain)) as document:
        assert document.integrity() == []
        assert not document.changed_outside
        assert document.undo().label == f"meeting with {NAME}"


def test_that_a_password_must_be_long_enough(plain):
    before = plain.read_bytes()
    with pytest.raises(Invalid, match="at least 12 characters"):
        protect(plain, "short")
    assert plain.read_bytes() == before


def test_that_the_plain_file_is_overwritten(plain):
    with plain.open("rb") as former:
        protect(plain, PASSWORD)
        assert set(former.read()) == {0}


def test_that_nobody_protects_what_is_open(plain):
    with closing(open_document(plain)), pytest.raises(InUse):
        protect(plain, PASSWORD)
    protect(plain, PASSWORD)
    with pytest.raises(Trouble, match="protected already"):
        protect(plain, PASSWORD)


def written(path, *statements):
    with closing(sqlite3.connect(path)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (("CREATE TABLE t (a)",), "belongs to another program"),
        (("PRAGMA journal_mode = WAL", "CREATE TABLE t (a)"), "belongs to another program"),
        (b"PK\x03\x04 a workbook", "is no document but a workbook"),
        (b"", "is empty"),
        (None, "There is no file"),
    ],
)
def test_that_only_documents_are_protected(path, content, told):
    if isinstance(content, tuple):
        written(path, *content)
    elif content is not None:
        path.write_bytes(content)
    before = path.read_bytes() if path.exists() else None

    with pytest.raises(Trouble, match=told):
        protect(path, PASSWORD)

    assert (path.read_bytes() if path.exists() else None) == before


def test_that_a_newer_document_keeps_the_password_it_has_or_has_not(plain):
    written(plain, "PRAGMA user_version = 9999")
    before = plain.read_bytes()
    with pytest.raises(Trouble, match="newer version"):
        protect(plain, PASSWORD)
    assert plain.read_bytes() == before

    written(plain, f"PRAGMA user_version = {MIGRATIONS[-1].version}")
    key = protect(plain, PASSWORD)
    with closing(Connection(plain, Access.WRITE, key=key)) as connection:
        connection.tell("PRAGMA user_version = 9999")
    before = plain.read_bytes()
    with pytest.raises(Trouble, match="newer version"):
        change_password(plain, key, SECOND)
    with pytest.raises(Trouble, match="newer version"):
        unprotect(plain, key)
    assert plain.read_bytes() == before


def test_that_what_a_killed_removal_of_the_password_wrote_goes(protected):
    protected.close()
    part = protected.path.with_name(f".{protected.path.name}-abcdefgh.smartct.part")
    part.write_bytes(b"SQLite format 3, and what nobody may read")
    lock = protected.path.with_name(f"{protected.path.name}.lock")

    open_document(protected.path, key=KEY).close()
    assert part.exists()  # nobody was killed: another program may be at work
    with closing(open_document(protected.path, key=KEY)):
        left_behind = lock.read_bytes()
    lock.write_bytes(left_behind)
    open_document(protected.path, key=KEY).close()
    assert not part.exists()


def test_that_protected_is_told_before_anything_is_done(protected):
    protected.close()
    path = protected.path
    before = path.read_bytes()

    with pytest.raises(Protected, match="is protected by a password"):
        open_document(path)
    with pytest.raises(Protected):
        salvage_document(path, path.with_name("b.smartct"))
    with pytest.raises(Trouble, match=r"name ends in \.smartct"):
        salvage_document(path, path.with_name("b.txt"), key=KEY)
    assert path.read_bytes() == before
    assert not path.with_name("b.smartct").exists()


def test_that_plain_backups_are_told_and_protected_too(path):
    with closing(made(path)) as document:
        first = backups(document).make(ASKED)
    key = protect(path, PASSWORD)

    assert plain_leftovers(path, key) == (first.path,)
    assert protect_backups(path, key).done == 1
    assert plain_leftovers(path, key) == ()
    (there,) = backups_of(path, key)
    assert there.health is Health.GOOD
    assert there.manifest.label == ""


def test_that_plain_backups_can_be_removed(path, home):
    with closing(made(path)) as document:
        backups(document).make(ASKED)
    key = protect(path, PASSWORD)

    assert readable(home) != []
    assert remove_plain(plain_leftovers(path, key)).done == 1
    assert readable(home, path.parent) == []
    assert backups_of(path, key) == []


def test_that_backups_go_along_with_another_password(protected):
    backups(protected).make(ASKED)
    protected.close()
    new = change_password(protected.path, KEY, SECOND)

    (former,) = backups_of(protected.path, new)
    with pytest.raises(WrongPassword):
        restore(protected.path, former.path, AT, key=new)
    assert protect_backups(protected.path, new, former=KEY).left == ()
    restore(protected.path, former.path, AT, key=new)


def test_that_a_backup_of_another_password_stays_as_it_is(protected):
    backups(protected).make(ASKED)
    protected.close()
    new = change_password(protected.path, KEY, SECOND)
    (before,) = backups_of(protected.path, new)
    content = before.path.read_bytes()

    treated = protect_backups(protected.path, new)
    assert treated.done == 0
    assert "It has another password." in treated.left[0]
    assert before.path.read_bytes() == content
    with pytest.raises(WrongPassword, match="opens the last backup"):
        key_of_recovery(protected.path, KEY.raw)


def test_that_a_plain_backup_comes_back_protected(path):
    with closing(made(path)) as document:
        old = backups(document).make(ASKED)
    key = protect(path, PASSWORD)
    restore(path, old.path, AT, key=key)

    assert readable(path.parent) == []
    with closing(open_document(path, key=key)) as document:
        assert document.read.total("person") == 1
    look = copy_to_look_into(old.path, key)
    assert is_protected(look)
    with closing(open_document(look, read_only=True, key=key)) as then:
        assert then.read.total("person") == 1


def test_that_without_its_password_nobody_replaces_a_protected_document(path):
    with closing(made(path)) as document:
        old = backups(document).make(ASKED)
    protect(path, PASSWORD)
    before = path.read_bytes()

    with pytest.raises(Protected):
        restore(path, old.path, AT)
    assert path.read_bytes() == before


def test_that_nothing_readable_is_left_after_a_day_of_work(protected, home, tmp_path, facts):
    """Edited, searched, undone, backed up, checked, restored, merged, salvaged, taken along."""
    path, key = protected.path, KEY
    second = tmp_path / "stick"
    second.mkdir()
    kept = DocumentBackups(path, protected.id, BackupWishes(second=second), key=key)
    kept.make(ASKED)
    other = path.with_name("a (conflicted copy).smartct")
    protected.save_copy(other)
    with closing(open_document(other, key=key)) as changed, changed.edit("elsewhere") as edit:
        edit.add(Person(name="Zweibrügge"))
    (found,) = find_other_copies(protected, path)
    assert (found.compared, found.there) == (True, 1)
    joined = plan(compare(protected, other), Answers(), facts)
    protected.announce(merge_copy(protected, joined, Progress()))
    assert protected.read.total("person") == 2
    assert protected.integrity() == []
    protected.undo()
    protected.redo()
    kept.make(ASKED)
    assert kept.check_all(Progress()) == 0
    assert readable(home, path.parent, second) == []

    protected.close()
    working = WorkingCopy.begin(path, key=key)
    with closing(open_document(working.path, key=key)) as document, document.edit("more") as edit:
        edit.add(Person(name="Quxenbör, Eva"))
    assert has_unsent_work(path, key)
    assert readable(home, path.parent) == []
    assert working.write_back()
    assert not working.end()

    newest = backups_of(path, key)[0]
    look = copy_to_look_into(newest.path, key)
    assert is_protected(look)
    restored = restore(path, newest.path, AT, key=key)
    assert restored.before is not None
    salvaged = salvage_document(path, path.with_name("salvaged.smartct"), key=key)
    assert salvaged.kept["person"] == 2
    assert is_protected(salvaged.document)
    assert readable(home, path.parent, second) == []
    forget_looked_into()


def test_that_a_damaged_page_costs_only_its_records(protected):
    with protected.edit("many") as edit:
        for n in range(300):
            edit.add(Organisation(name=f"Firm {n}", remark="remark " * 40))
    protected.close()
    with opened_plain(protected.path, KEY) as file:
        page = file.read().index(b"Firm 150") // 4096
    content = bytearray(protected.path.read_bytes())
    content[page * 4096 + 100] ^= 1
    protected.path.write_bytes(content)

    found = salvage_document(protected.path, protected.path.with_name("new.smartct"), key=KEY)
    assert 280 <= found.kept["organisation"] <= 301
    with closing(open_document(found.document, key=KEY)) as document:
        assert document.integrity() == []
    report = found.report.read_text(encoding="utf-8")
    assert "Firm" not in report


def test_that_a_person_is_forgotten_in_a_protected_document_and_its_backups(protected, facts):
    backups(protected).make(ASKED)
    (ada,) = protected.read.all(Person)
    plan_ = plan_forgetting(
        protected, protected.read, facts, ada.id, date(2026, 11, 23), mode=Mode.ERASE
    )
    plan_ = plan_.ticking({one.place: True for one in plan_.mentions}, {})
    protected.close()
    path = protected.path
    receipt = forget(path, plan_, "asked", path.with_name("e.txt"), facts, key=KEY)

    assert receipt.left == ()
    (backup,) = backups_of(path, KEY)
    for file in (path, backup.path):
        assert is_protected(file)
        with opened_plain(file, KEY) as opened:
            assert b"Quxenb" not in opened.read()
    with closing(open_document(path, key=KEY)) as document:
        assert document.integrity() == []


def test_that_copies_of_another_password_or_none_are_told_before_forgetting(protected, facts):
    backups(protected).make(ASKED)
    beside = [
        protected.path.with_name(name)
        for name in ("a (1).smartct", "a (2).smartct", "kept.smartct-backup")
    ]
    for one in beside:
        protected.save_copy(one)
    protected.close()
    unprotect(beside[0], KEY)
    change_password(beside[1], KEY, SECOND)
    change_password(beside[2], KEY, SECOND)
    key = change_password(protected.path, KEY, PASSWORD)

    with closing(open_document(protected.path, key=key)) as document:
        (ada,) = document.read.all(Person)
        plan_ = plan_forgetting(document, document.read, facts, ada.id, date(2026, 11, 23))
    told = plan_.exports_told
    assert [any(one.name in line for line in told) for one in beside] == [True] * 3

    receipt = forget(
        protected.path, plan_, "asked", protected.path.with_name("e.txt"), facts, key=key
    )
    kept = backups_of(protected.path)[0].path.name
    (left,) = receipt.left
    assert left == f"Backup {kept}: It has another password. Delete it by hand."


def test_that_a_copy_without_personal_data_needs_no_password(protected, tmp_path):
    out = tmp_path / "for others.smartct"
    write_anonymous_copy(protected.path, out, None, KEY)

    assert readable(tmp_path / "home", protected.path.parent) == []
    assert b"Quxenb" not in out.read_bytes()
    with closing(open_document(out)) as document:
        assert document.read.total("person") == 1


def test_that_a_copy_with_another_password_is_told_but_not_compared(protected):
    other = protected.path.with_name("a (conflicted copy).smartct")
    protected.save_copy(other)
    change_password(other, KEY, SECOND)

    (found,) = find_other_copies(protected, protected.path)
    assert (found.path, found.compared) == (other, False)
    with pytest.raises(WrongPassword):
        compare(protected, other)
    assert compare(protected, other, key=key_of(other, SECOND)).same


def test_that_a_file_that_is_not_protected_has_no_key(plain):
    with pytest.raises(Trouble, match="is not protected by a password"):
        key_of(plain, PASSWORD)
    assert not is_protected(plain.with_name("nothing.smartct"))
