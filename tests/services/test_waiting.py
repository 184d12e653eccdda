"""What is waited for, from whom, since when; the money; and the messages that ask for it."""

import csv
import datetime as dt
import io
import string

import pytest

from smartct_desktop.domain.changes import Source
from smartct_desktop.domain.programme.papers import Party
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.letters import LANGUAGES, Letters
from smartct_desktop.services.lump_sums import lump_sums
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.waiting import Waiting, What, waiting_list
from smartct_desktop.system.resources import read_text
from tests.services.steps import add, change

TODAY = dt.date(2022, 6, 1)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def place(sample):
    """The sample with a Saxon firm and a Basque host, and how a stay of theirs begins."""
    neu = next(p for p in partners(sample.read) if p.country == "DE")
    saxon = Organisation(name="Sensorik Sachs GmbH", country="DE", sme=True)
    basque = Organisation(name="Núvol de Paper S.L.", country="ES")
    add(sample, saxon, basque)
    known = {
        "vo": saxon.id,
        "ho": basque.id,
        "vo_cluster": neu.id,
        "vop": own_partnership(sample.read).id,
        "number": "SCT-2022-001",
        "mode": Mode.PHYSICAL,
        "status": ExchangeStatus.REPDUE,
        "start": day("2022-04-25"),
        "end": day("2022-04-29"),
    }
    return sample, neu, known


def waited(document, facts):
    return waiting_list(document.read, facts, FigureFacts.read(document.read, TODAY))


def by_what(document, facts):
    return {one.what: one for one in waited(document, facts)}


SIGNED = {
    name: day("2022-04-01")
    for name in (
        "ctq_vo_on",
        "ctq_ho_on",
        "ctq_vop_on",
        "ctq_hop_on",
        "agreement_vo_on",
        "agreement_vop_on",
    )
}


def test_that_each_missing_paper_is_told_with_who_has_to_sign_it(place, facts):
    document, neu, known = place
    add(document, Exchange(**{**known, **SIGNED, "ctq_ho_on": None, "ctq_hop_on": None}))
    found = by_what(document, facts)
    assert set(found) == {
        What.COMMITMENT,
        What.VISITOR_REPORT,
        What.HOST_REPORT,
        What.EVIDENCE,
    }
    assert found[What.COMMITMENT].parties == (Party.HOST, Party.HOST_PARTNERSHIP)
    assert found[What.COMMITMENT].since == day("2022-04-01")
    assert found[What.VISITOR_REPORT].since == day("2022-04-29")
    assert found[What.VISITOR_REPORT].partner == neu.id
    assert found[What.VISITOR_REPORT].late(TODAY)


def test_that_reports_are_not_waited_for_before_the_stay_is_over(place, facts):
    document, _, known = place
    add(document, Exchange(**{**known, **SIGNED, "end": day("2022-06-03")}))
    assert waited(document, facts) == []


@pytest.mark.parametrize("status", ["CANC", "NVAL", "CLOSED", "MPROP"])
def test_that_nothing_is_waited_for_from_what_is_given_up_closed_or_unmatched(place, facts, status):
    document, _, known = place
    add(document, Exchange(**{**known, "status": ExchangeStatus(status)}))
    assert waited(document, facts) == []


def test_that_a_report_waits_for_validation_and_then_the_payment_is_due(place, facts):
    document, neu, known = place
    stay = Exchange(
        **{
            **known,
            **SIGNED,
            "vo_report_on": day("2022-05-10"),
            "ho_report": True,
            "evidence_on": day("2022-05-10"),
            "amount_cents": 83_000,
        }
    )
    add(document, stay)
    assert set(by_what(document, facts)) == {What.VALIDATION}
    change(document, stay, vo_report_validated_on=day("2022-05-20"))
    found = by_what(document, facts)
    assert set(found) == {What.PAYMENT}
    payment = found[What.PAYMENT]
    assert (payment.cents, payment.partner, payment.since) == (83_000, neu.id, day("2022-05-20"))
    assert payment.late(TODAY) is (payment.due < TODAY)


def test_that_only_the_host_of_another_partnerships_visitor_is_asked(place, facts):
    document, _, known = place
    other = Partnership(acronym="BLUES")
    ours = own_partnership(document.read).id
    add(document, other, Exchange(**{**known, "vop": other.id, "hop": ours}))
    found = by_what(document, facts)
    assert set(found) == {What.COMMITMENT, What.HOST_REPORT}
    assert found[What.COMMITMENT].parties == (Party.HOST, Party.HOST_PARTNERSHIP)


