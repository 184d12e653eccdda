"""Reports about people: all of one person, without personal data, and the note that one left."""

import datetime as dt

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from smartct_desktop.domain.changes import StepFilter, StepSort, StepState
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.event import Event
from smartct_desktop.services.export_notes import note_export
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import Part
from smartct_desktop.services.reports.masking import initials
from smartct_desktop.services.undoing import plan_reversal
from tests.services.reports.conftest import KINDS, MADE_AT, sheets_of, text_of
from tests.services.steps import add, change

SECRETS = ("Jana Sachs", "jana@sachs.example", "+49 341 123456", "DE12", "Otto Host")


def test_that_all_about_one_person_is_there_and_nothing_of_another(people, exported):
    sheets = sheets_of(exported("person-data", about=people["jana"]).path)
    person = {row[2]: row[3] for row in sheets["Person"][4:]}
    assert (person["Name"], person["Phone"]) == ("Jana Sachs", "+49 341 123456")
    records = {(row[0], row[2]) for row in sheets["Records"][4:]}
    wanted = {("Exchange", "Visitor"), ("Attendance", "Event"), ("Payment", "Amount")}
    assert wanted <= records
    mentions = {(row[0], row[2]) for row in sheets["Mentions"][5:]}
    assert mentions == {("Organisation", "Contact")}
    assert {row[4] for row in sheets["Changes"][4:]} >= {"Name", "E-mail", "Phone"}
    keeping = {row[0]: row[1] for row in sheets["Keeping"][3:]}
    assert keeping["Keep until"] == "not known yet"
    assert "Otto" not in text_of(exported("person-data", about=people["jana"]).path)


def test_that_a_report_about_one_record_needs_one_that_is_there(people, exported):
    with pytest.raises(Trouble, match="about one record"):
        exported("person-data")
    with pytest.raises(Trouble, match="no such person"):
        exported("person-data", about=people["event"])
    with pytest.raises(Trouble, match="no such event"):
        exported("event-file", about=people["jana"])
    with pytest.raises(Trouble, match="not about one record"):
        exported("kpi", about=people["event"])


def test_that_what_is_about_a_person_is_not_told_without_them(people, exported):
    with pytest.raises(Trouble, match="without people"):
        exported("person-data", about=people["jana"], masked=True)


def test_that_the_file_of_an_event_counts_its_people_and_says_what_is_missing(people, exported):
    sheets = sheets_of(exported("event-file", about=people["event"]).path)
    counts = {(row[0], row[1]): row[2] for row in sheets["Counts"][5:]}
    assert counts["All", None] == 2
    assert counts["Country", "Germany"] == counts["Country", "Italy"] == 1
    evidence = {row[0]: row[1] for row in sheets["Evidence"][4:]}
    assert evidence["Attendance list"] == evidence["Signatures"] == "yes"
    assert evidence["Agenda"] == evidence["Minutes"] == evidence["Photos"] == "no"


def test_that_an_event_without_people_has_ruled_rows_to_sign_in(sample, exported):
    event = Event(title="To come", start=dt.date(2022, 5, 1))
    add(sample, event)
    for code in ("attendance-list", "event-file"):
        found = openpyxl.load_workbook(exported(code, about=event.id).path)["Attendance list"]
        ((name, area),) = found.tables.items()
        _, top, _, bottom = range_boundaries(area)
        assert (name, bottom - top) == ("Table_Attendance_list", 18)
        for row in range(top + 1, bottom + 1):
            assert found.row_dimensions[row].height == 24
            assert found.cell(row, 5).border.bottom.style == "hair"
        assert range_boundaries(found.print_area.split("!")[1].replace("$", ""))[3] > bottom
        texts = [cell.value for row in found.iter_rows() for cell in row]
        assert "Nothing to list." not in texts


