"""An import that is killed at any moment leaves the document as before it or as after it."""

import os
import subprocess
import sys

import pytest

from tests.services.importing.killed import main


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed")
def test_that_an_import_killed_at_any_moment_leaves_before_or_after(tmp_path):
    times = "60" if os.environ.get("SMARTCT_LONG") else "4"
    run = [sys.executable, "-m", main.__module__, str(tmp_path), times, "1"]
    done = subprocess.run(run, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"killed {times} times")
