"""Pills, key caps, chips, search fields, labels and buttons."""

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.buttons import Kind, button, icon_button, switch
from smartct_desktop.ui.chip import Chip
from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.key_cap import KeyCap, key_text
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.pill import Pill, paint_pill, pill_width
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.high_contrast import high_contrast
from smartct_desktop.ui.theme.tokens import DARK, LIGHT
from smartct_desktop.ui.theme.tones import Tone


@pytest.fixture
def paper():
    """An empty picture to paint on."""
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.colours["base"]))
    return image


def colours_of(image):
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def painted(image, paint):
    painter = QPainter(image)
    try:
        return paint(painter)
    finally:
        painter.end()


@pytest.mark.parametrize("tone", list(Tone))
def test_that_a_pill_has_the_colours_of_its_tone(paper, look, tone):
    width = painted(paper, lambda painter: paint_pill(painter, 5, 20, "Paid", tone, look))

    assert width == pill_width("Paid", look)
    assert {LIGHT.colours[tone.ground], LIGHT.colours[tone.ink]} <= colours_of(paper)


def test_that_a_pill_at_rest_has_a_sign_and_no_ground(paper, look):
    painted(paper, lambda p: paint_pill(p, 5, 20, "Closed", Tone.DONE, look, at_rest=True))

    assert LIGHT.colours["done-soft"] not in colours_of(paper)
    assert LIGHT.colours["done"] in colours_of(paper)
    assert pill_width("Closed", look, at_rest=True) > pill_width("Closed", look)


def test_that_a_pill_at_rest_can_be_read_on_a_selection_of_high_contrast(qapp, paper, look):
    look.wear(high_contrast(qapp.palette()), 13, INTER)
    ink = look.colour("on-select")
    paper.fill(look.colour("select"))

    painted(
        paper,
        lambda p: paint_pill(p, 5, 20, "Closed", Tone.DONE, look, at_rest=True, selected=True),
    )

    assert ink.name().upper() in colours_of(paper)


def test_that_a_painter_is_given_back_as_it_was(paper, look):
    def paint(painter):
        painter.setPen(look.colour("text"))
        before = (painter.pen(), painter.font(), painter.renderHints())
        paint_pill(painter, 5, 20, "Paid", Tone.DONE, look)
        paint_hatched(painter, QRectF(100, 5, 50, 20), look)
        return before == (painter.pen(), painter.font(), painter.renderHints())

    assert painted(paper, paint)


def test_that_hatching_stays_in_its_box(paper, look):
    painted(paper, lambda painter: paint_hatched(painter, QRectF(50, 10, 60, 20), look))

    outside = [paper.copy(0, 0, 50, 40), paper.copy(110, 0, 90, 40), paper.copy(0, 30, 200, 10)]
    assert all(colours_of(part) == {LIGHT.colours["base"]} for part in outside)
    assert LIGHT.colours["hatch"] in colours_of(paper)


def test_that_a_pill_without_a_word_is_not_there(look, qtbot):
    pill = Pill(look)
    qtbot.addWidget(pill)

    pill.show_status("Paid", Tone.DONE)
    assert pill.accessibleName() == "Paid"
    assert pill.sizeHint().height() == 20

    pill.show_status("", Tone.CALM)
    assert pill.isHidden()


@pytest.mark.parametrize(
    ("keys", "text"), [("Ctrl+K", "Ctrl K"), ("Ctrl+Shift+Z", "Ctrl Shift Z"), ("Ctrl++", "Ctrl +")]
)
def test_that_keys_are_written_with_spaces(keys, text):
    assert key_text(QKeySequence(keys)) == text


@pytest.mark.parametrize(
    "make", [Pill, lambda look: KeyCap(look, "F1"), lambda look: Chip(look, "x")]
)
def test_that_a_part_that_is_gone_does_not_disturb_a_change(look, make):
    part = make(look)
    shiboken6.delete(part)

    look.wear(DARK, 26, INTER)

    assert look.base == 26


