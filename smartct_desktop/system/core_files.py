"""What a system writes when a program crashes: its whole memory, with every record in it."""

from __future__ import annotations

import sys
from contextlib import suppress

if sys.platform == "win32":

    def leave_no_core_file() -> None:
        """Windows keeps the memory of a program only where its administrator asks for that."""

else:
    import resource

    def leave_no_core_file() -> None:
        """Have a crash of this process, and of those it starts, leave no picture of its memory."""
        with suppress(OSError, ValueError):
            _, most = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, most))
