"""The shim that makes single operations on files fail: built where there is a compiler."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

KILL, TORN = 0, 1
SOURCE = Path(__file__).with_name("failing_io.c")


def build(folder: Path) -> Path | None:
    """Build the shim in `folder`; None where that cannot be."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = folder / "failing_io.so"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return made


class Shim:
    """What the shim, loaded before all else, is to do in children of this process."""

    def __init__(self) -> None:
        self._shim = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._shim.failing_io_plan()

    def plan(
        self, folder: Path | None, at: int = 0, what: int = KILL, *, sticky: bool = False
    ) -> None:
        """Have the operation number `at` below `folder` fail, or kill; 0 counts only."""
        name = "" if folder is None else str(folder)
        self._shim.failing_io_set(
            name.encode(), ctypes.c_long(at), ctypes.c_long(what), int(sticky)
        )

    @property
    def count(self) -> int:
        """How many operations there were since the plan was made."""
        return int(self._shim.failing_io_count())
