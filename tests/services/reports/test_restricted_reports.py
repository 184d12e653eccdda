"""Whose data must not be used: they stay, and nothing that leaves the document tells of them."""

import datetime as dt

import pytest

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.programme.papers import Party
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Path, Query
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.deleting import Choice, Way, deletion_step, plan_deletion
from smartct_desktop.services.figures import figures
from smartct_desktop.services.letters import Letters
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.privacy.planning import plan_forgetting
from smartct_desktop.services.privacy.restricting import lift, restrict
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.view_list import ShownTable
from smartct_desktop.services.view_export import export_csv
from smartct_desktop.services.waiting import Missing, What
from tests.services.reports.conftest import KINDS, MADE_AT, sheets_of, text_of
from tests.services.steps import change

TODAY = dt.date(2022, 6, 30)
MARKS = ("Jana Sachs", "Sachs, Jana", "jana@sachs.example", "341 123456")


@pytest.fixture
def restricted(sample, people):
    """The person who visited, by name in a remark as well."""
    visit = next(one for one in sample.read.all(Exchange) if one.number == "S-1")
    change(sample, visit, remark="Call SACHS, JANA on (0341) 123456", goals="Robots")
    restrict(sample, people["jana"], " she contests what is stored ", TODAY)
    return people["jana"]


@pytest.mark.usefixtures("restricted")
def test_that_no_report_tells_of_somebody_restricted(exported):
    codes = [code for code, kind in KINDS.items() if not kind.chosen and code != "retention"]
    for code in codes:
        made = exported(code)
        text = text_of(made.path)
        assert [mark for mark in MARKS if mark.casefold() in text.casefold()] == [], code
        if made.personal:
            assert "People whose data must not be used are left out: 1." in text, code
    assert len(codes) > 20


def test_that_others_stay_and_numbers_do_not_change(sample, people, exported):
    before = {one.code: one.value for one in figures(sample.read, TODAY)}
    held = text_of(exported("event-file", about=people["event"]).path)
    restrict(sample, people["jana"], "asked", TODAY)
    assert {one.code: one.value for one in figures(sample.read, TODAY)} == before

    sheets = sheets_of(exported("event-file", about=people["event"]).path)
    text = text_of(exported("event-file", about=people["event"]).path)
    assert "Jana Sachs" in held
    assert "Jana Sachs" not in text
    assert "Otto Host" in text
    counts = {(row[0], row[1]): row[2] for row in sheets["Counts"][4:]}
    assert counts["All", None] == 2
    names = [row[0] for row in sheets_of(exported("person").path)["People"]]
    assert len(names) == 2  # the headings and Otto


def test_that_a_list_that_comes_back_leaves_what_is_stored(sample, restricted, exported):
    rows = sheets_of(exported("exchange").path)["Exchanges"]
    headings = list(rows[0])
    visit = next(row for row in rows if row[headings.index("No.")] == "S-1")
    assert visit[headings.index("Visitor")] is None
    assert visit[headings.index("Remark")] is None  # a sign would replace the text when it returns
    assert visit[headings.index("Goals")] == "Robots"
    assert sample.read.get(Person, restricted).name == "Jana Sachs"


def test_that_a_table_as_it_is_shown_and_a_csv_file_leave_them_out(sample, restricted, tmp_path):
    columns = (Path.of("name"), Path.of("email"))
    shown = ShownTable(Query("person", columns), columns)
    path = tmp_path / "people.csv"
    export_csv(shown, sample, ProgrammeFacts(), path=path, made_at=MADE_AT, progress=Progress())
    text = path.read_text(encoding="utf-8-sig")
    assert "Otto Host" in text
    assert "Sachs" not in text
    del restricted


def test_that_what_is_about_them_and_what_is_stored_is_told(sample, restricted, exported):
    sheets = sheets_of(exported("person-data", about=restricted).path)
    keeping = {row[0]: row[1] for row in sheets["Keeping"][3:]}
    assert keeping["Use restricted since"] == "30.06.2022"
    assert keeping["Restricted because"] == "she contests what is stored"
    own = own_partnership(sample.read)
    change(sample, own, balance_paid_on=dt.date(2015, 1, 31))
    rows = sheets_of(exported("retention").path)["People"]
    assert {row[0]: row[7] for row in rows[4:]} == {
        "Jana Sachs": "use restricted",
        "Otto Host": "due for deletion",
    }


def test_that_no_letter_is_sent_to_their_address(sample, stays, restricted):
    partner = sample.read.get(Organisation, stays["neu"])
    change(sample, partner, contact_email="Jana@sachs.example")
    missing = Missing(
        exchange=stays["S-3"], what=What.COMMITMENT, partner=partner.id, parties=(Party.VISITOR,)
    )
    letters = Letters(sample.read, [missing])
    (to,) = letters.partners
    assert letters.write(to).email is None
    lift(sample, restricted)
    assert Letters(sample.read, [missing]).write(to).email == "Jana@sachs.example"


def test_that_they_are_neither_forgotten_nor_deleted_before_it_ends(sample, restricted):
    def planned():
        return plan_forgetting(
            sample, sample.read, ProgrammeFacts(), restricted, TODAY, unlawful=True
        )

    plan = planned()
    assert plan.refusal == (
        "The use of the data is restricted since 30.06.2022: she contests what is stored. So long "
        "they have to stay."
    )
    assert plan.restricted
    visits, attends = (
        one.field for one in plan_deletion(sample.read, "person", [restricted]).namings
    )
    choices = dict.fromkeys((visits.code, attends.code), Choice(Way.BLANK))
    with pytest.raises(Trouble, match="Jana Sachs is restricted since"):
        deletion_step(sample.read, plan_deletion(sample.read, "person", [restricted], choices))
    lift(sample, restricted)
    assert planned().refusal is None


def test_that_a_restriction_needs_a_reason_and_its_reason_a_day(sample, people):
    with pytest.raises(Trouble, match="Say why"):
        restrict(sample, people["otto"], "  ", TODAY)
    with pytest.raises(Invalid, match="Say first since when"):
        change(sample, sample.read.get(Person, people["otto"]), restricted_because="asked")
    restrict(sample, people["otto"], "asked", TODAY)
    with pytest.raises(Trouble, match="restricted already"):
        restrict(sample, people["otto"], "again", TODAY)
    change(sample, sample.read.get(Person, people["otto"]), restricted_on=None)
    assert sample.read.get(Person, people["otto"]).restricted_because is None
    with pytest.raises(Trouble, match="not restricted"):
        lift(sample, people["otto"])
    sample.undo()
    assert sample.read.get(Person, people["otto"]).restricted_because == "asked"
