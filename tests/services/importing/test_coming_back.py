"""Rows that mean what is stored already, or was stored: asked about, remembered, not doubled."""

import pytest

from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.sender import Judgement
from smartct_desktop.services.deleting import delete, plan_deletion
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import (
    book,
    day,
    exchange,
    exchanges,
    member,
    members,
    sheet,
)

SEEWIND = "Verband Seewind e. V."
EVENTS = ["Event", "Start", "End", "City"]
CONTACTS = ["Name", "Organisation", "E-mail", "Phone"]
PEOPLE = {"kind": "person"}


def without_ref(*rows):
    return exchanges(*(exchange(None, **row) for row in rows))


def events(*rows):
    return book(sheet([EVENTS, *rows], "Events"))


def contacts(name, email=None, organisation=None, phone=None, *, file="list.xlsx"):
    return book(sheet([CONTACTS, [name, organisation, email, phone]], "Contacts"), name=file)


def the(document, type_):
    (found,) = document.read.all(type_)
    return found


def open_items(plan, topic):
    return [item for q in plan.open_questions if q.topic == topic for item in q.items]


def reply(plan, topic, answer):
    """Answers all items of a question alike."""
    (question,) = [q for q in plan.open_questions if q.topic == topic]
    return {question.id: {item.key: answer for item in question.items}}


# Exchanges.


def test_that_a_first_day_corrected_by_hand_is_proposed_as_the_same_exchange(take, plan, clusters):
    file = book(without_ref({}))
    take(file)
    with clusters.edit("by hand") as edit:
        edit.set(the(clusters, Exchange), "start", day("2021-11-16"))

    again = plan(file)

    (item,) = open_items(again, "same_exchange")
    assert (again.counts.add, again.counts.wait) == (0, 1)
    assert item.propose == the(clusters, Exchange).number
    assert "corrected by hand" in item.text
    took, _ = take(file, accept_proposals=True)
    assert took.counts.same == 1
    assert the(clusters, Exchange).start == day("2021-11-16")


def test_that_another_day_of_the_same_two_is_asked_about_without_leaning(take, plan):
    take(book(without_ref({})))

    near = plan(book(without_ref({"start": day("2021-11-22"), "end": day("2021-11-26")})))
    far = plan(book(without_ref({"start": day("2022-03-07"), "end": day("2022-03-11")})))

    (item,) = open_items(near, "same_exchange")
    assert (item.propose, item.certainty) == (None, 0.0)
    assert "7 days apart" in item.text
    assert far.counts.add == 1


def test_that_a_stay_another_row_tells_of_is_no_candidate(plan, take):
    take(book(without_ref({})))

    later = plan(book(without_ref({}, {"start": day("2021-11-22"), "end": day("2021-11-26")})))

    assert (later.counts.same, later.counts.add, later.open_questions) == (1, 1, ())


@pytest.mark.parametrize("new", [False, True])
def test_that_the_answer_on_an_exchange_holds_for_the_next_file(take, plan, clusters, new):
    take(book(without_ref({})))
    moved = {"start": day("2021-11-17"), "end": day("2021-11-19")}
    asked = plan(book(without_ref(moved)))
    stored = the(clusters, Exchange)

    answer = "new" if new else stored.number
    took, _ = take(book(without_ref(moved)), reply(asked, "same_exchange", answer))
    verdicts = [j for j in clusters.read.all(Judgement) if j.subject == "exchange"]
    next_file = plan(book(without_ref(moved), name="next.xlsx"))

    assert took.counts.add == new
    assert len(verdicts) == 1
    assert next_file.open_questions == ()
    assert next_file.counts.same == 1
    clusters.undo()
    assert not [j for j in clusters.read.all(Judgement) if j.subject == "exchange"]
    assert len(open_items(plan(book(without_ref(moved), name="n.xlsx")), "same_exchange")) == 1


# Events.


def test_that_a_title_written_otherwise_on_the_same_day_is_proposed(take, plan):
    take(events(["Jornada de Movilidad Urbana", day("2022-03-01"), day("2022-03-01"), "Bilbao"]))

    again = plan(
        events(["Jornada de Mobilidad Urbana", day("2022-03-01"), day("2022-03-01"), "Bilbao"])
    )

    (item,) = open_items(again, "same_event")
    assert item.propose == "Jornada de Movilidad Urbana (01.03.2022)"
    assert again.counts.add == 0


def test_that_the_answer_on_an_event_holds_for_the_next_file(take, plan, clusters):
    row = ["Open Day Two", day("2022-03-03"), day("2022-03-03"), "Kiel"]
    take(events(["Open Day Two", day("2022-03-01"), day("2022-03-01"), "Kiel"]))
    asked = plan(events(row))
    (item,) = open_items(asked, "same_event")
    assert item.propose is None

    take(events(row), reply(asked, "same_event", "new"))

    assert len(list(clusters.read.all(Event))) == 2
    assert [j.verdict.value for j in clusters.read.all(Judgement)] == ["not_same"]
    again = plan(book(sheet([EVENTS, row], "Other"), name="other.xlsx"))
    assert (again.counts.same, again.open_questions) == (1, ())


