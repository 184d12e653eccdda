"""Documents on the disk for the tests of services."""

import datetime as dt
import itertools

import pytest

from smartct_desktop.services.opening import new_partnership, new_sample
from smartct_desktop.services.programme import ProgrammeFacts


@pytest.fixture(scope="session")
def facts():
    return ProgrammeFacts()


def ticking():
    """A clock that goes on by a minute each time it is asked."""
    minutes = itertools.count()
    start = dt.datetime(2022, 7, 1, 9, 0, tzinfo=dt.UTC)
    return lambda: start + dt.timedelta(minutes=next(minutes))


@pytest.fixture
def clock():
    """A clock that goes on by a minute each time it is asked."""
    return ticking()


@pytest.fixture
def sample(tmp_path, facts, clock):
    document = new_sample(tmp_path / "sample.smartct", facts, clock=clock)
    yield document
    document.close()


@pytest.fixture
def own(tmp_path, clock):
    document = new_partnership(tmp_path / "own.smartct", "Ours", clock=clock)
    yield document
    document.close()