class TestChip:
    @pytest.fixture
    def chip(self, look, qtbot):
        made = Chip(look, "Host’s country: Spain")
        qtbot.addWidget(made)
        made.resize(made.sizeHint())
        made.show()
        return made

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_that_delete_takes_it_off(self, chip, qtbot, key):
        with qtbot.waitSignal(chip.removed):
            QTest.keyClick(chip, key)

    def test_that_the_cross_takes_it_off_and_opens_nothing(self, chip, qtbot):
        cross = QPoint(chip.width() - 12, chip.height() // 2)

        with qtbot.assertNotEmitted(chip.clicked), qtbot.waitSignal(chip.removed):
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)

    def test_that_its_words_open_the_filter(self, chip, qtbot):
        with qtbot.assertNotEmitted(chip.removed), qtbot.waitSignal(chip.clicked):
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))

    def test_that_a_press_that_leaves_the_cross_does_nothing(self, chip, qtbot):
        cross = QPoint(chip.width() - 12, chip.height() // 2)

        with qtbot.assertNotEmitted(chip.removed), qtbot.assertNotEmitted(chip.clicked):
            QTest.mousePress(chip, Qt.MouseButton.LeftButton, pos=cross)
            QTest.mouseMove(chip, QPoint(-50, -50))
            QTest.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))


class TestSearchField:
    @pytest.fixture
    def field(self, look, qtbot):
        made = SearchField(look, "Filter these rows…", QKeySequence("Ctrl+F"))
        qtbot.addWidget(made)
        made.resize(230, 28)
        made.show()
        return made

    def test_that_escape_empties_it(self, field):
        QTest.keyClicks(field, "plan")

        QTest.keyClick(field, Qt.Key.Key_Escape)

        assert field.text() == ""

    def test_that_escape_goes_on_from_an_empty_field(self, look, qtbot):
        heard = []

        class Around(QWidget):
            def keyPressEvent(self, event):  # noqa: N802 -- Qt's name
                heard.append(event.key())

        around = Around()
        qtbot.addWidget(around)
        field = SearchField(look, "Search", parent=around)

        QTest.keyClick(field, Qt.Key.Key_Escape)

        assert heard == [Qt.Key.Key_Escape]

    def test_that_the_cross_is_there_with_text_only(self, field):
        cross = field.findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert not cross.isVisible()

        field.setText("plan")
        assert cross.isVisible()

        cross.click()
        assert field.text() == ""
        assert not cross.isVisible()

    def test_that_the_text_keeps_clear_of_the_key_cap(self, field):
        with_cap = field.textMargins().right()

        field.setText("plan")

        assert with_cap > 30
        assert field.textMargins().right() < with_cap


def test_that_a_label_takes_markup_for_text(qtbot):
    made = label("<b>ООД</b>", face="small", tone="muted", wrap=True)
    qtbot.addWidget(made)

    assert made.textFormat() is Qt.TextFormat.PlainText
    assert (made.property("face"), made.property("tone")) == ("small", "muted")


def test_that_a_tool_tip_is_plain_or_escaped(look):
    assert tool_tip("Short", look) == "Short"
    assert "&lt;b&gt;" in tool_tip("<b>ООД</b>", look)
    assert 'width="420"' in tool_tip("word " * 100, look)
    assert tool_tip("", look) == ""


def test_that_a_button_that_is_off_says_why(look, qtbot):
    made = button(look, "Export", Kind.PRIMARY)
    qtbot.addWidget(made)

    switch(made, look, on=False, reason="Choose a row first.")
    assert (made.isEnabled(), made.toolTip()) == (False, "Choose a row first.")

    switch(made, look, on=True, reason="Choose a row first.")
    assert (made.isEnabled(), made.toolTip()) == (True, "")


def test_that_an_icon_alone_has_a_name(look, qtbot):
    made = icon_button(look, "x", "Close")
    qtbot.addWidget(made)

    assert (made.accessibleName(), made.toolTip()) == ("Close", "Close")
    assert not made.icon().isNull()


def test_that_a_property_set_later_reaches_the_sheet(qtbot):
    made = label("Text")
    qtbot.addWidget(made)
    made.setStyleSheet('QLabel[face="strong"]{font-weight:600}')
    made.show()
    before = made.font().weight()

    mark(made, "face", "strong")

    assert made.font().weight() > before
