"""Logs of online meetings: people come and go, and attend once."""

import datetime as dt

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.attendance import Attendance, AttendanceRole
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book, day, text_book

TITLE = "Online-Seminar Hafenlogistik – 21. März 2022"
ZOOM = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)"]
NEW = {"which_event:Sheet1": "new"}
SURE = NEW | {"threshold:Sheet1": 30}


def stay(join="09:00:00", leave="10:00:00", minutes=60, name="Jonna Auster", email=...):
    address = f"{name.split()[0]}@kaikante.example".lower() if email is ... else email
    return [
        name,
        address,
        join and f"03/21/2022 {join} AM",
        leave and f"03/21/2022 {leave} AM",
        minutes,
    ]


@pytest.fixture
def log(take, clusters):
    """Imports a log; gives the plan and who was there."""

    def imported(*rows, answers=SURE, headings=ZOOM, title=TITLE):
        plan, _ = take(book([[title], [], headings, *rows]), answers)
        return plan, list(clusters.read.all(Attendance))

    return imported


def test_that_one_stay_is_one_attendance(log):
    plan, (one,) = log(stay())

    assert (one.name_text, one.seconds, one.attended) == ("Jonna Auster", 3600, True)
    assert one.email == "jonna@kaikante.example"
    assert not plan.open_questions
    assert plan.counts.rows == plan.counts.add + plan.counts.skip


def test_that_stays_of_one_person_are_added(log, clusters):
    plan, (one,) = log(stay(), stay("10:30:00", "11:00:00", 30), stay("11:15:00", "11:30:00", 15))

    assert one.seconds == 3600 + 1800 + 900
    assert len(list(clusters.read.all(Person))) == 1
    assert [row.action for row in plan.rows] == [Action.ADD] * 4
    assert plan.counts.rows == 5


def test_that_stays_that_overlap_count_once(log):
    _, (one,) = log(stay("09:00:00", "10:00:00", 60), stay("09:30:00", "10:30:00", 60))

    assert one.seconds == 90 * 60


def test_that_the_threshold_is_asked_once(log):
    plan, seen = log(stay(), stay(name="Ove Brandt"), answers=NEW)

    (question,) = plan.open_questions
    assert question.topic == "threshold"
    assert question.single
    assert not seen


def test_that_the_threshold_tells_who_attended(log):
    _, seen = log(stay(), stay("09:00:00", "09:29:00", 29, name="Ove Brandt"))

    assert {one.name_text: one.attended for one in seen} == {
        "Jonna Auster": True,
        "Ove Brandt": False,
    }


def test_that_a_threshold_that_is_no_number_is_refused(log):
    with pytest.raises(Invalid):
        log(stay(), answers=NEW | {"threshold:Sheet1": "half"})


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("1:02:45", 3765),
        ("1h 2m 45s", 3765),
        ("62 mins", 3720),
        ("1 Std. 2 Min. 45 Sek.", 3765),
        ("45m", 2700),
        ("1 ora 2 min", 3720),
        (dt.timedelta(hours=1, minutes=2), 3720),
        (dt.time(1, 2), 3720),
    ],
)
def test_that_durations_are_read_however_they_are_written(log, written, seconds):
    row = ["Jonna Auster", "jonna@kaikante.example", written]
    _, (one,) = log(row, headings=["Name", "Email", "Duration"])

    assert one.seconds == seconds


def test_that_a_duration_without_unit_is_asked_about(log):
    row = ["Jonna Auster", "jonna@kaikante.example", 62]
    plan, seen = log(row, headings=["Name", "Email", "Duration"])

    assert "duration_unit" in [q.topic for q in plan.open_questions]
    assert not seen


def test_that_the_times_prove_the_unit(log):
    _, (one,) = log(stay(minutes=3600), headings=[*ZOOM[:4], "Duration"], answers=SURE | {"x": "y"})

    assert one.seconds == 3600


