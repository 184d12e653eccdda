"""What the rules say of a record follows other records at once, along every way they look."""

import datetime as dt

import pytest

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.cluster_label import ClusterLabel
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.event_count import CountBy, EventCount
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from tests.services.one_stay import FIRM, HOST, START, STAY
from tests.services.steps import add, change, remove

CLUSTER = Organisation(name="Cluster", type=OrganisationType.CLUSTER, country="BG")


@pytest.fixture
def known(own):
    """A document with a visit of a firm."""
    add(own, CLUSTER, FIRM, HOST, STAY)
    return own


def codes(document, record):
    found = document.read.findings(record.schema.kind, [record.id])
    return {finding.code for finding in found.get(record.id, ())}


def test_that_eligibility_follows_memberships_and_the_profile_of_the_cluster(known):
    assert "ELG-06" in codes(known, STAY)
    member = Membership(cluster=CLUSTER.id, organisation=FIRM.id)
    add(known, member)
    assert "ELG-06" in codes(known, STAY)  # nobody knows whether the cluster has a profile
    change(known, CLUSTER, eccp_profiled=True)
    assert "ELG-06" not in codes(known, STAY)

    change(known, member, until=PartialDate(2021, 11, 17))
    assert {"ELG-15"} == codes(known, STAY) & {"ELG-06", "ELG-15"}
    change(known, member, until=PartialDate(2021, 11, 15))
    assert {"ELG-06"} == codes(known, STAY) & {"ELG-06", "ELG-15"}
    remove(known, member)
    assert "ELG-06" in codes(known, STAY)
    known.undo()
    known.undo()
    assert {"ELG-15"} == codes(known, STAY) & {"ELG-06", "ELG-15"}


def test_that_a_cluster_only_named_leaves_a_doubt(known):
    change(known, CLUSTER, eccp_profiled=True)
    change(known, STAY, vo_cluster=CLUSTER.id)
    (doubt,) = [
        f for f in known.read.findings("exchange", [STAY.id])[STAY.id] if f.code == "ELG-06"
    ]
    assert doubt.severity.value == "warning"
    change(known, CLUSTER, eccp_profiled=False)
    (error,) = [
        f for f in known.read.findings("exchange", [STAY.id])[STAY.id] if f.code == "ELG-06"
    ]
    assert error.severity.value == "error"


def test_that_organisations_that_share_a_number_or_a_name_say_so(known):
    other = Organisation(name="Mobitest Ltd", country="BG", vat="BG 123456789")
    change(known, FIRM, vat="BG123456789")
    add(known, other)
    assert "ORG-13" not in codes(known, FIRM)  # a blank within is another writing
    change(known, other, vat="bg123456789")
    assert "ORG-13" in codes(known, FIRM) & codes(known, other)

    change(known, other, vat=None, name="MOBITEST")
    assert "ORG-13" not in codes(known, FIRM) | codes(known, other)
    assert "ORG-02" in codes(known, FIRM) & codes(known, other)
    change(known, other, name="Quite other", email_domain="mobitest.example")
    assert "ORG-02" not in codes(known, FIRM)
    change(known, FIRM, email_domain="Mobitest.example")
    assert "ORG-02" in codes(known, FIRM) & codes(known, other)
    change(known, FIRM, email_domain="gmail.com")
    change(known, other, email_domain="gmail.com")
    assert "ORG-02" not in codes(known, FIRM) | codes(known, other)
    change(known, other, name="Mobitest")
    remove(known, other)
    assert "ORG-02" not in codes(known, FIRM)


def test_that_any_name_of_an_organisation_shows_a_possible_double(known):
    other = Organisation(name="Mobi Test Holding", country="BG", aliases="Mobi\nMobitest")
    add(known, other)
    assert "ORG-02" in codes(known, FIRM) & codes(known, other)
    change(known, other, aliases="Mobitest Sofia")  # only a part of the name is no name
    assert "ORG-02" not in codes(known, FIRM) | codes(known, other)
    change(known, FIRM, name_latin="MOBI-TEST SOFIA", legal_name="3M")
    change(known, other, aliases=None, legal_name="mobi test sofia")
    assert "ORG-02" in codes(known, FIRM) & codes(known, other)
    change(known, other, legal_name=None, aliases="Three M\n3m")  # too short for an index
    assert "ORG-02" in codes(known, FIRM) & codes(known, other)
    change(known, other, country="ES")
    assert "ORG-02" not in codes(known, FIRM) | codes(known, other)
    change(known, other, country=None)
    assert "ORG-02" in codes(known, FIRM)
    remove(known, other)
    assert "ORG-02" not in codes(known, FIRM)
    known.undo()
    assert "ORG-02" in codes(known, FIRM) & codes(known, other)


