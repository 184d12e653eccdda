"""The effect of an import on the figures, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.figures import FigureFacts, values
from smartct_desktop.services.importing.commit import planned_changes
from smartct_desktop.services.importing.plan import Plan
from smartct_desktop.services.importing.planning import Figures


def effect_on(reader: Reader) -> Figures:
    """Read the document once; the function given back tells the figures before and after a plan.

    Rows that wait for an answer are left out, as they would be if it were committed now.
    """
    facts = FigureFacts.read(reader)
    before = values(facts)

    def effect(plan: Plan, progress: Progress) -> tuple[Mapping[str, int], Mapping[str, int]]:
        changes = planned_changes(plan, reader, progress)
        return before, values(facts.adding(c.after for c in changes if c.after is not None))

    return effect