def test_that_a_yearly_event_is_no_other_years_event(take, plan):
    take(events(["Annual Meeting", day("2021-03-01"), day("2021-03-01"), "Kiel"]))

    assert plan(events(["Annual Meeting", day("2022-03-02"), None, "Kiel"])).counts.add == 1


# People.


@pytest.mark.parametrize(
    "written", ["Ivanova Maria", "Мария Иванова", "María Ivanova", "MARIA IVANOVA"]
)
def test_that_a_person_written_otherwise_is_not_added_twice(take, plan, written):
    take(contacts("Maria Ivanova", "maria@seewind.example", SEEWIND), **PEOPLE)

    again = plan(contacts(written, None, SEEWIND), **PEOPLE)

    proposed = [item.propose for item in open_items(again, "same_person")]
    assert proposed == ["Maria Ivanova"] * again.counts.wait
    assert again.counts.same + again.counts.wait == 1


def test_that_two_of_one_name_with_their_own_addresses_are_two(take, plan):
    take(contacts("Maria Ivanova", "maria@seewind.example", SEEWIND), **PEOPLE)

    other = plan(contacts("Ivanova Maria", "m.ivanova@web.example", SEEWIND), **PEOPLE)

    assert other.counts.add == 1


def test_that_the_answer_on_a_person_holds_for_the_next_file(take, plan, clusters):
    row = ("Ivanova Maria", None, SEEWIND, "+49 451 1")
    take(contacts("Maria Ivanova", None, SEEWIND), **PEOPLE)
    asked = plan(contacts(*row), **PEOPLE)

    take(contacts(*row), reply(asked, "same_person", "Maria Ivanova"), **PEOPLE)

    assert the(clusters, Person).phone == "+49 451 1"
    assert the(clusters, Person).name == "Maria Ivanova"
    again = plan(contacts(*row, file="other.xlsx"), **PEOPLE)
    assert (again.counts.same, again.open_questions) == (1, ())


# The same row twice in one file.

OPEN_DAY = ["Open Day", day("2022-03-01"), None, "Kiel"]
MARIA = ["Maria Ivanova", SEEWIND, "maria@seewind.example", None]


@pytest.mark.parametrize(
    ("type_", "file", "wish"),
    [
        (Exchange, book(exchanges(exchange("A-1"), exchange("A-1"))), {}),
        (Event, events(OPEN_DAY, OPEN_DAY), {}),
        (Person, book(sheet([CONTACTS, MARIA, MARIA], "Contacts")), PEOPLE),
        (Membership, book(members(member(sme=None), member(sme=None))), {}),
    ],
    ids=["exchange", "event", "person", "membership"],
)
def test_that_the_same_row_twice_is_one_record(take, clusters, type_, file, wish):
    planned, _ = take(file, accept_proposals=True, **wish)

    assert len(list(clusters.read.all(type_))) == 1
    assert "IMP-10" in {finding.code for finding in planned.findings}
    assert planned.counts.add == 1


# Records that were deleted.


def gone(document, type_, **facts):
    wanted = [
        r.id
        for r in document.read.all(type_)
        if all(getattr(r, name) == value for name, value in facts.items())
    ]
    delete(document, plan_deletion(document.read, type_.schema.kind, wanted))


@pytest.mark.parametrize(
    ("type_", "file"),
    [
        (Exchange, book(exchanges(exchange("A-1")))),
        (Exchange, book(without_ref({}))),
        (Event, events(["Open Day", day("2022-03-01"), None, "Kiel"])),
        (Person, contacts("Maria Ivanova", "m@seewind.example")),
        (Membership, book(members(member(sme=None)))),
    ],
    ids=["exchange by reference", "exchange by its stay", "event", "person", "membership"],
)
def test_that_a_deleted_record_that_comes_back_is_asked_about(take, plan, clusters, type_, file):
    wish = PEOPLE if type_ is Person else {}
    take(file, accept_proposals=True, **wish)
    gone(clusters, type_)

    asked = plan(file, **wish)

    (item,) = open_items(asked, "deleted_record")
    assert not item.proposed
    assert (asked.counts.add, asked.counts.wait) == (0, 1)
    assert plan(file, reply(asked, "deleted_record", "leave out"), **wish).counts.refuse == 1
    assert plan(file, reply(asked, "deleted_record", "add again"), **wish).counts.add == 1


def test_that_what_an_undo_took_away_was_not_deleted(take, plan, clusters):
    file = book(exchanges(exchange("A-1")))
    take(file)
    clusters.undo()

    assert (plan(file).counts.add, plan(file).open_questions) == (1, ())


def test_that_a_deleted_organisation_that_comes_back_is_said(take, plan, clusters):
    take(book(members(member(sme=None))), accept_proposals=True)
    gone(clusters, Membership)
    gone(clusters, Organisation, name="Adler Optik")

    later = plan(book(exchanges(exchange("A-1", vo="Adler Optik"))))

    (told,) = [f for f in later.findings if f.code == "IMP-11"]
    assert "Adler Optik" in told.sentence
    assert later.rows[0].action is Action.ADD
