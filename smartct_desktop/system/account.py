"""Who works on this machine."""

from __future__ import annotations

import getpass


def account_name() -> str:
    """Give the name of the account that runs the program, "?" where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
