"""Findings of a document: kept with each step, filtered, counted and listed."""

import datetime as dt
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Among, Listing, Not, Path, Problems, Query, Sort, Wanted
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.domain.records.waiver import Waiver
from smartct_desktop.services.checking import Examined
from smartct_desktop.services.opening import open_document

ERRORS = frozenset({Severity.ERROR})
WARNINGS = frozenset({Severity.WARNING})


@pytest.fixture
def add(own):
    """Add records in one step."""

    def add(*records):
        with own.edit("addition") as edit:
            for record in records:
                edit.add(record)
        return records

    return add


@pytest.fixture
def change(own):
    """Change fields of a record as it is stored."""

    def change(record, **values):
        with own.edit("change") as edit:
            edit.update(own.read.get(type(record), record.id).replace(**values))

    return change


@pytest.fixture
def firms(add):
    """A visitor and a host of whom there is nothing to say."""
    visitor = Organisation(name="Mobitest", type=OrganisationType.CLUSTER, country="BG")
    host = Organisation(name="Clúster", type=OrganisationType.CLUSTER, country="ES")
    return add(visitor, host)


def stay(firms, number="1", **values):
    """A stay of which only the missing partnerships are to be said."""
    visitor, host = firms
    usual = {
        "vo": visitor.id,
        "ho": host.id,
        "mode": Mode.PHYSICAL,
        "status": ExchangeStatus.REG,
        "ho_country": "ES",
        "start": dt.date(2022, 6, 14),
        "end": dt.date(2022, 6, 16),
        "working_days": Decimal(3),
    }
    return Exchange(number=number, **{**usual, **values})


def codes(document, record):
    found = document.read.findings(record.schema.kind, [record.id])
    return [finding.code for finding in found.get(record.id, ())]


def test_that_an_edit_changes_what_the_rules_say_of_its_record(own, add, change, firms):
    (one,) = add(stay(firms))
    assert codes(own, one) == ["ELG-14"]

    change(one, working_days=Decimal(2))
    (finding,) = own.read.findings("exchange", [one.id])[one.id][1:]
    assert finding.code == "DUR-02"
    assert finding.severity is Severity.ERROR
    assert finding.field == "working_days"
    assert finding.sentence == "The stay has 2 working days; at least 3 are needed."
    assert finding.sentence.values == {"days": "2", "least": 3}

    own.undo()
    assert codes(own, one) == ["ELG-14"]
    own.redo()
    assert codes(own, one) == ["ELG-14", "DUR-02"]


def test_that_other_visits_of_the_same_organisation_are_looked_at_again(own, add, change, firms):
    first, second = add(stay(firms, "1"), stay(firms, "2", start=dt.date(2022, 6, 15)))
    assert codes(own, first) == ["ELG-14"]
    assert codes(own, second) == ["ELG-08", "ELG-14"]

    change(first, status=ExchangeStatus.CANC)
    assert codes(own, second) == ["ELG-14"]
    own.undo()
    change(first, vo=None)
    assert codes(own, second) == ["ELG-14"]
    own.undo()
    assert codes(own, second) == ["ELG-08", "ELG-14"]


def test_that_an_organisation_concerns_the_exchanges_that_name_it(own, add, change, firms):
    visitor, host = firms
    (one,) = add(stay(firms))

    change(host, type=OrganisationType.OTHER)
    assert codes(own, one) == ["ELG-05", "ELG-14"]
    change(visitor, country="ES")
    assert codes(own, one) == ["ELG-03", "ELG-05", "ELG-14"]
    own.undo()
    own.undo()
    assert codes(own, one) == ["ELG-14"]


def test_that_payments_concern_their_exchange_even_when_they_go(own, add, firms):
    (one,) = add(stay(firms))
    day = dt.date(2022, 6, 20)
    twice = [
        Payment(exchange=one.id, date=day, amount_cents=1, payment_kind=PaymentKind.PAYMENT)
        for _ in range(2)
    ]
    add(*twice)
    assert "PAY-04" in codes(own, one)

    with own.edit("removal") as edit:
        edit.remove("payment", twice[0].id)
    assert "PAY-04" not in codes(own, one)


def test_that_a_waiver_lifts_what_may_be_waived_until_it_expires(own, add, change, firms):
    _, host = firms
    (one,) = add(stay(firms, working_days=Decimal(2)))
    change(host, type=OrganisationType.LARGE)
    assert codes(own, one) == ["ELG-05", "ELG-14", "DUR-02"]

    reason = {"exchange": one.id, "reason": "Asked in June."}
    add(Waiver(rule_code="ELG-05", **reason), Waiver(rule_code="DUR-02", **reason))
    assert codes(own, one) == ["ELG-14", "DUR-02"]
    (waiver,) = [w for w in own.read.all(Waiver) if w.rule_code == "ELG-05"]
    change(waiver, expires_on=dt.date(2022, 6, 30))
    assert codes(own, one) == ["ELG-05", "ELG-14", "DUR-02"]


