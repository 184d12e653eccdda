"""Asking a sender back from the command line."""

import json

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from tests.services.importing.books import EXCHANGE_HEADINGS, exchange


@pytest.fixture
def doc(sample):
    return sample


@pytest.fixture
def run(doc, run):
    """Import into the document; gives exit code, standard output and standard error."""
    return lambda *arguments: run("import", doc, *arguments)


def write(path, *rows):
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet = workbook.add_worksheet("List")
        for number, row in enumerate([EXCHANGE_HEADINGS, *rows]):
            for column, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
    return path


@pytest.fixture
def faulty(tmp_path):
    return write(
        tmp_path / "list.xlsx", exchange("A-1"), exchange("A-2", "Bauer Stahl GmbH", start=None)
    )


def test_that_the_corrections_are_written_beside_the_import(run, faulty, tmp_path):
    target = tmp_path / "back.xlsx"
    code, out, err = run(faulty, "--corrections", target)
    assert (code, err) == (1, "")
    assert f"Wrote {target}; cells for the sender to correct: 1." in out
    assert "1 were added" in out
    workbook = openpyxl.load_workbook(target)
    assert workbook["List"]["F3"].comment is not None


def test_that_a_dry_run_writes_the_corrections_and_json_tells_of_them(run, faulty, tmp_path):
    target = tmp_path / "back.xlsx"
    _, out, _ = run(faulty, "--dry-run", "--json", "--corrections", target)
    assert json.loads(out)["corrections"] == {"path": str(target), "cells": 1}
    assert target.exists()


def test_that_several_files_get_one_workbook_each_with_their_numbers(run, faulty, tmp_path):
    other = write(tmp_path / "other.xlsx", exchange("B-1", "Conrad GmbH", start=None))
    good = write(tmp_path / "good.xlsx", exchange("C-1", "Dorn Metall GmbH"))
    _, out, _ = run(faulty, good, other, "--corrections", tmp_path / "back.xlsx")
    assert sorted(path.name for path in tmp_path.glob("back*")) == ["back 1.xlsx", "back 3.xlsx"]
    assert "nothing to correct in good.xlsx" in out


def test_that_nothing_is_imported_if_the_corrections_cannot_be_written(run, faulty, tmp_path):
    target = tmp_path / "missing" / "back.xlsx"
    code, _, err = run(faulty, "--corrections", target)
    assert code == 2
    assert "is not there" in err
    _, out, _ = run(faulty)
    assert "1 were added" in out


def test_that_a_target_that_is_no_workbook_by_its_name_is_refused(run, faulty, tmp_path):
    code, _, err = run(faulty, "--corrections", tmp_path / "back.csv")
    assert code == 2
    assert "ends in .xlsx" in err
    assert not (tmp_path / "back.csv").exists()


def test_that_a_file_that_cannot_be_read_is_only_told(run, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut off")
    code, out, err = run(broken, "--corrections", tmp_path / "back.xlsx")
    assert code == 2
    assert "correct" not in out
    assert "broken.xlsx" in err
    assert not (tmp_path / "back.xlsx").exists()
