"""Merging with a copy that still tells of somebody who was forgotten brings nothing back."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.joining import Answers
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.attaching import Owner, attach_files
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.joining_words import JoiningWords
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.privacy.elsewhere import forgotten_in
from smartct_desktop.services.privacy.forgetting import forget
from smartct_desktop.services.privacy.plan import Mode
from smartct_desktop.services.restoring import copy_to_look_into, forget_looked_into, restore
from smartct_desktop.services.texts import ISO, Texts
from tests.services.privacy.test_forgetting import NAME, TODAY, left_in, made, planned

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


@pytest.fixture(params=list(Mode))
def mode(request):
    return request.param


@pytest.fixture
def copies(tmp_path, facts, mode):
    """A document in which the person is forgotten, and a copy of before that was changed since."""
    folder, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    path, copy = folder / "a.smartct", elsewhere / "b.smartct"
    document, ada = made(path)
    asked = planned(document, facts, ada, mode)
    document.save_copy(copy)
    document.close()
    with closing(open_document(copy)) as other:
        with other.edit(f"another talk by {NAME}") as edit:
            event = edit.add(Event(title=f"Another talk by {NAME}"))
            edit.set(edit.get(Person, ada), "function", "Quxenbörg's deputy")
        note = tmp_path / "note.txt"
        note.write_text(f"{NAME} will talk", encoding="utf-8")
        owner = Owner("event", event.id, "talk")
        attach_files(other, owner, [note], Progress(), most=10**6, today=TODAY)
        note.unlink()
        other.settle_all()
    forget(path, asked, "asked", folder / "c.txt", facts)
    return path, copy, ada


def test_that_a_merge_leaves_out_who_was_forgotten(copies, facts, mode):
    path, copy, ada = copies
    before = copy.read_bytes()
    with closing(open_document(path)) as document:
        assert not document.changed_outside  # we wrote it ourselves
        assert forgotten_in(document.read) == {ada}
        compared = compare(document, copy)
        joining = plan(compared, Answers(proposals=mode is Mode.ERASE), facts)
        assert [doubt for doubt in joining.doubts if doubt.open] == []
        (told, do) = JoiningWords(compared, Texts(facts, ISO)).notes(joining)[:2]
        assert told == "The copy still tells of somebody who was forgotten here: that is left out."
        assert do == "Forget them in that copy, too, or delete it."
        assert [NAME in step.label for step in compared.their_steps] == [False, False]
        document.announce(merge_copy(document, joining))
        document.settle_all()
        assert {one.title for one in document.read.all(Event)} == {"Talk by …", "Another talk by …"}
        assert (ada in {one.id for one in document.read.all(Person)}) is (mode is Mode.ANONYMISE)
        assert document.integrity() == []
    assert left_in(path.parent) == []
    assert left_in(path.parents[1] / "home") == []
    assert copy.read_bytes() == before
    with closing(open_document(path)) as document:
        assert compare(document, copy).same  # the next merge has nothing more to ask


@pytest.mark.parametrize("mode", [Mode.ANONYMISE], indirect=True)
def test_that_nobody_is_merged_who_was_forgotten_only_in_the_copy(copies, facts, mode):
    path, copy, ada = copies
    with closing(open_document(copy)) as document:
        with pytest.raises(Trouble, match=f"{NAME} was forgotten in a.smartct") as refused:
            compare(document, path)
        assert refused.value.hint.startswith("Forget the person here, too")
        asked = planned(document, facts, ada, mode)
    forget(copy, asked, "asked there, too", copy.parent / "c.txt", facts)

    with closing(open_document(copy)) as document:
        joining = plan(compare(document, path), Answers(), facts)
        fields = {doubt.field for doubt in joining.open}
        assert fields <= {"anonymised_on", ""}  # each copy invented another name: no question
    assert left_in(copy.parent) == []


@pytest.mark.parametrize("mode", [Mode.ERASE], indirect=True)
def test_that_a_restore_from_elsewhere_brings_nobody_back(copies):
    path, copy, ada = copies
    before = copy.read_bytes()
    looked = copy_to_look_into(copy, document=path)
    assert left_in(looked.parent) == []
    with closing(open_document(looked, read_only=True)) as then, then.reader() as reader:
        assert reader.total("event") == 2
    forget_looked_into()

    outcome = restore(path, copy, MOMENT)

    assert outcome.forgotten == 1
    assert left_in(path.parent) == left_in(path.parents[1] / "home") == []
    assert copy.read_bytes() == before
    with closing(open_document(path)) as document:
        assert document.integrity() == []
        assert {one.title for one in document.read.all(Event)} == {"Talk by …", "Another talk by …"}
        assert forgotten_in(document.read) == {ada}  # also when the next copy comes
        with document.reader() as now:
            assert now.get(Person, ada).anonymised_on is not None
