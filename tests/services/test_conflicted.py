"""Copies that sync programs left beside a document: found by id, compared by history."""

from contextlib import closing

import pytest

from smartct_desktop.domain.errors import MaybeInUse
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.conflicted import find_other_copies, suspected
from smartct_desktop.services.following import look
from smartct_desktop.services.opening import open_document
from tests.ui.world import make_document, make_small_document


@pytest.fixture
def document(tmp_path):
    document, _ = make_small_document(tmp_path / "Partnership.smartct")
    yield document
    document.close()


def add(document, *names):
    for name in names:
        with document.edit(f"new {name}") as edit:
            edit.add(Organisation(name=name))


def copy_of(document, name):
    path = document.path.with_name(name)
    document.save_copy(path)
    return path


def found(document):
    return {
        one.path.name: (one.there, one.here) for one in find_other_copies(document, document.path)
    }


def test_that_a_conflicted_copy_is_compared_by_what_only_one_of_them_holds(document):
    path = copy_of(document, "Partnership (conflicted copy 2022-06-15 104233).smartct")
    add(document, "Here")
    with closing(open_document(path)) as other:
        add(other, "There", "And there")

    (copy,) = find_other_copies(document, document.path, Progress())

    assert (copy.path, copy.there, copy.here, copy.compared) == (path, 2, 1, True)
    assert copy.newest.label == "new And there"


def test_that_the_newer_file_may_be_the_poorer_one(document):
    copy_of(document, "Partnership-LAPTOP-7.smartct")
    add(document, "Here")

    assert found(document) == {"Partnership-LAPTOP-7.smartct": (0, 1)}


def test_that_only_copies_of_this_very_document_count(document, tmp_path):
    make_document(tmp_path / "Partnership (1).smartct").close()
    (tmp_path / "Partnership (2).smartct").write_text("no document")
    (tmp_path / "Partnership (3).smartct").write_bytes(b"")
    copy_of(document, "Something else.smartct")

    assert len(list(suspected(document.path))) == 3
    assert found(document) == {}


def test_that_a_copy_that_is_cut_off_is_not_taken_for_a_whole_one(document):
    path = copy_of(document, "Partnership (1).smartct")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)

    assert all(not one.compared for one in find_other_copies(document, document.path))


def test_that_looking_changes_nothing(document):
    path = copy_of(document, "Partnership (1).smartct")
    before = path.read_bytes()

    assert found(document) == {path.name: (0, 0)}

    assert path.read_bytes() == before
    beside = sorted(one.name for one in path.parent.iterdir())
    assert beside == ["Partnership (1).smartct", "Partnership.smartct", "Partnership.smartct.lock"]


def test_that_who_reads_along_hears_of_the_writers_steps_and_end(document):
    with closing(open_document(document.path, read_only=True)) as reading:
        assert reading.in_use_elsewhere
        news = look(reading, ())
        assert news.writer.pid
        assert look(reading, news.marks).touched is None

        add(document, "New")
        new = look(reading, news.marks)
        assert (new.steps, list(new.touched.changed)) == (1, ["organisation"])
        document.undo()
        back = look(reading, new.marks)
        assert (back.steps, list(back.touched.changed)) == (1, ["organisation"])

        document.close()
        assert look(reading, back.marks).writer is None


def test_that_a_lock_file_of_another_machine_is_a_question(tmp_path):
    document, _ = make_small_document(tmp_path / "a.smartct")
    document.close()
    lock = tmp_path / "a.smartct.lock"
    told = '"user": "ada", "pid": 1, "version": "1", "since": "2022-06-15T08:00:00+00:00"'
    lock.write_text(f'{{"host": "LAPTOP-2", {told}}}')

    with pytest.raises(MaybeInUse, match=r"may still be open on LAPTOP-2: ada opened it there on"):
        open_document(document.path)
    with closing(open_document(document.path, read_only=True)) as reading:
        assert reading.in_use_elsewhere
        assert "LAPTOP-2" in reading.read_only_reason
    with closing(open_document(document.path, anyway=True)) as writing:
        assert not writing.read_only
    assert not lock.exists()
