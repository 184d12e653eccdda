"""Random clicks and keys all over the program: no uncaught exception, and a whole document."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EVENTS = 1_000_000 if "SMARTCT_LONG" in os.environ else 400


def test_that_whatever_is_clicked_and_typed_no_exception_is_left_uncaught(tmp_path, capsys):
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.monkey", tmp_path, str(EVENTS), "20211116"],
        cwd=ROOT,
        env={**os.environ, "SMARTCT_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    played, failed = map(int, re.search(r"(\d+) events, (\d+) uncaught", ended.stdout).groups())
    assert (played, failed) == (EVENTS, 0)
    with capsys.disabled():
        sys.stdout.write(f"\n{ended.stdout}")
