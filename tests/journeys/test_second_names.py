"""A document with a second name on its drive: the window says what that means."""

import os

import pytest

from smartct_desktop.ui.program import Program
from tests.ui.world import make_small_document


@pytest.mark.skipif(not hasattr(os, "link"), reason="needs hard links")
def test_that_a_second_name_is_told_until_another_document_is_shown(desktop, facts, tmp_path):
    path, second = tmp_path / "small.smartct", tmp_path / "also.smartct"
    make_small_document(path)[0].close()
    os.link(path, second)
    program = Program(desktop.window, desktop.jobs, desktop.settings, facts, tmp_path / "sample")

    program.open(path)
    desktop.settle()
    told = desktop.window.notices.told("names").accessibleName()
    assert "small.smartct has a second name on its drive" in told
    assert not program.document.read_only

    other = tmp_path / "other.smartct"
    make_small_document(other)[0].close()
    program.open(other)
    desktop.settle()
    assert desktop.window.notices.told("names") is None
    program.close()
