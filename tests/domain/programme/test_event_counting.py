"""Which events count, how many people took part, and which partners hold a label."""

import datetime as dt

from smartct_desktop.domain.programme.event_counting import (
    count_events,
    count_labelled,
    count_participants,
    people_at,
)
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.cluster_label import ClusterLabel, LabelGrade
from smartct_desktop.domain.records.event import Event, EventStatus

ANNA, NEU, MLC = new_id(), new_id(), new_id()


def day(text):
    return dt.date.fromisoformat(text)


def held(title="Kick-off", **values):
    return Event(title=title, **{"status": EventStatus.HELD, **values})


def reasons(result):
    return [str(why) for _, why in result.left_out]


def test_that_only_events_held_count_and_planned_ones_are_expected():
    done, planned = held(), held("Final", status=EventStatus.PLANNED)
    moved, unknown = held("Fair", status=EventStatus.POSTPONED), held("Talk", status=None)
    result = count_events([done, planned, moved, unknown])
    assert (result.counted, result.pipeline) == ((done.id,), (planned.id,))
    assert reasons(result) == ["its status is Postponed", "its status is not given"]


def test_that_a_person_counts_once_for_an_event_however_many_sessions_they_attend():
    event = held()
    morning, evening = new_id(), new_id()
    present = [
        Attendance(event=event.id, session=morning, person=ANNA, attended=True),
        Attendance(event=event.id, session=evening, person=ANNA, attended=True),
        Attendance(event=event.id, name_text="Maria  Ångström"),
        Attendance(event=event.id, session=evening, name_text="maria angstrom"),
        Attendance(event=event.id, name_text="Registered Only", attended=False),
    ]
    assert people_at(present) == {event.id: 2}


def test_that_the_list_decides_and_the_hosts_number_stands_in_for_a_missing_one():
    listed, told = held(participants_reported=40), held("Webinar", participants_reported=30)
    silent = held("Visit")
    result = count_participants([listed, told, silent], {listed.id: 12})
    assert result.value == 12 + 30
    assert result.counted == (listed.id, told.id)
    assert reasons(result) == ["it has neither an attendance list nor a number of participants"]


def test_that_participants_of_an_event_that_was_not_held_do_not_count():
    planned = held(status=EventStatus.PLANNED, participants_reported=30)
    result = count_participants([planned], {})
    assert (result.value, result.pipeline) == (0, (planned.id,))


def test_that_a_label_counts_while_it_is_valid():
    old = ClusterLabel(
        cluster=NEU,
        grade=LabelGrade.BRONZE,
        awarded_on=day("2018-05-01"),
        valid_until=day("2020-04-30"),
    )
    new = ClusterLabel(cluster=NEU, grade=LabelGrade.GOLD, awarded_on=day("2021-05-01"))
    partners = frozenset({NEU, MLC})
    stranger = ClusterLabel(cluster=new_id(), grade=LabelGrade.GOLD)

    def on(text, scope=EVERYTHING):
        return count_labelled([old, new, stranger], partners, day(text), scope)

    assert on("2019-01-01").counted == (NEU,)
    assert on("2020-12-31").counted == ()
    assert on("2022-01-01").counted == (NEU,)
    assert on("2022-01-01", Scope(until=day("2020-12-31"))).counted == ()
    assert on("2022-01-01", Scope(partner=MLC)).counted == ()
    assert "it is no partner of the partnership" in reasons(on("2022-01-01"))
