"""What the tests of reports share: a partnership at work, and its workbooks read back."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.reports.period import ALWAYS

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)


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