def test_that_a_visit_of_a_possible_double_is_perhaps_the_one_that_is_paid(known):
    other = Organisation(name="Mobi Test Holding", country="BG", aliases="Mobitest")
    earlier = STAY.replace(
        id=Exchange().id, number="0", vo=other.id, start=START - dt.timedelta(50), end=None
    )
    add(known, other, earlier)
    assert "ELG-08b" in codes(known, STAY)
    assert "ELG-08b" not in codes(known, earlier)
    found = known.read.findings("exchange", [STAY.id])[STAY.id]
    (told,) = (finding.sentence for finding in found if finding.code == "ELG-08b")
    assert told == (
        "Mobi Test Holding has a physical visit already,"
        " and is perhaps the same organisation as Mobitest."
    )
    change(known, earlier, mode=Mode.VIRTUAL)
    assert "ELG-08b" not in codes(known, STAY)
    known.undo()
    change(known, earlier, start=START + dt.timedelta(50))
    assert "ELG-08b" in codes(known, earlier) - codes(known, STAY)
    change(known, FIRM, name="Quite other")
    assert "ELG-08b" not in codes(known, earlier)
    change(known, FIRM, aliases="MOBITEST")
    assert "ELG-08b" in codes(known, earlier)
    change(known, STAY, vo=CLUSTER.id)
    assert "ELG-08b" not in codes(known, earlier)


def test_that_one_id_in_the_tool_is_one_exchange_whoever_visits(known):
    again = STAY.replace(id=Exchange().id, number="2", vo=CLUSTER.id, cxc_id="CXC-77")
    change(known, STAY, cxc_id="CXC-77")
    assert "KPI-01" not in codes(known, STAY)
    add(known, again)
    assert "KPI-01" in codes(known, STAY) & codes(known, again)
    change(known, again, cxc_id="CXC-78")
    assert "KPI-01" not in codes(known, STAY) | codes(known, again)


def test_that_the_visiting_person_concerns_the_exchange(known):
    ada = Person(name="Ada", third_country_national=True)
    add(known, ada)
    change(known, STAY, visitor=ada.id)
    assert "ELG-10" in codes(known, STAY)
    change(known, ada, third_country_national=False)
    assert "ELG-10" not in codes(known, STAY)

    elsewhere = STAY.replace(
        id=Exchange().id, number="2", vo=CLUSTER.id, ho=FIRM.id, ho_country="IT", visitor=ada.id
    )
    add(known, elsewhere)
    assert "DUR-07" in codes(known, STAY)
    change(known, elsewhere, start=dt.date(2021, 12, 1), end=dt.date(2021, 12, 3))
    assert "DUR-07" not in codes(known, STAY)


def test_that_the_partnership_of_the_paying_cluster_concerns_the_exchange(known):
    (ours,) = known.read.all(Partnership)
    theirs = Partnership(acronym="Theirs")
    add(known, theirs)
    change(known, STAY, vop=ours.id)
    payment = Payment(
        exchange=STAY.id,
        date=dt.date(2021, 12, 1),
        amount_cents=41500,
        payment_kind=PaymentKind.PAYMENT,
        payer_cluster=CLUSTER.id,
    )
    add(known, payment)
    assert "PAY-08" not in codes(known, STAY)
    change(known, CLUSTER, partnership=theirs.id)
    assert "PAY-08" in codes(known, STAY)
    change(known, CLUSTER, partnership=ours.id)
    assert "PAY-08" not in codes(known, STAY)


def test_that_an_own_holiday_concerns_the_days_worked(known):
    add(known, ExchangeDay(exchange=STAY.id, date=START, day_kind=DayKind.FULL))
    assert "DUR-04" not in codes(known, STAY)
    add(known, PublicHoliday(date=START, country="ES", name="Feast"))
    assert "DUR-04" in codes(known, STAY)
    known.undo()
    assert "DUR-04" not in codes(known, STAY)


def test_that_what_counts_with_errors_is_told(known):
    (ours,) = known.read.all(Partnership)
    change(known, ours, counted_from=CountingStatus.ENDED)
    change(known, STAY, status=ExchangeStatus.REPDUE)
    assert "KPI-04" in codes(known, STAY)
    change(known, STAY, counted=False)
    assert "KPI-04" not in codes(known, STAY)


def test_that_what_was_given_up_is_only_asked_for_its_reason(known):
    change(known, STAY, status=ExchangeStatus.CANC)
    assert codes(known, STAY) == {"STA-03"}
    change(known, STAY, status_reason="They were ill.")
    assert codes(known, STAY) == set()


def test_that_figures_labels_and_members_concern_their_cluster(known):
    figures = ClusterFigures(cluster=CLUSTER.id, as_of=PartialDate(2020), members=2)
    label = ClusterLabel(cluster=CLUSTER.id, valid_until=dt.date(2022, 1, 1))
    member = Membership(cluster=CLUSTER.id, organisation=FIRM.id)
    add(known, figures, label, member)
    assert codes(known, CLUSTER) == {"ORG-09", "ORG-10", "ORG-11"}
    change(known, figures, members=1)
    change(known, label, valid_until=dt.date(2023, 1, 1))
    assert codes(known, CLUSTER) == {"ORG-09"}
    remove(known, figures, label, member)
    assert codes(known, CLUSTER) == set()


def test_that_attendance_counts_and_organisations_concern_the_event(known):
    event = Event(
        title="Days",
        status=EventStatus.HELD,
        start=START,
        agenda="Talks",
        open_to_smes=True,
        participants_reported=1,
        country="ES",
    )
    line = Attendance(event=event.id, organisation=HOST.id, name_text="Ada")
    add(known, event, line, EventCount(event=event.id, by=CountBy.COUNTRY, participants=2))
    assert codes(known, event) == {"EVT-05", "EVT-08"}
    change(known, HOST, sme=True)
    assert codes(known, event) == {"EVT-08", "EVT-10"}
    add(known, Attendance(event=event.id, name_text="ada"))
    assert "EVT-04" in codes(known, event)
