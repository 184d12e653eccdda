"""Protected files: they say nothing without their key, and notice every bit that changes."""

import os
import subprocess
import sys
from contextlib import closing
from random import Random

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Damaged, Protected, Trouble, WrongPassword
from smartct_desktop.domain.key import Key, derived
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.cipher import connect, damaged_pages, library, new_key, opened_plain
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import verify
from smartct_desktop.storage.errors import errors_of_sqlite
from smartct_desktop.storage.header import seems_protected
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

PASSWORD = "correct horse battery"
KEY = derived(PASSWORD, bytes(range(16)))
OTHER = Key(bytes(32), KEY.salt)
FLIPS = 5_000 if "SMARTCT_LONG" in os.environ else 150
PAGE = 4096


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """The bytes of a protected document with some records and a history."""
    path = tmp_path_factory.mktemp("protected") / "a.smartct"
    with closing(Store.create(path, at=AT, key=KEY)) as store:
        hosts = [Organisation(name=f"Zweibrücken {n}", remark="marker " * 9) for n in range(60)]
        store.apply(Step("marker of a step", tuple(Change(None, one) for one in hosts)), "ada", AT)
    return path.read_bytes()


@pytest.fixture
def protected(content, path):
    """A protected document, closed."""
    path.write_bytes(content)
    return path


def test_that_nothing_of_a_protected_document_is_plain(content):
    for word in (b"marker", "Zweibrücken".encode(), b"CREATE TABLE", b"SQLite format"):
        assert word not in content
    assert content[:16] == KEY.salt


def test_that_any_sqlcipher_opens_it_by_the_password(protected):
    with closing(library().connect(str(protected))) as raw:
        raw.execute(f"PRAGMA key = '{PASSWORD}'")
        assert raw.execute("SELECT count(*) FROM organisation").fetchall() == [(60,)]


def test_that_letters_typed_otherwise_are_the_same_password():
    assert derived("pa\u0308sswo\u0308rter", KEY.salt) == derived("pässwörter", KEY.salt)
    assert derived(PASSWORD, bytes(16)).raw != KEY.raw


def test_that_a_key_is_never_shown():
    assert KEY.raw.hex() not in repr(KEY)
    assert str(KEY.raw) not in repr(KEY)


@pytest.mark.parametrize("key", [None, OTHER])
@pytest.mark.parametrize("read_only", [True, False])
def test_that_a_wrong_password_changes_nothing(protected, content, capfd, key, read_only):
    with pytest.raises(Protected if key is None else WrongPassword):
        Store.open(protected, read_only=read_only, key=key)

    assert protected.read_bytes() == content
    assert {one.name for one in protected.parent.iterdir()} <= {protected.name, "home"}
    assert capfd.readouterr() == ("", "")


def test_that_each_changed_bit_is_noticed(protected, content):
    chance = Random(20211116)
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(content)), chance.randrange(8)
        changed = bytearray(content)
        changed[place] ^= 1 << bit
        protected.write_bytes(changed)

        with pytest.raises(Trouble):
            verify(protected, KEY)
        if place >= len(KEY.salt):
            assert damaged_pages(protected, KEY) == [place // PAGE + 1]


def test_that_a_damaged_first_page_is_no_wrong_password(protected, content):
    protected.write_bytes(content[:500] + bytes(300) + content[800:])

    with pytest.raises(Damaged, match="is damaged"):
        Store.open(protected, key=KEY)


def test_that_a_file_that_is_cut_off_is_no_wrong_password(protected, content):
    protected.write_bytes(content[:-1000])

    with pytest.raises(Damaged, match="a part of the file is missing"):
        Store.open(protected, key=KEY)


def test_that_damage_is_found_by_a_full_check(protected, content):
    page = len(content) // PAGE // 2
    protected.write_bytes(content[: page * PAGE] + bytes(PAGE) + content[(page + 1) * PAGE :])

    with closing(Store.open(protected, read_only=True, key=KEY)) as store:
        assert store.integrity() == ["The document is damaged."]


def test_that_pages_are_deciphered_as_sqlite_reads_them(protected):
    with opened_plain(protected, KEY) as file:
        plain = file.read()
        file.seek(16)
        assert file.read(4) == plain[16:20]

    assert plain.startswith(b"SQLite format 3\0")
    assert plain.count(b"marker of a step") > 0
    assert len(plain) == protected.stat().st_size


def test_that_a_journal_under_way_holds_nothing_plain(protected):
    with closing(Connection(protected, Access.WRITE, key=KEY)) as connection:
        connection.tell("PRAGMA cache_size=2")
        connection.tell("BEGIN")
        connection.tell("UPDATE organisation SET remark = hex(zeroblob(300)) || remark")
        journal = protected.with_name(protected.name + "-journal").read_bytes()
        connection.tell("ROLLBACK")

    assert len(journal) > 3 * PAGE
    assert b"marker" not in journal
    assert "Zweibrücken".encode() not in journal


def test_that_an_unclean_protected_document_is_put_in_order(protected, content):
    with closing(Connection(protected, Access.WRITE, key=KEY)) as connection:
        connection.tell("PRAGMA cache_size=2")
        connection.tell("BEGIN")
        connection.tell("UPDATE organisation SET remark = hex(zeroblob(300))")
        journal = protected.with_name(protected.name + "-journal").read_bytes()
        torn = protected.read_bytes()
        connection.tell("ROLLBACK")
    assert torn != content
    protected.write_bytes(torn)
    protected.with_name(protected.name + "-journal").write_bytes(journal)

    with pytest.raises(WrongPassword):
        Store.open(protected, key=OTHER)
    assert protected.read_bytes() == torn
    with closing(Store.open(protected, key=KEY)) as store:
        assert store.unclean
        assert all(one.remark.startswith("marker") for one in store.read.all(Organisation))


def test_that_errors_of_both_libraries_are_known(protected):
    with closing(connect(protected.as_uri(), KEY, 0)) as raw:
        with pytest.raises(errors_of_sqlite("OperationalError")):
            raw.execute("SELECT * FROM nothing_such")
        with pytest.raises(errors_of_sqlite("IntegrityError")):
            raw.execute("INSERT INTO meta SELECT * FROM meta")


@pytest.mark.parametrize("first", b"<P%S\xd0\0\xff")
def test_that_noise_may_begin_with_any_letter(path, first):
    key = Key(KEY.raw, bytes([first]) + KEY.salt[1:])
    Store.create(path, at=AT, key=key).close()

    assert seems_protected(path)
    Store.open(path, key=key).close()


def test_that_a_new_key_has_a_salt_of_its_own():
    assert new_key(PASSWORD).salt != new_key(PASSWORD).salt


def test_that_without_the_library_plain_documents_work_and_protected_ones_say_why(
    protected, tmp_path
):
    script = """
import sys
from pathlib import Path
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.storage.header import seems_protected
from smartct_desktop.storage.store import Store
from tests.storage.test_cipher import AT, KEY
plain, protected = map(Path, sys.argv[1:])
Store.create(plain, at=AT).close()
Store.open(plain).close()
assert "sqlcipher3" not in sys.modules
sys.modules["sqlcipher3"] = None
try:
    Store.open(protected, key=KEY)
except Trouble as trouble:
    print(trouble)
"""
    ended = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "plain.smartct", protected],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == ""
    assert "Protected documents cannot be opened with this installation." in ended.stdout
