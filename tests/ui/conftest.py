"""What the tests of the window share."""

import gc

import pytest

from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.settings import Settings
from smartct_desktop.services.texts import Texts, TextStyle
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.theme.fonts import load_inter
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tokens import LIGHT
from tests.ui.world import fill, make_document


@pytest.fixture
def look(qapp):  # noqa: ARG001 -- fonts need the application
    """The light look at 100 %, with the shipped typeface."""
    assert load_inter()
    return Look(LIGHT)


@pytest.fixture(scope="session")
def facts():
    """The programme's facts as they ship."""
    return ProgrammeFacts()


@pytest.fixture
def texts(facts):
    """Dates and numbers as in the tests: 16.11.2021 and 1,234.5."""
    return Texts(facts, TextStyle())


@pytest.fixture
def document(tmp_path):
    """An empty document, open for writing."""
    document = make_document(tmp_path / "small.smartct")
    yield document
    document.close()


@pytest.fixture
def world(document):
    """The ids of the small partnership, which is in the document."""
    return fill(document)


@pytest.fixture
def desk(document, facts, texts, look):
    """The document with what belongs to it on the screen; nothing new can be made in fields."""
    editors = Editors(look, texts, facts, document.read, lambda _kind, _name: None)
    return Desk(document, facts, texts, editors)


@pytest.fixture
def settings(tmp_path):
    """Settings of nobody."""
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def jobs(qapp):  # noqa: ARG001 -- jobs end on the application's thread
    """Workers; a failure nobody expected fails the test."""
    failures = []
    jobs = Jobs(failures.append)
    yield jobs
    jobs.shutdown()
    assert failures == []


@pytest.fixture(autouse=True)
def _collected_on_the_gui_thread():
    """Widgets must not be freed by a job's thread, where Python would collect them as well."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
