"""Figures: each is the size of its set of records, wherever it is shown.

The overview, the reports, the effect told before an import and the command line all ask here, so
that a number cannot differ from one place to the next. An indicator is one row of `INDICATORS`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.domain.programme.pace import Pace, pace_of
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.programme.whose import Whose
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.system.collecting import without_collecting


@dataclass(frozen=True, slots=True)
class Indicator:
    """One way of counting: what the figure is called, of what kind the records behind it are.

    `short` follows the number where there is little room: "31 as visitor".
    """

    rule: CountingRule
    name: str
    kind: str
    short: str
    count: Callable[[FigureFacts, Scope], Counted]
    definition: str  # a template; "{state}" is that from which on exchanges count


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        CountingRule.EXCH_VALIDATED_VOP,
        "Exchanges",
        "exchange",
        "counted",
        FigureFacts.exchanges_counted,
        "Each exchange counts once, for the visitor's partnership, from the state “{state}” on. "
        "It belongs to the period in which the stay ends and to the visitor's partner: the "
        "cluster named, otherwise the one that the visitor is or is a member of, otherwise the "
        "one whose file brought it, unless that is the host's.",
    ),
    Indicator(
        CountingRule.DISTINCT_SME_VO_HO,
        "SMEs involved",
        "organisation",
        "as visitor or host",
        lambda facts, scope: facts.smes(scope, hosts=True),
        "Each SME that visits or hosts in an exchange that counts, once however often it does.",
    ),
    Indicator(
        CountingRule.DISTINCT_SME_VO,
        "SMEs visiting",
        "organisation",
        "as visitor",
        lambda facts, scope: facts.smes(scope, hosts=False),
        "Each SME that visits in an exchange that counts, once however often it does.",
    ),
    Indicator(
        CountingRule.EVENTS_HELD,
        "Events held",
        "event",
        "events",
        FigureFacts.events_held,
        "Each event with the status Held. It belongs to the partner who hosts it and to the "
        "period in which it ends.",
    ),
    Indicator(
        CountingRule.PARTICIPANTS,
        "Participants of events",
        "event",
        "participants",
        FigureFacts.participants,
        "The people on the attendance list of each event held, each once for an event; without a "
        "list the number that the host reported.",
    ),
    Indicator(
        CountingRule.CLUSTERS_LABELLED,
        "Partners with a label",
        "organisation",
        "with a label",
        FigureFacts.labelled,
        "Each cluster of the partnership that holds a label at the end of the period, once.",
    ),
)
_EXCHANGE = "exchange"
BY_RULE = {indicator.rule: indicator for indicator in INDICATORS}


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator: its records, what they are called, and the target if there is one.

    `code` is the counting rule's; where the target is one for a part only (a partner, types of
    visitors) the target's own code follows it after a colon. `kind` is the kind of the records in
    `behind`. `whose` says of an exchange to which partner it belongs and why, if that was asked.
    """

    code: str
    name: str
    kind: str
    target: int | None
    behind: Counted
    scope: Scope = EVERYTHING
    definition: str = ""
    short: str = ""
    pace: Pace | None = None
    whose: Callable[[Id], Whose] | None = dataclasses.field(default=None, compare=False)

    @property
    def value(self) -> int:
        """The number to report."""
        return self.behind.value

    @property
    def pipeline(self) -> int:
        """How many more records are expected to count."""
        return len(self.behind.pipeline)

    @property
    def missing(self) -> int | None:
        """How many the target lacks, None without a target."""
        return None if self.target is None else max(0, self.target - self.value)


def figures(
    reader: Reader, today: date, scope: Scope = EVERYTHING, *, explained: bool = False
) -> list[Figure]:
    """Count every indicator; reads all exchanges, so call it in a job. Targets come with it.

    With a scope the figures are those of its part: the targets of the whole are not theirs, and
    only those set for the same partner and types of visitors are told. They can be `explained` at
    some more cost: exchanges tell then whose they are.
    """
    every = list(reader.all(Target))
    whole = not (explained or scope.is_part or any(scope_of(target).is_part for target in every))
    with without_collecting():
        read = FigureFacts.read_for_the_whole if whole else FigureFacts.read
        facts = read(reader, today)
        return counted_from(facts, targets_on(every, facts.own, today), scope)


def counted_from(
    facts: FigureFacts, targets: Sequence[Target], scope: Scope = EVERYTHING
) -> list[Figure]:
    """Count every indicator from facts at hand."""
    part = replace(scope, since=None, until=None)
    whole = {t.counting_rule: t for t in targets if scope_of(t) == part}
    found = [_figure(facts, one, scope, whole.get(one.rule)) for one in INDICATORS]
    if part == EVERYTHING:
        found.extend(_of_parts(facts, targets, scope))
    return found


def values(facts: FigureFacts) -> dict[str, int]:
    """Give the numbers alone, by the code of the counting rule."""
    return {one.rule.value: one.count(facts, EVERYTHING).value for one in INDICATORS}


def targets_on(targets: Iterable[Target], own: Partnership | None, day: date) -> list[Target]:
    """Give the targets of the own partnership that hold on a day.

    Of several for the same rule and part the one that holds from the latest day; one without a day
    holds from the beginning.
    """
    holding: dict[tuple[CountingRule, Scope], Target] = {}
    for target in targets:
        if target.counting_rule is None or target.partnership not in (None, own and own.id):
            continue
        begins = target.valid_from or date.min
        key = (target.counting_rule, scope_of(target))
        former = holding.get(key)
        if begins <= day and (former is None or begins >= (former.valid_from or date.min)):
            holding[key] = target
    return list(holding.values())


def scope_of(target: Target) -> Scope:
    """Give the part of the work for which a target is set."""
    return Scope(partner=target.cluster, visitor_types=target.visitor_types)


def _figure(
    facts: FigureFacts, indicator: Indicator, scope: Scope, target: Target | None
) -> Figure:
    return Figure(
        code=indicator.rule.value,
        name=Sentence(indicator.name),
        kind=indicator.kind,
        target=target.value if target else None,
        behind=indicator.count(facts, scope),
        scope=scope,
        definition=_definition(indicator, facts),
        short=Sentence(indicator.short),
        pace=pace_of(facts.own, target) if scope == EVERYTHING else None,
        whose=facts.whose_is if facts.tells_whose and indicator.kind == _EXCHANGE else None,
    )


def _definition(indicator: Indicator, facts: FigureFacts) -> Sentence:
    """Say how it is counted, with the state from which on exchanges count in this document."""
    if indicator.rule is not CountingRule.EXCH_VALIDATED_VOP:
        return Sentence(indicator.definition)
    return Sentence(indicator.definition, state=Sentence(facts.counted_from.label))


def _of_parts(facts: FigureFacts, targets: Iterable[Target], period: Scope) -> Iterator[Figure]:
    """Give a figure for each target that is set for a part of the work only."""
    for place, target in enumerate(targets, start=1):
        part = scope_of(target)
        if part == EVERYTHING or target.counting_rule is None:
            continue
        indicator = BY_RULE[target.counting_rule]
        scope = replace(part, since=period.since, until=period.until)
        figure = _figure(facts, indicator, scope, target)
        code = f"{figure.code}:{target.code or place}"
        yield replace(figure, code=code, name=target.name)
