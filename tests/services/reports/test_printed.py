"""Reports on paper: what stands there is what the report says, in six languages."""

import datetime as dt

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.printout import Listing, Matrix, Months, Signatures, Targets
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.exporting import build_report
from smartct_desktop.services.printing import is_printed, print_report
from smartct_desktop.services.printouts.catalog import PRINTOUTS, printout_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import OF_ONE, REPORTS
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import LANGUAGES, Wording

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)
KINDS = {kind.code: kind for kind in (*REPORTS, *OF_ONE)}


@pytest.fixture
def printed(sample):
    """Put a report of the sample on paper."""

    def printed_(code, *, language="en", **asked):
        facts = ProgrammeFacts(language)
        wish = Wish(language=language, **asked)
        built = build_report(
            KINDS[code], sample.read, facts, MADE_AT, wish.scope, wish.about, masked=wish.masked
        )
        return printout_of(code, built, sample.read, Wording(language, facts))

    return printed_


@pytest.fixture
def fair(sample):
    """An event of two sessions; who is known without a session comes to both."""
    event = Event(title="Fair", start=dt.date(2022, 3, 21), end=dt.date(2022, 3, 22), city="Torino")
    morning = Session(event=event.id, no=1, title="Opening", date=dt.date(2022, 3, 21))
    noon = Session(event=event.id, no=2, date=dt.date(2022, 3, 22), start_time=dt.time(14))
    jana = Person(name="Jana Sachs")
    people = [
        Attendance(event=event.id, session=morning.id, name_text="Łukasz", country="BG"),
        Attendance(event=event.id, session=noon.id, name_text="Émile"),
        Attendance(event=event.id, person=jana.id),
        Attendance(event=event.id, session=morning.id, person=jana.id),
    ]
    with sample.edit("fair") as edit:
        for record in (event, morning, noon, jana, *people):
            edit.add(record)
    return event


def listings(printout):
    return [block for block in printout.blocks if isinstance(block, Listing)]


def test_that_each_session_has_a_list_with_each_person_once(printed, fair):
    first, second = listings(printed("attendance-list", about=fair.id))

    assert [row[1] for row in first.rows] == ["Jana Sachs", "Łukasz"]
    assert [row[1] for row in second.rows] == ["Émile", "Jana Sachs"]
    assert [row[0] for row in first.rows] == ["1", "2"]
    assert (first.title, first.note) == ("Session 1", "Opening · 21.03.2022")
    assert second.note == "22.03.2022, 14:00"
    assert second.new_page
    assert first.blank > 0


@pytest.mark.parametrize(
    ("first", "last", "titles"),
    [
        (dt.date(2022, 5, 2), dt.date(2022, 5, 4), ["Day 1", "Day 2", "Day 3"]),
        (dt.date(2022, 5, 2), None, [""]),
        (dt.date(2022, 1, 1), dt.date(2022, 12, 31), [""]),
        (None, None, [""]),
    ],
)
def test_that_an_event_without_sessions_has_a_list_for_each_day(
    sample, printed, first, last, titles
):
    event = Event(title="Days", start=first, end=last)
    with sample.edit("days") as edit:
        edit.add(event)

    found = listings(printed("attendance-list", about=event.id))

    assert [listing.title for listing in found] == titles
    assert all(listing.rows == () for listing in found)


def test_that_an_event_that_is_gone_is_said(printed):
    with pytest.raises(Trouble, match="There is no such event"):
        printed("attendance-list", about="01ARZ3NDEKTSV4RRFFQ69G5FAV")


def test_that_the_payment_run_has_its_sums_conditions_and_lines_to_sign(printed, stays):
    assert stays
    printout = printed("payment-run")

    now, late, not_yet = listings(printout)
    assert [len(part.rows) for part in (now, late, not_yet)] == [0, 1, 1]
    assert (now.nothing, now.total) == ("Nothing to list.", ())
    assert (late.rows[0][0], late.rows[0][-1], late.total[-1]) == (
        "S-2",
        "830.00\u00a0€",
        "830.00\u00a0€",
    )
    assert "20.06.2022\n18.06.2022" in late.rows[0]
    (signed,) = [block for block in printout.blocks if isinstance(block, Signatures)]
    assert signed.places == ("Prepared by", "Approved by")
    assert printout.landscape


def test_that_the_kpi_summary_has_the_numbers_of_the_workbook(printed, stays, rows):
    assert stays
    printout = printed("kpi")

    summary = {row["Indicator"]: row for row in rows("kpi", "Summary", "Indicator")}
    (targets,) = [block for block in printout.blocks if isinstance(block, Targets)]
    assert {line.name: (line.value, line.target, line.expected) for line in targets.lines} == {
        name: (row["Achieved"], row["Target"], row["Expected"]) for name, row in summary.items()
    }
    (months,) = [block for block in printout.blocks if isinstance(block, Months)]
    assert sum(bar.counted for bar in months.bars) == summary["Exchanges"]["Achieved"]
    (matrix,) = [block for block in printout.blocks if isinstance(block, Matrix)]
    assert matrix.rows[-1][1][-1] == sum(row[1][-1] for row in matrix.rows[:-1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PRINTOUTS)
def test_that_nothing_english_is_left_on_paper(printed, fair, stays, code, language):
    assert stays
    about = fair.id if KINDS[code].chosen else None
    printout = printed(code, language=language, about=about)

    english = printed(code, about=about)
    same = language == "en"
    assert (printout.title == english.title) is same
    assert (printout.funding == english.funding) is same
    assert bool(printout.funding)
    for said, told in zip(listings(printout), listings(english), strict=True):
        heads = [(a.heading, b.heading) for a, b in zip(said.columns, told.columns, strict=True)]
        assert same or sum(a != b for a, b in heads) >= len(heads) // 2


def test_that_only_reports_made_for_paper_become_pdfs(sample, facts, tmp_path):
    assert {code for code, kind in KINDS.items() if is_printed(kind)} == set(PRINTOUTS)
    with pytest.raises(Trouble, match="is a workbook, not a PDF"):
        print_report(
            KINDS["smes"],
            sample,
            facts,
            lambda _printout, _progress: b"%PDF",
            path=tmp_path / "smes.pdf",
            made_at=MADE_AT,
            progress=Progress(),
            wish=Wish(),
        )
    assert list(tmp_path.glob("*.pdf")) == []


def test_that_the_people_of_a_list_are_told_as_personal_data(sample, facts, fair):
    report = KINDS["attendance-list"].about(sample.read, facts, MADE_AT, fair.id)

    assert report.personal
    assert schema_of("person").by_name["name"].personal
