"""What the rules say of a partnership as a whole: its figures, its people, its rule set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smartct_desktop.domain.programme.figure_rules import (
    BUDGET,
    CALL,
    DISTINCT,
    FILES,
    KEPT,
    NOTICE,
    PACE,
    BudgetCase,
    CallCase,
    FilesCase,
    KeepingCase,
    PaceCase,
    SmeCase,
)
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Reader, RecordFinding
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.importing.rates import rules_of
from smartct_desktop.services.overview import Overview, overview_of
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.stock import Stock


def partnership_findings(
    reader: Reader, programme: ProgrammeFacts, today: date
) -> tuple[RecordFinding, ...]:
    """Give what is to be said of the own partnership as a whole; none if there is no such one.

    It looks at all records: work for a job.
    """
    return findings_from(Stock.read(reader, programme, today), reader, programme)


def findings_from(
    stock: Stock, reader: Reader, programme: ProgrammeFacts
) -> tuple[RecordFinding, ...]:
    """Give it from what was read already, at the moment of the reader; work for a job."""
    own = stock.facts.own
    if own is None:
        return ()
    found = _asked(stock, reader, programme)
    return tuple(RecordFinding("partnership", own.id, own.acronym, finding) for finding in found)


def figure_findings(reader: Reader, programme: ProgrammeFacts, today: date) -> list[Finding]:
    """Ask the rules on a partnership as a whole; they look at all records: work for a job."""
    return _asked(Stock.read(reader, programme, today), reader, programme)


def _asked(stock: Stock, reader: Reader, programme: ProgrammeFacts) -> list[Finding]:
    of = overview_of(stock, reader)
    return [
        *_rule_set(of.own, programme),
        *findings_of(of, stock.facts),
        *_keeping(reader, of),
        *FILES.findings(FilesCase(reader.broken_files())),
    ]


def findings_of(of: Overview, facts: FigureFacts) -> Iterator[Finding]:
    """Ask the rules on figures about an overview that was counted from `facts`."""
    money = of.money
    promised = money.promised.value + money.due.value
    yield from BUDGET.findings(BudgetCase(money.granted, promised, money.paid.value))
    yield from DISTINCT.findings(_smes(of, facts))
    for figure in of.figures:
        if figure.pace is not None:
            by_now = figure.pace.by(of.today)
            yield from PACE.findings(PaceCase(figure.name, figure.value, by_now))


def _rule_set(own: Partnership | None, programme: ProgrammeFacts) -> Iterator[Finding]:
    named = own.rule_set if own is not None else None
    case = CallCase(named, rules_of(programme, own).code, tuple(programme.rule_sets))
    yield from CALL.findings(case)


def _keeping(reader: Reader, of: Overview) -> Iterator[Finding]:
    """Ask about the people stored; those made anonymous are nobody any more."""
    unknown = frozenset({None})
    untold = Query(
        "person",
        filters=(
            Among(Path(("notice_on",)), unknown),
            Among(Path(("anonymised_on",)), unknown),
        ),
    )
    case = KeepingCase(of.deletion.value, of.kept.until, reader.count(untold))
    yield from KEPT.findings(case)
    yield from NOTICE.findings(case)


def _smes(of: Overview, facts: FigureFacts) -> SmeCase:
    smes = frozenset(of.figure(CountingRule.DISTINCT_SME_VO).behind.counted)
    counted = of.figure(CountingRule.EXCH_VALIDATED_VOP).behind.counted
    made = sum(facts.exchanges[id_].vo in smes for id_ in counted)
    return SmeCase(made, len(smes))
