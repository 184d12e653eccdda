"""The command that does the main job on the sample, to see that this installation is sound."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from smartct_desktop.cli.outcome import DONE
from smartct_desktop.services.main_job import do_main_job


def self_test(parsed: argparse.Namespace) -> int:
    """Do the main job in a folder that is removed afterwards, or kept on request."""
    if parsed.keep:
        parsed.keep.mkdir(parents=True, exist_ok=True)
        do_main_job(parsed.keep, print)
        print(f"The files are in {parsed.keep}.")
    else:
        with tempfile.TemporaryDirectory(prefix="smartct-self-test-") as folder:
            do_main_job(Path(folder), print)
    print("Self-test passed.")
    return DONE
