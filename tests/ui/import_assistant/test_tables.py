"""The tables of the assistant when the text grows and shrinks, and what they draw."""

import pytest

from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.question_panel import QuestionPanel
from smartct_desktop.ui.import_assistant.review_model import ReviewModel
from smartct_desktop.ui.import_assistant.review_table import ReviewTable
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.import_assistant.sheet_view import SheetView
from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.tokens import DARK, LIGHT
from tests.ui.import_assistant.partner_files import doubtful_dates, members


@pytest.fixture
def sheet(qtbot, look, understanding, facts):
    view = SheetView(look, SheetModel(understanding, facts))
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    return view


@pytest.fixture
def review(qtbot, look, texts, facts, sample, understanding):  # noqa: PLR0917 -- all it needs
    editors = Editors(look, texts, facts, sample.read, lambda _kind, _name: None)
    questions = QuestionPanel(look, Wording(texts, understanding), editors, titled=False)
    table = ReviewTable(look, ReviewModel(understanding), questions)
    qtbot.addWidget(table)
    table.resize(800, 500)
    table.show()
    return table


def heights(view):
    return {view.rowHeight(row) for row in range(view.model().rowCount())}


def test_that_rows_of_a_sheet_follow_the_size_of_the_text(tmp_path, look, outlook_of, sheet):
    sheet.show_sheet(outlook_of(doubtful_dates(tmp_path / "d.xlsx")), 0)
    small = heights(sheet)
    assert look.measures.two_line_row in small

    look.wear(LIGHT, 26, INTER)
    assert look.measures.two_line_row in heights(sheet)
    assert min(heights(sheet)) > max(small)

    look.wear(LIGHT, 13, INTER)
    assert heights(sheet) == small


def test_that_rows_of_the_review_follow_the_size_of_the_text(tmp_path, look, outlook_of, review):
    review.show_outlook(outlook_of(members(tmp_path / "m.xlsx")))
    assert heights(review) == {look.measures.review_row}

    for base in (26, 13):
        look.wear(LIGHT, base, INTER)
        assert heights(review) == {look.measures.review_row}


def colours(widget):
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(image.height())
    }


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_that_a_column_with_a_question_lies_on_its_own_ground(
    tmp_path, look, outlook_of, sheet, scheme
):
    path = doubtful_dates(tmp_path / "d.xlsx")
    outlook = outlook_of(path)
    look.wear(scheme, 13, INTER)
    sheet.show_sheet(outlook, 0)
    sheet.resize(1600, 300)
    waiting = scheme.colours["waiting-soft"].upper()

    assert waiting in colours(sheet.viewport())
    sheet.show_sheet(outlook_of(path, {outlook.plan.questions[0].id: "dmy"}), 0)
    assert waiting not in colours(sheet.viewport())


def test_that_the_columns_of_the_review_fit_whatever_its_width(tmp_path, outlook_of, review):
    review.show_outlook(outlook_of(members(tmp_path / "m.xlsx")))

    for width in (500, 800, 1400):
        review.resize(width, 400)
        assert sum(review.columnWidth(n) for n in range(4)) == review.viewport().width()
        assert review.columnWidth(3) >= review.columnWidth(2)
