"""What stands in a lock file: who holds the lock, for people and other machines to read."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from smartct_desktop.system.account import account_name
from smartct_desktop.system.version import version

_MOST = 4096
"""No honest lock file is longer."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, since when, and with which program; "" and None where it cannot be told."""

    user: str = ""
    host: str = ""
    pid: int = 0
    version: str = ""
    since: datetime | None = None

    @property
    def is_here(self) -> bool:
        """Whether it is a program of this machine."""
        return self.host == platform.node()


def write_holder(number: int) -> Holder:
    """Write who we are, since the moment the file system says: all who see the file share it."""
    holder = Holder(account_name(), platform.node(), os.getpid(), version())
    for _ in range(2):
        text = json.dumps(asdict(holder), default=lambda moment: moment.isoformat())
        os.ftruncate(number, 0)
        os.lseek(number, 0, os.SEEK_SET)
        os.write(number, text.encode())
        written = datetime.fromtimestamp(int(os.fstat(number).st_mtime), UTC)
        holder = replace(holder, since=written)
    return holder


def read_holder(number: int) -> Holder:
    """Read who holds the lock; whatever else stands there is not trusted."""
    try:
        os.lseek(number, 0, os.SEEK_SET)
        told = json.loads(os.read(number, _MOST))
        return Holder(
            user=str(told["user"]),
            host=str(told["host"]),
            pid=int(told["pid"]),
            version=str(told["version"]),
            since=datetime.fromisoformat(told["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Holder()
