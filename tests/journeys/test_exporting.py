"""The view in front as a workbook and as CSV, as it is shown, and back again."""

import csv

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.spreadsheets.worker import read_book
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.grid.columns import heading
from smartct_desktop.ui.grid.shown_table import shown_table

CLUSTERS, ORGANISATIONS = 2, 3

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def exported(desktop, tmp_path):
    """Export what a page shows; gives the path."""

    def exported_(page, *, chosen=False, csv=False, **more):
        path = tmp_path / ("table.csv" if csv else "table.xlsx")
        shown = shown_table(page, chosen=chosen)
        desktop.window.exports.export(shown, path, csv=csv, **more)
        desktop.settle()
        return path

    return exported_


def sheet_rows(path):
    """The lines above the headings, the headings, and the rows of the first table."""
    rows = list(openpyxl.load_workbook(path).worksheets[1].iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if row[0] == "Record id")
    return (
        [row[1] for row in rows[:start] if row[1]],
        rows[start][1:],
        [row[1:] for row in rows[start + 1 :]],
    )


def shown_texts(page, column=0):
    rows = range(page.model.rowCount())
    return [page.model.index(row, column).data() for row in rows]


def headings(page):
    return [heading(page.model.columns[place]) for place in page.table.visual_columns()]


def test_that_a_view_is_written_as_it_is_shown_and_comes_back(desktop, facts, exported):
    page = desktop.tab(ORGANISATIONS)
    page.filter_field.setText("GmbH")
    desktop.settle()
    page.table.headings.moveSection(2, 0)
    page.table.headings.hideSection(3)
    page.table.sortByColumn(0, page.table.headings.sortIndicatorOrder())

    path = exported(page)

    above, heads, rows = sheet_rows(path)
    assert heads == tuple(headings(page))
    assert above[0] == "Organisations"
    assert any(line.startswith("Filtered by GmbH. Ordered by Name") for line in above)
    names = [row[heads.index("Name")] for row in rows]
    assert names == shown_texts(page)
    planner, known = Planner(Dictionary.of(facts)), Known(desktop.document.read)
    plan = planner.plan(read_book(path, Progress()), known, {}, local_today())
    assert plan.counts.same == len(rows) > 0


def test_that_csv_has_headings_and_rows_only_with_the_sign_that_was_chosen(desktop, exported):
    page = desktop.tab(ORGANISATIONS)
    path = exported(page, csv=True, delimiter=";")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, *rows = csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";")
    assert first[1:] == headings(page)
    assert [row[first.index("Name")] for row in rows] == shown_texts(page)


def test_that_only_the_chosen_rows_are_written_if_that_is_asked(desktop, exported):
    page = desktop.tab(ORGANISATIONS)
    desktop.settle()
    flags = QItemSelectionModel.SelectionFlag
    page.table.selectionModel().select(page.model.index(1, 0), flags.ClearAndSelect | flags.Rows)
    above, heads, rows = sheet_rows(exported(page, chosen=True))
    assert [row[heads.index("Name")] for row in rows] == [shown_texts(page)[1]]
    assert any("Only 1 chosen row." in line for line in above)


def test_that_columns_from_other_records_are_written_too(desktop, exported):
    page = desktop.tab(CLUSTERS)
    desktop.settle()
    _, heads, rows = sheet_rows(exported(page))
    assert heads == tuple(headings(page))
    brought = [one.name for one in page.tab.gathered]
    places = [n for n, one in enumerate(page.model.columns) if one.name in brought]
    assert len(places) > 1
    for place in places:
        column = heads.index(heading(page.model.columns[place]))
        written = ["" if row[column] is None else str(row[column]) for row in rows]
        assert [(text.split() or [""])[0] for text in shown_texts(page, place)] == written


def test_that_the_toolbar_offers_what_can_be_exported_now(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.settle()
    offered = [one for one in page.toolbar.export_menu.actions() if not one.isSeparator()]
    assert [one.text() for one in offered] == [
        "This view as a workbook…",
        "This view as CSV…",
        "Only the chosen rows as a workbook…",
        "Only the chosen rows as CSV…",
    ]
    assert all(one.isEnabled() for one in offered)
    desktop.tab(1)
    assert not any(one.isEnabled() for one in offered)
    assert offered[0].toolTip() == "Open a tab with a table first."
