"""Attendance lists: one event, its sessions, and who was there."""

import datetime as dt

import pytest

from smartct_desktop.domain.records.attendance import Attendance, AttendanceRole
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book, day, sheet

HEADINGS = ["Nachname", "Vorname", "Organisation", "Land", "E-Mail", "Unterschrift"]
TITLE = "Werkstatt Hafenlogistik – Kiel, 7. und 8. März 2022"
HOST = "Veranstalter: Verband Seewind e. V."
FIRST, SECOND = "Montag, 7. März – Vormittag (9:00-12:30)", "Dienstag, 8. März (9:00-13:00)"
NEW = {"which_event:Sheet1": "new"}


def guest(family="Auster", given="Jonna", **other):
    cells = {
        "family": family,
        "given": given,
        "organisation": "Kaikante GmbH",
        "country": "Deutschland",
        "email": f"{given}.{family}@kaikante.example".lower(),
        "signature": "gez.",
    }
    return list((cells | other).values())


def listed(*rows):
    return [[TITLE], [HOST], [], HEADINGS, *rows]


@pytest.fixture
def there(take, clusters):
    """Imports a list and gives the plan and what is stored of a kind afterwards."""

    def imported(type_, *rows, answers=None):
        plan, _ = take(book(listed(*rows)), {**NEW, **(answers or {})})
        return plan, list(clusters.read.all(type_))

    return imported


def test_that_which_event_is_meant_is_asked_before_anything_is_taken(take, clusters):
    plan, _ = take(book(listed([FIRST], guest())))

    question = next(q for q in plan.open_questions if q.topic == "which_event")
    assert question.items[0].propose == "new"
    assert "Werkstatt Hafenlogistik" in question.text
    assert plan.counts.wait == 3
    assert not list(clusters.read.all(Attendance))


def test_that_the_titles_make_the_event(there):
    _, (event,) = there(Event, [FIRST], guest())

    assert (event.title, event.title_in_file) == ("Werkstatt Hafenlogistik", TITLE)
    assert (event.start, event.end) == (day("2022-03-07"), day("2022-03-08"))
    assert (event.city, event.country) == ("Kiel", "DE")
    assert event.status is EventStatus.HELD
    assert event.host_cluster is not None


def test_that_headings_between_the_rows_are_sessions(there, clusters):
    plan, sessions = there(Session, [FIRST], guest(), [SECOND], guest())

    assert [(s.no, s.date, s.start_time, s.end_time) for s in sessions] == [
        (1, day("2022-03-07"), dt.time(9), dt.time(12, 30)),
        (2, day("2022-03-08"), dt.time(9), dt.time(13)),
    ]
    seen = list(clusters.read.all(Attendance))
    assert [one.session for one in seen] == [session.id for session in sessions]
    assert len({one.person for one in seen}) == 1
    assert plan.counts.rows == 8 - 1


def test_that_a_list_without_sessions_is_about_the_event(there, clusters):
    _, (one,) = there(Attendance, guest())

    assert one.session is None
    assert (one.attended, one.signed, one.role) == (True, True, AttendanceRole.PARTICIPANT)
    assert one.country == "DE"
    (organisation,) = [o for o in clusters.read.all(Organisation) if o.id == one.organisation]
    assert organisation.name == "Kaikante GmbH"


def test_that_a_heading_of_another_meaning_is_no_session(there):
    _, sessions = there(Session, ["Gäste aus dem Ausland"], guest())

    assert not sessions


def test_that_a_name_without_signature_is_asked_about(take, clusters):
    rows = listed([FIRST], guest(), guest("Brandt", "Ove", signature=None))
    plan, _ = take(book(rows), NEW)

    (question,) = [q for q in plan.open_questions if q.topic == "attended"]
    assert question.rows == (7,)
    assert question.items[0].propose == "not present"
    assert [one.name_text for one in clusters.read.all(Attendance)] == ["Jonna Auster"]


@pytest.mark.parametrize(("answer", "there_"), [("present", True), ("not present", False)])
def test_that_the_answer_says_who_was_there(there, answer, there_):
    row = guest(signature=None)
    answers = {"attended:Sheet1": {"5: Jonna Auster": answer}}

    _, (one,) = there(Attendance, row, answers=answers)

    assert (one.attended, one.signed) == (there_, False)


