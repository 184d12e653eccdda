"""Our own exports when partners send them back: changed, copied, sorted, with rows of their own."""

import datetime as dt
from dataclasses import replace
from random import Random

import pytest

from smartct_desktop.domain.book import rows_of
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import Target
from smartct_desktop.services.deleting import delete, plan_deletion
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.spreadsheets.worker import read_book
from tests.properties.mangling import Mangled
from tests.services.importing.books import book, day, exchange, exchanges

MADE_AT = dt.datetime(2022, 7, 1, 9, 0)
KINDS = {kind.code: kind for kind in (*REPORTS, *LISTS)}
REGISTER = "exchange-register"


@pytest.fixture
def stays(take, clusters):
    """Three exchanges of four organisations, two events, and the clusters."""
    take(
        book(
            exchanges(
                exchange("A-1"),
                exchange("A-2", vo="Weserkran AG", start=day("2022-02-07"), end=day("2022-02-11")),
                exchange("A-3", vo="Moorlicht KG", ho="Sol Nou, S.A.", amount=1060.5),
            )
        )
    )
    with clusters.edit("events") as edit:
        edit.add(Event(title="Open Day", start=day("2022-03-01"), city="Kiel"))
        edit.add(Event(title="Open Day", start=day("2021-03-01"), city="Kiel"))
    return clusters


@pytest.fixture
def export(tmp_path, stays):
    """Writes a report and reads it again, as its one data sheet to be changed."""

    def exported(code=REGISTER, language="en", seed=7):
        path = tmp_path / f"{code}-{language}.xlsx"
        export_report(
            KINDS[code],
            stays,
            ProgrammeFacts(language),
            path=path,
            made_at=MADE_AT,
            progress=Progress(),
            language=language,
        )
        return Mangled(read_book(path, Progress()), Random(seed))

    return exported


def set_cell(sheet, row, heading, value):
    sheet.rows[row][sheet.headings.index(heading)] = value


@pytest.mark.parametrize(
    ("code", "language"),
    [
        *((REGISTER, language) for language in LANGUAGES),
        *(("partnership-composition", "it"), ("exchange", "bg"), ("organisation", "de")),
    ],
)
def test_that_an_export_without_ids_comes_back_unchanged(export, plan, code, language):
    sheet = export(code, language)
    sheet.sorted_anew().without_ids().moved().titled()

    back = plan(sheet.book())

    assert (back.counts.same, back.open_questions) == (len(sheet.rows), ())
    assert back.counts.rows - back.counts.skip == len(sheet.rows)


def test_that_only_a_changed_cell_is_a_change(export, plan):
    sheet = export().sorted_anew().moved()
    set_cell(sheet, 1, "End", dt.datetime(2022, 2, 9))

    back = plan(sheet.book())

    (changed,) = [record for record in back.records if record.changes]
    assert [(name, new) for name, (_, new) in changed.changes.items()] == [
        ("end", day("2022-02-09"))
    ]
    assert (back.counts.change, back.counts.same) == (1, 2)


def test_that_the_register_tells_of_the_organisations_in_it(export, take, stays):
    sheet = export()
    set_cell(sheet, 0, "VO country", "Austria")

    took, _ = take(sheet.book())

    assert took.counts.change == 1
    adler = [o for o in stays.read.all(Organisation) if o.name == "Adler Optik GmbH"]
    assert [o.country for o in adler] == ["AT"]


def test_that_another_visitor_in_a_cell_is_the_stored_one_of_that_name(export, take, stays):
    sheet = export()
    set_cell(sheet, 0, "Visiting organisation", "Moorlicht KG")

    take(sheet.book())

    names = {o.id: o.name for o in stays.read.all(Organisation)}
    assert sorted(names[stay.vo] for stay in stays.read.all(Exchange)) == [
        *("Moorlicht KG", "Moorlicht KG", "Weserkran AG"),
    ]


def test_that_a_text_that_fits_no_field_refuses_its_row_only(export, plan):
    sheet = export()
    set_cell(sheet, 0, "VO partnership", "A partnership of nobody")

    back = plan(sheet.book())

    assert (back.counts.refuse, back.counts.same) == (1, 2)
    assert "A partnership of nobody" in " ".join(f.sentence for f in back.findings)


def test_that_rows_added_by_a_partner_are_added(export, plan):
    sheet = export()
    new = [None] * len(sheet.headings)
    sheet.rows.append(new)
    for heading, value in {
        "Partner's no.": "B-9",
        "Visiting organisation": "Kaikante GmbH",
        "VO country": "DE",
        "Host organisation": "Sol Nou, S.A.",
        "HO country": "ES",
        "Start": dt.datetime(2022, 5, 2),
        "End": dt.datetime(2022, 5, 6),
        "Working days": 5,
        "Distance km": 1300,
    }.items():
        set_cell(sheet, -1, heading, value)

    back = plan(sheet.book())

    assert (back.counts.add, back.counts.same) == (1, 3)