def test_that_findings_go_with_their_record_and_come_back_with_it(own, add, firms):
    (one,) = add(stay(firms))
    with own.edit("removal") as edit:
        edit.remove("exchange", one.id)

    assert own.read.finding_counts() == []
    own.undo()
    assert codes(own, one) == ["ELG-14"]
    assert [(c.code, c.kind, c.findings) for c in own.read.finding_counts()] == [
        ("ELG-14", "exchange", 1)
    ]


@pytest.fixture
def three(own, add, firms):
    """One with an error and a warning, one with a warning, one with nothing."""
    (ours,) = own.read.all(Partnership)
    later = {"start": dt.date(2022, 6, 21), "end": dt.date(2022, 6, 23)}
    in_order = stay(firms, "3", vop=ours.id, hop=ours.id, mode=Mode.VIRTUAL, **later)
    nobody = stay(firms, "2", vo=None, status=ExchangeStatus.DRAFT)
    return add(stay(firms, "1", working_days=Decimal(2)), nobody, in_order)


def numbers(document, *filters, **about):
    window = document.read.window(Query("exchange", (Path(("number",)),), filters, **about))
    return [row.values[0] for row in window.rows(0, 100)]


@pytest.mark.usefixtures("three")
def test_that_records_are_filtered_by_what_the_rules_say(own):
    assert numbers(own, Problems()) == ["1", "2"]
    assert numbers(own, Not(Problems())) == ["3"]
    assert numbers(own, Problems(ERRORS)) == ["1"]
    assert numbers(own, Not(Problems(ERRORS))) == ["2", "3"]
    assert numbers(own, Problems(codes=frozenset({"ELG-14"}))) == ["1", "2"]
    assert numbers(own, Problems(WARNINGS, frozenset({"DUR-02"}))) == []
    down = (Sort(Path(("number",)), descending=True),)
    assert numbers(own, Problems(), sort=down) == ["2", "1"]
    assert numbers(own, Problems(), Among(Path(("number",)), frozenset({"2", "3"}))) == ["2"]


@pytest.mark.usefixtures("three")
def test_that_counts_buckets_and_sums_follow_the_filter(own):
    wrong = Query("exchange", filters=(Problems(ERRORS),))
    days = Path(("working_days",))

    assert own.read.count(wrong) == 1
    assert [bucket.records for bucket in own.read.buckets(wrong, Path(("mode",)))] == [1]
    assert own.read.sums(wrong, [days]) == {days: Decimal(2)}
    assert own.read.problem_counts(Query("exchange")) == {
        Severity.ERROR: 1,
        Severity.WARNING: 2,
        Severity.INFO: 0,
    }
    second = Query("exchange", filters=(Among(Path(("number",)), frozenset({"2"})),))
    assert own.read.problem_counts(second)[Severity.ERROR] == 0


def listed(document, start=0, stop=100, **about):
    found = document.read.list_findings(Listing(**about), start, stop)
    return [(one.caption, one.finding.code) for one in found]


@pytest.mark.usefixtures("three")
def test_that_all_findings_are_listed_by_rule_and_by_record(own):
    assert listed(own) == [("1", "DUR-02"), ("1", "ELG-14"), ("2", "ELG-14")]
    assert listed(own, by_record=True) == [("1", "ELG-14"), ("1", "DUR-02"), ("2", "ELG-14")]
    assert listed(own, 1, 2) == [("1", "ELG-14")]
    assert listed(own, severities=ERRORS) == [("1", "DUR-02")]
    assert listed(own, codes=frozenset({"ELG-14"})) == [("1", "ELG-14"), ("2", "ELG-14")]
    counts = own.read.finding_counts()
    assert [(c.code, c.severity, c.findings) for c in counts] == [
        ("DUR-02", Severity.ERROR, 1),
        ("ELG-14", Severity.WARNING, 2),
    ]


@pytest.mark.usefixtures("three")
def test_that_findings_are_found_by_words_of_their_rule_or_record(own):
    assert listed(own, words=(Wanted("nobody"),)) == []
    assert listed(own, words=(Wanted("short", frozenset({"DUR-02"})),)) == [("1", "DUR-02")]
    assert listed(own, words=(Wanted("mobitest"),)) == [("1", "DUR-02"), ("1", "ELG-14")]
    both = (Wanted("mobitest"), Wanted("elg", frozenset({"ELG-14"})))
    assert listed(own, words=both) == [("1", "ELG-14")]
    (count,) = own.read.finding_counts(Listing(words=both))
    assert (count.code, count.findings) == ("ELG-14", 1)


def test_that_a_changed_partnership_has_everything_examined_anew(own, three):
    (ours,) = own.read.all(Partnership)
    with own.edit("change") as edit:
        edit.set(ours, "ends_on", dt.date(2022, 1, 1))

    assert own.read.unexamined() == 0
    assert all("DUR-06" in codes(own, one) for one in three)


def test_that_another_day_has_everything_examined_anew(own, three, clock):
    one = three[0]
    with own.edit("change") as edit:
        edit.set(own.read.get(Exchange, one.id), "status", ExchangeStatus.VAL)
    assert "DOC-05" not in codes(own, one)
    path = own.path
    own.close()

    later = open_document(path, clock=lambda: clock() + dt.timedelta(days=30))
    with closing(later):
        assert later.renew_findings()
        assert not later.renew_findings()
        later.settle_all()
        assert "DOC-05" in codes(later, one)


