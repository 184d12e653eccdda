"""Merging another copy of a document: what is taken, what is asked, what answers come to."""

import datetime as dt
import json

import pytest

from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.joining import Topic
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_day import ExchangeDay
from smartct_desktop.domain.records.exchange_person import ExchangePerson
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.services.attaching import Owner, attach_files
from smartct_desktop.services.deleting import delete, plan_deletion
from smartct_desktop.services.joining import merge_copy
from smartct_desktop.services.joining_words import JoiningWords
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.texts import ISO, Texts
from tests.services.steps import add, change, get, remove

FACTS = shipped_facts()
DAY = dt.date(2021, 5, 3)


def asked(joining):
    words = JoiningWords(joining.compared, Texts(FACTS, ISO))
    return [words.asked(doubt) for doubt in joining.doubts]


def test_that_different_fields_are_combined_and_equal_edits_are_silent(two):
    a, b = two.part()
    change(a, two.stay, start=DAY, remark="agreed")
    change(b, two.stay, end=DAY, remark="agreed")

    joining = two.merge()

    assert joining.doubts == ()
    stay = get(a, two.stay)
    assert (stay.start, stay.end, stay.remark) == (DAY, DAY, "agreed")
    assert a.read.next_undo().label == "merge of the copy copy.smartct"
    a.undo()
    assert get(a, two.stay).end is None


@pytest.mark.parametrize(("answer", "city"), [("ours", "Bonn"), ("theirs", "Köln")])
def test_that_a_field_that_both_changed_is_asked_about(two, answer, city):
    a, b = two.part()
    change(a, two.host, city="Bonn")
    change(b, two.host, city="Köln")

    open_ = two.plan()
    with pytest.raises(Trouble, match="open"):
        merge_copy(a, open_)
    (question,) = asked(open_)
    assert question.sentence == "City of Organisation Host was set here and in the copy."
    assert [str(words) for _, words in question.options] == ["Ours: Bonn", "Theirs: Köln"]
    two.merge({"same_field": {f"organisation/{two.host.id}/city": answer}})

    assert get(a, two.host).city == city
    assert two.plan().compared.same  # nothing is asked twice


def test_that_terms_and_lines_of_both_can_be_kept(two):
    change(two.a, two.stay, remark="first", activities=("A1",))
    a, b = two.part()
    change(a, two.stay, remark="first\nours", activities=("A1", "A3"))
    change(b, two.stay, remark="first\ntheirs", activities=("A2",))

    two.merge(proposals=True)

    stay = get(a, two.stay)
    assert stay.remark == "first\nours\ntheirs"
    assert set(stay.activities) == {"A2", "A3"}


def test_that_deleted_here_and_changed_there_is_asked_and_brings_its_parts_back(two):
    person = Person(name="Ada")
    taking_part = ExchangePerson(exchange=two.stay.id, person=person.id)
    day = ExchangeDay(exchange=two.stay.id, date=DAY)
    add(two.a, person, day, taking_part)
    a, b = two.part()
    delete(a, plan_deletion(a.read, "exchange", [two.stay.id]))
    change(b, two.stay, remark="changed")

    joining = two.plan()
    (question,) = asked(joining)
    assert question.sentence == "Exchange O-2021-001 was deleted here and changed in the copy."
    assert [str(words) for _, words in question.options] == ["Leave it deleted", "Bring it back"]
    two.merge(proposals=True)

    assert get(a, two.stay).remark == "changed"
    assert get(a, day) == day
    assert get(a, taking_part) == taking_part


def test_that_it_can_stay_deleted_with_all_that_belongs_to_it(two):
    a, b = two.part()
    delete(a, plan_deletion(a.read, "exchange", [two.stay.id]))
    change(b, two.stay, remark="changed")
    add(b, ExchangeDay(exchange=two.stay.id, date=DAY))

    joining = two.merge({"removed_and_changed": "ours"})

    assert a.read.total("exchange") == a.read.total("exchange_day") == 0
    notes = JoiningWords(joining.compared, Texts(FACTS, ISO)).notes(joining)
    assert "what it belongs to stays deleted" in notes[0]


def test_that_what_was_deleted_there_comes_back_if_it_is_named_here(two):
    lonely = Organisation(name="Lonely")
    add(two.a, lonely)
    a, b = two.part()
    change(a, two.stay, vo_cluster=lonely.id)
    remove(b, lonely)

    (question,) = asked(two.plan())
    assert (
        question.sentence
        == "Organisation Lonely was deleted in the copy, and here a record names it."
    )
    two.merge(proposals=True)
    assert get(a, two.stay).vo_cluster == lonely.id

    a.undo()
    two.merge({"removed_and_changed": "theirs"})
    assert get(a, two.stay).vo_cluster is None
    assert a.read.get_many(Organisation, [lonely.id]) == {}


def test_that_a_deleted_person_does_not_come_back_by_itself(two):
    person = Person(name="Ada")
    add(two.a, person)
    a, b = two.part()
    remove(a, person)
    change(b, person, function="Director")

    two.merge(proposals=True)

    assert a.read.total("person") == 0


def test_that_who_was_made_anonymous_on_one_side_stays_so(two):
    person = Person(name="Ada", email="ada@firm.eu")
    add(two.a, person)
    a, b = two.part()
    change(a, person, name="Person 1", email=None, anonymised_on=DAY)
    change(b, person, email="ada@other.eu")

    assert two.merge().doubts == ()
    assert (get(a, person).name, get(a, person).email) == ("Person 1", None)


