"""Plans of real files, made with the sample partnership."""

import datetime as dt

import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.understood import Understanding
from tests.services.stored import sample_with
from tests.ui.world import clock

SAMPLE = sample_with(clock)
TODAY = dt.date(2022, 11, 1)


@pytest.fixture
def sample(tmp_path, facts):
    """The sample partnership with its five clusters."""
    document = SAMPLE.open(tmp_path / "sample.smartct", clock(), facts)
    yield document
    document.close()


@pytest.fixture
def importer(sample, facts):
    return Importer(sample, facts, TODAY)


@pytest.fixture
def understanding(texts):
    return Understanding(texts)


@pytest.fixture
def outlook_of(importer):
    """Reads and plans a file, and makes the plan ready to be shown."""

    def make(path, answers=None):
        book = importer.read(path, Progress())
        answers = answers or {}
        plan = importer.plan(book, answers, None, Progress())
        return Outlook.of(book, plan, answers)

    return make