def since(document, record):
    found = document.read.list_findings(Listing(), 0, 100)
    return {one.finding.code: one.since for one in found if one.id == record.id}


def test_that_a_finding_tells_since_when_it_is_said(own, add, firms, clock):
    (one,) = add(stay(firms))
    first = dt.date(2022, 7, 1)
    assert since(own, one) == {"ELG-14": first}
    path = own.path
    own.close()

    with closing(open_document(path, clock=lambda: clock() + dt.timedelta(days=30))) as later:
        later.renew_findings()
        later.settle_all()
        with later.edit("change") as edit:
            edit.set(later.read.get(Exchange, one.id), "working_days", Decimal(2))
        found = since(later, one)
        assert found.pop("ELG-14") == first
        assert set(found.values()) == {first + dt.timedelta(days=30)}


def test_that_of_findings_of_an_older_program_the_day_is_unknown(own, add, firms, clock):
    (one,) = add(stay(firms))
    path = own.path
    own.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE finding SET since = NULL")
        file.commit()

    with closing(open_document(path, clock=clock)) as again:
        with again.edit("change") as edit:
            edit.set(again.read.get(Exchange, one.id), "remark", "told again")
        assert since(again, one) == {"ELG-14": None}


def test_that_a_document_without_findings_gets_them_in_slices(own, three, clock):
    before = {one.id: codes(own, one) for one in three}
    path = own.path
    own.close()
    with closing(sqlite3.connect(path)) as file:
        for table in ("finding", "finding_tally", "finding_due", "finding_wake"):
            file.execute(f"DELETE FROM {table}")
        file.commit()
    forget(path)

    with closing(open_document(path, clock=clock)) as again:
        heard = []
        again.subscribe_findings(lambda: heard.append(again.read.unexamined()))
        assert again.renew_findings()
        while (examined := again.examine_due()) is not None:
            assert again.settle(examined)
        assert {one.id: codes(again, one) for one in three} == before
        assert heard[-1] == 0


@pytest.mark.parametrize("most", [1, 2, 3])
def test_that_slices_of_any_size_reach_every_record(own, three, clock, most):
    before = own.read.list_findings(Listing(), 0, 100)
    path = own.path
    own.close()
    forget(path)
    with closing(open_document(path, clock=clock)) as again:
        again.renew_findings()
        reached = []
        while (due := again.read.due(most)) is not None:
            assert len(due.ids) <= most
            reached += due.ids
            found = again.checker.assess(again.read, due.kind, due.ids)
            assert again.settle(Examined(due, found))
        assert {one.id for one in three} < set(reached)
        assert len(set(reached)) == len(reached)
        assert again.read.list_findings(Listing(), 0, 100) == before


def forget(path):
    """Take away what the findings rest on, as a document from an older program lacks it."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM meta WHERE key = 'examined_by'")
        file.commit()


def test_that_what_was_found_before_a_step_is_not_written_after_it(own, three, clock):
    path = own.path
    own.close()
    forget(path)
    with closing(open_document(path, clock=clock)) as next_day:
        next_day.renew_findings()
        examined = next_day.examine_due()
        while examined.due.kind != "exchange":
            next_day.settle(examined)
            examined = next_day.examine_due()
        with next_day.edit("change") as edit:
            one = next_day.read.get(Exchange, three[0].id)
            edit.set(one, "working_days", Decimal(3))

        assert not next_day.settle(examined)
        next_day.settle_all()
        assert codes(next_day, one) == ["ELG-14"]


def test_that_a_large_document_is_examined_later_when_its_partnership_changes(own, add, firms):
    many = add(*(stay(firms, str(n), mode=Mode.VIRTUAL) for n in range(320)))
    (ours,) = own.read.all(Partnership)
    with own.edit("change") as edit:
        edit.set(ours, "ends_on", dt.date(2022, 1, 1))

    assert own.read.unexamined() >= len(many)
    own.settle_all()
    assert "DUR-06" in codes(own, many[-1])


def test_that_a_step_that_is_refused_leaves_the_findings(own, three):
    before = own.read.finding_counts()
    visitor = three[0].vo
    with pytest.raises(Trouble), own.edit("removal") as edit:
        edit.remove("organisation", visitor)

    assert own.read.finding_counts() == before
    assert codes(own, three[0]) == ["ELG-14", "DUR-02"]


def test_that_many_exchanges_of_one_organisation_are_left_for_later(own, add, change, firms):
    visitor, _ = firms
    many = add(*(stay(firms, str(n), mode=Mode.VIRTUAL) for n in range(320)))

    change(visitor, country="ES")
    assert own.read.unexamined() == len(many)
    assert "ELG-03" not in codes(own, many[0])
    own.settle_all()
    assert own.read.unexamined() == 0
    assert "ELG-03" in codes(own, many[0])
    assert "ELG-03" in codes(own, many[-1])
