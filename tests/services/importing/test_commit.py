"""Writing a plan: one step, all of what needs no answer or nothing, and back again."""

import random
from decimal import Decimal

import pytest

from smartct_desktop.domain.changes import Action as Deed
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.sender import Judgement, Sender, Verdict
from smartct_desktop.services.importing.commit import commit, planned_changes
from smartct_desktop.services.importing.corrections import cell_key
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.services.numbering import prefix_of
from tests.services.importing.books import book, day, exchange, exchanges, member, members

ROWS = [
    exchange("A-1"),
    exchange("A-2", vo="Weserkran AG", start=day("2022-02-07"), end=day("2022-02-11")),
    exchange("A-3", vo="Moorlicht KG", ho="Sol Nou, S.A.", start=day("2021-11-22"),
             end=day("2021-11-26")),
]  # fmt: skip


def numbers(document):
    return {stay.ref: stay.number for stay in document.read.all(Exchange)}


def test_that_an_import_is_one_step_with_its_source(take, clusters):
    before = clusters.read.history_count()

    plan, receipt = take(book(exchanges(*ROWS), name="Exchanges_Seewind.xlsx"))

    step = clusters.read.next_undo()
    assert clusters.read.history_count() == before + 1
    assert step.label == "import of Exchanges_Seewind.xlsx (3 rows)" == receipt.label
    assert (step.source.file, step.source.sha256) == (plan.file, plan.sha256)
    assert step.source.sender == "Verband Seewind e. V."
    assert receipt.added == {"organisation": 5, "exchange": 3}
    assert receipt.counts == plan.counts


def test_that_each_change_knows_the_row_it_came_from(take, clusters):
    take(book(exchanges(*ROWS)))

    changes = clusters.read.step_changes(clusters.read.next_undo().no)

    rows = {change.caption: change.origin.row for change in changes if change.kind == "exchange"}
    assert sorted(rows.values()) == [2, 3, 4]
    assert all(change.action is Deed.ADD for change in changes)


def test_that_undo_takes_all_of_it_back(take, clusters):
    before = [record.id for record in clusters.read.all(Organisation)]

    take(book(exchanges(*ROWS)))
    clusters.undo()

    assert [record.id for record in clusters.read.all(Organisation)] == before
    assert not list(clusters.read.all(Exchange))


def test_that_exchanges_are_numbered_by_the_year_they_start(take, clusters):
    take(book(exchanges(*ROWS)))
    take(book(exchanges(exchange("B-1", vo="Hafenwind eG")), name="more.xlsx"))

    assert numbers(clusters) == {
        "A-1": "OUR-2021-001",
        "A-2": "OUR-2022-001",
        "A-3": "OUR-2021-002",
        "B-1": "OUR-2021-003",
    }


@pytest.mark.parametrize(
    ("acronym", "prefix"),
    [
        ("SmartCTClusters", "SCT"),
        ("Ours", "OUR"),
        ("Blue Sea Cluster", "BS"),
        ("EACN", "EACN"),
        ("2B Clusters", "2B"),
    ],
)
def test_that_numbers_begin_with_the_capitals_of_the_partnership(acronym, prefix):
    assert prefix_of(Partnership(acronym=acronym)) == prefix


def test_that_rows_that_wait_are_not_written(take, clusters):
    plan, receipt = take(
        book(exchanges(ROWS[0], exchange("A-9", vo="Adler Optik", ho="Neu, S.L.")))
    )

    assert (plan.counts.add, plan.counts.wait) == (1, 1)
    assert receipt.added == {"organisation": 2, "exchange": 1}
    assert [o.name for o in clusters.read.all(Organisation)][-2:] == [
        "Adler Optik GmbH",
        "Bosc Digital, S.L.",
    ]


def test_that_the_same_file_again_changes_nothing(take, clusters):
    take(book(exchanges(*ROWS)))
    steps = clusters.read.history_count()

    again, receipt = take(book(exchanges(*ROWS)))

    assert {row.action for row in again.rows} == {Action.SAME}
    assert not receipt.written
    assert clusters.read.history_count() == steps
    assert "IMP-11" in {finding.code for finding in again.findings}


def test_that_rows_and_columns_in_another_order_change_nothing(take, plan):
    take(book(exchanges(*ROWS)))
    chance = random.Random(3)
    order = list(range(len(exchanges()[0])))
    chance.shuffle(order)
    rows = chance.sample(ROWS, len(ROWS))

    again = plan(book([[row[n] for n in order] for row in exchanges(*rows)], name="other.xlsx"))

    assert again.counts.same == again.counts.rows == 3


