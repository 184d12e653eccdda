"""Documents with a password, and the window on them."""

import pytest

from smartct_desktop.services import protection
from smartct_desktop.ui.program import Program
from tests.journeys.protection.answers import PASSWORD
from tests.ui.world import make_small_document


@pytest.fixture
def program(desktop, facts, tmp_path, monkeypatch):
    """The window with what opens documents for it."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    program = Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "s.smartct")
    yield program
    desktop.settle()
    program.finish()


@pytest.fixture
def plain(tmp_path):
    """A plain document."""
    document, _ = make_small_document(tmp_path / "small.smartct")
    document.close()
    return document.path


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The bytes of a protected document, and its key."""
    document, _ = make_small_document(tmp_path_factory.mktemp("made") / "small.smartct")
    document.close()
    key = protection.protect(document.path, PASSWORD)
    return document.path.read_bytes(), key


@pytest.fixture
def protected(tmp_path, made):
    """A protected document that nobody has open."""
    path = tmp_path / "small.smartct"
    path.write_bytes(made[0])
    return path


@pytest.fixture
def shown(desktop, program, protected, made):
    """The window on a protected document."""
    program.open(protected, made[1])
    desktop.settle()
    return program.document
