"""Lists of events: first and last days, and what is no date stays as text."""

import datetime as dt

import pytest

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.event import Event, EventFormat, EventStatus
from tests.services.importing.books import book, day

HEADINGS = ["Código", "Acto", "Fecha(s)", "Horario", "Lugar", "País", "Modalidad", "Asistentes",
            "Estado"]  # fmt: skip


def row(code="E-1", title="Feria del mar", **other):
    cells = {
        "code": code,
        "title": title,
        "dates": "del 2 al 4 de marzo de 2021",
        "hours": "9:30-13:00",
        "city": "Vigo",
        "country": "España",
        "format": "presencial",
        "people": 25,
        "status": "celebrado",
    }
    return list((cells | other).values())


def listed(*rows):
    return [["Agenda"], [], HEADINGS, *rows]


@pytest.fixture
def events(take, clusters):
    def imported(*rows):
        plan, _ = take(book(listed(*rows)))
        return plan, list(clusters.read.all(Event))

    return imported


def test_that_a_range_in_one_cell_becomes_two_days(events):
    plan, (event,) = events(row())

    assert (event.start, event.end) == (day("2021-03-02"), day("2021-03-04"))
    assert (event.start_time, event.end_time) == (dt.time(9, 30), dt.time(13))
    assert (event.city, event.country) == ("Vigo", "ES")
    assert event.status is EventStatus.HELD
    assert [f.rows for f in plan.findings if f.code == "IMP-18"] == [(4,)]


def test_that_only_a_month_is_planned_and_said(events):
    plan, (event,) = events(row(dates="septiembre de 2022", status="previsto"))

    assert (event.start, event.end) == (None, None)
    assert (event.planned_start, event.planned_end) == (day("2022-09-01"), day("2022-09-30"))
    assert event.planned_text == "septiembre de 2022"
    assert plan.records[0].told["start"] == PartialDate(2022, 9)
    assert "EVT-09" in {finding.code for finding in plan.findings}


def test_that_what_is_no_date_stays_as_text(events):
    plan, (event,) = events(row(dates="por confirmar", status="aplazado"))

    assert event.planned_text == "por confirmar"
    assert event.start is None
    assert [f.rows for f in plan.findings if f.code == "EVT-09"] == [(4,)]
    assert not plan.open_questions


def test_that_a_place_that_says_online_is_no_city(events):
    _, (event,) = events(row(city="en línea", format="en línea", country=None))

    assert event.city is None
    assert event.format is EventFormat.ONLINE


def test_that_a_held_event_without_a_date_is_an_error(events):
    plan, _ = events(row(dates=None))

    assert "EVT-01" in {finding.code for finding in plan.findings}


def test_that_an_event_is_known_again_by_its_code_or_its_title(events, plan):
    events(row(), row(None, "Curso"))

    again = plan(book(listed(row(people=30), row(None, "Curso")), name="later.xlsx"))

    assert (again.counts.change, again.counts.same) == (1, 1)
    assert again.records[0].changes == {"participants_reported": (25, 30)}
