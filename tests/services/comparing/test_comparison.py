"""A workbook as it was sent, held against the document."""

import datetime as dt

import openpyxl
import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.closed_periods import close, plan_closing
from smartct_desktop.services.comparing.comparison import compare_workbook, comparison_kind
from smartct_desktop.services.comparing.recognising import TITLES
from smartct_desktop.services.comparing.sent_file import sent_file
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.privacy.restricting import restrict
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.services.reports.wording import LANGUAGES, Wording
from smartct_desktop.system.resources import resource

TODAY = dt.date(2026, 10, 1)
YEAR = Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
KINDS = {kind.code: kind for kind in (*REPORTS, *LISTS)}


@pytest.fixture
def filled(sample, facts):
    """The sample with the exchanges that its partner sent."""
    importer = Importer(sample, facts, TODAY)
    book = importer.read(resource(PARTNER_FILE), Progress())
    importer.commit(importer.plan_with(book, {}, Wish(accept_proposals=True), Progress()))
    sample.settle_all()
    return sample


def made_at(document):
    """A moment between the newest step and the next one."""
    return document.read.next_undo().at + dt.timedelta(seconds=1)


def export(document, path, code="kpi", language="en", **more):
    facts = ProgrammeFacts(language)
    export_report(
        KINDS[code],
        document,
        facts,
        path=path,
        made_at=made_at(document),
        progress=Progress(),
        language=language,
        **more,
    )
    return path


def compare(document, path):
    return compare_workbook(document, path, Progress())


def exchange(document, number):
    return next(one for one in document.read.all(Exchange) if one.number == number)


@pytest.mark.parametrize("language", ["en", "bg"])
def test_that_a_workbook_of_now_agrees_whatever_its_language(filled, tmp_path, language):
    partner = partners(filled.read)[0]
    path = tmp_path / "kpi.xlsx"
    found = compare(filled, export(filled, path, "kpi", language, period=YEAR, partner=partner.id))
    recognised = found.recognised
    assert (recognised.kind.code, recognised.language) == ("kpi", language)
    assert (recognised.period, recognised.partner) == (YEAR, partner.id)
    assert recognised.made_on == made_at(filled)
    assert (found.differences, found.lacking, found.closed) == ((), (), None)


@pytest.mark.parametrize("code", ["exchange-register", "events", "organisation"])
def test_that_other_reports_are_known_again(filled, tmp_path, code):
    found = compare(filled, export(filled, tmp_path / "report.xlsx", code))
    assert found.recognised.kind.code == code
    assert found.recognised.period == ALWAYS
    assert found.differences == ()


@pytest.mark.parametrize("code", ["smes", "kpi"])
def test_that_a_workbook_without_counted_results_agrees(filled, tmp_path, code):
    path = export(filled, tmp_path / "report.xlsx", code)
    openpyxl.load_workbook(path).save(path)  # keeps formulas without what they come to
    assert compare(filled, path).differences == ()


@pytest.mark.parametrize("language", ["en", "de"])
def test_that_who_was_left_out_or_named_in_a_workbook_is_no_difference(filled, tmp_path, language):
    before = export(filled, tmp_path / "before.xlsx", "person", language)
    person = next(iter(filled.read.all(Person)))
    restrict(filled, person.id, "contested", TODAY)
    filled.settle_all()
    since = export(filled, tmp_path / "since.xlsx", "person", language)
    assert compare(filled, since).differences == ()
    say = Wording(language, ProgrammeFacts()).say
    changed = [say("Use restricted since"), say("Restricted because")]
    assert [one.of.heading for one in compare(filled, before).differences] == changed


def test_that_no_title_is_that_of_two_reports_in_any_language(sample, facts):
    with sample.reader() as reader:
        for english, code in TITLES.items():
            assert KINDS[code].build(reader, facts, made_at(sample)).title == english
    for language in LANGUAGES:
        say = Wording(language, facts).say
        assert len({say(title) for title in TITLES}) == len(TITLES)


def test_that_each_figure_and_row_that_moved_is_told_with_its_reason(filled, tmp_path):
    path = export(filled, tmp_path / "kpi.xlsx", period=YEAR)
    close(filled, plan_closing(filled.read, TODAY, (YEAR.first, YEAR.last), file=sent_file(path)))
    stay = exchange(filled, "SCT-2021-002")
    with filled.edit("called off") as edit:
        edit.set(stay, "status", ExchangeStatus.CANC)
    found = compare(filled, path)
    assert found.closed.name == "2021"
    told = {(one.of.sheet, one.of.key, one.of.heading): one for one in found.differences}
    figure = told["Summary", ("Exchanges",), "In the period"]
    assert (figure.of.file, figure.of.document, figure.of.difference) == ("3", "2", -1)
    assert "SCT-2021-002" in figure.why
    row = told["Exchanges", ("SCT-2021-002",), "Standing"]
    assert (row.of.file, row.of.document) == ("counted", "not counted")
    assert "Status: Closed → Cancelled" in row.why
    assert row.record == ("exchange", stay.id)
    gone = told["Not counted", ("SCT-2021-002",), ""]
    assert (gone.of.number, gone.of.file) == (None, "")
    target = tmp_path / "differences.xlsx"
    export_report(
        comparison_kind(found),
        filled,
        ProgrammeFacts("de"),
        path=target,
        made_at=made_at(filled),
        progress=Progress(),
        language="de",
    )
    sheet = openpyxl.load_workbook(target)["Unterschiede"]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"In der Arbeitsmappe", "SCT-2021-002"} <= cells


def test_that_rows_in_another_order_and_moved_columns_are_no_difference(filled, tmp_path):
    path = export(filled, tmp_path / "register.xlsx", "exchange-register")
    book = openpyxl.load_workbook(path)
    sheet = book["Exchanges"]
    sheet.tables.clear()
    start = next(row[0].row for row in sheet.iter_rows() if "Status" in [c.value for c in row]) + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=start)]
    records = [row for row in rows if row[0]]
    for place, values in enumerate(reversed(records)):
        for column, value in enumerate(values, start=1):
            sheet.cell(start + place, column).value = value
    sheet.cell(start, 1 + [c.value for c in sheet[start - 1]].index("Status")).value = "Draft"
    book.save(path)
    found = compare(filled, path)
    assert [(one.of.heading, one.of.file) for one in found.differences] == [("Status", "Draft")]


def test_that_a_sheet_that_is_not_there_is_told(filled, tmp_path):
    path = export(filled, tmp_path / "kpi.xlsx")
    book = openpyxl.load_workbook(path)
    del book["Months"]
    book.save(path)
    assert "Months" in compare(filled, path).lacking


def test_that_any_other_file_is_refused(filled, tmp_path):
    with pytest.raises(Trouble, match="not one of the reports"):
        compare(filled, resource(PARTNER_FILE))
    path = export(filled, tmp_path / "kpi.xlsx", partner=partners(filled.read)[0].id)
    with filled.edit("another name") as edit:
        edit.set(partners(filled.read)[0], "name", "Otherwise")
    with pytest.raises(Trouble, match="no partner in this document"):
        compare(filled, path)
