"""Lists of papers: they change stored exchanges, and never add one."""

import pytest

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book, day, exchange, exchanges, sheet

HEADINGS = ["SCT no.", "CtQ", "Agreement signed on", "VO report", "Evidence"]


def papers(number="SCT-2021-001", *, ctq="yes", agreement=None, report=None, evidence=None):
    return [number, ctq, agreement, report, evidence]


@pytest.fixture
def listed(take, clusters):
    """Imports papers after two exchanges; gives the plan and the first exchange afterwards."""
    other = exchange("A-2", "Möwenwerk AG", start=day("2022-01-10"), end=day("2022-01-14"))
    take(book(exchanges(exchange(), other)))
    with clusters.edit("numbers") as edit:
        for one in list(clusters.read.all(Exchange)):
            edit.set(one, "number", f"SCT-2021-00{one.ref[-1]}")

    def imported(*rows, headings=HEADINGS, answers=None, **wish):
        plan, _ = take(book([headings, *rows]), answers, **wish)
        stays = {one.ref: one for one in clusters.read.all(Exchange)}
        assert len(stays) == 2
        return plan, stays["A-1"]

    return imported


def test_that_papers_find_their_exchange_by_number(listed):
    row = papers(agreement=day("2021-11-02"), report="no", evidence="x")
    plan, one = listed(row)

    assert not plan.open_questions
    assert plan.sheets[0].kind == "checklist"
    assert (one.ctq, one.agreement, one.vo_report, one.evidence) == (True, True, False, True)
    assert one.agreement_on == day("2021-11-02")
    assert plan.counts.change == plan.counts.rows == 1


@pytest.mark.parametrize(
    ("heading", "sign"), [("SCT no.", "SCT-2021-001"), ("Exchange no.", "A-1")]
)
def test_that_every_number_tells_the_exchange(listed, heading, sign):
    _, one = listed([sign, "yes", None], headings=[heading, "CtQ", "Evidence"])

    assert one.ctq is True


def test_that_the_tool_id_tells_the_exchange(listed, clusters):
    with clusters.edit("tool") as edit:
        one = next(e for e in clusters.read.all(Exchange) if e.ref == "A-1")
        edit.set(one, "cxc_id", "CXC-77")

    _, one = listed(["CXC-77", "yes"], headings=["CXC id", "CtQ"])

    assert one.ctq is True


def test_that_nothing_else_of_the_exchange_changes(listed, clusters):
    before = next(e for e in clusters.read.all(Exchange) if e.ref == "A-1")

    plan, after = listed(papers())

    (record,) = [r for r in plan.records if r.kind == "exchange"]
    assert set(record.changes) == {"ctq"}
    assert (after.vo, after.ho, after.start) == (before.vo, before.ho, before.start)


def test_that_an_unknown_number_is_asked_about_and_adds_nothing(listed):
    plan, _ = listed(papers("SCT-2021-999"))

    (question,) = plan.open_questions
    assert (question.topic, question.rows) == ("which_exchange", (2,))
    assert question.items[0].propose is None
    assert len(question.items[0].options) == 3  # both exchanges, and to leave the row out
    assert plan.counts.wait == 1


def test_that_an_unknown_number_can_be_left_out(listed):
    plan, one = listed(papers("SCT-9"), answers={"which_exchange:Sheet1": {"2": "leave out"}})

    assert plan.counts.refuse == 1
    assert one.ctq is None


def test_that_visitor_host_and_start_only_propose(listed):
    headings = ["Visiting organisation", "Host organisation", "Start", "CtQ", "Evidence"]
    row = ["Adler Optik GmbH", "Bosc Digital, S.L.", day("2021-11-15"), "yes", "yes"]
    plan, one = listed(row, headings=headings, kind="checklist")

    (question,) = plan.open_questions
    assert question.items[0].propose.startswith("SCT-2021-001")
    assert question.items[0].certainty == 0.9
    assert one.ctq is None


def test_that_the_answer_tells_the_exchange(listed):
    headings = ["Visiting organisation", "Host organisation", "CtQ", "Evidence"]
    row = ["Adler Optik GmbH", "Bosc Digital, S.L.", "yes", "yes"]
    choice = "SCT-2021-001: Adler Optik GmbH → Bosc Digital, S.L."
    plan, one = listed(row, headings=headings, answers={"which_exchange:Sheet1": {"2": choice}})

    assert not plan.open_questions
    assert one.ctq is True


