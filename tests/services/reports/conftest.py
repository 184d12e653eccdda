"""What the tests of reports share: a partnership at work, and its workbooks read back."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, OF_ONE, REPORTS
from smartct_desktop.services.reports.period import ALWAYS
from tests.services.steps import add, change

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)
KINDS = {kind.code: kind for kind in (*REPORTS, *OF_ONE, *LISTS)}


@pytest.fixture
def written(sample, tmp_path):
    """Write a report of the sample; gives the workbook as another library reads it."""

    def written_(code, *, period=ALWAYS, partner=None, language="en", values=True):
        kind = next(kind for kind in REPORTS if kind.code == code)
        path = tmp_path / f"{code}-{language}.xlsx"
        export_report(
            kind,
            sample,
            ProgrammeFacts(language),
            path=path,
            made_at=MADE_AT,
            progress=Progress(),
            period=period,
            partner=partner,
            language=language,
        )
        return openpyxl.load_workbook(path, data_only=values)

    return written_


@pytest.fixture
def rows(written):
    """Give the rows of one sheet of a report by heading; the first heading finds their row."""

    def rows_(code, sheet, first, **asked):
        cells = list(written(code, **asked)[sheet].iter_rows(values_only=True))
        start = next(n for n, row in enumerate(cells) if row[0] == first)
        found = []
        for row in cells[start + 1 :]:
            if all(value is None for value in row):
                break
            found.append(dict(zip(cells[start], row, strict=True)))
        return found

    return rows_


@pytest.fixture
def stays(sample):
    """Four stays: one counts, one is ready to be paid, one lacks everything, one was called off."""
    return add_stays(sample)


def add_stays(sample):
    neu, mlc = (next(p for p in partners(sample.read) if p.country == c) for c in ("DE", "ES"))
    saxon = Organisation(
        name="Sensorik Sachs GmbH", country="DE", type=OrganisationType.SME, contact="Jana Sachs"
    )
    basque = Organisation(name="Rambla de Bits, S.L.", country="ES", type=OrganisationType.SME)
    known = {
        "vo": saxon.id,
        "ho": basque.id,
        "vo_cluster": neu.id,
        "ho_cluster": mlc.id,
        "vop": own_partnership(sample.read).id,
        "mode": Mode.PHYSICAL,
        "working_days": Decimal(5),
        "distance_km": Decimal(1400),
        "amount_cents": 83000,
    }
    ready = {
        "agreement": True,
        "vo_report": True,
        "vo_report_validated_on": dt.date(2022, 6, 20),
        "evidence": True,
        "evidence_on": dt.date(2022, 6, 18),
    }
    exchanges = (
        _stay("S-1", 3, {**known, **ready, "status": ExchangeStatus.PAID}),
        _stay("S-2", 6, {**known, **ready, "status": ExchangeStatus.VAL}),
        _stay("S-3", 5, {**known, "status": ExchangeStatus.REPDUE}),
        _stay("S-4", 4, {**known, "status": ExchangeStatus.CANC}),
    )
    paid = {"paid_on": dt.date(2022, 4, 4)}
    with sample.edit("stays") as edit:
        for record in (saxon, basque, exchanges[0].replace(**paid), *exchanges[1:]):
            edit.add(record)
    return {e.number: e.id for e in exchanges} | {"neu": neu.id, "mlc": mlc.id, "saxon": saxon.id}


def _stay(number, month, values):
    """A stay of five days in a month of 2022."""
    start = dt.date(2022, month, 13)
    return Exchange(number=number, start=start, end=start + dt.timedelta(4), **values)


@pytest.fixture
def people(sample, stays):
    """A person who visited, attended, is named as contact, and was paid for; and another one."""
    jana = Person(
        name="Jana Sachs",
        email="jana@sachs.example",
        phone="+49 341 123456",
        organisation=stays["saxon"],
    )
    otto = Person(name="Otto Host")
    event = Event(title="Open day", code="T-1", status=EventStatus.HELD, start=dt.date(2022, 5, 1))
    morning = Session(event=event.id, no=1, date=dt.date(2022, 5, 1))
    add(
        sample,
        jana,
        otto,
        event,
        morning,
        Attendance(
            event=event.id,
            session=morning.id,
            person=jana.id,
            organisation=stays["saxon"],
            attended=True,
            signed=True,
        ),
        Attendance(event=event.id, session=morning.id, name_text="Otto Host", country="IT"),
        Payment(
            exchange=stays["S-1"],
            organisation=stays["saxon"],
            date=dt.date(2022, 4, 4),
            amount_cents=83000,
            iban_masked="DE12 **** 3456",
        ),
    )
    stay = sample.read.record("exchange", stays["S-1"])
    remark = "Ask jana@sachs.example or +49 341 123456"
    change(sample, stay, visitor=jana.id, remark=remark)
    return {"jana": jana.id, "otto": otto.id, "event": event.id}


@pytest.fixture
def exported(sample, tmp_path):
    def exported_(code, **asked):
        return export_report(
            KINDS[code],
            sample,
            ProgrammeFacts(),
            path=tmp_path / f"{code}.xlsx",
            made_at=MADE_AT,
            progress=Progress(),
            **asked,
        )

    return exported_


def sheets_of(path):
    return {
        sheet.title: [row for row in sheet.iter_rows(values_only=True) if any(row)]
        for sheet in openpyxl.load_workbook(path, data_only=True)
    }


def text_of(path):
    return "\n".join(str(v) for rows in sheets_of(path).values() for row in rows for v in row if v)
