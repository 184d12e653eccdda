"""What was answered for one file of a sender is not asked again for the next one."""

import json

import pytest

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.sender import Sender
from smartct_desktop.services.importing.learned import carried_over, learned_from
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import book, exchange, exchanges, sheet

SENDER = "Verband Seewind e. V."
ORDERS = {"date_order:Sheet1!F": "mdy", "date_order:Sheet1!G": "mdy"}


def doubtful(ref="A-1", start="03/04/2022", end="03/05/2022", **other):
    """A row whose dates can be read in two ways."""
    return exchange(ref, start=start, end=end, days=2, amount=None, **other)


def days(plan):
    return [
        (r.values["start"], r.values["end"])
        for r in plan.records
        if r.kind == "exchange" and r.action is Action.ADD
    ]


def test_that_an_answered_order_of_dates_holds_for_the_next_file(take, plan):
    take(book(exchanges(doubtful())), ORDERS, sender=SENDER)

    later = book(exchanges(doubtful("A-2", "05/06/2022", "05/07/2022")), name="june.xlsx")
    found = plan(later, sender=SENDER)

    assert not found.open_questions
    assert [tuple(map(str, pair)) for pair in days(found)] == [("2022-05-06", "2022-05-07")]
    told = [f.sentence for f in found.findings if "earlier file" in f.sentence]
    assert told == [f"Read as answered for an earlier file of {SENDER}: column F, G."]


def test_that_columns_are_known_again_wherever_they_stand(take, plan):
    take(book(exchanges(doubtful())), ORDERS, sender=SENDER)

    turned = [list(reversed(row)) for row in exchanges(doubtful("A-2", vo="Dohle KG"))]
    found = plan(book(turned, name="turned.xlsx"), sender=SENDER)

    assert not found.open_questions
    assert [str(start) for start, _ in days(found)] == ["2022-03-04"]


def test_that_the_habits_of_one_sender_are_not_those_of_another(take, plan):
    take(book(exchanges(doubtful())), ORDERS, sender=SENDER)

    found = plan(
        book(exchanges(doubtful("A-2")), name="b.xlsx"), sender="Clúster Muntanya de Catalunya"
    )

    assert {q.topic for q in found.open_questions} == {"date_order"}


def test_that_habits_are_only_proposed_while_the_sender_is_not_sure(take, plan):
    take(book(exchanges(doubtful())), ORDERS, sender=SENDER)
    rows = [doubtful(f"A-{n}", vo=f"Firma{n} Dach GmbH") for n in range(2, 6)]

    found = plan(book(exchanges(*rows), name="b.xlsx"))

    assert found.sender is not None
    assert found.sender.cluster == SENDER
    assert found.sender.certainty < 0.7
    proposals = {q.id: q.items[0].propose for q in found.open_questions}
    assert proposals == ORDERS


def test_that_an_answer_that_cannot_hold_any_more_is_asked_anew(take, plan):
    take(book(exchanges(doubtful())), ORDERS, sender=SENDER)

    later = book(exchanges(doubtful("A-2", "25/06/2022", "26/06/2022")), name="june.xlsx")
    found = plan(later, sender=SENDER)

    assert [str(start) for start, _ in days(found)] == ["2022-06-25"]


def test_that_what_a_person_said_of_a_column_holds_for_the_next_file(take, plan):
    rows = exchanges(exchange())
    rows[0].append("Zusatz 7")
    rows[1].append("talks on wind power")
    said = {"what_is_this_column:Sheet1!L": "remark"}
    first, _ = take(book(rows), said, sender=SENDER)
    assert first.told[0].answer == "remark"

    rows[1][0] = "A-9"
    again = plan(book(rows, name="next.xlsx"), sender=SENDER)

    (column,) = [c for c in again.columns if c.letter == "L"]
    assert column.field == "remark"


def test_that_the_same_file_again_knows_what_was_said_of_its_columns(take, plan):
    rows = exchanges(exchange())
    rows[0].append("Zusatz 7")
    rows[1].append("talks on wind power")
    take(book(rows), {"what_is_this_column:Sheet1!L": "remark"})

    again = plan(book(rows))

    assert again.counts.same == 1
    assert [c.field for c in again.columns if c.letter == "L"] == ["remark"]