def test_that_a_duration_that_cannot_be_read_refuses_its_row(log):
    row = ["Jonna Auster", "jonna@kaikante.example", "1:75:00"]
    plan, seen = log(row, headings=["Name", "Email", "Duration"])

    assert plan.counts.refuse == 1
    assert not seen


def test_that_somebody_who_left_before_they_came_is_refused(log):
    plan, seen = log(stay("10:00:00", "09:00:00"))

    assert not seen
    assert "before they join" in next(f.sentence for f in plan.findings if f.code == "IMP-07")


def test_that_a_summary_of_several_stays_takes_the_duration(log):
    headings = ["Name", "First join", "Last leave", "In-meeting duration", "Email"]
    row = ["Jonna Auster", "3/21/22, 9:00:00 AM", "3/21/22, 11:00:00 AM", "1h 10m 5s", None]
    _, (one,) = log(row, headings=headings)

    assert one.seconds == 4205


def test_that_a_duration_longer_than_the_stay_is_told(log):
    plan, (one,) = log(stay(minutes=90))

    assert one.seconds == 3600
    assert [f.rows for f in plan.findings if f.code == "IMP-08"] == [(4,)]


def test_that_added_durations_without_hours_are_told(log):
    row = ["Jonna Auster", "jonna@kaikante.example", "20 min"]
    plan, (one,) = log(row, row, headings=["Name", "Email", "Duration"])

    assert one.seconds == 2400
    assert [f.rows for f in plan.findings if f.code == "IMP-08"] == [(4, 5)]


def test_that_days_that_can_be_read_two_ways_are_asked_about(log):
    rows = [
        ["A B", "a@b.example", "03/04/2022 23:00", "04/04/2022 01:00", None],
        ["C D", "c@d.example", "03/04/2022 23:00", "03/04/2022 23:40", None],
    ]
    plan, seen = log(*rows)

    assert "date_order" in [q.topic for q in plan.open_questions]
    assert not seen


def test_that_the_log_tells_the_day_of_a_new_event(log, clusters):
    log(stay(), title="Online-Seminar Hafenlogistik")

    (event,) = clusters.read.all(Event)
    assert (event.title, event.start) == ("Online-Seminar Hafenlogistik", day("2022-03-21"))


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("Verband Seewind (Host)", "organiser"),
        ("Otter.ai Notetaker", "leave out"),
        ("Read.ai meeting notes", "leave out"),
        ("iPhone", None),
        ("+49******12", None),
    ],
)
def test_that_hosts_machines_and_devices_are_named(log, name, proposal):
    plan, seen = log(stay(name=name, email=None), stay())

    (question,) = plan.open_questions
    assert question.topic == "meeting_role"
    assert question.items[0].propose == proposal
    assert [one.name_text for one in seen] == ["Jonna Auster"]


def test_that_the_answer_says_what_a_name_is(log):
    answers = SURE | {
        "meeting_role:Sheet1": {"Verband Seewind": "organiser", "Otter.ai": "leave out"}
    }
    plan, (one,) = log(
        stay(name="Verband Seewind (Host)"), stay(name="Otter.ai", email=None), answers=answers
    )

    assert (one.name_text, one.role) == ("Verband Seewind", AttendanceRole.ORGANISER)
    assert plan.counts.refuse == 1


def test_that_a_bracket_of_the_person_stays(log):
    _, (one,) = log(stay(name="Jonna Auster (Kaikante)"))

    assert one.name_text == "Jonna Auster (Kaikante)"


def test_that_another_name_at_one_address_is_asked_about(log):
    plan, seen = log(stay(), stay("10:30:00", "11:00:00", 30, "J. A.", "jonna@kaikante.example"))

    assert [q.topic for q in plan.open_questions] == ["same_person"]
    assert [one.seconds for one in seen] == [3600]


