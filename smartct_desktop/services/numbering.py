"""How the numbers of exchanges begin: "SCT" in "SCT-2021-007"."""

from __future__ import annotations

import re

from smartct_desktop.domain.records.partnership import Partnership


def prefix_of(partnership: Partnership | None) -> str:
    """Give what the numbers of a partnership begin with: "SCT" for SmartCTClusters."""
    name = re.sub(r"(?i)[\s_-]*clusters?$", "", partnership.acronym if partnership else "")
    capitals = "".join(sign for sign in name if sign.isupper() or sign.isdigit())
    letters = "".join(sign for sign in name if sign.isalnum()).upper()
    return capitals[:6] if len(capitals) > 1 else letters[:3] or "EX"