def test_that_what_was_kept_stays_kept_when_the_same_file_comes_again(take, plan, clusters):
    take(book(exchanges(exchange("A-1"), exchange("A-2", "Bauer GmbH"))))
    news = book(
        exchanges(exchange("A-1", amount=415), exchange("A-2", "Bauer GmbH", amount=500)),
        name="other.xlsx",
    )
    (cell,) = [held.key for held in plan(news, {"keep": {"Sheet1!2.amount_cents": True}}).held]
    take(news, {"keep": {cell: True}})

    again = plan(news)

    assert (again.counts.same, again.counts.change) == (2, 0)
    assert [held.key for held in again.held] == [cell]
    assert {s.ref: s.amount_cents for s in clusters.read.all(Exchange)}["A-1"] == 83000
    wanted = plan(news, {"keep": {cell: False}})
    assert wanted.counts.change == 1


def test_that_undoing_the_import_forgets_what_was_learned_with_it(take, plan, clusters):
    take(book(exchanges(doubtful())), ORDERS, sender=SENDER)
    clusters.undo()

    found = plan(book(exchanges(doubtful())), sender=SENDER)

    assert {q.topic for q in found.open_questions} == {"date_order"}


def test_that_answers_about_names_rows_and_days_are_nobodys_habit(take, clusters):
    rows = exchanges(exchange("A-1"), exchange("A-2", "Bauer GmbH", start="31.2.2022"))
    take(book(rows), sender=SENDER, accept_proposals=True)
    kept = [s.mappings for s in clusters.read.all(Sender)]
    assert not any("no_such_day" in (text or "") for text in kept)


@pytest.mark.parametrize("kept", [None, "", "no json", "7", "[3]", json.dumps([{"headings": 3}])])
def test_that_what_cannot_be_read_of_the_habits_is_no_habit(plan, kept):
    assert carried_over(kept, []) == {}
    assert learned_from(plan(book(exchanges(exchange()))), kept) is None


def test_that_data_that_must_not_be_kept_are_not_taken_whoever_says_so(plan):
    rows = exchanges(exchange())
    rows[0].append("Allergien")
    rows[1].append("nuts")

    with pytest.raises(Invalid, match="must not be kept"):
        plan(book(rows), {"what_is_this_column:Sheet1!L": "remark"})


@pytest.mark.parametrize(
    ("letter", "said", "why"),
    [("K", "colour of the hat", "cannot hold"), ("A", "ho_city", "cannot both"), ("K", 7, "7")],
)
def test_that_a_field_that_a_column_cannot_hold_is_refused(plan, letter, said, why):
    rows = exchanges(exchange())
    rows[0] += ["Host city"]
    rows[1] += ["Girona"]
    answers = {
        "what_is_this_column:Sheet1!L": "ho_city",
        f"what_is_this_column:Sheet1!{letter}": said,
    }
    with pytest.raises(Invalid, match=why):
        plan(book(rows), answers)


def test_that_an_unknown_sender_or_sheet_is_refused_with_those_there_are(plan):
    read = book(sheet(exchanges(exchange()), "Liste"))
    with pytest.raises(Trouble, match="Verband Seewind"):
        plan(read, sender="Nobody")
    with pytest.raises(Trouble, match="Liste"):
        plan(read, sheets=("Sheet9",))


def test_that_a_sender_may_be_named_without_its_legal_form(plan):
    found = plan(book(exchanges(exchange())), sender="verband seewind")
    assert found.sender is not None
    assert found.sender.cluster == SENDER


def test_that_an_organisation_may_be_named_that_is_not_alike(take, plan, clusters):
    with clusters.edit("firms") as edit:
        edit.add(Organisation(name="Adler Optik GmbH", country="DE"))
        other = edit.add(Organisation(name="Zeppelin Werke", country="DE"))
    read = book(exchanges(exchange(vo="Adler Optic GmbH")))
    (asked,) = [q for q in plan(read).open_questions if q.topic == "which_organisation"]
    with pytest.raises(Invalid, match="no organisation"):
        plan(read, {asked.id: {"Adler Optic GmbH": "Nobody"}})

    take(read, {asked.id: {"Adler Optic GmbH": "Zeppelin Werke"}})

    assert [s.vo for s in clusters.read.all(Exchange)] == [other.id]
    again = plan(book(exchanges(exchange("A-2", "Adler Optic GmbH")), name="next.xlsx"))
    assert not [q for q in again.open_questions if q.topic == "which_organisation"]


def test_that_any_cluster_of_the_document_can_be_the_sender(plan, clusters):
    with clusters.edit("a cluster of another partnership") as edit:
        other = edit.add(Organisation(name="Clúster Lejano", type=OrganisationType.CLUSTER))
    for said in ("Clúster Lejano", other.id):
        found = plan(book(exchanges(exchange())), sender=said)
        assert found.sender is not None
        assert found.sender.id == other.id