def test_that_no_organisation_is_added(listed, clusters):
    before = len(list(clusters.read.all(Organisation)))

    listed(["Unknown Ltd", "Nobody S.L.", "yes"], headings=["VO", "HO", "CtQ"])

    assert len(list(clusters.read.all(Organisation))) == before


def test_that_a_number_with_another_visitor_is_asked_about(listed):
    row = ["SCT-2021-001", "Möwenwerk AG", "yes"]
    plan, one = listed(row, headings=["SCT no.", "Visiting organisation", "CtQ"])

    assert [q.topic for q in plan.open_questions] == ["which_exchange"]
    assert one.ctq is None


def test_that_a_short_figure_is_only_proposed(listed, clusters):
    with clusters.edit("ref") as edit:
        one = next(e for e in clusters.read.all(Exchange) if e.ref == "A-1")
        edit.set(one, "tool_status", "open")
        edit.set(one, "cxc_id", "7")

    plan, _ = listed(["7", "yes"], headings=["CXC id", "CtQ"])

    (question,) = plan.open_questions
    assert question.items[0].propose.startswith("SCT-2021-001")


def test_that_two_rows_of_one_exchange_are_one_change(listed):
    plan, one = listed(papers(), papers(ctq=None, evidence="yes"))

    assert (one.ctq, one.evidence) == (True, True)
    assert [row.action for row in plan.rows] == [Action.CHANGE, Action.CHANGE]


def test_that_a_row_against_an_earlier_one_is_refused(listed):
    plan, one = listed(papers(), papers(ctq="no"))

    assert one.ctq is True
    assert plan.counts.refuse == 1


@pytest.mark.usefixtures("listed")
def test_that_two_sheets_tell_of_one_exchange(take, clusters):
    first = sheet([HEADINGS, papers()], "CtQ")
    second = sheet([HEADINGS, papers(evidence="x")], "Evidence")
    plan, _ = take(book(first, second))

    one = next(e for e in clusters.read.all(Exchange) if e.ref == "A-1")
    assert (one.ctq, one.evidence) == (True, True)
    assert plan.counts.change == 2


@pytest.mark.usefixtures("listed")
def test_that_two_sheets_against_each_other_are_told(take, clusters):
    plan, _ = take(book(sheet([HEADINGS, papers()], "A"), sheet([HEADINGS, papers(ctq="no")], "B")))

    one = next(e for e in clusters.read.all(Exchange) if e.ref == "A-1")
    assert one.ctq is True
    assert [(f.sheet, f.rows) for f in plan.findings if f.code == "IMP-10"] == [("B", (2,))]
    assert plan.counts.refuse == 1


def test_that_a_row_without_papers_is_refused(listed):
    plan, _ = listed(papers(), ["SCT-2021-002", "?", None, None, None])

    assert plan.counts.refuse == 1


def test_that_a_word_that_may_mean_anything_is_asked_about(listed):
    plan, one = listed(papers(ctq="in Vorbereitung bei uns"))

    assert [q.topic for q in plan.open_questions] == ["documents"]
    assert one.ctq is None


def test_that_a_certificate_without_a_date_is_told(listed):
    plan, _ = listed(["SCT-2021-001", "yes", "yes"], headings=["SCT no.", "CtQ", "Certificate"])

    assert [f.rows for f in plan.findings if f.code == "IMP-03"] == [(2,)]


def test_that_the_same_list_again_changes_nothing(listed):
    rows = papers(agreement=day("2021-11-02")), papers("SCT-2021-002")
    listed(*rows)

    plan, _ = listed(*rows)

    assert {row.action for row in plan.rows} == {Action.SAME}


def test_that_a_list_of_exchanges_with_papers_stays_one(listed):
    row = ["A-1", "Adler Optik GmbH", "Germany", "Bosc Digital, S.L.", "Spain", day("2021-11-15")]
    headings = ["Ref", "Visiting organisation", "VO country", "Host organisation", "HO country",
        "Start", "CtQ"]  # fmt: skip
    plan, one = listed([*row, "yes"], headings=headings)

    assert plan.sheets[0].kind == "exchange"
    assert one.ctq is True