def test_that_the_sender_of_an_exchange_is_asked_where_no_partner_is_told(place, facts):
    document, neu, known = place
    stay = Exchange(**{**known, **SIGNED, "vo_cluster": None})
    source = Source("Austausche.xlsx", "0" * 64, neu.name)
    with document.edit("Import of Austausche.xlsx", source) as edit:
        edit.add(stay)
    change(document, stay, goals="Sensors")
    assert {one.partner for one in waited(document, facts)} == {neu.id}


def test_that_money_is_paid_due_promised_and_left_once_each(place, facts):
    document, _, known = place
    own = own_partnership(document.read)
    change(document, own, fstp_budget_cents=3_000_000)
    due = {
        "vo_report_validated_on": day("2022-05-20"),
        "evidence_on": day("2022-05-10"),
        **SIGNED,
    }
    paid = Exchange(**{**known, "amount_cents": 83_000, "status": ExchangeStatus.PAID})
    now = Exchange(**{**known, **due, "amount_cents": 56_000, "number": "2"})
    later = Exchange(**{**known, "amount_cents": 41_500, "number": "3", "end": day("2022-09-01")})
    off = Exchange(
        **{**known, "amount_cents": 90_000, "number": "4", "status": ExchangeStatus.CANC}
    )
    said = Exchange(
        **{**known, "amount_cents": 10_000, "number": "5", "paid_on": day("2022-05-30")}
    )
    first = Payment(exchange=paid.id, amount_cents=90_000, date=day("2022-05-05"))
    back = Payment(
        exchange=paid.id,
        amount_cents=7_000,
        date=day("2022-05-06"),
        payment_kind=PaymentKind.RECOVERY,
    )
    add(document, paid, now, later, off, said, first, back)
    known_facts = FigureFacts.read(document.read, TODAY)
    payments = Waiting.read(document.read, facts, known_facts).payments.values()
    found = lump_sums(known_facts, payments, waited(document, facts))
    assert found.paid.weights == {paid.id: 83_000, said.id: 10_000}
    assert found.due.weights == {now.id: 56_000}
    assert found.promised.weights == {later.id: 41_500}
    assert found.left == 3_000_000 - 83_000 - 10_000 - 56_000 - 41_500
    sets = [set(sums.counted) for sums in (found.paid, found.due, found.promised)]
    assert len(set.union(*sets)) == sum(map(len, sets))
    year = Scope(since=day("2021-01-01"), until=day("2021-12-31"))
    before = lump_sums(known_facts, payments, waited(document, facts), year)
    assert (before.paid.value, before.left) == (0, None)


def letter_of(document, facts, language=None):
    letters = Letters(document.read, waited(document, facts))
    return letters.write(letters.partners[0], language)


def test_that_a_partner_is_written_to_in_its_language_about_its_own_exchanges(place, facts):
    document, neu, known = place
    add(document, Exchange(**{**known, **SIGNED}))
    letter = letter_of(document, facts)
    assert (letter.name, letter.language) == (neu.name, "de")
    assert "SCT-2022-001: Sensorik Sachs GmbH bei Núvol de Paper S.L." in letter.text
    assert "25.04.2022 – 29.04.2022" in letter.text
    assert "Bericht des Besuchers, erwartet bis" in letter.text
    assert "SmartCTClusters" in letter.subject
    spanish = letter_of(document, facts, "es")
    assert "Informe del visitante" in spanish.text


def test_that_a_letter_is_whole_in_every_language(place, facts):
    document, _, known = place
    add(document, Exchange(**{**known, "number": None, "ho": None, "start": None}))
    for language in LANGUAGES:
        letter = letter_of(document, facts, language)
        assert "{" not in letter.text + letter.subject
        assert len(letter.text.splitlines()) > 10


def test_that_what_is_ours_to_do_is_asked_of_nobody(place, facts):
    document, _, known = place
    add(document, Exchange(**{**known, **SIGNED, "vo_cluster": None, "vo": None, "ho": None}))
    letters = Letters(document.read, waited(document, facts))
    assert letters.partners == []
    assert letters.of_nobody


def test_that_all_languages_fill_in_the_same():
    rows = csv.DictReader(io.StringIO(read_text("letters/sentences.csv"), newline=""))
    for row in rows:
        names = {
            language: {name for _, name, _, _ in string.Formatter().parse(row[language]) if name}
            for language in LANGUAGES
        }
        assert len({frozenset(one) for one in names.values()}) == 1, row["key"]
        assert all(row[language].strip() for language in LANGUAGES)
