"""Jobs: results, failures, cancelling, and what becomes of them when the window is gone."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.job_strip import JobStrip
from smartct_desktop.ui.jobs import Job, Jobs

LONG = 10  # seconds a worker waits before a test that went wrong lets it go


class Screen(QObject):
    """What starts jobs and hears of them."""

    def __init__(self):
        super().__init__()
        self.heard = []

    def note(self, value="cancelled"):
        self.heard.append((value, threading.current_thread() is threading.main_thread()))


@pytest.fixture
def reported():
    return []


@pytest.fixture
def jobs(qapp, reported):  # noqa: ARG001 -- needs the application
    made = Jobs(reported.append)
    yield made
    made.shutdown()


@pytest.fixture
def gate():
    """Lets a worker go on; opened at the end, so that no test leaves a thread behind."""
    event = threading.Event()
    yield event
    event.set()


def until_cancelled(progress):
    """Work that never ends by itself."""
    while True:
        progress.report(Sentence("Reading"), 1, 4)
        threading.Event().wait(0.001)


def test_that_a_result_arrives_on_the_gui_thread(jobs, qtbot):
    screen = Screen()
    worker = []

    def work(_progress):
        worker.append(threading.current_thread() is threading.main_thread())
        return 2**40

    jobs.run(work, screen.note)

    qtbot.waitUntil(lambda: screen.heard == [(2**40, True)])
    assert worker == [False]


def test_that_nothing_is_called_before_run_returns(jobs, qtbot):
    screen = Screen()

    job = jobs.run(lambda _progress: "read", screen.note)

    assert screen.heard == []
    assert jobs.active == (job,)
    qtbot.waitUntil(lambda: screen.heard == [("read", True)])
    assert jobs.active == ()


def test_that_a_failure_arrives_where_it_is_expected(jobs, qtbot, reported):
    screen = Screen()
    trouble = Trouble(Sentence("The disk is full."))

    def work(_progress):
        raise trouble

    jobs.run(work, screen.note, screen.note)

    qtbot.waitUntil(lambda: screen.heard == [(trouble, True)])
    assert reported == []


def test_that_a_failure_nobody_expects_is_reported(jobs, qtbot, reported):
    screen = Screen()

    jobs.run(lambda _progress: int("x"), screen.note)

    qtbot.waitUntil(lambda: len(reported) == 1)
    assert isinstance(reported[0], ValueError)
    assert screen.heard == []


def test_that_cancelling_ends_the_work_at_its_next_report(jobs, qtbot):
    screen = Screen()
    job = jobs.run(until_cancelled, screen.note, screen.note, screen.note)
    qtbot.waitUntil(lambda: job.stage.total == 4)

    job.cancel()

    qtbot.waitUntil(lambda: screen.heard == [("cancelled", True)])
    assert job.cancelled


def test_that_a_job_that_has_not_begun_can_be_cancelled(jobs, qtbot, gate):
    screen = Screen()
    ran: list[object] = []
    for _ in range(2):
        jobs.run(lambda _progress: gate.wait(LONG), ran.append)

    jobs.run(ran.append, screen.note, None, screen.note).cancel()

    qtbot.waitUntil(lambda: screen.heard == [("cancelled", True)])
    assert ran == []


def test_that_work_that_finishes_after_all_is_done(jobs, qtbot, gate):
    screen, begun = Screen(), threading.Event()

    def work(_progress):
        begun.set()
        gate.wait(LONG)
        return "written"

    job = jobs.run(work, screen.note, None, screen.note)
    assert begun.wait(LONG)
    job.cancel()
    gate.set()

    qtbot.waitUntil(lambda: screen.heard == [("written", True)])


def test_that_two_jobs_run_at_once(jobs, qtbot):
    screen = Screen()
    both = threading.Barrier(2, timeout=LONG)

    for _ in range(2):
        jobs.run(lambda _progress: both.wait() < 2, screen.note)

    qtbot.waitUntil(lambda: screen.heard == [(True, True), (True, True)])


def test_that_a_widget_that_is_gone_is_not_called(jobs, qtbot, gate):
    screen = Screen()
    ended: list[Job] = []
    jobs.finished.connect(ended.append)
    job = jobs.run(lambda _progress: gate.wait(LONG), screen.note)

    shiboken6.delete(screen)
    gate.set()

    qtbot.waitUntil(lambda: ended == [job])
    assert screen.heard == []


def test_that_a_bug_is_reported_although_its_widget_is_gone(jobs, qtbot, gate, reported):
    screen = Screen()

    def work(_progress):
        gate.wait(LONG)
        return 1 // 0

    jobs.run(work, screen.note, screen.note)
    shiboken6.delete(screen)
    gate.set()

    qtbot.waitUntil(lambda: len(reported) == 1)
    assert isinstance(reported[0], ZeroDivisionError)


def test_that_trouble_of_a_closed_screen_is_forgotten(jobs, qtbot, gate, reported):
    screen = Screen()
    ended: list[Job] = []
    jobs.finished.connect(ended.append)

    def work(_progress):
        gate.wait(LONG)
        raise Trouble(Sentence("The disk is full."))

    jobs.run(work, screen.note, screen.note)
    shiboken6.delete(screen)
    gate.set()

    qtbot.waitUntil(lambda: len(ended) == 1)
    assert reported == []


def test_that_progress_is_told_while_a_job_is_active_and_no_longer(jobs, qtbot):
    screen = Screen()
    told: list[Job] = []
    jobs.progressed.connect(told.append)
    job = jobs.run(until_cancelled, screen.note, None, screen.note)
    qtbot.waitUntil(lambda: len(told) >= 2)

    job.cancel()
    qtbot.waitUntil(lambda: screen.heard != [])
    count = len(told)
    qtbot.wait(250)

    assert len(told) == count


def test_that_shutting_down_waits_and_calls_nobody(qtbot):
    jobs, screen = Jobs(lambda _error: None), Screen()
    for _ in range(3):
        jobs.run(until_cancelled, screen.note, screen.note, screen.note)
    before = threading.active_count()

    jobs.shutdown()
    qtbot.wait(10)

    assert threading.active_count() < before
    assert screen.heard == []
    assert jobs.active == ()


def test_that_the_strip_shows_words_and_share_and_stops_the_work(jobs, look, qtbot):
    screen, strip = Screen(), JobStrip(look, jobs)
    qtbot.addWidget(strip)
    jobs.run(until_cancelled, screen.note, None, screen.note)
    qtbot.waitUntil(strip.isVisible)
    words, share, cancel = strip.shown()

    assert (words, share) == ("Reading", 0.25)
    cancel.click()

    qtbot.waitUntil(lambda: screen.heard == [("cancelled", True)])
    assert not strip.isVisible()


def test_that_the_strip_leaves_quiet_work_alone(jobs, look, qtbot):
    screen, strip = Screen(), JobStrip(look, jobs)
    qtbot.addWidget(strip)
    told: list[Job] = []
    jobs.progressed.connect(told.append)

    job = jobs.run(until_cancelled, screen.note, None, screen.note, shown=False)
    qtbot.waitUntil(lambda: len(told) >= 2)

    assert not strip.isVisible()
    job.cancel()
    qtbot.waitUntil(lambda: screen.heard != [])


def test_that_a_strip_of_a_dialog_follows_its_own_job(jobs, look, qtbot):
    screen, strip = Screen(), JobStrip(look, jobs)
    qtbot.addWidget(strip)
    other = jobs.run(until_cancelled, screen.note, None, screen.note)
    own = jobs.run(until_cancelled, screen.note, None, screen.note)
    strip.follow(own)
    qtbot.waitUntil(strip.isVisible)

    own.cancel()

    qtbot.waitUntil(lambda: not strip.isVisible())
    assert jobs.active == (other,)
    other.cancel()
    qtbot.waitUntil(lambda: jobs.active == ())
