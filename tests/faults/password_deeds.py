"""What is done with passwords while things fail: a first one, another one, none any more."""

from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from smartct_desktop.domain.key import Key, derived
from smartct_desktop.services.protection import change_password, is_protected, protect, unprotect
from smartct_desktop.storage.cipher import connect, proves_right, salt_of
from smartct_desktop.storage.store import Store
from tests.faults.deeds import small
from tests.faults.judging import Deed, held, rows_of

FIRST, SECOND = "the first password", "the second password"

key_with = cache(derived)


def protected(folder: Path) -> None:
    small(folder)
    protect(folder / "a.smartct", FIRST)


def begin(folder: Path, done: Callable[[], object]) -> None:
    protect(folder / "a.smartct", FIRST)
    done()


def change(folder: Path, done: Callable[[], object]) -> None:
    path = folder / "a.smartct"
    change_password(path, key_with(FIRST, salt_of(path)), SECOND)
    done()


def end(folder: Path, done: Callable[[], object]) -> None:
    path = folder / "a.smartct"
    unprotect(path, key_with(FIRST, salt_of(path)))
    done()


def judge_password(folder: Path) -> object:
    """Give the password that opens the document, and all it holds. One of them always does."""
    path = folder / "a.smartct"
    if not is_protected(path):
        return None, held(path)
    password, key = key_of(path)
    Store.open(path, key=key).close()
    with closing(connect(path.as_uri(), key, 0)) as raw:
        assert raw.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return password, rows_of(raw)


def key_of(path: Path) -> tuple[str, Key]:
    for password in (FIRST, SECOND):
        key = key_with(password, salt_of(path))
        if proves_right(path, key):
            return password, key
    raise AssertionError("neither password opens it")


PASSWORD_DEEDS = (
    Deed("first password", small, begin, judge_password, sound=False),
    Deed("another password", protected, change, judge_password, sound=False),
    Deed("no password any more", protected, end, judge_password, sound=False),
)
