"""The panels of the review give way to the rows in a narrow window, or at large text."""

from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.import_assistant.review_panels import ReviewPanels


def test_that_the_effect_goes_below_the_filters_where_there_is_little_room(qtbot, look):
    filters, rows, effect = QWidget(), QWidget(), QWidget()
    panels = ReviewPanels(look, filters, rows, effect)
    qtbot.addWidget(panels)
    panels.resize(look.px(1300), 500)
    panels.show()
    assert not panels.stacked
    assert panels.count() == 3

    panels.resize(look.px(700), 500)
    assert panels.stacked
    assert effect.isVisible()
    assert rows.width() > panels.width() * 6 // 10

    panels.resize(look.px(1300), 500)
    assert not panels.stacked
    assert [panels.indexOf(one) for one in (rows, effect)] == [1, 2]
    assert rows.width() > effect.width()