def test_that_columns_left_out_and_renamed_change_nothing(take, plan):
    take(book(exchanges(*ROWS)))
    grid = [[row[1], row[3], row[5], row[10]] for row in exchanges(*ROWS)]
    grid[0] = ["Besuchende Organisation", "Gastgeber", "Beginn", "Status"]

    again = plan(book(grid, name="other.xlsx"))

    assert again.counts.same == 3


def test_that_a_blank_cell_leaves_what_is_stored(take, plan):
    take(book(exchanges(*ROWS)))

    again = plan(book(exchanges(exchange("A-1", amount=None, end=None)), name="other.xlsx"))

    assert again.counts.same == 1


def test_that_a_changed_cell_is_shown_with_both_values_and_taken(take, clusters):
    take(book(exchanges(*ROWS)))

    plan, receipt = take(book(exchanges(exchange("A-1", amount=415)), name="other.xlsx"))

    stay = next(record for record in plan.records if record.kind == "exchange")
    assert stay.action is Action.CHANGE
    assert stay.changes == {"amount_cents": (83000, 41500)}
    assert receipt.changed == {"exchange": 1}
    assert clusters.read.get(Exchange, stay.id).amount_cents == 41500


def test_that_a_person_may_keep_what_is_stored(take, plan):
    take(book(exchanges(*ROWS)))
    other = book(exchanges(exchange("A-1", amount=415)), name="other.xlsx")

    kept = plan(other, {"keep": {cell_key("Sheet1", 2, "amount_cents"): True}})

    assert kept.counts.same == 1


def test_that_a_plan_is_not_committed_to_a_document_that_has_changed(take, plan, clusters):
    take(book(exchanges(*ROWS)))
    later = plan(book(exchanges(exchange("A-1", amount=415)), name="other.xlsx"))
    (stay,) = [s for s in clusters.read.all(Exchange) if s.ref == "A-1"]
    with clusters.edit("by hand") as edit:
        edit.set(stay, "amount_cents", 1)

    with pytest.raises(Trouble, match="has changed since"):
        commit(later, clusters)
    assert clusters.read.get(Exchange, stay.id).amount_cents == 1


def test_that_planned_changes_write_nothing(plan, clusters):
    steps = clusters.read.history_count()

    changes = planned_changes(plan(book(exchanges(*ROWS))), clusters.read)

    assert len([change for change in changes if change.kind == "exchange"]) == 3
    assert clusters.read.history_count() == steps


def test_that_decisions_on_names_are_remembered_for_the_next_file(take, plan, clusters):
    take(book(exchanges(ROWS[0])))
    grid = exchanges(
        exchange("B-1", vo="Adler Optik", start=day("2022-05-02"), end=day("2022-05-06")),
        exchange("B-2", vo="Adlr Optik GmbH", start=day("2022-06-06"), end=day("2022-06-10")),
    )
    asked = plan(book(grid, name="other.xlsx"))
    (question,) = asked.open_questions
    answers = {question.id: {"Adler Optik": "Adler Optik GmbH", "Adlr Optik GmbH": "new"}}

    take(book(grid, name="other.xlsx"), answers)
    third = plan(book(exchanges(exchange("C-1", vo="Adler Optik", start=day("2022-07-04"),
                                         end=day("2022-07-08"))), name="third.xlsx"))  # fmt: skip

    verdicts = {(j.written, j.verdict) for j in clusters.read.all(Judgement)}
    assert ("Adler Optik", Verdict.SAME) in verdicts
    assert ("Adlr Optik GmbH", Verdict.NOT_SAME) in verdicts
    assert not third.open_questions


def test_that_answers_are_remembered_for_the_same_file(take, plan, clusters):
    grid = members(member(staff="ca. 15", since=2015))
    answers = {
        "number:Sheet1!H": {"ca. 15": 16},
        "year_only:Sheet1!J": {"2015": "2015"},
    }

    take(book(grid), answers)
    again = plan(book(grid))

    assert not again.open_questions
    assert again.counts.same == 1
    assert next(clusters.read.all(Sender)).name == "Verband Seewind e. V."