def test_that_the_retention_register_says_who_is_due_and_what_a_hold_keeps(
    sample, people, exported
):
    own = own_partnership(sample.read)
    change(sample, own, balance_paid_on=dt.date(2015, 1, 31))
    rows = sheets_of(exported("retention").path)["People"]
    assert {row[0]: row[7] for row in rows[4:]} == {
        "Jana Sachs": "due for deletion",
        "Otto Host": "due for deletion",
    }
    own = own_partnership(sample.read)
    change(sample, own, hold=True, hold_reason="audit of 2022")
    rows = sheets_of(exported("retention").path)["People"]
    assert {(row[5], row[7]) for row in rows[4:]} == {("yes: audit of 2022", "kept")}
    del people


@pytest.mark.usefixtures("people")
def test_that_awards_are_those_with_an_agreement_in_the_order_of_the_portal(exported):
    sheets = sheets_of(exported("fstp-awards").path)
    headings, *awards, _ = sheets["Awards"][4:]
    assert headings == (
        *("Sub-call", "PIC", "Organisation", "SME or other"),
        *("Country", "Amount EUR", "Award date", "No."),
    )
    assert [row[7] for row in awards] == ["S-1", "S-2"]
    assert {row[3] for row in awards} == {"SME"}
    others = {row[3]: row[4] for row in sheets["Not awarded"][4:]}
    assert others == {
        "S-3": "the agreement is not signed by both",
        "S-4": "its status is Cancelled",
    }


@pytest.mark.parametrize(
    "code", sorted(k.code for k in KINDS.values() if Part.MASKED in k.parts and not k.chosen)
)
@pytest.mark.usefixtures("people")
def test_that_a_masked_report_tells_nothing_of_people(exported, code):
    masked = exported(code, masked=True)
    text = text_of(masked.path)
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Taken out: people stand with their initials" in text
    assert not masked.personal


def test_that_names_become_initials_and_nothing_of_a_masked_list_comes_back(people, exported):
    people_ = sheets_of(exported("person", masked=True).path)["People"]
    headings = people_[0]
    assert "Record id" not in headings
    assert {row[headings.index("Name")] for row in people_[1:]} == {"J. S.", "O. H."}
    assert initials("Ana-María de la Cruz") == "A. M. d. l. C."
    del people


def test_that_an_export_with_personal_data_is_noted_and_undo_passes_over_it(
    sample, people, exported
):
    del people
    before = sample.read.next_undo()

    assert "noted in the history" in note_export(sample, exported("person"))
    assert note_export(sample, exported("exchange-register")) is None

    (note,) = sample.read.history(0, 9, StepFilter(sort=StepSort.NOTE))
    assert note.label == "export of People with personal data to person.xlsx"
    assert (note.state, note.records) == (StepState.NOTED, 0)
    assert sample.read.next_undo() == before
    with pytest.raises(Trouble, match="changed nothing"):
        plan_reversal(sample.read, note.no)
    assert sample.integrity() == []


def test_that_a_note_leaves_what_was_undone_to_be_done_again(sample, people, exported):
    del people
    sample.undo()
    undone = sample.read.next_redo()
    note_export(sample, exported("person"))
    assert sample.read.next_redo() == undone
    sample.redo()
    assert sample.integrity() == []


def test_that_a_note_about_one_person_does_not_name_them(sample, people, exported):
    note_export(sample, exported("person-data", about=people["jana"]))
    note_export(sample, exported("event-file", about=people["event"]))
    event, person = (step.label for step in sample.read.history(0, 2))
    assert person == "export of Data about one person with personal data to person-data.xlsx"
    assert event.endswith("event-file.xlsx (Open day)")


def test_that_a_document_that_cannot_be_written_says_that_nothing_was_noted(
    sample, people, tmp_path
):
    del people
    copy = tmp_path / "copy.smartct"
    sample.save_copy(copy)
    reading = open_document(copy, read_only=True)
    path = tmp_path / "people.xlsx"
    written = export_report(
        KINDS["person"], reading, ProgrammeFacts(), path=path, made_at=MADE_AT, progress=Progress()
    )
    assert "could not be noted" in note_export(reading, written)
    reading.close()