def test_that_a_person_written_otherwise_without_address_is_asked_about(take):
    again = guest("AUSTER", organisation="Kaikante", email=None)
    plan, _ = take(book(listed([FIRST], guest(), [SECOND], again)), NEW)

    (question,) = [q for q in plan.open_questions if q.topic == "same_person"]
    assert question.items[0].key == "Jonna AUSTER"
    assert question.items[0].propose == "Jonna Auster"


def test_that_a_person_written_alike_is_one_person_without_an_address(there):
    _, people = there(Person, [FIRST], guest(), [SECOND], guest(email=None))

    assert [person.name for person in people] == ["Jonna Auster"]


def test_that_one_name_at_two_organisations_are_two_people(there):
    other = guest(organisation="Möwenwerk AG", email="jonna@moewenwerk.example")

    _, people = there(Person, guest(), other)

    assert len(people) == 2


def test_that_the_same_person_twice_in_a_session_is_taken_once(there):
    plan, seen = there(Attendance, [FIRST], guest(), guest())

    assert len(seen) == 1
    assert [f.rows for f in plan.findings if f.code == "IMP-10"] == [(7,)]


def test_that_guests_from_the_country_of_the_event_are_told(there):
    plan, _ = there(Attendance, guest(), guest("Prat", "Ona", country="Spanien"))

    assert [f.rows for f in plan.findings if f.code == "EVT-10"] == [(5,)]


def test_that_the_same_list_again_changes_nothing(take):
    rows = listed([FIRST], guest(), [SECOND], guest())
    take(book(rows), NEW)

    plan, receipt = take(book(rows))

    assert not receipt.added
    assert {row.action for row in plan.rows} == {Action.SAME}


def test_that_a_list_can_belong_to_a_stored_event(take, clusters):
    with clusters.edit("event") as edit:
        event = edit.add(Event(title="Hafentage", start=day("2022-03-07")))
    rows = listed([FIRST], guest())

    plan, _ = take(book(rows), {"which_event:Sheet1": "Hafentage (07.03.2022)"})

    assert not plan.open_questions
    assert [e.title for e in clusters.read.all(Event)] == ["Hafentage"]
    (one,) = clusters.read.all(Attendance)
    assert one.event == event.id


def test_that_a_row_without_a_name_is_refused(there):
    plan, seen = there(Attendance, guest(), guest(None, None))

    assert len(seen) == 1
    assert plan.counts.refuse == 1


def test_that_undo_takes_event_sessions_and_attendance_back(there, clusters):
    there(Attendance, [FIRST], guest())

    clusters.undo()

    for type_ in (Event, Session, Attendance, Person):
        assert not list(clusters.read.all(type_))


def test_that_a_column_can_name_the_event(take, clusters):
    rows = [
        [*HEADINGS, "Event name"],
        [*guest(), "Hafentage"],
        [*guest("Prat", "Ona"), "Hafentage"],
    ]
    take(book(rows), NEW)

    assert [event.title for event in clusters.read.all(Event)] == ["Hafentage"]


def test_that_rows_of_another_event_are_asked_about_by_themselves(take, clusters):
    rows = [guest(), guest("Prat", "Ona"), guest("Brandt", "Ove")]
    events = ["Hafentage", "Hafentage", "Kieler Woche"]
    named = [[*row, event] for row, event in zip(rows, events, strict=True)]

    plan, _ = take(
        book([[*HEADINGS, "Event name"], *named]), {"which_event:Sheet1:Hafentage": "new"}
    )

    assert [question.id for question in plan.open_questions] == ["which_event:Sheet1:Kieler Woche"]
    assert (plan.counts.add, plan.counts.wait) == (2, 1)
    assert len(list(clusters.read.all(Attendance))) == 2


def test_that_a_column_of_sessions_is_told_as_not_taken(take):
    plan, _ = take(book([[*HEADINGS, "Session"], [*guest(), "Eröffnung"]]), NEW)

    assert plan.columns[-1].field is None
    assert [f.letter or "G" for f in plan.findings if f.code == "IMP-03"] == ["G"]


def test_that_a_list_without_titles_is_named_after_its_sheet(take):
    rows = [HEADINGS, guest()]
    plan, _ = take(book(sheet(rows, "Seminar Kiel")))

    question = next(q for q in plan.open_questions if q.topic == "which_event")
    assert "“Seminar Kiel”" in question.text
