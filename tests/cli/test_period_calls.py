"""Closing a period, comparing a workbook and two moments, from the command line."""

import json
from pathlib import Path

import openpyxl
import pytest

from smartct_desktop.cli.main import main
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.opening import open_document
from smartct_desktop.system.resources import resource

YEAR = ("--from", "2021-01-01", "--to", "2021-12-31")


@pytest.fixture
def doc(imported):
    return str(imported)


def told(capsys, *call):
    code = main([*call, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_that_a_period_is_closed_and_its_adjustments_are_told(doc, tmp_path, capsys):
    sent = str(tmp_path / "kpi.xlsx")
    assert main(["export", doc, "kpi", sent, *YEAR]) == 0
    capsys.readouterr()
    code, closed = told(capsys, "close", doc, *YEAR, "--name", "First", "--file", sent)
    assert code in {0, 1}
    assert code == (1 if closed["open_errors"] else 0)
    kept = {(f["code"], f["partner"], f["span"]): f["value"] for f in closed["figures"]}
    assert kept["EXCH_VALIDATED_VOP", None, "in_period"] == 3
    assert told(capsys, "compare", doc, sent)[1]["differences"] == []
    number = openpyxl.load_workbook(sent)["Exchanges"]["A8"].value
    _change(doc, number)
    code, compared = told(capsys, "compare", doc, sent)
    assert (code, compared["closed_period"]) == (1, "First")
    assert any(one["difference"] == -1 for one in compared["differences"])
    (period,) = told(capsys, "close", doc)[1]
    moved = [one for one in period["figures"] if one["records"]]
    assert all(
        one["sent"] + one["added"] - one["removed"] + one["changed"] == one["now"]
        for one in period["figures"]
    )
    assert number in {record["record"] for one in moved for record in one["records"]}
    _, figures = told(capsys, "figures", doc)
    sent_of = {one["code"]: one["sent"] for one in figures}
    assert {one["period"] for one in sent_of["EXCH_VALIDATED_VOP"]} == {"First"}


def test_that_a_period_is_opened_again_with_a_reason_only(doc, capsys):
    main(["close", doc, *YEAR])
    assert main(["close", doc, "--reopen", "2021"]) == 2
    assert "Say why" in capsys.readouterr().err
    assert main(["close", doc, "--reopen", "2021", "--because", "asked to"]) == 0
    assert main(["close", doc, "--reopen", "2021", "--because", "asked to"]) == 2
    capsys.readouterr()
    assert told(capsys, "close", doc) == (0, [])


def test_that_two_moments_are_compared_by_steps(doc, tmp_path, capsys):
    out = str(tmp_path / "d.xlsx")
    assert main(["export", doc, "differences", out, "--from-step", "0", "--to-step", "1"]) == 0
    assert openpyxl.load_workbook(out)["Added"].max_row > 1
    assert main(["export", doc, "differences", out, "--from-step", "999"]) == 2
    assert main(["export", doc, "kpi", out, "--from-step", "0"]) == 2
    assert "report differences only" in capsys.readouterr().err
    assert main(["export", doc, "differences", out, "--from-step", "0", *YEAR]) == 2


def test_that_another_workbook_is_not_compared(doc, capsys):
    assert main(["compare", doc, str(resource(PARTNER_FILE))]) == 2
    assert "not one of the reports" in capsys.readouterr().err


def _change(doc, number):
    document = open_document(Path(doc))
    try:
        one = next(e for e in document.read.all(Exchange) if e.number == number)
        with document.edit("called off") as edit:
            edit.set(one, "status", ExchangeStatus.CANC)
    finally:
        document.close()
