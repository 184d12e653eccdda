"""The open document: editing, undo, and the news of what changed."""

import pytest

from smartct_desktop.domain.changes import StepState
from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import new_partnership, open_document


def organisations(document):
    return sorted(o.name for o in document.read.all(Organisation))


def test_that_an_edit_is_one_step_however_many_records(own):
    with own.edit("two firms") as edit:
        edit.add(Organisation(name="A"))
        edit.add(Organisation(name="B"))
    assert organisations(own) == ["A", "B"]
    assert own.read.next_undo().label == "two firms"
    own.undo()
    assert organisations(own) == []


def test_that_a_refused_value_leaves_everything_as_it_was(own):
    def two_firms():
        with own.edit("two firms") as edit:
            edit.add(Organisation(name="A"))
            edit.add(Organisation(name=None))

    with pytest.raises(Invalid, match="Name must be filled in"):
        two_firms()
    assert organisations(own) == []
    assert own.read.history_count() == 1


def test_that_a_bug_in_the_block_leaves_everything_as_it_was(own):
    def broken():
        with own.edit("firm") as edit:
            edit.add(Organisation(name="A"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert organisations(own) == []


def test_that_an_edit_that_changes_nothing_is_no_step(own):
    firm = Organisation(name="A")
    with own.edit("firm") as edit:
        edit.add(firm)
    before = own.read.history_count()
    with own.edit("the same again") as edit:
        edit.set(edit.get(Organisation, firm.id), "name", "A")
    assert own.read.history_count() == before


def test_that_an_edit_sees_its_own_changes(own):
    firm = Organisation(name="A")
    with own.edit("firm") as edit:
        edit.add(firm)
        edit.set(edit.get(Organisation, firm.id), "city", "Sofia")
    assert own.read.get(Organisation, firm.id).city == "Sofia"
    own.undo()
    assert organisations(own) == []


def test_that_adding_and_removing_within_an_edit_leaves_nothing(own):
    firm = Organisation(name="A")
    before = own.read.history_count()
    with own.edit("back and forth") as edit:
        edit.add(firm)
        edit.remove("organisation", firm.id)
    assert own.read.history_count() == before


def test_that_what_others_still_name_cannot_be_removed(own):
    visitor, host = Organisation(name="A"), Organisation(name="B")
    with own.edit("exchange") as edit:
        edit.add(visitor)
        edit.add(host)
        edit.add(Exchange(number="X-1", vo=visitor.id, ho=host.id))
    with pytest.raises((Invalid, Trouble)), own.edit("remove A") as edit:
        edit.remove("organisation", visitor.id)
    assert organisations(own) == ["A", "B"]


def test_that_listeners_hear_which_records_were_touched_and_no_longer_after_leaving(own):
    heard = []
    leave = own.subscribe(heard.append)
    firm = Organisation(name="A")
    with own.edit("firm") as edit:
        edit.add(firm)
    own.undo()
    leave()
    own.redo()
    assert [dict(t.added) for t in heard] == [{"organisation": (firm.id,)}, {}]
    assert [dict(t.removed) for t in heard] == [{}, {"organisation": (firm.id,)}]
    assert [t.back for t in heard] == [False, True]


def test_that_undo_and_redo_survive_closing_the_document(own, clock):
    with own.edit("firm") as edit:
        edit.add(Organisation(name="A"))
    own.undo()
    path = own.path
    own.close()
    again = open_document(path, clock=clock)
    try:
        assert again.read.next_redo().label == "firm"
        again.redo()
        assert organisations(again) == ["A"]
        assert [s.state for s in again.read.history(0, 9)] == [StepState.DONE, StepState.DONE]
    finally:
        again.close()


def test_that_nothing_to_undo_is_said(own):
    own.undo()
    with pytest.raises(Trouble):
        own.undo()


def test_that_a_document_open_elsewhere_can_be_read_but_not_written(own):
    with pytest.raises(Trouble, match="since"):
        open_document(own.path)
    reading = open_document(own.path, read_only=True)
    try:
        assert reading.read_only
        with pytest.raises(Trouble), reading.edit("firm") as edit:
            edit.add(Organisation(name="A"))
    finally:
        reading.close()


def test_that_the_name_of_a_document_must_fit(tmp_path):
    with pytest.raises(Trouble, match=r"ends in \.smartct"):
        new_partnership(tmp_path / "own.xlsx", "Ours")
    assert list(tmp_path.iterdir()) == []


def test_that_a_copy_is_whole_and_stands_alone(sample, tmp_path, clock):
    copy = tmp_path / "copy.smartct"
    sample.save_copy(copy)
    again = open_document(copy, clock=clock)
    try:
        assert organisations(again) == organisations(sample)
        assert again.integrity() == []
    finally:
        again.close()


def test_that_a_reader_of_another_thread_sees_one_moment(sample):
    with sample.reader() as reader:
        before = reader.total("organisation")
    with sample.edit("firm") as edit:
        edit.add(Organisation(name="A"))
    with sample.reader() as reader:
        assert reader.total("organisation") == before + 1