def test_that_a_copied_row_is_no_second_change_of_its_record(export, plan):
    sheet = export()
    sheet.rows.append(list(sheet.rows[0]))
    set_cell(sheet, -1, "No.", None)
    set_cell(sheet, -1, "Partner's no.", "A-9")
    set_cell(sheet, -1, "Start", dt.datetime(2022, 5, 2))
    set_cell(sheet, -1, "End", dt.datetime(2022, 5, 6))

    back = plan(sheet.book())

    assert (back.counts.same, back.counts.change, back.counts.add) == (3, 0, 1)
    assert "copies of other rows" in " ".join(f.sentence for f in back.findings)


def test_that_ids_that_did_not_move_with_their_rows_are_not_believed(export, plan):
    sheet = export()
    column = sheet.id_column
    ids = [row[column] for row in sheet.rows]
    for row, id_ in zip(sheet.rows, ids[1:] + ids[:1], strict=True):
        row[column] = id_

    back = plan(sheet.book())

    assert (back.counts.same, back.counts.change) == (3, 0)
    assert "IMP-21" in {finding.code for finding in back.findings}


def test_that_ids_of_another_document_mean_nothing(export, plan):
    sheet = export()
    for row in sheet.rows:
        row[sheet.id_column] = new_id()

    back = plan(sheet.book())

    assert (back.counts.same, back.counts.add) == (3, 0)


def test_that_a_row_whose_record_was_deleted_since_is_asked_about(export, plan, stays):
    sheet = export()
    gone = next(stay for stay in stays.read.all(Exchange) if stay.ref == "A-2")
    delete(stays, plan_deletion(stays.read, "exchange", [gone.id]))

    back = plan(sheet.book())

    (question,) = [q for q in back.open_questions if q.topic == "deleted_record"]
    assert (back.counts.same, back.counts.wait, len(question.items)) == (2, 1, 1)


def test_that_blank_cells_and_a_missing_row_take_nothing_away(export, plan):
    sheet = export()
    sheet.rows.pop()
    for heading in ("Agreed EUR", "Status", "End", "Host organisation"):
        set_cell(sheet, 0, heading, None)

    back = plan(sheet.book())

    assert (back.counts.same, back.counts.change) == (2, 0)


def test_that_two_events_of_one_name_are_each_known_by_their_day(export, plan):
    sheet = export("event").without_ids()
    place = sheet.headings.index("City")
    for row in sheet.rows:
        row[place] = f"Kiel {row[sheet.headings.index('Start')].year}"

    back = plan(sheet.book())

    changed = sorted(r.changes["city"][1] for r in back.records)
    assert changed == ["Kiel 2021", "Kiel 2022"]


def test_that_records_that_no_partner_lists_can_come_back_changed(export, take, stays):
    with stays.edit("a target") as edit:
        edit.add(Target(code="EXCHANGES", name="Exchanges", value=50))
    sheet = export("target")
    set_cell(sheet, 0, "Target", 60)

    took, receipt = take(sheet.book())

    assert (took.counts.change, receipt.changed) == (1, {"target": 1})
    assert [target.value for target in stays.read.all(Target)] == [60]


def test_that_a_name_that_begins_like_a_total_is_still_a_record(export, plan, stays):
    with stays.edit("by hand") as edit:
        edit.add(Organisation(name="Total", country="FR"))
    sheet = export("organisation")

    assert plan(sheet.book()).counts.same == len(sheet.rows)


def test_that_a_list_that_only_looks_like_ours_is_read_as_any_other(plan):
    grid = exchanges(exchange("B-1"))
    grid[0] = ["No.", "Visiting organisation", "VO country", "Host organisation", "HO country",
               "Start", "End", "Working days", "Distance km", "Agreed EUR", "Status"]  # fmt: skip

    plain = plan(book(grid))

    assert plain.counts.add == 1
    (record,) = [r for r in plain.records if r.kind == "exchange"]
    assert record.values["ref"] == "B-1"


def test_that_a_member_list_in_our_words_is_still_a_member_list(plan, clusters):
    with clusters.edit("known already") as edit:
        edit.add(Organisation(name="Adler Optik GmbH", country="DE"))
    headings = ["Name", "Country", "City", "Region", "Website", "VAT no."]
    rows = [["Adler Optik GmbH", "Germany", "Kiel", None, None, None]]
    file = book(
        [["Verband Seewind e. V."], ["Mitgliederliste"], [], headings, *rows], name="members.xlsx"
    )

    planned = plan(file, accept_proposals=True)

    assert [r.kind for r in planned.records if r.kind == "membership"] == ["membership"]


def test_that_the_page_about_the_report_is_no_list(export, plan):
    sheet = export("exchange")
    about = replace(
        sheet.whole.sheets[0], rows=rows_of([r.values for r in sheet.whole.sheets[0].rows])
    )
    both = replace(sheet.book(), sheets=(about, *sheet.book().sheets))

    back = plan(both)

    assert (back.counts.same, back.open_questions) == (3, ())
    assert [f for f in back.findings if f.sheet == about.name] == []


def test_that_partnerships_can_be_listed_beside_their_exchanges(export, take, stays):
    own = next(iter(stays.read.all(Partnership)))
    sheet = export()
    set_cell(sheet, 0, "VO partnership", own.acronym)

    took, _ = take(sheet.book())

    assert took.counts.change == 1
    assert [s.vop for s in stays.read.all(Exchange) if s.vop] == [own.id]