def test_that_answers_in_pieces_lead_to_the_same_plan(plan):
    grid = members(member(1, staff="ca. 15"), member(2, "Weserkran", since=2015))
    first = {"number:Sheet1!H": {"ca. 15": 16}}
    second = {"year_only:Sheet1!J": {"2015": "2015"}}

    whole = plan(book(grid), first | second)
    pieces = plan(book(grid), second | first)

    assert plan(book(grid), first).counts.wait == 1
    assert whole == pieces
    assert whole.counts.wait == 0


def test_that_the_same_file_again_does_not_take_back_corrections(take, clusters):
    take(book(exchanges(*ROWS)))
    stay = next(s for s in clusters.read.all(Exchange) if s.ref == "A-1")
    for amount in (40000, 41500):
        with clusters.edit("by hand") as edit:
            edit.set(clusters.read.get(Exchange, stay.id), "amount_cents", amount)
    due = clusters.read.get(Exchange, stay.id).entitlement_cents
    steps = clusters.read.history_count()

    again, receipt = take(book(exchanges(*ROWS)))

    assert again.counts.same == 3
    assert not receipt.written
    assert clusters.read.history_count() == steps
    assert clusters.read.get(Exchange, stay.id).entitlement_cents == due
    told = [f for f in again.findings if f.code == "IMP-16"]
    assert {(f.severity.value, f.rows) for f in told} == {("warning", (2,))}
    assert any("415.00" in f.sentence and "830.00" in f.sentence for f in told)


def test_that_a_correction_gives_way_to_news_and_to_the_wish_of_a_person(take, plan, clusters):
    take(book(exchanges(*ROWS)))
    stay = next(s for s in clusters.read.all(Exchange) if s.ref == "A-1")
    with clusters.edit("by hand") as edit:
        edit.set(stay, "amount_cents", 41500)

    news = plan(book(exchanges(exchange("A-1", amount=500)), name="other.xlsx"))
    wish = {"take": {cell_key("Sheet1", 2, "amount_cents"): True}}
    wanted = plan(book(exchanges(*ROWS)), wish)

    assert news.counts.change == wanted.counts.change == 1
    assert not wanted.unused_answers
    assert "IMP-16" not in {f.code for f in (*news.findings, *wanted.findings)}


def test_that_a_correction_that_a_later_import_replaced_holds_no_longer(take, plan, clusters):
    take(book(exchanges(*ROWS)))
    stay = next(s for s in clusters.read.all(Exchange) if s.ref == "A-1")
    with clusters.edit("by hand") as edit:
        edit.set(stay, "amount_cents", 41500)
    take(book(exchanges(exchange("A-1", amount=500)), name="other.xlsx"))

    found = plan(book(exchanges(*ROWS)))

    assert found.counts.change == 1


def test_that_sums_rest_on_corrected_values(take, clusters):
    take(book(exchanges(*ROWS)))
    stay = next(s for s in clusters.read.all(Exchange) if s.ref == "A-1")
    with clusters.edit("by hand") as edit:
        edit.update(stay.replace(distance_km=Decimal(100), entitlement_cents=41500))

    take(book(exchanges(exchange("A-1", amount=415)), name="other.xlsx"))

    found = clusters.read.get(Exchange, stay.id)
    assert (found.amount_cents, found.entitlement_cents) == (41500, 41500)
    assert found.distance_km == Decimal(100)


def test_that_a_corrected_visitor_is_no_reason_to_ask_for_the_exchange(take, clusters):
    take(book(exchanges(*ROWS)))
    by_ref = {s.ref: s for s in clusters.read.all(Exchange)}
    with clusters.edit("by hand") as edit:
        edit.set(by_ref["A-1"], "vo", by_ref["A-2"].vo)

    again, receipt = take(book(exchanges(*ROWS)))

    assert again.counts.same == 3
    assert not again.open_questions
    assert not receipt.written
    (told,) = [f for f in again.findings if f.code == "IMP-16"]
    assert "Weserkran AG" in told.sentence


def test_that_corrected_facts_of_an_organisation_are_kept(take, clusters):
    take(book(members(member(staff=12, city="Lübeck"))))
    adler = next(o for o in clusters.read.all(Organisation) if o.name.startswith("Adler"))
    with clusters.edit("by hand") as edit:
        edit.set(adler, "headcount", 21)

    again, receipt = take(book(members(member(staff=12, city="Lübeck"))))

    assert not receipt.written
    assert clusters.read.get(Organisation, adler.id).headcount == 21
    assert "IMP-16" in {f.code for f in again.findings}
