"""The waiting list, events, SMEs and open issues, read back; and their words in all languages."""

import datetime as dt
import re
from itertools import chain

import pytest

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.event_count import CountBy, EventCount
from smartct_desktop.domain.records.waiver import Waiver
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import figures
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.reports.wording import LANGUAGES, wordings
from smartct_desktop.services.waiting import waiting_list
from tests.services.steps import add

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)
TODAY = MADE_AT.date()
NEU = "Netzwerk Energie & Umwelt e. V."


def test_that_a_partner_finds_on_its_sheet_all_it_is_asked_for(sample, facts, stays, rows):
    waiting = waiting_list(sample.read, facts, FigureFacts.read(sample.read, TODAY))
    of_neu = [one for one in waiting if one.partner == stays["neu"]]
    *listed, _ = rows("waiting-list", NEU, "No.")
    assert len(listed) == len(of_neu) > 3
    assert {row["No."] for row in listed} == {"S-1", "S-2", "S-3"}
    reports = [row for row in listed if row["Missing"] == "visitor's report"]
    assert [(row["No."], row["From"], row["Contact"]) for row in reports] == [
        ("S-3", "visitor", "Jana Sachs")
    ]


def test_that_a_waiting_list_of_one_partner_has_its_sheet_only(stays, written):
    assert written("waiting-list", partner=stays["neu"]).sheetnames == ["About", NEU]


def event(sample, **values):
    record = Event(
        title="Open day",
        status=EventStatus.HELD,
        start=dt.date(2022, 5, 1),
        end=dt.date(2022, 5, 2),
        **values,
    )
    add(sample, record)
    return record


def test_that_participants_by_country_add_up_to_what_counts(sample, rows):
    listed = event(sample, code="T-1", participants_reported=90)
    add(
        sample,
        Attendance(event=listed.id, name_text="Ana", country="ES"),
        Attendance(event=listed.id, name_text="Ana", country="ES"),
        Attendance(event=listed.id, name_text="Ben", country="DE"),
        Attendance(event=listed.id, name_text="Cem"),
        Attendance(event=listed.id, name_text="Did not come", country="IT", attended=False),
    )
    told = event(sample, code="T-2", participants_reported=10)
    add(sample, EventCount(event=told.id, by=CountBy.COUNTRY, value="Italy", participants=7))
    wrong = event(sample, code="T-3", participants_reported=5)
    add(sample, EventCount(event=wrong.id, by=CountBy.COUNTRY, value="Italy", participants=7))

    *by_country, total = rows("events", "Participants by country", "Code")
    found = {(row["Code"], row["Country"]): row["Participants"] for row in by_country}
    assert found == {
        ("T-1", "Spain"): 1,
        ("T-1", "Germany"): 1,
        ("T-1", "not known"): 1,
        ("T-2", "Italy"): 7,
        ("T-2", "not known"): 3,
        ("T-3", "not known"): 5,
    }
    participants = next(f for f in figures(sample.read, TODAY) if f.code == "PARTICIPANTS")
    assert total["Participants"] == participants.value == 18


def test_that_each_event_says_why_it_is_not_counted(sample, rows):
    add(sample, Event(title="Called off", code="T-9", status=EventStatus.CANCELLED))
    *events, _ = rows("events", "Events", "Code")
    assert len(events) == sample.read.total("event")
    held = [row for row in events if row["Held"] == "yes"]
    assert (
        len(held) == next(f for f in figures(sample.read, TODAY) if f.code == "EVENTS_HELD").value
    )
    last = next(row for row in events if row["Code"] == "T-9")
    assert last["Not counted because"] == "its status is Cancelled"


@pytest.mark.usefixtures("stays")
def test_that_each_sme_is_listed_once_with_its_exchanges(sample, rows):
    *smes, total = rows("smes", "SMEs counted", "Organisation")
    found = next(f for f in figures(sample.read, TODAY) if f.code == "DISTINCT_SME_VO_HO")
    assert len(smes) == found.value == total["Organisation"] == 2
    saxon = next(row for row in smes if row["Organisation"] == "Sensorik Sachs GmbH")
    assert (saxon["As visitor"], saxon["As host"]) == (2, 0)
    assert saxon["Exchanges"].splitlines() == ["S-1", "S-2"]
    assert (saxon["First stay"], saxon["Last stay"]) == (
        dt.datetime(2022, 3, 13),
        dt.datetime(2022, 6, 13),
    )


def test_that_the_issues_are_the_findings_that_are_kept_and_waivers(sample, stays, rows):
    add(sample, Waiver(rule_code="DUR-01", exchange=stays["S-3"], reason="Agreed by the agency"))
    issues = rows("issues", "Open issues", "Rule")
    counts = sample.read.finding_counts()
    assert len(issues) == sum(one.findings for one in counts) > 0
    errors = sum(one.findings for one in counts if one.severity is Severity.ERROR)
    assert [row["Severity"] for row in issues].count("error") == errors
    assert all(row["What to do"] for row in issues)
    assert {row["Since"] for row in issues} == {dt.datetime(2022, 7, 1)}
    told = " ".join(row["Issue"] for row in issues)
    assert re.search(r"\b\d\d\.\d\d\.20\d\d\b", told)
    assert not re.search(r"20\d\d-\d\d-\d\d", told)
    (waived,) = rows("issues", "Waivers", "Rule")
    assert (waived["Record"], waived["Reason"]) == ("S-3", "Agreed by the agency")


@pytest.mark.usefixtures("stays")
@pytest.mark.parametrize("code", [kind.code for kind in REPORTS[2:]])
def test_that_every_word_of_a_report_is_known_in_all_languages(sample, facts, code):
    known = wordings()
    kind = next(kind for kind in REPORTS if kind.code == code)
    with sample.reader() as reader:
        report = kind.build(reader, facts, MADE_AT)
        names = {facts.country_name(iso2) for iso2 in ("DE", "ES")}
        names |= {one.name for one in partners(reader)}
        names |= {f"{code} {version}" for version in range(1, 9)}  # the stamp of a form
        said = {report.title, *(d.term for d in report.definitions)}
        meanings = [d.meaning for d in (*report.definitions, *report.facts)]
        said |= {m.template if isinstance(m, Sentence) else m for m in meanings}
        for table in report.tables:
            said |= {table.name, table.note, *table.closing}
            said |= {text for column in table.columns for text in (column.heading, column.note)}
            if code != "issues":
                values = chain.from_iterable(table.rows)
                said |= {v.template for v in values if isinstance(v, Sentence) and not v.values}
    assert {text for text in said - names if text and text not in known} == set()


@pytest.mark.usefixtures("stays")
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_payment_run_can_be_written_in_each_language(written, language):
    book = written("payment-run", language=language)
    texts = {str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row}
    reason = wordings()["the visitor's report is missing"][language]
    assert any(reason in text for text in texts)
