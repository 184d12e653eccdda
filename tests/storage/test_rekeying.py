"""Another password, a first one or none: the same document, and never neither old nor new."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from random import Random

import pytest

from smartct_desktop.domain.errors import Cancelled, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.cipher import connect, opened_plain, proves_right
from smartct_desktop.storage.copies import verify
from smartct_desktop.storage.rekeying import write_rekeyed
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

FIRST, SECOND = (Key(bytes([n]) * 32, bytes([n]) * 16) for n in (1, 2))
KILLS = 200 if "SMARTCT_LONG" in os.environ else 3


@pytest.fixture
def closed(store, add):
    """A plain document with records, a search index and a history, closed."""
    add(*(Organisation(name=f"Host {n}", remark="a long remark " * 20) for n in range(40)))
    add(Organisation(name="Undone"))
    store.undo(AT)
    store.close()
    return store.path


def held(path, key):
    """All rows of all tables, their rowids, and what is said of the tables."""
    with closing(connect(path.as_uri(), key, 0)) as raw:
        said = raw.execute("SELECT * FROM sqlite_master ORDER BY type, name").fetchall()
        said = [(type_, name, table, sql) for type_, name, table, _, sql in said]
        rows = {}
        for type_, name, _, sql in said:
            if type_ == "table" and "VIRTUAL" not in sql.upper()[:20]:
                ordered = "" if "WITHOUT ROWID" in sql.upper() else "rowid, "
                rows[name] = raw.execute(f'SELECT {ordered}* FROM "{name}"').fetchall()
        numbers = [
            raw.execute(f"PRAGMA {n}").fetchall() for n in ("application_id", "user_version")
        ]
        return said, rows, numbers


@pytest.mark.parametrize("to", [(FIRST,), (FIRST, SECOND), (FIRST, None), (FIRST, SECOND, None)])
def test_that_every_row_is_the_same_under_another_password(closed, to):
    before, old = held(closed, None), None
    for new in to:
        write_rekeyed(closed, closed, old, new, Progress())
        old = new

    assert held(closed, old) == before
    with closing(Store.open(closed, key=old)) as store:
        assert store.integrity() == []
        assert store.redo(AT).label == "addition"


def test_that_the_former_password_opens_nothing_any_more(closed):
    write_rekeyed(closed, closed, None, FIRST, Progress())
    write_rekeyed(closed, closed, FIRST, SECOND, Progress())

    with pytest.raises(WrongPassword):
        Store.open(closed, key=FIRST)
    with pytest.raises(WrongPassword):
        write_rekeyed(closed, closed, FIRST, None, Progress())


def test_that_a_copy_and_a_backup_are_protected_as_the_document(closed, tmp_path):
    write_rekeyed(closed, closed, None, FIRST, Progress())
    with closing(Store.open(closed, key=FIRST)) as store:
        store.copy_to(tmp_path / "copy.smartct")
        backup = store.back_up(tmp_path / "backups", "asked", AT)

    for path in (tmp_path / "copy.smartct", backup):
        assert b"a long remark" not in path.read_bytes()
        verify(path, FIRST)
        with opened_plain(path, FIRST) as file:
            assert b"a long remark" in file.read()


def test_that_a_change_of_the_password_can_be_cancelled(closed):
    before = closed.read_bytes()
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        write_rekeyed(closed, closed, None, FIRST, progress)
    assert closed.read_bytes() == before
    assert [one.name for one in closed.parent.glob(".*.part")] == []


KILLED = """
import sys
from itertools import cycle, pairwise
from pathlib import Path
from smartct_desktop.domain.progress import Progress
from smartct_desktop.storage.rekeying import write_rekeyed
from tests.storage.test_rekeying import FIRST, SECOND
path = Path(sys.argv[1])
print("begun", flush=True)
for old, new in pairwise(cycle((FIRST, SECOND))):
    write_rekeyed(path, path, old, new, Progress())
"""


def test_that_a_killed_change_leaves_the_old_or_the_new_password(closed):
    write_rekeyed(closed, closed, None, FIRST, Progress())
    before = held(closed, FIRST)
    chance = Random(7)
    found = set()
    for _ in range(KILLS):
        old = FIRST if proves_right(closed, FIRST) else SECOND
        write_rekeyed(closed, closed, old, FIRST, Progress())
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, closed], stdout=subprocess.PIPE
        ) as one:
            one.stdout.readline()
            time.sleep(chance.random() * 0.5)
            with suppress(ProcessLookupError):
                one.send_signal(signal.SIGKILL)
        right = [key for key in (FIRST, SECOND) if proves_right(closed, key)]
        assert len(right) == 1
        found.add(right[0].salt)
        assert held(closed, right[0]) == before

    sys.stdout.write(f"{KILLS} kills while a password was changed, all survived\n")
    assert found <= {FIRST.salt, SECOND.salt}
