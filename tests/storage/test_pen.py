"""Writing on another thread: nobody waits for it, and it is wholly there or not at all."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Event, Thread

import pytest

from smartct_desktop.domain.changes import Change, Step, StepState
from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.pen import Turn
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

SIZE = 2_500  # records: several chunks, so that there are reports in between


class Halting(Progress):
    """Waits at a report until it may go on; `reached` says that it waits."""

    def __init__(self, at):
        super().__init__()
        self.reached, self.go_on = Event(), Event()
        self._left = at

    def report(self, words, done=0, total=0):
        self._left -= 1
        if self._left == 0:
            self.reached.set()
            assert self.go_on.wait(60)
        super().report(words, done, total)


@pytest.fixture
def executor():
    with ThreadPoolExecutor(2) as executor:
        yield executor


def step_of(count=SIZE):
    visitor = Organisation(name="Visitor")
    exchanges = [Exchange(number=f"{n}", vo=visitor.id, goals="goal " * 20) for n in range(count)]
    return Step("import", tuple(Change(None, record) for record in (visitor, *exchanges)))


def content(path):
    return sha256(path.read_bytes()).hexdigest()


def everything(store):
    records = {r.id: r for type_ in (Organisation, Exchange) for r in store.read.all(type_)}
    return records, store.read.history(0, 99)


def test_that_a_step_written_on_another_thread_is_like_any_other(store, executor):
    step = step_of()

    touched = executor.submit(store.apply, step, "ada", AT, Progress()).result()

    assert len(touched.added["exchange"]) == SIZE
    assert store.read.total("exchange") == SIZE
    assert executor.submit(store.undo, AT).result().back
    assert store.read.total("exchange") == 0
    assert store.redo(AT).added == touched.added
    assert store.integrity() == []


@pytest.mark.parametrize("report", [1, 2, 3])
def test_that_a_step_that_is_cancelled_leaves_the_file_untouched(store, add, executor, report):
    add(Organisation(name="Before"))
    before, held = content(store.path), everything(store)
    progress = Halting(report)
    writing = executor.submit(store.apply, step_of(), "ada", AT, progress)
    assert progress.reached.wait(60)

    progress.cancel()
    progress.go_on.set()

    assert isinstance(writing.exception(60), Cancelled)
    assert content(store.path) == before
    assert everything(store) == held


@pytest.mark.parametrize("deed", ["undo", "redo"])
def test_that_a_cancelled_undo_or_redo_leaves_the_file_untouched(store, executor, deed):
    store.apply(step_of(), "ada", AT)
    if deed == "redo":
        store.undo(AT)
    before, held = content(store.path), everything(store)
    progress = Halting(2)
    turning = executor.submit(getattr(store, deed), AT, progress)
    assert progress.reached.wait(60)

    progress.cancel()
    progress.go_on.set()

    assert isinstance(turning.exception(60), Cancelled)
    assert content(store.path) == before
    assert everything(store) == held


def test_that_the_owner_reads_while_another_thread_writes(store, add, executor):
    add(Organisation(name="Before"))
    before = content(store.path)
    progress = Halting(3)
    writing = executor.submit(store.apply, step_of(), "ada", AT, progress)
    assert progress.reached.wait(60)

    assert [o.name for o in store.read.all(Organisation)] == ["Before"]
    assert store.read.total("exchange") == 0
    assert content(store.path) == before

    progress.go_on.set()
    writing.result(60)
    assert store.read.total("exchange") == SIZE


def test_that_a_reader_sees_its_moment_until_the_other_thread_has_written(store, add, executor):
    add(Organisation(name="Before"))
    progress = Halting(3)
    writing = executor.submit(store.apply, step_of(), "ada", AT, progress)
    assert progress.reached.wait(60)

    with store.reader() as reader:
        assert reader.total("organisation") == 1
        assert reader.total("exchange") == 0
        progress.go_on.set()
        writing.result(60)
        with pytest.raises(Outdated):
            reader.total("exchange")


def test_that_a_second_writer_is_refused_at_once(store, add, executor):
    progress = Halting(2)
    writing = executor.submit(store.apply, step_of(), "ada", AT, progress)
    assert progress.reached.wait(60)

    for deed in (lambda: add(Organisation(name="Second")), lambda: store.undo(AT)):
        with pytest.raises(Trouble, match="Another change is still being written"):
            deed()

    progress.go_on.set()
    writing.result(60)
    assert [step.state for step in store.read.history(0, 9)] == [StepState.DONE]


def test_that_a_step_that_fails_on_another_thread_leaves_nothing_behind(store, add, executor):
    stored = Organisation(name="There")
    add(stored)
    before = content(store.path)
    step = step_of()
    twice = Step(step.label, (*step.changes, Change(None, stored)))

    writing = executor.submit(store.apply, twice, "ada", AT)

    assert isinstance(writing.exception(60), Trouble)
    assert content(store.path) == before
    add(Organisation(name="Next"))
    assert store.integrity() == []


def test_that_a_document_written_on_another_thread_stands_alone_when_closed(path, executor):
    store = Store.create(path, at=AT)
    executor.submit(store.apply, step_of(), "ada", AT).result(60)
    store.close()

    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    again = Store.open(path)
    assert not again.unclean
    assert again.read.total("exchange") == SIZE
    again.close()


def test_that_a_step_waits_for_findings_that_the_window_writes_by_itself():
    turn, written = Turn(), Event()

    def step():
        with turn.taken():
            written.set()

    with turn.taken(soon_over=True):
        job = Thread(target=step)
        job.start()
        assert not written.is_set()
    job.join()
    assert written.is_set()


def test_that_a_step_is_refused_while_another_one_is_written():
    turn = Turn()
    with turn.taken(), pytest.raises(Trouble, match="still being written"), turn.taken():
        pass
