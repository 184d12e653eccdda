"""A canary for the Qt binding: a call that returns None or a bool must not lose a reference.

PySide6 6.12.0 below Python 3.12 does, and the process aborts after about 5000 such calls. From
Python 3.12 on these values live for ever and their counts mean nothing.
"""

import sys

import pytest
from PySide6.QtWidgets import QLineEdit


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False cannot be lost")
@pytest.mark.parametrize(
    ("answer", "call"),
    [
        (None, lambda edit: edit.setText("x")),
        (None, lambda edit: edit.update()),
        (True, QLineEdit.isEnabled),
        (False, QLineEdit.isVisible),
    ],
)
def test_that_a_call_into_qt_loses_no_reference(qtbot, answer, call):
    edit = QLineEdit()
    qtbot.addWidget(edit)
    assert call(edit) is answer

    before = sys.getrefcount(answer)
    for _ in range(500):
        call(edit)

    assert abs(sys.getrefcount(answer) - before) < 50
