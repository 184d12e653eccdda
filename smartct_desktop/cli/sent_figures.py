"""What was sent for closed periods, as the command line tells it."""

from __future__ import annotations

from collections.abc import Mapping

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.adjustments import Adjusted, adjustments
from smartct_desktop.services.closed_periods import closed_periods
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.system.clock import local_today


def sent_by_code(reader: Reader, partner: Id | None) -> Mapping[str, list[dict[str, object]]]:
    """Give what was sent for each figure in closed periods, and what moved since."""
    found: dict[str, list[dict[str, object]]] = {}
    periods = closed_periods(reader)
    facts = FigureFacts.read(reader, local_today()) if periods else None
    for period in periods:
        for one in adjustments(reader, facts, period) if facts else ():
            if one.figure.cluster == partner or (partner is None and not one.figure.cluster_name):
                found.setdefault(one.figure.code, []).append(
                    {"period": period.name, "closed_on": period.closed_on.isoformat()}
                    | adjusted_json(one)
                )
    return found


def adjusted_json(one: Adjusted) -> dict[str, object]:
    """Give one figure as sent, its adjustments, and the figure of now."""
    return {
        "span": one.figure.span.value.lower(),
        "target": one.figure.target,
        "sent": one.sent,
        "added": one.added,
        "removed": one.removed,
        "changed": one.changed,
        "now": one.now,
        "records": [
            {
                "id": moved.id,
                "record": moved.caption,
                "sent": moved.sent,
                "now": moved.now,
                "because": moved.because,
            }
            for moved in one.adjustments
        ],
    }