@pytest.mark.parametrize(("answer", "firms"), [("same", 1), ("other", 2)])
def test_that_the_same_firm_entered_on_both_sides_is_asked_about(two, answer, firms):
    a, b = two.part()
    ours = Organisation(name="Neu GmbH", vat="DE123456789")
    theirs = Organisation(name="Neu", vat="DE123456789", country="DE")
    add(a, ours, Exchange(number="O-1", vo=ours.id, cxc_id="X1"))
    add(
        b,
        theirs,
        Exchange(number="O-2", vo=theirs.id, cxc_id="X2"),
        Person(name="Ada", organisation=theirs.id),
    )

    question = asked(two.plan())[0]
    assert "“Neu GmbH” was added here and “Neu” in the copy, with the same VAT number" in (
        question.sentence
    )
    joining = two.merge({"same_record": answer, "same_field": "ours"})

    new = [o for o in a.read.all(Organisation) if o.vat]
    assert len(new) == firms
    if answer == "same":
        (one,) = new
        assert (one.name, one.country, one.aliases) == ("Neu GmbH", "DE", "Neu")
        named = {stay.vo for stay in a.read.all(Exchange) if stay.cxc_id}
        assert named == {one.id} == {person.organisation for person in a.read.all(Person)}
        assert joining.counts[Action.CHANGE]["organisation"] == 1
        assert joining.counts[Action.REMOVE]["organisation"] == 0
    a.undo()
    assert [o.name for o in a.read.all(Organisation) if o.vat] == ["Neu GmbH"]


def test_that_the_very_same_entry_on_both_sides_needs_no_question(two):
    a, b = two.part()
    for document in (a, b):
        firm = Organisation(name="Neu GmbH", vat="DE123456789", country="DE")
        add(document, firm, Exchange(number="O-9", vo=firm.id, ho=two.host.id, start=DAY))

    assert two.merge().doubts == ()
    assert a.read.total("organisation") == 3
    assert a.read.total("exchange") == 2


def test_that_a_number_given_on_both_sides_is_told_and_the_other_gets_the_next(two):
    a, b = two.part()
    ours = Exchange(id=Id("1" * 32), number="OUR-2021-002", vo=two.firm.id, start=DAY)
    theirs = Exchange(id=Id("2" * 32), number="OUR-2021-002", vo=two.host.id, start=DAY)
    add(a, ours)
    add(b, theirs, Exchange(number="OUR-2021-003", start=DAY))

    (question,) = asked(two.plan())
    assert question.doubt.topic is Topic.NUMBER
    assert "OUR-2021-002 was given to an exchange here (Firm, 2021-05-03)" in question.sentence
    joining = two.merge({"same_number": "theirs"})

    assert get(a, theirs).number == "OUR-2021-002"
    assert get(a, ours).number == "OUR-2021-004"
    assert "Exchange OUR-2021-002 gets the number OUR-2021-004." in JoiningWords(
        joining.compared, Texts(FACTS, ISO)
    ).notes(joining)


@pytest.mark.parametrize(("answer", "days"), [("ours", (10, 12)), ("theirs", (1, 5))])
def test_that_values_that_do_not_fit_together_are_asked_about(two, answer, days):
    change(two.a, two.stay, start=day(1), end=day(12))
    a, b = two.part()
    change(a, two.stay, start=day(10))
    change(b, two.stay, end=day(5))

    (question,) = asked(two.plan())
    assert question.doubt.topic is Topic.TOGETHER
    assert "A stay cannot end before it starts." in question.sentence
    two.merge({"do_not_fit": answer})

    assert (get(a, two.stay).start, get(a, two.stay).end) == tuple(map(day, days))


def day(n):
    return dt.date(2021, 5, n)


def test_that_attached_files_come_with_their_contents(two):
    _, b = two.part()
    paper = two.folder / "paper.txt"
    paper.write_bytes(b"signed" * 1000)
    owner = Owner("exchange", two.stay.id, "stay")
    attach_files(b, owner, [paper], Progress(), most=1 << 20, today=DAY)

    two.merge()

    (attached,) = two.a.read.all(Attachment)
    assert b"".join(two.a.content(attached.sha256, "paper.txt")) == b"signed" * 1000
    assert two.a.integrity() == []


def test_that_what_was_learned_on_both_sides_is_kept(two):
    a, b = two.part()
    change(a, two.sender, answers=json.dumps({"f1": {"q": "x"}, "f2": {"q": "ours"}}))
    change(b, two.sender, answers=json.dumps({"f3": {"q": "y"}, "f2": {"q": "theirs"}}))
    for document, written in ((a, "Firma"), (b, "FIRMA")):
        verdict = Verdict.NOT_SAME
        add(
            document,
            Judgement(subject="organisation", written=written, record=two.firm.id, verdict=verdict),
        )

    joining = two.merge({"same_field": {f"sender/{two.sender.id}/answers": "theirs"}}, proposals=1)

    assert json.loads(get(a, two.sender).answers) == {
        "f1": {"q": "x"},
        "f2": {"q": "theirs"},
        "f3": {"q": "y"},
    }
    assert [j.record for j in a.read.all(Judgement)] == [two.firm.id]
    assert "learned" in next(one.sentence for one in asked(joining) if one.doubt.key[0] == "sender")


def test_that_a_period_opened_by_undoing_there_is_open_here_as_well(two):
    period = ReportingPeriod(name="Q1", last=DAY, closed_on=DAY, report="kpi")
    add(two.a, period)
    a, b = two.part()
    b.undo()

    two.merge()

    assert a.read.total("reporting_period") == 0
