"""The reports, read back from the workbooks that were written."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.services.exporting import export_report, file_name
from smartct_desktop.services.reports.catalog import REPORTS

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)


@pytest.fixture
def export(sample, facts, tmp_path):
    """Write a report and give one of its sheets as a list of dictionaries by heading."""

    def export_(code, sheet):
        kind = next(kind for kind in REPORTS if kind.code == code)
        path = tmp_path / file_name(kind, MADE_AT.date())
        export_report(kind, sample, facts, path=path, made_at=MADE_AT, progress=Progress())
        cells = list(
            openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
        )
        start = next(n for n, row in enumerate(cells) if "Record id" in row)
        return [dict(zip(cells[start], row, strict=True)) for row in cells[start + 1 :]]

    return export_


def stay(document, **values):
    """Store an exchange from a German firm to a Spanish host; gives it back."""
    visitor = Organisation(name="Dashfactory GmbH", country="DE", type=OrganisationType.SME)
    host = Organisation(name="Rambla de Bits, S.L.", country="ES", type=OrganisationType.SME)
    exchange = Exchange(
        **{
            "number": "SCT-2021-001",
            "vo": visitor.id,
            "ho": host.id,
            "mode": Mode.PHYSICAL,
            "start": dt.date(2021, 11, 16),
            "end": dt.date(2021, 11, 19),
            "working_days": 3,
            "amount_cents": 41500,
            "status": ExchangeStatus.PAID,
            **values,
        }
    )
    with document.edit("exchange") as edit:
        for record in (visitor, host, exchange.replace(working_days=None)):
            edit.add(record)
    return exchange


def test_that_the_register_tells_who_where_when_and_how_much(sample, export):
    exchange = stay(sample, paid_on=dt.date(2021, 12, 3))
    row = export("exchange-register", "Exchanges")[0]
    assert row["Record id"] == exchange.id
    assert (row["Visiting organisation"], row["VO country"]) == ("Dashfactory GmbH", "DE")
    assert (row["Host organisation"], row["HO country"]) == ("Rambla de Bits, S.L.", "ES")
    assert row["Start"] == dt.datetime(2021, 11, 16)
    assert (row["Cap EUR"], row["Agreed EUR"], row["Paid EUR"]) == (830, 415, 415)
    assert (row["Counted"], row["Not counted because"]) == ("yes", None)


def test_that_what_is_due_is_left_open_while_the_days_are_missing(sample, export):
    stay(sample)
    row = export("exchange-register", "Exchanges")[0]
    assert (row["Due EUR"], row["Due because"]) == (None, "the working days are missing")


def test_that_no_sum_is_told_for_a_stay_that_is_too_short_for_any(sample, export):
    exchange = stay(sample)
    with sample.edit("days") as edit:
        edit.set(exchange, "working_days", Decimal(2))
    row = export("exchange-register", "Exchanges")[0]
    assert (row["Due EUR"], row["Due because"]) == (
        None,
        "2 working days: fewer than 3, not eligible",
    )


def test_that_nothing_is_due_for_a_stay_that_was_called_off(sample, export):
    stay(sample, status=ExchangeStatus.CANC)
    row = export("exchange-register", "Exchanges")[0]
    assert (row["Due EUR"], row["Due because"]) == (0, "nothing: Cancelled")


def test_that_a_register_says_why_an_exchange_does_not_count(sample, export):
    other = Partnership(acronym="BLUES")
    with sample.edit("partnership") as edit:
        edit.add(other)
    stay(sample, vop=other.id)
    row = export("exchange-register", "Exchanges")[0]
    assert row["VO partnership"] == "BLUES"
    assert row["Counted"] == "no"
    assert row["Not counted because"] == "the visitor's partnership counts it"


def test_that_paid_is_what_was_booked_less_what_came_back(sample, export):
    exchange = stay(sample, paid_on=dt.date(2021, 12, 3))
    with sample.edit("payments") as edit:
        for cents, kind in ((83000, PaymentKind.PAYMENT), (41500, PaymentKind.RECOVERY)):
            edit.add(Payment(exchange=exchange.id, amount_cents=cents, payment_kind=kind))
    assert export("exchange-register", "Exchanges")[0]["Paid EUR"] == 415


def test_that_the_register_lists_what_is_open_but_nothing_for_information(sample, export):
    own = next(partnership for partnership in sample.read.all(Partnership) if partnership.own)
    stay(sample, hop=own.id)
    other = Partnership(acronym="Theirs")
    with sample.edit("change") as edit:
        edit.add(other)
        (exchange,) = sample.read.all(Exchange)
        edit.set(exchange, "vop", other.id)
    (row, *_) = export("exchange-register", "Exchanges")
    issues = row["Open issues"].splitlines()

    assert "PAY-01: Paid, but the report is missing or not validated." in issues
    kept = sample.read.findings("exchange", [exchange.id])[exchange.id]
    assert [issue.split(":")[0] for issue in issues] == [f.code for f in kept if f.code != "KPI-02"]
    assert "KPI-02" in [finding.code for finding in kept]


def test_that_the_totals_are_those_of_the_rows(sample, export):
    stay(sample)
    *rows, total = export("exchange-register", "Exchanges")
    assert total["Agreed EUR"] == sum(row["Agreed EUR"] or 0 for row in rows) == 415


def test_that_an_empty_register_can_be_written(export):
    assert all(row["Record id"] is None for row in export("exchange-register", "Exchanges"))


def test_that_the_composition_is_the_public_page(export):
    rows = {row["Name"]: row for row in export("partnership-composition", "Composition")}
    torino = rows["Fondazione Torino Wireless"]
    assert torino["Sectoral industries"].splitlines() == [
        "Automotive",
        "Information Technology and Analytical Instruments",
    ]
    assert torino["Technology fields"].splitlines() == [
        "Digital Systems, Digital Representation",
        "Information Technology/Informatics",
    ]
    assert torino["Smart specialisation"].splitlines() == [
        "Digital Agenda > Intelligent inter-modal & sustainable urban areas (e.g. smart cities)",
        "Information & Communication Technologies (ICT) > Information service activities",
    ]
    assert torino["Emerging industries"].splitlines() == [
        "Digital Industries",
        "Mobility Technologies",
    ]
    assert (torino["Country"], torino["Regions"]) == ("Italy", "Piemonte")
    assert (torino["Total no. of members"], torino["Total no. of SME"]) == (320, 229)
    assert torino["As of"] == "2020"


def test_that_the_clusters_stand_in_the_order_of_the_page_with_their_sums(export):
    rows = export("partnership-composition", "Composition")
    assert [row["Name"] for row in rows[:5]] == [
        "Netzwerk Energie & Umwelt e. V.",
        "Clúster Digital de Catalunya",
        "Electric vehicles industrial cluster",
        "Basque Mobility and Logistics Cluster, MLC ITS Euskadi",
        "Fondazione Torino Wireless",
    ]
    assert (rows[5]["Total no. of members"], rows[5]["Total no. of SME"]) == (624, 433)
