"""The most memory that this process has had."""

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def most_memory():
    """Bytes, of this program alone.

    What `getrusage` tells begins with the memory of the process that started this one, as it was
    when it did (Linux keeps the mark over exec): a child of a large test run looks large.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
