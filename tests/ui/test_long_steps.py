"""Steps that jobs write: the window lives meanwhile, and hears once, after the end."""

from threading import Event, get_ident

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.long_step import LongStep
from smartct_desktop.services.settings import Settings
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.tools import Tools

WORDS = Sentence("Writing")


@pytest.fixture
def failures():
    return []


@pytest.fixture
def jobs(qapp, failures):  # noqa: ARG001 -- timers need the application
    jobs = Jobs(failures.append)
    yield jobs
    jobs.shutdown()


@pytest.fixture
def tools(qtbot, look, jobs, failures, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return Tools(window, look, jobs, Settings(tmp_path / "settings.json"), failures.append)


@pytest.fixture
def heard(document):
    heard = []
    document.subscribe(lambda touched: heard.append((touched, get_ident())))
    return heard


def adding(count, before=None):
    """Work that adds organisations, after `before` was done with the long step."""

    def work(long_step):
        with long_step.edit("import") as edit:
            if before is not None:
                before(long_step)
            for n in range(count):
                edit.add(Organisation(name=f"Organisation {n}"))
        return count

    return work


def test_that_listeners_hear_once_and_on_the_own_thread(qtbot, tools, document, heard):
    order = []
    document.subscribe(lambda _touched: order.append("heard"))

    tools.long_steps.run(document, "Importing", adding(600), order.append)
    qtbot.waitUntil(lambda: len(order) == 2)

    assert order == ["heard", 600]
    ((touched, thread),) = heard
    assert (touched.label, len(touched.added["organisation"])) == ("import", 600)
    assert thread == get_ident()
    assert tools.long_steps.waiting is None


def test_that_the_window_goes_on_while_a_step_is_written(qtbot, tools, document):
    go_on, ticks, done = Event(), [], []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(document.read.total("organisation")))
    timer.start(1)

    def wait(long_step):
        long_step.progress.report(WORDS, 1, 4)
        assert go_on.wait(60)

    tools.long_steps.run(document, "Importing", adding(3, wait), done.append)
    qtbot.waitUntil(lambda: len(ticks) > 5)
    waiting = tools.long_steps.waiting
    qtbot.waitUntil(lambda: waiting.shown() == ("Writing", 0.25))
    assert set(ticks) == {0}
    assert waiting.isModal()
    assert waiting.accessibleName() == "Importing"

    go_on.set()
    qtbot.waitUntil(lambda: done == [3])
    timer.stop()
    assert document.read.total("organisation") == 3


@pytest.mark.parametrize("way", ["button", "key", "close"])
def test_that_cancel_leaves_the_document_as_it_was(qtbot, tools, document, heard, way):
    begun, go_on, done = Event(), Event(), []
    before = document.path.read_bytes()

    def wait(long_step):
        begun.set()
        assert go_on.wait(60)
        long_step.progress.report(WORDS)

    tools.long_steps.run(document, "Importing", adding(3, wait), done.append)
    assert begun.wait(60)
    waiting = tools.long_steps.waiting
    if way == "button":
        qtbot.mouseClick(waiting.cancel, Qt.MouseButton.LeftButton)
    elif way == "key":
        qtbot.keyClick(waiting, Qt.Key.Key_Escape)
    else:
        waiting.close()
    assert waiting.isVisible()
    assert waiting.shown()[0] == "Stopping…"
    go_on.set()
    qtbot.waitUntil(lambda: tools.long_steps.waiting is None)

    assert (done, heard) == ([], [])
    assert document.path.read_bytes() == before
    assert tools.note.accessibleName() == "Stopped. Nothing was changed."


def test_that_trouble_is_given_to_whoever_wants_it(qtbot, tools, document, heard):
    refused, done = [], []

    def fail(_long_step):
        raise Trouble(Sentence("The drive is full."))

    tools.long_steps.run(document, "Importing", adding(3, fail), done.append, failed=refused.append)
    qtbot.waitUntil(lambda: refused != [])

    assert [str(trouble) for trouble in refused] == ["The drive is full."]
    assert (done, heard) == ([], [])
    assert document.read.total("organisation") == 0


def test_that_a_mistake_of_ours_is_reported(qtbot, tools, document):
    def fail(_long_step):
        raise LookupError

    with qtbot.captureExceptions() as caught:
        tools.long_steps.run(document, "Importing", adding(3, fail), print)
        qtbot.waitUntil(lambda: tools.long_steps.waiting is None)

    assert [type_ for type_, *_ in caught] == [LookupError]


def test_that_undo_and_redo_go_the_same_way(qtbot, tools, document, heard):
    turned = []
    tools.long_steps.run(document, "Importing", adding(5), turned.append)
    qtbot.waitUntil(lambda: len(turned) == 1)

    tools.long_steps.run(document, "Undoing", LongStep.undo, turned.append)
    qtbot.waitUntil(lambda: len(turned) == 2)
    assert document.read.total("organisation") == 0
    tools.long_steps.run(document, "Doing again", LongStep.redo, turned.append)
    qtbot.waitUntil(lambda: len(turned) == 3)

    assert document.read.total("organisation") == 5
    assert [touched.back for touched, _ in heard] == [False, True, False]
    assert turned[1:] == [touched for touched, _ in heard[1:]]
