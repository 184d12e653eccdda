"""Merging again, after undoing, by older versions, with other clocks: what the histories decide."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.joining import Answer, Answers, Topic
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.joining_words import counted
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.services.programme import shipped_facts
from tests.services.steps import add, change, get
from tests.services.two_copies import topics

FACTS = shipped_facts()
DAY = dt.date(2021, 5, 3)


def test_that_what_only_one_side_undid_is_undone_after_the_merge(two):
    change(two.a, two.host, city="Bonn")
    a, b = two.part()
    b.undo()
    change(b, two.host, region="NRW")

    joining = two.merge()

    assert joining.doubts == ()
    assert (get(a, two.host).city, get(a, two.host).region) == (None, "NRW")
    assert [step.label for step in joining.compared.their_undone] == ["change"]


def test_that_what_only_one_side_did_again_is_done_after_the_merge(two):
    change(two.a, two.host, city="Bonn")
    two.a.undo()
    a, b = two.part()
    b.redo()

    two.merge()

    assert get(a, two.host).city == "Bonn"


def test_that_what_was_merged_and_undone_is_asked_again(two):
    a, b = two.part()
    change(a, two.host, city="Bonn")
    change(b, two.host, city="Köln")
    two.merge({"same_field": "ours"})
    assert two.plan().compared.same

    a.undo()

    assert topics(two.plan()) == [Topic.FIELD]


def test_that_later_work_on_the_copy_is_merged_by_what_was_merged_before(two):
    a, b = two.part()
    change(a, two.host, city="Bonn", region="A")
    change(b, two.host, city="Köln")
    two.merge({"same_field": "ours"})
    with closing(open_document(two.path)) as again:
        change(again, two.host, region="B")
        change(again, two.stay, remark="later")

    joining = two.plan()

    # The city was decided; the region was changed here before and there since.
    assert [doubt.field for doubt in joining.doubts] == ["region"]
    two.merge({"same_field": "theirs"})
    assert (get(a, two.host).city, get(a, two.host).region) == ("Bonn", "B")
    assert get(a, two.stay).remark == "later"


def test_that_the_clock_of_neither_copy_matters(two):
    two.a.save_copy(two.path)
    past = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)
    with closing(open_document(two.path, clock=lambda: past)) as b:
        change(b, two.host, city="Köln")
        b.undo()
        b.redo()

    two.merge()

    assert get(two.a, two.host).city == "Köln"


def test_that_a_document_of_others_is_refused_with_the_way_to_its_data(two):
    other = two.folder / "other.smartct"
    new_partnership(other, "Theirs").close()

    with pytest.raises(Trouble, match="is no copy of this document") as refused:
        compare(two.a, other)
    assert "import" in refused.value.hint


def test_that_the_document_itself_is_no_copy_of_it(two):
    with pytest.raises(Trouble, match="is the open document itself"):
        compare(two.a, two.a.path)


def test_that_the_copy_stays_as_it_is_even_if_an_older_version_wrote_it(two):
    a, b = two.part()
    change(b, two.host, city="Köln")
    b.undo()
    b.redo()
    change(b, two.host, region="NRW")
    b.close()
    two.b = None
    made_old(two.path)
    content, modified = two.path.read_bytes(), two.path.stat().st_mtime_ns

    two.merge()

    assert (two.path.read_bytes(), two.path.stat().st_mtime_ns) == (content, modified)
    assert sorted(path.name for path in two.folder.glob("copy*")) == ["copy.smartct"]
    assert (get(a, two.host).city, get(a, two.host).region) == ("Köln", "NRW")


def made_old(path):
    """As the version before wrote it, which knew nothing of marks."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE step DROP COLUMN turns")
        connection.execute("DROP TABLE joined")
        connection.execute("ALTER TABLE person DROP COLUMN restricted_on")
        connection.execute("ALTER TABLE person DROP COLUMN restricted_because")
        connection.execute("ALTER TABLE person DROP COLUMN restricted_because_folded")
        connection.execute("ALTER TABLE finding DROP COLUMN since")
        connection.execute("PRAGMA user_version=10")
        connection.commit()


def test_that_copies_of_yesterday_that_disagree_about_an_undoing_are_asked_about(two):
    change(two.a, two.host, city="Bonn")
    two.a.undo()
    a, b = two.part()
    b.redo()
    b.close()
    two.b = None
    made_old(two.path)
    path = a.path
    a.redo()
    a.undo()
    a.close()
    made_old(path)
    two.a = open_document(path)
    # Which of both turned it last nobody can tell from what was noted then.
    assert topics(two.plan()) == [Topic.FIELD]


def test_that_a_plan_is_refused_once_the_document_has_changed(two):
    a, b = two.part()
    change(b, two.host, city="Köln")
    joining = two.plan()
    change(a, two.firm, city="Rom")

    with pytest.raises(Trouble, match="was changed since it was compared"):
        merge_copy(a, joining)


def test_that_the_receipt_counts_and_names_what_the_copy_did(two):
    _, b = two.part()
    change(b, two.host, city="Köln")
    add(b, Organisation(name="A"), Organisation(name="B"))

    joining = two.merge()

    assert list(counted(joining.counts)) == ["Organisations: 2 added, 1 changed"]
    assert [step.label for step in joining.compared.their_steps] == ["change", "addition"]
    assert joining.unused(Answers({"same_field": {"x": "ours"}, "nothing": "ours"})) == [
        ("same_field", "x"),
        ("nothing", ""),
    ]


def test_that_a_merge_of_a_merge_brings_both_copies_to_the_same(two):
    a, b = two.part()
    change(a, two.host, city="Bonn")
    change(b, two.host, city="Köln")
    two.merge({"same_field": "theirs"})
    merged = two.folder / "merged.smartct"
    shutil.copyfile(a.path, merged)
    with closing(open_document(two.path)) as b:
        joining = plan(compare(b, merged), Answers(), FACTS)
        assert joining.doubts == ()
        b.announce(merge_copy(b, joining))
        assert get(b, two.host).city == "Köln"
    assert two.plan().changes == ()
    assert Answer.OURS.value == "ours"
