"""Planning and writing stop at whatever report they are told to, and leave nothing behind."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from tests.services.importing.books import book, day, exchange, exchanges

ROWS = 900
WISH = Wish(accept_proposals=True)


class Counting(Progress):
    """Counts the reports, and is cancelled at one of them."""

    def __init__(self, stop_at=None):
        super().__init__()
        self.reports = 0
        self._stop_at = stop_at

    def report(self, words, done=0, total=0):
        self.reports += 1
        if self.reports == self._stop_at:
            self.cancel()
        super().report(words, done, total)


@pytest.fixture
def importer(clusters, facts):
    return Importer(clusters, facts, dt.date(2022, 11, 1))


@pytest.fixture
def file():
    first = day("2018-01-01")
    stays = [(first + dt.timedelta(days=n), first + dt.timedelta(days=n + 4)) for n in range(ROWS)]
    rows = [exchange(ref=f"X-{n}", start=start, end=end) for n, (start, end) in enumerate(stays)]
    return book(exchanges(*rows))


def reports_of(work):
    progress = Counting()
    work(progress)
    return progress.reports


def test_that_planning_stops_at_every_report(importer, file):
    reports = reports_of(lambda progress: importer.plan_with(file, {}, WISH, progress))
    assert reports > 40

    for stop_at in range(1, reports + 1, 9):
        progress = Counting(stop_at)
        with pytest.raises(Cancelled):
            importer.plan_with(file, {}, WISH, progress)
        assert progress.reports == stop_at


def test_that_a_long_import_is_like_a_short_one_and_heard_of_once(importer, clusters, file):
    heard = []
    clusters.subscribe(heard.append)
    plan = importer.plan_with(file, {}, WISH, Progress())

    with ThreadPoolExecutor(1) as executor:
        written = executor.submit(importer.write, plan, Progress()).result()
    assert heard == []
    importer.announce(written.touched)

    assert [touched.label for touched in heard] == [written.result.receipt.label]
    assert written.result.receipt.counts == plan.counts
    newest = clusters.read.next_undo()
    assert (newest.no, newest.label) == (written.result.step, written.result.receipt.label)
    assert clusters.read.total("exchange") == written.result.receipt.added["exchange"]


def test_that_writing_stops_at_every_report_and_leaves_nothing_behind(importer, clusters, file):
    plan = importer.plan_with(file, {}, WISH, Progress())
    before = clusters.path.read_bytes()
    with ThreadPoolExecutor(1) as executor:
        for stop_at in (1, 3, 5, 6):
            writing = executor.submit(importer.write, plan, Counting(stop_at))
            assert isinstance(writing.exception(), Cancelled)
            assert clusters.path.read_bytes() == before
