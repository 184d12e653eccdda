"""Documents on the disk for the tests of services."""

import pytest

from smartct_desktop.services.programme import shipped_facts
from tests.services.stored import OWN, SAMPLE, ticking
from tests.services.two_copies import Two
from tests.ui.world import SMALL, make_document, make_small_document


@pytest.fixture(scope="session")
def facts():
    return shipped_facts()


@pytest.fixture
def clock():
    """A clock that goes on by a minute each time it is asked."""
    return ticking()


@pytest.fixture
def sample(tmp_path, facts, clock):
    document = SAMPLE.open(tmp_path / "sample.smartct", clock, facts)
    yield document
    document.close()


@pytest.fixture
def own(tmp_path, clock):
    document = OWN.open(tmp_path / "own.smartct", clock)
    yield document
    document.close()


@pytest.fixture
def document(tmp_path, request):
    """A document, open for writing: empty, or the small partnership if its `world` is wanted."""
    path = tmp_path / "small.smartct"
    filled = "world" in request.fixturenames
    document = make_small_document(path)[0] if filled else make_document(path)
    yield document
    document.close()


@pytest.fixture
def world(document):  # noqa: ARG001 -- it is in there
    return SMALL.known


@pytest.fixture
def two(tmp_path):
    """A document with a firm, a host, a stay and a sender, to be copied by `part`."""
    two = Two(tmp_path)
    yield two
    two.close()
    two.a.close()
