"""What of a person a field or a column tells."""

from __future__ import annotations

from enum import Enum


class Personal(Enum):
    """What of a person is told; without personal data it is written otherwise."""

    NAME = "name"
    """Who it is: replaced by initials, and by an invented name when the person is forgotten."""
    ADDRESS = "address"
    """How to reach them, e-mail and phone: replaced by an ellipsis."""
    ACCOUNT = "account"
    """The number of a bank account: replaced by an ellipsis."""
    DETAIL = "detail"
    """Anything else about one person: left blank."""
