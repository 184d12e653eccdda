"""Stores in the folder of the test, some of them a second time with a password."""

import os
from datetime import UTC, datetime
from functools import partial

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.key import Key
from smartct_desktop.storage.store import Store

AT = datetime(2021, 11, 16, 9, 30, tzinfo=UTC)
KEY = Key(bytes(range(32)), bytes(range(16)))
PROTECTED_TOO = {"test_history"}
if "SMARTCT_LONG" in os.environ:
    PROTECTED_TOO |= {"test_store", "test_readers", "test_pen", "test_contents", "test_copies"}
    PROTECTED_TOO |= {"test_amending", "test_columns", "test_windows"}
"""Tests that are done once more with documents that have a password."""

OTHER_PROGRAMS = {"sqlite3", "subprocess"}


def pytest_generate_tests(metafunc):
    """Do the tests of these modules a second time, with a key for every document.

    But those not in which another program, without a password, opens the file.
    """
    module = metafunc.module.__name__.rpartition(".")[2]
    foreign = OTHER_PROGRAMS.intersection(metafunc.function.__code__.co_names)
    if module in PROTECTED_TOO and "store" in metafunc.fixturenames and not foreign:
        metafunc.parametrize("protection", [None, KEY], ids=["plain", "protected"], indirect=True)


@pytest.fixture
def protection(request, monkeypatch):
    """The key of all documents of the test; None if they are plain."""
    key = getattr(request, "param", None)
    if key is not None:
        for name in ("create", "open"):
            monkeypatch.setattr(Store, name, staticmethod(partial(getattr(Store, name), key=key)))
    return key


@pytest.fixture
def path(tmp_path):
    """Where the document of the test lies."""
    return tmp_path / "partnership.smartct"


@pytest.fixture
def store(path, protection):  # noqa: ARG001 (what it does is done)
    """A new, empty document."""
    store = Store.create(path, at=AT)
    yield store
    store.close()


@pytest.fixture
def add(store):
    """Add records in one step."""

    def add(*records, label="addition"):
        return store.apply(Step(label, tuple(Change(None, r) for r in records)), "ada", AT)

    return add


@pytest.fixture
def put(store):
    """Put records in the place of others, in one step; None removes."""

    def put(*pairs, label="change"):
        return store.apply(Step(label, tuple(Change(*pair) for pair in pairs)), "ada", AT)

    return put
