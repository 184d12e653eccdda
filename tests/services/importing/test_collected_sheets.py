"""The collection template as partners send it back: whatever they did to it, nothing is guessed."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attendance import AttendanceRole
from smartct_desktop.domain.records.exchange import Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.services.opening import new_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS
from tests.services.importing.foreign import opened
from tests.services.importing.returned import (
    ATTENDANCE,
    EVENTS,
    EXCHANGES,
    MEMBERS,
    Returned,
    added,
    answered,
    changes,
    codes,
    set_to_work,
    unchanged,
)

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)
TODAY = dt.date(2022, 10, 1)
TEMPLATE = next(kind for kind in REPORTS if kind.code == "partner-template")


@pytest.fixture(scope="module")
def at_work(tmp_path_factory):
    """A partner with two members, two stays at one host, an event and its two participants."""
    path = tmp_path_factory.mktemp("at-work") / "own.smartct"
    document = new_partnership(path, "Ours", clock=lambda: dt.datetime(2022, 7, 1, tzinfo=dt.UTC))
    set_to_work(document)
    yield document
    document.close()


@pytest.fixture(scope="module")
def sent(at_work, tmp_path_factory):
    """Writes the template for the first cluster, or for nobody, and gives its path."""
    folder = tmp_path_factory.mktemp("sent")

    def sent_(language="de", *, to="Verband Seewind e. V.", empty=False):
        partner = next((o.id for o in at_work.read.all(Organisation) if o.name == to), None)
        path = folder / f"{language}-{to}-{empty}.xlsx"
        export_report(
            TEMPLATE,
            at_work,
            ProgrammeFacts(language),
            path=path,
            made_at=MADE_AT,
            progress=Progress(),
            partner=partner,
            language=language,
            empty=empty,
        )
        return path

    return sent_


@pytest.fixture(scope="module")
def read(sent):
    """The filled template in German as the program reads it."""
    return opened(sent())


@pytest.fixture
def returned(read):
    return Returned(read)


@pytest.fixture(scope="module")
def plan(at_work, dictionary):
    def planned(book, answers=None):
        return Planner(dictionary).plan(book, Known(at_work.read), answers or {}, TODAY)

    return planned


# What nobody should have to care about.


def test_that_the_filled_template_comes_back_as_it_was_sent(returned, plan):
    planned = plan(returned.book())

    assert unchanged(planned)
    assert planned.sender.cluster == "Verband Seewind e. V."
    assert codes(planned) == []


def test_that_order_and_headings_do_not_matter(returned, plan):
    for sheet in (MEMBERS, EXCHANGES):
        rows = returned[sheet]
        rows[3:] = rows[:2:-1]
        for row in rows:
            row[1:] = row[:0:-1]
    returned[MEMBERS][1] = [f"Spalte {n}" for n, _ in enumerate(returned[MEMBERS][1])]
    returned[ATTENDANCE][1] = ["Liste", *returned[ATTENDANCE][1][1:]]
    del returned[EXCHANGES][1]
    del returned[EVENTS][1:3]

    assert unchanged(plan(returned.book()))


def test_that_columns_can_be_put_in_and_taken_out(returned, plan):
    rows = returned[MEMBERS]
    for number, row in enumerate(rows):
        del row[returned.column(MEMBERS, "Website") if number == 1 else 11]
        row.insert(2, "anrufen" if number > 2 else "Notiz" if number == 1 else None)

    planned = plan(returned.book())

    assert unchanged(planned)
    assert codes(planned) == ["IMP-03"]
    assert "Notiz" in next(f.sentence for f in planned.findings if f.code == "IMP-03")


def test_that_a_copied_column_is_not_taken_twice(returned, plan):
    for number, row in enumerate(returned[MEMBERS]):
        row.append(row[1] if number < 3 else "ganz anders")

    planned = plan(returned.book())

    assert unchanged(planned)
    assert codes(planned) == ["IMP-03"]


@pytest.mark.parametrize("sheet", [MEMBERS, EXCHANGES])
def test_that_rows_sorted_without_their_ids_are_found_by_what_they_say(returned, plan, sheet):
    rows = returned[sheet][3:]
    ids = [row[0] for row in rows]
    for row, id_ in zip(rows, reversed(ids), strict=True):
        row[0] = id_

    planned = plan(returned.book())

    assert (planned.open_questions, changes(planned), planned.counts.same) == ((), {}, 7)
    assert "IMP-21" in codes(planned)


def test_that_one_sheet_saved_as_text_is_known(read, plan, tmp_path):
    out = io.StringIO(newline="")
    for row in Returned(read)[EXCHANGES]:
        texts = [f"{v:%d.%m.%Y}" if isinstance(v, dt.date) else v for v in row]
        csv.writer(out, delimiter=";").writerow(texts)
    path = tmp_path / "Austausche.csv"
    path.write_text(out.getvalue(), encoding="utf-8-sig")

    planned = plan(opened(path))

    assert (planned.open_questions, changes(planned), planned.counts.same) == ((), {}, 2)
    assert planned.sender.cluster == "Verband Seewind e. V."


def test_that_cleared_ids_are_found_by_content(returned, plan):
    for sheet in (MEMBERS, EXCHANGES, EVENTS, ATTENDANCE):
        for row in returned[sheet][4:]:
            row[0] = None
    returned[EVENTS][3][0] = None

    planned = plan(returned.book())

    assert planned.open_questions == ()
    assert (planned.counts.add, planned.counts.same) == (0, 6)
    assert changes(planned).keys() == {("attendance", "person")}  # nobody was told before


# What a partner does with it.


def test_that_exactly_what_was_changed_is_changed(returned, plan):
    returned.set(MEMBERS, 4, headcount=12, name="Bojenbau AG", contact_email="info@boje.example")
    returned.set(EXCHANGES, 4, ctq_vo_on=dt.datetime(2022, 4, 1), visitor_email="p@mast.example")
    returned.set(EVENTS, 4, participants_reported=33, type="Webinar")
    returned.set(ATTENDANCE, 4, role="Teilnehmer")

    planned = plan(returned.book())

    assert planned.open_questions == ()
    assert changes(planned) == {
        ("organisation", "headcount"): 12,
        ("organisation", "name"): "Bojenbau AG",
        ("organisation", "contact_email"): "info@boje.example",
        ("exchange", "ctq_vo_on"): dt.date(2022, 4, 1),
        ("person", "email"): "p@mast.example",
        ("event", "participants_reported"): 33,
        ("event", "type"): "webinar",
        ("attendance", "role"): AttendanceRole.PARTICIPANT,
    }


def test_that_new_rows_of_all_sheets_are_told_together(returned, plan, at_work):
    returned.set(MEMBERS, 6, name="Segel SL", country="Spanien", type="KMU", sme="unbekannt")
    returned.set(
        EXCHANGES,
        6,
        vo="Segel SL",
        vo_country="Spanien",
        vo_cluster="Verband Seewind e. V.",
        ho="Хост ООД",
        ho_country="Bulgarien",
        start=dt.datetime(2022, 6, 1),
        end=dt.datetime(2022, 6, 3),
        mode="gemischt",
    )
    returned.set(
        EVENTS, 5, code="HRO-2", title="Segeltag", start=dt.datetime(2022, 9, 1), type="Workshop"
    )
    attended = {"name_text": "Ana Segel", "organisation": "Segel SL", "type": "KMU"}
    returned.set(ATTENDANCE, 6, event="HRO-2", session="2", **attended)
    returned.set(ATTENDANCE, 7, event="HRO-1", session="Morgens", **attended)

    planned = plan(returned.book())

    assert planned.open_questions == ()
    assert (planned.counts.add, planned.counts.change) == (4, 1)  # one row tells of a known event
    (organisation,) = added(planned, "organisation")
    assert (organisation.values["name"], "sme" in organisation.values) == ("Segel SL", False)
    (membership,) = added(planned, "membership")
    assert membership.values["cluster"].name == "Verband Seewind e. V."
    (event,) = added(planned, "event")
    assert event.values["host_cluster"].name == "Verband Seewind e. V."
    (exchange,) = added(planned, "exchange")
    assert (exchange.values["mode"], exchange.values["ho_country"]) == (Mode.MIXED, "BG")
    new, old = added(planned, "attendance")
    assert (new.values["event"].key, new.values["session"].key) == (
        event.key,
        added(planned, "session")[0].key,
    )
    (morning,) = at_work.read.all(Session)
    assert old.values["session"].id == morning.id


def test_that_unknown_words_pasted_over_a_list_are_asked(returned, plan):
    returned.set(MEMBERS, 4, type="Genossenschaft", country="Freistaat")
    returned.set(EVENTS, 4, type="Kaffeekränzchen")

    planned = plan(returned.book())

    assert changes(planned) == {}
    assert {q.topic for q in planned.open_questions} >= {"organisation_type", "country"}
    assert planned.counts.wait == 2


def test_that_words_of_the_list_are_sure_in_any_language(returned, plan):
    returned.set(MEMBERS, 5, type="Altre")
    returned.set(EVENTS, 4, target_groups="Pymes; Друго; Start-ups")

    planned = plan(returned.book())

    assert planned.open_questions == ()
    assert changes(planned) == {
        ("organisation", "type"): OrganisationType.OTHER,
        ("event", "target_groups"): ("smes", "other", "start-ups"),
    }


def test_that_cleared_cells_take_nothing_away(returned, plan):
    returned.set(EXCHANGES, 4, visitor=None, visitor_email=None, end=None)
    returned.set(MEMBERS, 4, vat=None, country=None)

    assert unchanged(plan(returned.book()))


# Copies, and rows written over.


def test_that_a_copied_row_is_asked_about_and_can_be_left_out(returned, plan):
    rows = returned[MEMBERS]
    rows.append([*rows[3]])
    returned.set(MEMBERS, len(rows), headcount=99)

    asked = plan(returned.book())
    assert [q.topic for q in asked.open_questions] == ["copied_row"]
    assert (asked.counts.wait, asked.counts.same) == (1, 7)

    left_out = plan(returned.book(), answered(asked, "leave out"))
    assert unchanged(left_out)


def test_that_a_copied_exchange_can_be_another_one(returned, plan):
    rows = returned[EXCHANGES]
    rows.append([*rows[3]])
    returned.set(EXCHANGES, 6, start=dt.datetime(2022, 9, 5), end=dt.datetime(2022, 9, 7))

    asked = plan(returned.book())
    another = plan(returned.book(), answered(asked, "another"))

    (exchange,) = added(another, "exchange")
    assert exchange.values["start"] == dt.date(2022, 9, 5)
    assert (another.counts.same, changes(another)) == (7, {})


def test_that_a_copy_with_another_name_is_a_new_member(returned, plan):
    rows = returned[MEMBERS]
    rows.append([*rows[4]])
    returned.set(MEMBERS, 6, name="Ruder OHG")

    planned = plan(returned.book())

    assert planned.open_questions == ()
    assert (planned.counts.add, planned.counts.same, changes(planned)) == (1, 7, {})


def test_that_a_row_written_over_is_asked_about(returned, plan):
    returned.set(MEMBERS, 4, name="Ruder OHG")

    asked = plan(returned.book())
    assert [q.topic for q in asked.open_questions] == ["other_record"]
    assert (asked.counts.wait, changes(asked)) == (1, {})

    renamed = plan(returned.book(), answered(asked, "the same"))
    assert changes(renamed) == {("organisation", "name"): "Ruder OHG"}
    other = plan(returned.book(), answered(asked, "another"))
    assert (other.counts.add, changes(other)) == (1, {})


# Templates of other people and times.


def test_that_a_number_of_a_register_is_told_from_a_vat_number(returned, plan):
    returned.set(MEMBERS, 4, vat="HRB 78")
    returned.set(MEMBERS, 5, vat="DE12")

    planned = plan(returned.book())

    assert changes(planned) == {
        ("organisation", "national_number"): "HRB 78",
        ("organisation", "vat"): "DE12",
    }
    assert "ORG-04" in [finding.code for finding in planned.findings]


def test_that_an_unfilled_template_says_so(sent, plan):
    planned = plan(opened(sent(to="Клъстер Тракия", empty=True)))

    assert planned.counts.rows == planned.counts.skip
    assert "nothing is filled in" in planned.message


def test_that_a_template_for_anybody_asks_whose_members_they_are(sent, plan):
    returned = Returned(opened(sent("es", to="")))
    returned.set(MEMBERS, 4, name="Segel SL", country="España", type="PYME", sme="sí")

    planned = plan(returned.book())

    assert [q.topic for q in planned.open_questions] == ["cluster"]


def test_that_a_newer_template_is_read_as_far_as_it_is_known(returned, plan):
    for sheet in (MEMBERS, EXCHANGES, EVENTS, ATTENDANCE):
        returned[sheet][0][0] = returned[sheet][0][0].replace(":1:", ":9:", 1)

    planned = plan(returned.book())

    assert unchanged(planned)
    assert codes(planned) == ["IMP-03"] * 4


def test_that_a_file_changed_in_a_spreadsheet_program_changes_only_that(sent, plan, tmp_path):
    workbook = openpyxl.load_workbook(sent())
    workbook.worksheets[MEMBERS]["J4"] = 12
    workbook.create_sheet("Notizen")["A1"] = "bitte anrufen"
    workbook.save(tmp_path / "back.xlsx")

    planned = plan(opened(tmp_path / "back.xlsx"))

    assert changes(planned) == {("organisation", "headcount"): 12}
    assert planned.counts.same == 6
