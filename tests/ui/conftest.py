"""What the tests of the window share."""

import pytest

from smartct_desktop.ui.theme.fonts import load_inter
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tokens import LIGHT


@pytest.fixture
def look(qapp):  # noqa: ARG001 -- fonts need the application
    """The light look at 100 %, with the shipped typeface."""
    assert load_inter()
    return Look(LIGHT)
