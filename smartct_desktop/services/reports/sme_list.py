"""The SMEs that are counted, each once, with their exchanges; and those that are not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Countable, Counted
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import BY_RULE
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import day_of, framed, label_of, paged

_COLUMNS = (
    Column("Organisation", width=36, total=Total.COUNT),
    Column("Country"),
    Column("City", width=18),
    Column("VO type", code="organisation.type"),
    Column("SME", Kind.FLAG),
    Column("As visitor", Kind.WHOLE, total=Total.SUM, note="Exchanges that count."),
    Column("As host", Kind.WHOLE, total=Total.SUM, note="Exchanges that count."),
    Column("Counted as visitor", Kind.FLAG),
    Column("First stay", Kind.DAY),
    Column("Last stay", Kind.DAY),
    Column("Exchanges", width=44, note="Their numbers, one a line."),
)
_OTHERS = (
    Column("Organisation", width=36),
    Column("Country"),
    Column("VO type", code="organisation.type"),
    Column("SME", Kind.FLAG),
    Column("Because", width=44),
)


def sme_list(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the list of the SMEs behind the figure; the reader must stay open until written."""
    counted = FigureFacts.read(reader, day_of(made_at))
    rules = (CountingRule.DISTINCT_SME_VO_HO, CountingRule.DISTINCT_SME_VO)
    involved, visiting = (BY_RULE[rule].count(counted, scope) for rule in rules)
    smes = _Smes(reader, facts, counted, scope, visiting)
    others = len(involved.pipeline) + len(involved.left_out)
    return framed(
        "SMEs counted",
        reader,
        made_at,
        scope,
        own=counted.own,
        tables=(
            smes_counted(reader, facts, counted, scope),
            Table("Not counted", _OTHERS, smes.others(involved), frozen=1, expected=others),
        ),
        definitions=tuple(
            Definition(Sentence(BY_RULE[rule].name), Sentence(BY_RULE[rule].definition))
            for rule in (*rules, CountingRule.EXCH_VALIDATED_VOP)
        ),
    )


def smes_counted(
    reader: Reader, programme: ProgrammeFacts, facts: FigureFacts, scope: Scope
) -> Table:
    """Give the SMEs that count, each once with its exchanges and the first of its stays."""
    rules = (CountingRule.DISTINCT_SME_VO_HO, CountingRule.DISTINCT_SME_VO)
    involved, visiting = (BY_RULE[rule].count(facts, scope) for rule in rules)
    rows = _Smes(reader, programme, facts, scope, visiting).counted(involved.counted)
    return Table("SMEs counted", _COLUMNS, rows, frozen=1, expected=len(involved.counted))


class _Smes:
    def __init__(
        self,
        reader: Reader,
        programme: ProgrammeFacts,
        facts: FigureFacts,
        scope: Scope,
        visiting: Counted,
    ) -> None:
        self._reader = reader
        self._programme = programme
        self._visiting = frozenset(visiting.counted)
        self._visits: defaultdict[Id, list[Countable]] = defaultdict(list)
        self._hosted: defaultdict[Id, list[Countable]] = defaultdict(list)
        for id_ in facts.exchanges_counted(scope).counted:
            exchange = facts.exchanges[id_]
            if exchange.vo:
                self._visits[exchange.vo].append(exchange)
            if exchange.ho:
                self._hosted[exchange.ho].append(exchange)

    def counted(self, ids: Iterable[Id]) -> Iterator[Row]:
        """Give a row for each of these organisations."""
        for page in paged(ids):
            organisations = self._reader.get_many(Organisation, page)
            stays = {e.id for o in page for e in (*self._visits[o], *self._hosted[o])}
            numbers = self._reader.captions("exchange", stays)
            for id_ in page:
                one = organisations[id_]
                visits, hosted = self._visits[id_], self._hosted[id_]
                days = sorted(day for e in (*visits, *hosted) if (day := e.start or e.end))
                yield (
                    one.name,
                    self._country(one),
                    one.city,
                    label_of(one.type),
                    one.sme,
                    len(visits),
                    len(hosted),
                    id_ in self._visiting,
                    days[0] if days else None,
                    days[-1] if days else None,
                    "\n".join(numbers[e.id] for e in (*visits, *hosted)),
                )

    def others(self, involved: Counted) -> Iterator[Row]:
        """Give those of any exchange that do not count, with the reason."""
        expected = Sentence("its exchanges do not count yet")
        why = {**dict.fromkeys(involved.pipeline, expected), **dict(involved.left_out)}
        for page in paged(why):
            organisations = self._reader.get_many(Organisation, page)
            for id_ in page:
                one = organisations[id_]
                yield one.name, self._country(one), label_of(one.type), one.sme, why[id_]

    def _country(self, one: Organisation) -> str | None:
        return self._programme.country_name(one.country) if one.country else None
