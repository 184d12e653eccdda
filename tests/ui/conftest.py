"""What the tests of the window share."""

import pytest

from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.settings import Settings
from smartct_desktop.services.texts import Texts, TextStyle
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.theme.fonts import load_inter
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tokens import LIGHT
from tests.ui.swept import swept
from tests.ui.world import SMALL, make_document, make_small_document


@pytest.fixture
def look(qapp):  # noqa: ARG001 -- fonts need the application
    """The light look at 100 %, with the shipped typeface."""
    assert load_inter()
    return Look(LIGHT)


@pytest.fixture(scope="session")
def facts():
    """The programme's facts as they ship."""
    return shipped_facts()


@pytest.fixture
def texts(facts):
    """Dates and numbers as in the tests: 16.11.2021 and 1,234.5."""
    return Texts(facts, TextStyle())


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
    """The ids of the small partnership, which is in the document."""
    return SMALL.known


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
    with swept():
        yield
