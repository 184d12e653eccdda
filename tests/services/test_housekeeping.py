"""What a killed program leaves behind is swept up later, and nothing else."""

import os
import tempfile
import time

from smartct_desktop.services.housekeeping import sweep
from smartct_desktop.spreadsheets.writing import SPOOL_PREFIX

DAY = 24 * 3600


def test_that_only_our_own_old_folders_are_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    now = time.time()
    ours = (f"{SPOOL_PREFIX}old", "smartct-salvage-old", f"{SPOOL_PREFIX}new")
    for name in (*ours, "smartct-1.0", "somebody-elses"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (now - 2 * DAY, now - 2 * DAY) if "new" not in name else None)
    assert sweep(now) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "smartct-1.0",
        "smartct-writing-new",
        "somebody-elses",
    ]
