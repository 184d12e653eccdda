"""The table in front as a workbook, and back again."""

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.spreadsheets.worker import read_book
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.program import Program

ORGANISATIONS = 3

pytestmark = pytest.mark.usefixtures("small")


def test_that_the_table_in_front_is_written_as_it_is_shown_and_comes_back(desktop, facts, tmp_path):
    program = Program(
        desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "sample.smartct"
    )
    page = desktop.tab(ORGANISATIONS)
    page.filter_field.setText("GmbH")
    desktop.settle()
    shown = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    path = tmp_path / "table.xlsx"

    program.export(program.table_in_front(), desktop.document, path)
    desktop.settle()

    rows = list(openpyxl.load_workbook(path).worksheets[1].iter_rows(values_only=True))
    columns = [page.model.columns[place] for place in page.table.visual_columns()]
    assert list(rows[0][1:]) == [column.field.label for column in columns]
    assert 0 < len(rows) - 1 == len(shown)
    planner, known = Planner(Dictionary.of(facts)), Known(desktop.document.read)
    plan = planner.plan(read_book(path, Progress()), known, {}, local_today())
    assert plan.counts.same == len(shown)


def test_that_a_page_without_a_table_says_so(desktop, facts, tmp_path):
    program = Program(
        desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "sample.smartct"
    )
    desktop.tab(1)

    assert program.table_in_front() is None
