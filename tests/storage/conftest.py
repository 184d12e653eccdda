"""Stores in the folder of the test."""

from datetime import UTC, datetime

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.storage.store import Store

AT = datetime(2021, 11, 16, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    """Where the document of the test lies."""
    return tmp_path / "partnership.smartct"


@pytest.fixture
def store(path):
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
