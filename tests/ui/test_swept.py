"""No widget of one test is there in the next."""

import weakref

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tests.ui.swept import swept


class Round(QWidget):
    """Refers to itself in a circle, as most windows do."""

    def __init__(self):
        super().__init__()
        self.itself = self


def test_that_what_was_to_be_deleted_later_is_deleted_at_the_end(qapp):  # noqa: ARG001
    widget = QWidget()

    with swept():
        widget.deleteLater()

    assert not isValid(widget)


def test_that_circles_are_freed(qapp):  # noqa: ARG001
    with swept():
        left = weakref.ref(Round())

    assert left() is None
