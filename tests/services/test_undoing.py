"""Taking back an old step: what is put back, what is kept, and what stands in the way."""

import os
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.changes import Action, StepState
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.document import Document
from smartct_desktop.services.reversal import Outcome
from smartct_desktop.services.undoing import plan_reversal, reverse
from smartct_desktop.storage.store import Store
from tests.services.steps import add, change, get, remove, state
from tests.services.stored import ticking

BACK, KEPT, CANNOT, SAME = Outcome


@pytest.fixture
def document(tmp_path):
    tick = ticking()
    document = Document(Store.create(tmp_path / "d.smartct", at=tick()), tick)
    yield document
    document.close()


def outcomes(plan):
    return {(fate.caption, fate.field): fate.outcome for fate in plan.fates}


def test_that_a_field_is_put_back_and_later_ones_stay(document):
    firm = Organisation(name="A", city="Sofia", country="BG")
    add(document, firm)
    old = change(document, firm, city="Varna", region="North")
    change(document, firm, website="https://a.eu")

    plan = plan_reversal(document.read, old)
    assert outcomes(plan) == {("A", "region"): BACK, ("A", "city"): BACK}
    reverse(document, plan)

    assert get(document, firm) == firm.replace(website="https://a.eu")
    assert document.read.next_undo().label == "undo of “change”"
    document.undo()
    assert get(document, firm).city == "Varna"


def test_that_a_field_changed_since_is_kept_and_says_by_which_step(document):
    firm = Organisation(name="A", city="Sofia")
    add(document, firm)
    old = change(document, firm, city="Varna", region="North")
    later = change(document, firm, city="Burgas")

    plan = plan_reversal(document.read, old)
    fates = {fate.field: fate for fate in plan.fates}

    assert (fates["city"].outcome, fates["city"].by) == (KEPT, later)
    assert (fates["city"].now, fates["city"].then) == ("Burgas", "Sofia")
    assert plan.steps[later].no == later
    assert fates["region"].outcome is BACK
    assert not plan.whole
    reverse(document, plan)
    assert (get(document, firm).city, get(document, firm).region) == ("Burgas", None)


def test_that_a_field_that_is_back_already_needs_nothing(document):
    firm = Organisation(name="A", city="Sofia")
    add(document, firm)
    old = change(document, firm, city="Varna")
    change(document, firm, city="Sofia")

    plan = plan_reversal(document.read, old)

    assert outcomes(plan) == {("A", "city"): SAME}
    assert plan.whole
    with pytest.raises(Trouble, match="Nothing of “change” can be put back"):
        reverse(document, plan)


def test_that_an_added_record_goes_unless_it_was_changed_or_is_named(document):
    plain, named, moved = (Organisation(name=name) for name in ("Plain", "Named", "Moved"))
    old = add(document, plain, named, moved)
    stay = Exchange(number="X-1", vo=named.id)
    add(document, stay)
    later = change(document, moved, city="Sofia")

    plan = plan_reversal(document.read, old)
    fates = {fate.caption: fate for fate in plan.fates}

    assert {name: fate.outcome for name, fate in fates.items()} == {
        "Plain": BACK,
        "Named": CANNOT,
        "Moved": KEPT,
    }
    assert fates["Named"].why == "X-1 names it as Visiting organisation."
    assert (fates["Moved"].why, fates["Moved"].by) == ("Changed since: City.", later)
    reverse(document, plan)
    assert {o.name for o in document.read.all(Organisation)} == {"Named", "Moved"}


def test_that_an_addition_changed_there_and_back_counts_as_unchanged(document):
    firm = Organisation(name="A", city="Sofia")
    old = add(document, firm)
    change(document, firm, city="Varna")
    change(document, firm, city="Sofia")

    plan = plan_reversal(document.read, old)

    assert outcomes(plan) == {("A", ""): BACK}


def test_that_records_added_together_go_together(document):
    firm, host = Organisation(name="A"), Organisation(name="B")
    stay = Exchange(number="X-1", vo=firm.id, ho=host.id)
    old = add(document, firm, host, stay)
    add(document, Event(title="Fair", host_cluster=host.id))

    reverse(document, plan_reversal(document.read, old))

    # The host is named by the event and stays; the exchange that names both can go all the same.
    assert {o.name for o in document.read.all(Organisation)} == {"B"}
    assert document.read.total("exchange") == 0


def test_that_what_names_a_record_that_stays_behind_keeps_its_own_references(document):
    firm = Organisation(name="A")
    stay = Exchange(number="X-1", vo=firm.id)
    old = add(document, firm, stay)
    change(document, stay, remark="looked at")

    plan = plan_reversal(document.read, old)

    assert outcomes(plan) == {("A", ""): CANNOT, ("X-1", ""): KEPT}
    assert plan.changes == ()


