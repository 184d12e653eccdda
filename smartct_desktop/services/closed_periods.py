"""Closed periods: the figures and the records behind them as they were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.changes import Action, Change, PastStep, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import Reader, RecordFinding
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sent_figure import SentFigure, Span
from smartct_desktop.domain.records.sent_records import SentRecord, SentRecords
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import Figure, counted_from, targets_on
from smartct_desktop.system.account import account_name

_STILL_OPEN = "KPI-04"
"""The rule on exchanges that count although something is wrong with them."""

_RULES = {rule.value: rule for rule in CountingRule}
_UNITS = {
    CountingRule.EXCH_VALIDATED_VOP: "exchanges",
    CountingRule.DISTINCT_SME_VO: "SMEs",
    CountingRule.DISTINCT_SME_VO_HO: "SMEs",
    CountingRule.EVENTS_HELD: "events",
    CountingRule.PARTICIPANTS: "participants",
    CountingRule.CLUSTERS_LABELLED: "partners",
}


@dataclass(frozen=True, slots=True)
class SentFile:
    """The workbook that was sent: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing a period would keep; nothing is written yet.

    `open_errors` are exchanges among those counted with which something is wrong (KPI-04).
    """

    period: ReportingPeriod
    figures: tuple[SentFigure, ...]
    records: tuple[SentRecords, ...]
    open_errors: tuple[RecordFinding, ...]


def plan_closing(  # noqa: PLR0913 (what is kept of a period)
    reader: Reader,
    today: date,
    period: tuple[date | None, date],
    *,
    name: str = "",
    language: str = "en",
    file: SentFile | None = None,
) -> Closing:
    """Say what closing a period would keep. Counts everything: work for a job.

    Raises `Invalid` for a period that has not ended, and for a name that another one has.
    """
    first, last = period
    if last >= today:
        raise Invalid(
            Sentence("The period ends on {day}. It can be closed after that day.", day=last), "last"
        )
    name = " ".join(name.split()) or usual_name(first, last)
    if any(one.name.casefold() == name.casefold() for one in closed_periods(reader)):
        raise Invalid(
            Sentence("There is a closed period {name} already. Give it another name.", name=name),
            "name",
        )
    made = ReportingPeriod(
        name=name,
        first=first,
        last=last,
        closed_on=today,
        closed_by=account_name(),
        report="kpi",
        language=language,
        file=file.name if file else None,
        sha256=file.sha256 if file else None,
    )
    facts = FigureFacts.read(reader, today)
    figures: list[SentFigure] = []
    records: list[SentRecords] = []
    errors: frozenset[Id] = frozenset()
    for sent, counted in _figures_of(reader, facts, made):
        figures.append(sent)
        captions = reader.captions(sent.records_kind, counted.counted)
        behind = (
            SentRecord(id_, counted.weights.get(id_, 1), captions.get(id_, ""))
            for id_ in counted.counted
        )
        records += SentRecords.of(sent.id, behind)
        if sent.records_kind == "exchange":
            errors |= frozenset(counted.counted)
    return Closing(made, tuple(figures), tuple(records), tuple(_open_errors(reader, errors)))


def closing_step(closing: Closing) -> Step:
    """Give the step that keeps the figures of a period. Raises `Invalid`."""
    made = (closing.period, *closing.figures, *closing.records)
    for record in made:
        check(record)
    label = Sentence("closing of the period {name}", name=closing.period.name)
    return Step(label, tuple(Change(None, record) for record in made))


def close(document: Document, closing: Closing) -> None:
    """Keep the figures of a period as they were sent; one step. Raises `Invalid`, `Trouble`."""
    document.do(closing_step(closing))


def closes_period(reader: Reader, step: PastStep) -> str:
    """Give the name of the period that a step closed, "" if it closed none."""
    changes = reader.step_changes(step.no, 0, 1)
    closed = bool(changes) and changes[0].kind == ReportingPeriod.schema.kind
    return changes[0].caption if closed and changes[0].action is Action.ADD else ""


def open_again(document: Document, period: ReportingPeriod, reason: str, today: date) -> None:
    """Open a closed period again; what was sent stays in the document. Raises `Invalid`."""
    with document.edit(Sentence("opening again of the period {name}", name=period.name)) as edit:
        edit.update(period.replace(opened_on=today, opened_because=reason.strip() or None))


def closed_periods(reader: Reader) -> list[ReportingPeriod]:
    """Give the periods that are closed, the one that ended last first."""
    found = [one for one in reader.all(ReportingPeriod) if one.closed]
    return sorted(found, key=lambda one: (one.last, one.closed_on, one.name), reverse=True)


def usual_name(first: date | None, last: date) -> str:
    """Propose what a period is called: a year, a half of one, or its days."""
    if first is not None and first.year == last.year:
        days = (first.month, first.day, last.month, last.day)
        named = {
            (1, 1, 12, 31): f"{last.year}",
            (1, 1, 6, 30): f"{last.year}/1",
            (7, 1, 12, 31): f"{last.year}/2",
        }
        if days in named:
            return named[days]
    return f"{first:%d.%m.%Y}-{last:%d.%m.%Y}" if first else f"-{last:%d.%m.%Y}"


def sent_figures(reader: Reader, period: ReportingPeriod) -> list[SentFigure]:
    """Give the figures of a period as they were sent, in their order."""
    return [one for one in reader.all(SentFigure) if one.period == period.id]


def sent_records(reader: Reader, figures: Iterable[SentFigure]) -> dict[Id, dict[Id, SentRecord]]:
    """Give the records behind figures as they were sent, by figure.

    Raises `Trouble` if they do not come to the figure that was sent.
    """
    known = {figure.id: figure for figure in figures}
    parts: dict[Id, list[SentRecords]] = {id_: [] for id_ in known}
    named = reader.naming("sent_records", "figure", list(known), ()) if known else ()
    for record in reader.get_many(SentRecords, [row[0] for row in named]).values():
        parts[record.figure].append(record)
    found: dict[Id, dict[Id, SentRecord]] = {}
    for id_, those in parts.items():
        ordered = sorted(those, key=lambda one: one.place)
        found[id_] = {one.id: one for part in ordered for one in part.counted}
        if sum(one.weight for one in found[id_].values()) != known[id_].value:
            raise Trouble(
                Sentence(
                    "{name}: the records kept do not come to what was sent.", name=known[id_].name
                ),
                Sentence("Restore the newest backup, or check the document."),
            )
    return found


def _figures_of(
    reader: Reader, facts: FigureFacts, period: ReportingPeriod
) -> Iterator[tuple[SentFigure, Counted]]:
    """Count what the report of the period tells: the whole, then each partner."""
    targets = targets_on(reader.all(Target), facts.own, period.last)
    partners = reader.get_many(Organisation, facts.partners)
    ordered = sorted(partners.values(), key=lambda one: one.name.casefold())
    spans: list[tuple[Span, date | None]] = [(Span.SO_FAR, None)]
    if period.first is not None:
        spans.append((Span.IN_PERIOD, period.first))
    for part in (None, *ordered):
        for span, since in spans:
            scope = Scope(part.id if part else None, since, period.last)
            for figure in counted_from(facts, targets, scope):
                yield _sent(period, figure, span, part), figure.behind


def _sent(
    period: ReportingPeriod, figure: Figure, span: Span, part: Organisation | None
) -> SentFigure:
    rule = _RULES[figure.code.partition(":")[0]]
    cluster = figure.scope.partner
    name = str(figure.name)
    return SentFigure(
        id=new_id(),
        period=period.id,
        code=figure.code[:80],
        name=name,
        rule=rule.value,
        span=span,
        cluster=cluster,
        cluster_name=part.name if part else None,
        visitor_types=",".join(sorted(figure.scope.visitor_types)) or None,
        records_kind=figure.kind,
        target=figure.target,
        value=figure.value,
        unit=_UNITS[rule],
    )


def _open_errors(reader: Reader, counted: frozenset[Id]) -> Iterator[RecordFinding]:
    listing = Listing(codes=frozenset({_STILL_OPEN}))
    start = 0
    while page := reader.list_findings(listing, start, start + _PAGE):
        start += len(page)
        yield from (one for one in page if one.id in counted)


_PAGE = 500
