"""Walking through a window with Tab, as somebody without a mouse does."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextBrowser,
)

from smartct_desktop.ui.focus_ring import FocusRing

ROUNDS = 10  # of events: what arrives late above a field pushes it away once more
MOST = 400  # stops after which the walk goes in circles without coming back


def walk(window, *, backwards=False):
    """The widgets that get the keys one after the other until the first comes again, and what is
    wrong with them.

    Fails if the keys leave the window or stay where they are.
    """
    wrong = []
    key = Qt.Key.Key_Backtab if backwards else Qt.Key.Key_Tab
    stops = []
    for _ in range(MOST):
        focused = QApplication.focusWidget()
        assert focused is not None, f"nothing has the keys after {stops[-1:]}"
        assert focused.window() is window, f"the keys left for {focused.window()}"
        if focused in stops:
            assert focused is stops[0], f"{focused} is a trap"
            return stops, wrong
        stops.append(focused)
        wrong += seen_at_last(window, focused)
        QTest.keyClick(focused, key)
    raise AssertionError("the walk does not come back")


def seen_at_last(window, stop):
    """What is wrong with a stop once everything under way, such as scrolling to it, is done."""
    for _ in range(ROUNDS):
        QApplication.processEvents()
        wrong = unseen(window, stop)
        if not wrong:
            break
    return wrong


def spoken(widget):
    """What a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def unseen(window, stop):
    """What is wrong with a stop: nobody sees it, nobody can name it, or no ring is drawn."""
    wrong = []
    place = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    if not stop.isVisible() or stop.visibleRegion().isEmpty():
        wrong.append("not to be seen")
    elif not window.rect().intersects(place):
        wrong.append("outside the window")
    if not spoken(stop):
        wrong.append("without a name")
    if not has_ring(window, stop):
        wrong.append("without a ring")
    return [f"{type(stop).__name__} “{spoken(stop)}” {one}" for one in wrong]


def has_ring(window, stop):
    """Whether the ring of the window lies around the stop, or the stop draws its own."""
    if stop.property("ring") == "never" or isinstance(stop, OWN_RING):
        return True
    rings = [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    place = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size())
    around = stop.parentWidget()
    if isinstance(stop, QLineEdit | QPlainTextEdit | QTextBrowser) and around is not None:
        place |= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
    return any(ring.geometry().intersects(place) for ring in rings)


OWN_RING = (QTabBar, QAbstractItemView)