def test_that_a_removed_record_comes_back_with_its_id(document):
    firm = Organisation(name="A", city="Sofia")
    add(document, firm)
    old = remove(document, firm)
    add(document, Organisation(name="B"))

    reverse(document, plan_reversal(document.read, old))

    assert get(document, firm) == firm


def test_that_a_removed_record_comes_back_without_what_it_named_if_that_is_gone(document):
    cluster, firm = Organisation(name="K"), Organisation(name="A")
    member = Membership(cluster=cluster.id, organisation=firm.id)
    stay = Exchange(number="X-1", vo=firm.id, ho=cluster.id)
    add(document, cluster, firm)
    add(document, member, stay)
    old = remove(document, member, stay)
    remove(document, firm)

    plan = plan_reversal(document.read, old)
    fates = {(fate.kind, fate.field): fate.outcome for fate in plan.fates}

    assert fates == {
        ("membership", ""): CANNOT,
        ("exchange", ""): BACK,
        ("exchange", "vo"): CANNOT,
    }
    reverse(document, plan)
    found = get(document, stay)
    assert found.replace(**dict.fromkeys(f.name for f in found.schema.derived)) == stay.replace(
        vo=None
    )


def test_that_a_reference_to_a_record_that_is_gone_is_not_put_back(document):
    first, second = Organisation(name="A"), Organisation(name="B")
    stay = Exchange(number="X-1", vo=first.id)
    add(document, first, second, stay)
    old = change(document, stay, vo=second.id, remark="moved")
    remove(document, first)

    plan = plan_reversal(document.read, old)

    assert outcomes(plan) == {("X-1", "vo"): CANNOT, ("X-1", "remark"): BACK}


def test_that_a_rule_keeps_what_can_no_longer_be(document):
    stay = Exchange(number="X-1", start=date(2021, 11, 1), end=date(2021, 11, 5))
    add(document, stay)
    old = change(document, stay, end=date(2021, 11, 20), remark="longer")
    change(document, stay, start=date(2021, 11, 10))

    plan = plan_reversal(document.read, old)
    fates = {fate.field: fate for fate in plan.fates}

    assert fates["end"].outcome is CANNOT
    assert fates["end"].why == "A stay cannot end before it starts."
    assert fates["remark"].outcome is BACK


def test_that_a_field_of_a_record_that_is_gone_cannot_be_put_back(document):
    firm = Organisation(name="A")
    add(document, firm)
    old = change(document, firm, city="Sofia")
    later = remove(document, firm)

    (fate,) = plan_reversal(document.read, old).fates

    assert (fate.outcome, fate.by, fate.action) == (CANNOT, later, Action.CHANGE)


def test_that_a_step_set_aside_is_kept_and_can_be_done_again(document):
    firm, other = Organisation(name="A"), Organisation(name="B")
    add(document, firm)
    aside = add(document, other)
    document.undo()
    change(document, firm, city="Sofia")

    assert document.read.step(aside).state is StepState.SET_ASIDE
    plan = plan_reversal(document.read, aside, again=True)
    assert outcomes(plan) == {("B", ""): BACK}
    reverse(document, plan)

    assert get(document, other) == other
    assert get(document, firm).city == "Sofia"
    assert document.read.next_undo().label == "redo of “addition”"
    assert document.read.step(aside).answer.no == document.read.next_undo().no


def test_that_a_step_set_aside_is_done_again_only_where_it_still_fits(document):
    firm = Organisation(name="A", city="Sofia")
    gone = Organisation(name="B")
    add(document, firm, gone)
    with document.edit("two things") as edit:
        edit.update(firm.replace(city="Varna", region="North"))
        edit.remove("organisation", gone.id)
    aside = document.read.next_undo().no
    document.undo()
    change(document, firm, city="Burgas")
    later = change(document, gone, city="Ruse")

    plan = plan_reversal(document.read, aside, again=True)

    assert outcomes(plan) == {("A", "region"): BACK, ("A", "city"): KEPT, ("B", ""): KEPT}
    assert {fate.by for fate in plan.fates if fate.caption == "B"} == {later}


def test_that_a_step_taken_back_says_so_until_that_is_taken_back_as_well(document):
    firm = Organisation(name="A")
    old = add(document, firm)
    change(document, firm, city="X")
    change(document, firm, city=None)
    reverse(document, plan_reversal(document.read, old))

    step = document.read.step(old)
    assert step.taken_back
    assert step.state is StepState.DONE
    reverse(document, plan_reversal(document.read, old, again=True))
    assert get(document, firm) == firm
    assert not document.read.step(old).taken_back
    document.undo()
    assert document.read.step(old).taken_back
    document.undo()
    assert not document.read.step(old).taken_back


