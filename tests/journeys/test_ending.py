"""The system ends the program: what was typed is kept, and the document is closed well."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.services.drafts import FOLDER, Drafts
from smartct_desktop.storage.store import Store
from smartct_desktop.system.paths import data_folder
from smartct_desktop.ui.safety.ending import Ending
from tests.ui.world import make_small_document

HEARD = SIGNAL("commitDataRequest(QSessionManager&)")
ROOT = Path(__file__).parents[2]
TEXT = "typed when the system went down"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_that_a_program_that_is_told_to_end_keeps_what_was_typed(tmp_path, monkeypatch, number):
    path = tmp_path / "small.smartct"
    make_small_document(path)[0].close()
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typing_until_ended", path, TEXT],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout.readline() == b"typed\n"
        begun = time.monotonic()
        program.send_signal(number)
        _, errors = program.communicate()
        took = time.monotonic() - begun

    assert program.returncode == 0, errors
    assert took < 30  # a system waits for some seconds; a busy machine needs more
    drafts = Drafts(data_folder() / FOLDER, path).read()
    assert [typed.text for draft in drafts for typed in draft.fields] == [TEXT]
    assert sorted(one.name for one in tmp_path.glob("small.smartct*")) == ["small.smartct"]
    with closing(Store.open(path)) as store:
        assert not store.unclean


def test_that_the_end_of_a_session_is_heard_and_what_was_typed_is_kept(qapp, desktop, small):
    """Nothing but Windows sends it; from there it comes with the same signal."""
    listening = qapp.receivers(HEARD)
    ending = Ending(qapp, desktop.window.keep_typed)
    try:
        assert qapp.receivers(HEARD) == listening + 1
        page = desktop.tab(5)
        page.table.setCurrentIndex(page.model.index(0, 0))
        page.show_pane(True)
        page.pane.focus_field("goals")
        desktop.type(TEXT)
        ending.commit()
        path = desktop.document.path
        drafts = Drafts(data_folder() / FOLDER, path).read()
        assert [typed.text for draft in drafts for typed in draft.fields] == [TEXT]
        assert desktop.document.read.get(Exchange, small.first).goals is None  # it may go on
    finally:
        ending.end()
    assert qapp.receivers(HEARD) == listening
