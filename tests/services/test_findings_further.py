"""Findings on who hosts, who signed, photos, attached files and rules that were changed."""

import datetime as dt

import pytest

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_person import ExchangePerson, Side, SignsFor
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.services.figure_findings import figure_findings
from tests.services.one_stay import END, FIRM, HOST, START, STAY
from tests.services.steps import add, change, remove

TODAY = dt.date(2022, 7, 1)
OTHER = Organisation(name="Andere", type=OrganisationType.SME, country="DE")
ANA = Person(name="Ana", organisation=HOST.id)


@pytest.fixture
def known(own):
    add(own, FIRM, OTHER, HOST, STAY, ANA)
    return own


def findings(document, record):
    found = document.read.findings(record.schema.kind, [record.id])
    return {finding.code: finding for finding in found.get(record.id, ())}


def test_that_a_host_says_how_many_visitors_it_has_at_once(known):
    assert "ELG-13" not in findings(known, HOST)
    second = STAY.replace(id=Exchange().id, number="2", vo=OTHER.id, start=END)
    add(known, second)
    sentence = findings(known, HOST)["ELG-13"].sentence
    assert "2 visitors" in sentence
    assert sentence.endswith("2021-11-18: 1, 2.")

    change(known, second, mode=Mode.VIRTUAL)
    assert "ELG-13" not in findings(known, HOST)
    change(known, second, mode=Mode.PHYSICAL, start=END + dt.timedelta(1), end=TODAY)
    assert "ELG-13" not in findings(known, HOST)
    change(known, second, start=START, status=ExchangeStatus.CANC, status_reason="Ill.")
    assert "ELG-13" not in findings(known, HOST)
    known.undo()
    change(known, second, start=START)
    assert "ELG-13" in findings(known, HOST)
    remove(known, second)
    assert "ELG-13" not in findings(known, HOST)


def test_that_a_signature_for_somebody_else_is_told(known):
    signed = ExchangePerson(exchange=STAY.id, person=ANA.id, signs_for=SignsFor.VISITOR)
    add(known, signed)
    told = findings(known, STAY)["DOC-11"]
    assert (told.field, "Ana" in told.sentence, "Host" in told.sentence) == (
        "ctq_vo_on",
        True,
        True,
    )

    change(known, ANA, organisation=FIRM.id)
    assert "DOC-11" not in findings(known, STAY)
    change(known, signed, signs_for=SignsFor.HOST)
    assert "DOC-11" in findings(known, STAY)
    remove(known, signed)
    assert "DOC-11" not in findings(known, STAY)


def test_that_a_cluster_of_the_partnership_may_sign_for_it(known):
    (ours,) = known.read.all(Partnership)
    theirs = Partnership(acronym="Theirs")
    cluster = Organisation(name="Cluster", type=OrganisationType.CLUSTER, partnership=theirs.id)
    add(known, theirs, cluster)
    change(known, STAY, vop=ours.id, hop=ours.id)
    change(known, ANA, organisation=cluster.id)
    signed = ExchangePerson(exchange=STAY.id, person=ANA.id, signs_for=SignsFor.BOTH_PARTNERSHIPS)
    add(known, signed)
    assert {"DOC-10", "DOC-11"} <= findings(known, STAY).keys()

    change(known, STAY, vo_cluster=cluster.id, ho_cluster=cluster.id)
    assert "DOC-11" not in findings(known, STAY)
    change(known, STAY, hop=theirs.id)
    assert "DOC-10" not in findings(known, STAY)


def test_that_photos_of_an_event_need_the_consent_of_those_who_were_there(known):
    event = Event(title="Days")
    photo = Attachment(
        file_name="group.jpg", sha256="0" * 64, document_type="photo", event=event.id
    )
    add(known, event, Attendance(event=event.id, person=ANA.id))
    assert "GDP-07" not in findings(known, event)
    add(known, photo)
    assert "GDP-07" in findings(known, event)
    change(known, ANA, photo_consent=True)
    assert "GDP-07" not in findings(known, event)
    add(known, Attendance(event=event.id, name_text="Unknown"))
    assert "GDP-07" in findings(known, event)
    change(known, photo, document_type="agenda")
    assert "GDP-07" not in findings(known, event)


def test_that_photos_of_an_exchange_need_the_consent_of_its_people(known):
    photo = Attachment(
        file_name="group.jpg", sha256="0" * 64, document_type="photo", exchange=STAY.id
    )
    add(known, photo)
    assert "GDP-07b" not in findings(known, STAY)
    change(known, STAY, visitor=ANA.id)
    assert "GDP-07b" in findings(known, STAY)
    change(known, ANA, photo_consent=True)
    assert "GDP-07b" not in findings(known, STAY)

    host = Person(name="Berta Host")
    add(known, host, ExchangePerson(exchange=STAY.id, person=host.id, side=Side.HOST))
    assert "GDP-07b" in findings(known, STAY)
    change(known, host, photo_consent=True)
    assert "GDP-07b" not in findings(known, STAY)


def test_that_an_attached_file_without_its_content_is_told(known, facts):
    assert "DOC-09" not in {f.code for f in figure_findings(known.read, facts, TODAY)}
    add(known, Attachment(file_name="scan.pdf", sha256="a" * 64, exchange=STAY.id))
    (lost,) = [f for f in figure_findings(known.read, facts, TODAY) if f.code == "DOC-09"]
    assert "scan.pdf" in lost.sentence


def test_that_a_validated_exchange_that_fails_through_other_rules_says_so(known):
    change(known, STAY, amount_cents=41500, status=ExchangeStatus.VAL, vo_report=True)
    before = findings(known, STAY)
    assert "AMT-02" not in before
    assert "STA-05" not in before
    lower = RuleValue(rule_set="G1", name="cap.ES", value="600", source="Grant agreement")
    add(known, lower)
    assert "AMT-02" in findings(known, STAY)["STA-05"].sentence
    change(known, STAY, amount_cents=30000)
    assert "STA-05" not in findings(known, STAY)
    change(known, STAY, amount_cents=41500)
    change(known, STAY, status=ExchangeStatus.REPDUE)
    assert "STA-05" not in findings(known, STAY)
    change(known, STAY, status=ExchangeStatus.VAL)
    remove(known, lower)
    assert "STA-05" not in findings(known, STAY)


def test_that_an_account_number_in_a_payment_is_told_at_its_exchange(known):
    paid = Payment(exchange=STAY.id, amount_cents=41_500, concept="from ES91 2100 0418 4502 0005")
    add(known, paid)
    assert "A payment" in findings(known, STAY)["GDP-06"].sentence
    change(known, paid, concept="from ES91 **** 0005")
    assert "GDP-06" not in findings(known, STAY)


def test_that_money_of_an_exchange_that_was_given_up_is_told(known):
    change(known, STAY, status=ExchangeStatus.CANC, status_reason="ill", amount_cents=41_500)
    assert not findings(known, STAY)
    paid = Payment(exchange=STAY.id, amount_cents=41_500, payment_kind=PaymentKind.PAYMENT)
    add(known, paid)
    found = findings(known, STAY)["AMT-02"]
    assert (found.field, found.severity) == ("paid_cents", Severity.ERROR)
    stored = known.read.get(Exchange, STAY.id)
    assert stored.payment_note == "to recover: the exchange is: Cancelled"
    back = Payment(exchange=STAY.id, amount_cents=41_500, payment_kind=PaymentKind.REVERSAL)
    add(known, back)
    assert not findings(known, STAY)
