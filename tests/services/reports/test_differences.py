"""The workbook of two moments, and the sheets on what moved since figures were sent."""

import datetime as dt

import openpyxl
import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.services.closed_periods import close, plan_closing
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.moments import Moment
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.reports.differences import Compared
from smartct_desktop.services.reports.moment_choice import between
from tests.services.deeds import TODAY, fill
from tests.services.steps import change, remove

MADE_AT = dt.datetime(2022, 10, 1, 9, 30, tzinfo=dt.UTC)


def written(document, kind, path, language="en"):
    export_report(
        kind,
        document,
        ProgrammeFacts(language),
        path=path,
        made_at=MADE_AT,
        progress=Progress(),
        language=language,
    )
    book = openpyxl.load_workbook(path, data_only=True)
    return {s.title: [c for r in s.iter_rows(values_only=True) for c in r if c] for s in book}


def test_that_the_workbook_of_two_moments_tells_records_fields_and_figures(own, tmp_path):
    _, firms, stays, *_ = fill(own)
    since = own.read.next_undo().no
    backup = own.backup(tmp_path)
    change(own, stays[0], status=ExchangeStatus.CANC)
    remove(own, stays[2])
    change(own, firms[0], name="Firm Zero")
    for compared in (
        Compared(Moment(since)),
        Compared(backup=lambda: open_document(backup, read_only=True), backup_name="b"),
    ):
        sheets = written(own, between(compared), tmp_path / "d.xlsx")
        assert {"Status", "Validated", "Cancelled", "Firm 0", "Firm Zero"} <= set(sheets["Changed"])
        assert "X-2" in sheets["Removed"]
        figures = sheets["Figures"]
        place = figures.index("Exchanges")
        assert figures[place + 1 : place + 4] == [2, 1, -1]
    with pytest.raises(Trouble):
        written(own, between(Compared(Moment(99))), tmp_path / "d.xlsx")


def test_that_a_later_report_tells_what_moved_since_in_its_language(own, tmp_path):
    _, _, stays, *_ = fill(own)
    kpi = next(kind for kind in REPORTS if kind.code == "kpi")
    assert "Adjustments" not in written(own, kpi, tmp_path / "before.xlsx")
    year = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    close(own, plan_closing(own.read, TODAY, year))
    change(own, stays[0], status=ExchangeStatus.CANC)
    sheets = written(own, kpi, tmp_path / "after.xlsx", "de")
    told = sheets["Angepasste Datensätze"]
    assert {"2021", "X-0", "im Zeitraum", "Wie gesendet"} <= set(told)
    assert any("Validated → Cancelled" in str(cell) for cell in told)
    assert "alle Partner" in sheets["Anpassungen"]
