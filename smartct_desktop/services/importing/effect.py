"""The effect of an import on the figures, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from smartct_desktop.domain.changes import Change
from smartct_desktop.domain.programme.scope import EVERYTHING
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figure_preview import with_records
from smartct_desktop.services.figures import INDICATORS, Indicator, values
from smartct_desktop.services.importing.commit import planned_changes
from smartct_desktop.services.importing.plan import Effect, NotCounting, Plan
from smartct_desktop.services.importing.planning import Figures
from smartct_desktop.system.clock import local_today

_NOT_YET = Sentence("expected, but not there yet")
_ONE_BY_ONE = frozenset({CountingRule.EXCH_VALIDATED_VOP, CountingRule.EVENTS_HELD})
"""Figures for which each record counts or not; others count what the records name."""


def effect_on(reader: Reader) -> Figures:
    """Read the document once; the function given back tells the effect of a plan.

    Rows that wait for an answer are left out, as they would be if it were committed now.
    """
    facts = FigureFacts.read_for_the_whole(reader, local_today())
    before = values(facts)

    def effect(plan: Plan, progress: Progress) -> Effect:
        changes = planned_changes(plan, reader, progress)
        after = with_records(facts, (c.after for c in changes if c.after is not None))
        not_counting = {
            one.rule.value: told
            for one in INDICATORS
            if one.rule in _ONE_BY_ONE and (told := _not_counting(one, after, changes))
        }
        return Effect(before, values(after), not_counting)

    return effect


def _not_counting(
    indicator: Indicator, facts: FigureFacts, changes: Sequence[Change]
) -> tuple[NotCounting, ...]:
    """Say why new records do not count, the most frequent reason first."""
    new = {c.after.id for c in changes if c.before is None and c.kind == indicator.kind and c.after}
    if not new:
        return ()
    counted = indicator.count(facts, EVERYTHING)
    reasons = Counter(str(why) for id_, why in counted.left_out if id_ in new)
    if expected := sum(id_ in new for id_ in counted.pipeline):
        reasons[_NOT_YET] += expected
    return tuple(NotCounting(why, count, len(new)) for why, count in reasons.most_common())