def test_that_the_same_log_again_changes_nothing(log):
    rows = stay(), stay("10:30:00", "11:00:00", 30), stay(name="Ove Brandt")
    log(*rows)

    plan, seen = log(*rows)

    assert {row.action for row in plan.rows} == {Action.SAME}
    assert len(seen) == 2


def test_that_a_log_in_text_is_read(take, clusters):
    rows = [
        ["Name", "E-Mail", "Beitrittszeit", "Verlassen um", "Dauer (Minuten)"],
        ["Jonna Auster", "j@kaikante.example", "21.03.2022 09:00", "21.03.2022 09:45", "45"],
    ]
    take(text_book(rows), {"which_event": "new", "threshold": 10})

    (one,) = clusters.read.all(Attendance)
    assert one.seconds == 2700


def test_that_the_row_about_the_meeting_above_its_log_names_the_event(take, clusters):
    rows = [
        ["Meeting ID", "Topic", "Start Time", "End Time", "Duration (Minutes)", "Participants"],
        ["812 3456", "Hafenlogistik", "03/21/2022 08:55:10 AM", "03/21/2022 10:31:00 AM", "96", 1],
        [],
        ZOOM,
        stay(),
    ]
    plan, _ = take(book(rows), SURE)

    (event,) = clusters.read.all(Event)
    assert (event.title, event.start) == ("Hafenlogistik", day("2022-03-21"))
    assert not plan.open_questions
    assert plan.counts.rows == plan.counts.add + plan.counts.skip


SUMMARY = ["Name", "First Join", "Last Leave", "In-Meeting Duration", "Email"]
STAYS = ["Name", "Join Time", "Leave Time", "Duration", "Email"]
TEAMS = [
    ["1. Summary"],
    ["Meeting title", "Hafenlogistik"],
    [],
    ["2. Participants"],
    SUMMARY,
    ["Jonna Auster", "3/21/22, 9:00:00 AM", "3/21/22, 11:00:00 AM", "1h 30m 0s", "j@k.example"],
    [],
    ["3. In-Meeting Activities"],
    STAYS,
    ["Jonna Auster", "3/21/22, 9:00:00 AM", "3/21/22, 9:30:00 AM", "30m 0s", "j@k.example"],
    ["Jonna Auster", "3/21/22, 10:00:00 AM", "3/21/22, 11:00:00 AM", "1h 0m 0s", "j@k.example"],
]


def test_that_two_tables_of_one_meeting_are_asked_about(take, clusters):
    plan, _ = take(book(TEAMS), SURE)

    (question,) = plan.open_questions
    assert (question.id, question.items[0].propose) == ("which_table:Sheet1:log", "row 9")
    assert question.items[0].options == ("row 5", "row 9")
    assert not list(clusters.read.all(Attendance))


@pytest.mark.parametrize("table", ["row 5", "row 9"])
def test_that_the_answer_says_which_table_counts(take, clusters, table):
    plan, _ = take(book(TEAMS), SURE | {"which_table:Sheet1:log": table})

    (one,) = clusters.read.all(Attendance)
    assert one.seconds == 90 * 60
    assert not plan.open_questions
    assert [event.title for event in clusters.read.all(Event)] == ["Hafenlogistik"]


def test_that_a_list_with_signatures_is_no_log(take):
    rows = [
        [TITLE],
        [],
        ["Name", "E-Mail", "Arrival", "Departure", "Signature"],
        ["Jonna Auster", "j@kaikante.example", "09:00", "17:00", "gez."],
    ]
    plan, _ = take(book(rows), NEW)

    assert not plan.open_questions
    assert [c.field for c in plan.columns] == ["name_text", "email", None, None, "signature"]


def test_that_who_was_online_at_several_days_over_midnight_is_measured(log):
    row = ["A B", "a@b.example", "21.03.2022 23:30", "22.03.2022 00:30", None]
    _, (one,) = log(row)

    assert one.seconds == 3600
