"""What of a window can be read: texts that have too little room, and widgets that are cut off."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
)

READ = (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton, QLineEdit, QComboBox)
SPARE = 1  # pixel that rounding may take


def clipped(root):
    """Visible texts below a widget that do not have the room they need."""
    return [
        f"{type(widget).__name__} “{said(widget)[:40]}”: {missing}"
        for widget in texts(root)
        if widget.isVisible() and said(widget) and (missing := lacks(widget))
    ]


def texts(root):
    return [widget for kind in READ for widget in root.findChildren(kind)]


def said(widget):
    if isinstance(widget, QLineEdit):
        return widget.displayText() or widget.placeholderText() or "empty"
    if isinstance(widget, QComboBox):
        return widget.currentText() or "empty"
    return widget.text()


def lacks(widget):
    """What is missing to show the text of a widget, in words; empty if nothing is."""
    if isinstance(widget, QLineEdit | QComboBox):
        line = widget.fontMetrics().height()
        return f"{widget.height()} high, a line is {line}" if widget.height() < line else ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        return f"{widget.height()} of {needed} high" if widget.height() + SPARE < needed else ""
    needed = widget.minimumSizeHint()
    if widget.width() + SPARE < needed.width():
        return f"{widget.width()} of {needed.width()} wide"
    if widget.height() + SPARE < needed.height():
        return f"{widget.height()} of {needed.height()} high"
    return ""


def cut_off(root):
    """Visible texts and controls that lie partly outside what contains them, and cannot be
    brought in by scrolling."""
    return [
        f"{type(widget).__name__} “{said(widget)[:40]}”"
        for widget in texts(root)
        if widget.isVisible() and said(widget) and is_cut_off(widget)
    ]


def is_cut_off(widget):
    step, around = widget, widget.parentWidget()
    while around is not None and not step.isWindow():
        area = around.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
            return not can_be_scrolled(area, widget)
        place = QRect(widget.mapTo(around, QPoint(0, 0)), widget.size())
        if not around.rect().adjusted(-SPARE, -SPARE, SPARE, SPARE).contains(place):
            return True
        step, around = around, around.parentWidget()
    return False


def can_be_scrolled(area, widget):
    """Whether the whole width of a widget comes into view in a scroll area."""
    across = area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    inside = area.viewport()
    left = widget.mapTo(inside, QPoint(0, 0)).x()
    fits = left >= -SPARE and left + widget.width() <= inside.width() + SPARE
    return fits or (across and area.horizontalScrollBar().maximum() > 0)