def test_that_what_was_undone_cannot_be_undone_once_more(document):
    old = add(document, Organisation(name="A"))
    with pytest.raises(Trouble, match="was not undone"):
        plan_reversal(document.read, old, again=True)
    document.undo()
    with pytest.raises(Trouble, match="was undone already"):
        plan_reversal(document.read, old)


def test_that_nothing_is_written_if_the_document_changed_after_the_plan(document):
    firm = Organisation(name="A", city="Sofia")
    add(document, firm)
    old = change(document, firm, city="Varna")
    add(document, Organisation(name="B"))
    plan = plan_reversal(document.read, old)
    change(document, firm, city="Burgas")

    with pytest.raises(Trouble, match="was changed or removed meanwhile"):
        reverse(document, plan)

    assert get(document, firm).city == "Burgas"


# Whatever happened since.

LONG = "SMARTCT_LONG" in os.environ
FIELDS = ("city", "region", "website")


def some_step(random, document):
    """Do something to a few records; may be refused, then nothing happens."""
    now = list(state(document).values())
    firms = [r for r in now if isinstance(r, Organisation)]
    with document.edit("something") as edit:
        for _ in range(random.randint(1, 4)):
            match random.randrange(6):
                case 0 | 1:
                    firms.append(edit.add(Organisation(name=f"N{random.randrange(99)}")))
                case 2 if len(firms) > 1:
                    vo, ho = random.sample(firms, 2)
                    edit.add(Exchange(number="X", vo=vo.id, ho=ho.id))
                case 3 if len(firms) > 1:
                    cluster, firm = random.sample(firms, 2)
                    edit.add(Membership(cluster=cluster.id, organisation=firm.id))
                case 4 if now:
                    gone = random.choice(now)
                    edit.remove(gone.schema.kind, gone.id)
                    now.remove(gone)
                    firms = [f for f in firms if f.id != gone.id]
                case _ if firms:
                    firm = random.choice(firms)
                    value = random.choice([None, "https://a.eu", "https://b.eu"])
                    edit.set(edit.get(Organisation, firm.id), random.choice(FIELDS), value)
                case _:
                    pass  # there is nothing yet to do that with


def replayed(before, changes):
    """The records after the changes of later steps, made field by field."""
    found = dict(before)
    for one in changes:
        if one.action is Action.REMOVE:
            found.pop(one.id, None)
        elif one.id in found and one.action is Action.CHANGE:
            found[one.id] = found[one.id].replace(**one.after)
    return found


@settings(max_examples=400 if LONG else 12)
@given(seed=st.integers(0, 2**32))
def test_that_the_document_is_as_without_the_step_or_says_where_it_is_not(tmp_path_factory, seed):
    random = Random(seed)
    tick = ticking()
    path = tmp_path_factory.mktemp("undoing") / "d.smartct"
    document = Document(Store.create(path, at=tick()), tick)
    states = [{}]
    for _ in range(random.randint(3, 9)):
        steps = document.read.history_count()
        try:
            some_step(random, document)
        except Trouble:
            continue
        if document.read.history_count() > steps:
            states.append(state(document))
    try:
        if len(states) > 1:
            check_reversal(document, states, random.randint(1, len(states) - 1))
        assert document.integrity() == []
    finally:
        document.close()


def check_reversal(document, states, no):
    expected = dict(states[no - 1])
    for later in range(no + 1, len(states)):
        moves = document.read.step_changes(later)
        known = states[later - 1]
        expected |= {id_: r for id_, r in states[later].items() if id_ not in known}
        expected = replayed(expected, moves)
    plan = plan_reversal(document.read, no)
    before = states[-1]
    if plan.changes:
        reverse(document, plan)
    after = state(document)
    touched = {fate.id for fate in plan.fates}
    assert {i: r for i, r in after.items() if i not in touched} == {
        i: r for i, r in before.items() if i not in touched
    }
    told = {(fate.id, fate.field) for fate in plan.fates if fate.outcome in (KEPT, CANNOT)}
    for id_ in touched:
        is_, should = after.get(id_), expected.get(id_)
        if is_ is None or should is None:
            assert is_ is should or any(i == id_ for i, _ in told)
            continue
        for name, value in should.schema.values(should).items():
            same = getattr(is_, name) == value
            assert same or (id_, name) in told or (id_, "") in told
    if plan.changes and plan.whole and not plan.counts[SAME]:
        again = plan_reversal(document.read, no, again=True)
        assert again.whole
        reverse(document, again)
        assert state(document) == before
        document.undo()
    if plan.changes:
        document.undo()
        assert state(document) == before
