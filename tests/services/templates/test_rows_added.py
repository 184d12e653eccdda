"""Rows behind the prepared ones of a template: what holds for those holds for them too."""

import re
import zipfile

import pytest

from tests.spreadsheets.schema import breaches

ROW = {"A3": "{{exchange.number}}", "B3": "{{exchange.vo}}", "C3": "{{exchange.amount}}"}


def prepare(workbook, form):
    """Two prepared rows (3 and 4) with marks and checks, some of which reach further."""
    red = workbook.add_format({"font_color": "red"})
    form.write_blank("A4", None, workbook.add_format({"border": 1}))
    above = {"type": "cell", "criteria": ">", "value": 5, "format": red}
    form.conditional_format("C3:C4", above)
    form.conditional_format("B2:F4", {"type": "no_blanks", "format": red})
    form.conditional_format("A1:A100", {"type": "duplicate", "format": red})
    form.conditional_format("A1:C2", {"type": "blanks", "format": red})
    form.conditional_format("C3:C4", {"type": "data_bar", "data_bar_2010": True})
    form.data_validation("A4", {"validate": "length", "criteria": "<", "value": 9})
    form.data_validation("H3:H4", {"validate": "list", "source": ["a", "b"]})
    form.add_sparkline("C4", {"range": "Form!H1:H2"})


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_that_marks_and_checks_of_prepared_rows_reach_the_rows_added_behind(
    given, filled, tmp_path
):
    path = given(ROW, prepare)
    form = filled(path)

    marks = form.conditional_formatting
    marked = {str(one.sqref): [rule.type for rule in one.rules] for one in marks}
    assert marked == {
        "C3:C7": ["cellIs", "dataBar"],
        "B2:F4 B5:C7": ["notContainsBlanks"],
        "A1:A100": ["duplicateValues"],
        "A1:C2": ["containsBlanks"],
    }
    checked = {str(one.sqref) for one in form.data_validations.dataValidation}
    assert checked == {"A4:A7", "H3:H4"}
    with zipfile.ZipFile(tmp_path / "filled.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    newer = re.findall("<xm:sqref>(.*?)</xm:sqref>", sheet)
    assert newer == ["C3:C7", "C4"]  # of the bars; that of the sparkline stays
    assert breaches(tmp_path / "filled.xlsx") == breaches(path)
