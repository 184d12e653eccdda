"""One look at a document that stays as it is: gathers the cases that rules and calculations see.

What concerns many records (the own partnership, organisations, all visits of a visitor) is read
once and remembered for as long as the look lasts. A step ends it: look again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.assessment import Assessment
from smartct_desktop.domain.programme.calculations import calculated, calculations_of
from smartct_desktop.domain.programme.exchange_case import (
    VALIDATED_ON,
    Booking,
    ExchangeCase,
)
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.organisation_case import OrganisationCase, Twin
from smartct_desktop.domain.programme.premises import Questions
from smartct_desktop.domain.programme.rule import Told, asked
from smartct_desktop.domain.programme.rule_catalog import rules_on
from smartct_desktop.domain.programme.state_rules import (
    OF_GIVEN_UP,
    counts_with_errors,
    fails_since,
)
from smartct_desktop.domain.programme.today import Today
from smartct_desktop.domain.programme.working_days import NOWHERE, LoggedDay, counted_days
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.services.doubles import Doubles
from smartct_desktop.services.event_facts import event_cases
from smartct_desktop.services.organisation_facts import organisation_facts
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.photos import photographed
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import Ground, RulesInForce
from smartct_desktop.services.stays import LumpSum, lump_sums, stay_of
from smartct_desktop.services.surroundings import surroundings
from smartct_desktop.services.visits import MOST_REMEMBERED, KnownVisits
from smartct_desktop.system.collecting import without_collecting

_MONEY = (
    *("payment_kind", "date", "amount_cents"),
    *("organisation", "payee_as_written", "payer_cluster", "concept", "remark"),
)
_PAYER = _MONEY.index("payer_cluster")
_NOT_WAIVED: Container[str] = frozenset()
Days = Callable[[Id], Today]
"""Gives the day on which the rules look at a record."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case, and whether all rules are asked about it; if not, those on what was given up."""

    case: object
    expected: bool = True


class Look:
    """Assesses records of one document at one moment; on whatever thread the reader belongs to."""

    def __init__(
        self, facts: ProgrammeFacts, today: date, values: Sequence[RuleValue] | None = None
    ) -> None:
        """Look with the rules of the document, or as if it had these `values` of its own."""
        self._facts = facts
        self._today = today
        self._ground = Ground(facts, values)
        self._questions: dict[str, Mapping[bool, Questions]] = {}
        self._visits = KnownVisits()
        self._organisations: dict[Id, Organisation] = {}
        self._doubles = Doubles()
        self._own: Partnership | None = None
        self._own_read = False
        self._country_name = cache(facts.country_name)  # holds no look: that would be a cycle
        self._totals: dict[str, int] = {}
        self._told = Told()
        self._dues: dict[int, LumpSum] = {}
        self._shipped: Look | None = None  # without the document's own values of rules

    def assess(self, reader: Reader, kind: str, ids: Sequence[Id]) -> Mapping[Id, Assessment]:
        """Say of each record that exists what the rules say, and what is calculated of it."""
        with without_collecting():
            return self._assessed(reader, kind, ids)

    def _assessed(self, reader: Reader, kind: str, ids: Sequence[Id]) -> Mapping[Id, Assessment]:
        gather = {
            "exchange": self._exchanges,
            "organisation": self._organisation_cases,
            "event": self._events,
        }[kind]
        waivers = self._waivers(reader, kind, ids)
        questions = self._questions_on(kind)
        calculations = calculations_of(kind)
        days: dict[Id, Today] = {id_: Today.of(self._today) for id_ in ids}
        found = {}
        for id_, seen in gather(reader, ids, days.__getitem__):
            lifted = _lifted(waivers[id_], days[id_]) if id_ in waivers else _NOT_WAIVED
            rules = questions[seen.expected].on(seen.case)
            findings: Sequence[Finding] = asked(rules, seen.case, lifted, self._told)
            if seen.expected and isinstance(seen.case, ExchangeCase):
                findings = (*findings, *counts_with_errors(seen.case, findings))
                more = self._fails_since(reader, seen.case, days[id_], lifted, findings)
                findings = (*findings, *more)
            values = calculated(seen.case, calculations) if calculations else {}
            found[id_] = Assessment(findings, values, days[id_].until)
        return found

    def _fails_since(
        self,
        reader: Reader,
        case: ExchangeCase,
        today: Today,
        lifted: Container[str],
        findings: Sequence[Finding],
    ) -> Sequence[Finding]:
        """Look at a validated exchange that has errors as if the rules had never been changed."""
        if case.exchange.status not in VALIDATED_ON or not self._ground.changed(reader):
            return ()
        if not any(finding.severity is Severity.ERROR for finding in findings):
            return ()
        if self._shipped is None:
            self._shipped = Look(self._facts, self._today, ())
        before = self._shipped.exchange_findings(reader, case.exchange.id, today, lifted)
        return fails_since(before, findings)

    def exchange_findings(
        self, reader: Reader, id_: Id, today: Today, lifted: Container[str]
    ) -> Sequence[Finding]:
        """Ask the rules about one exchange on a day; those `lifted` are silent."""
        questions = self._questions_on("exchange")[True]
        for _, seen in self._exchanges(reader, [id_], lambda _id: today):
            return asked(questions.on(seen.case), seen.case, lifted, self._told)
        return ()

    def _questions_on(self, kind: str) -> Mapping[bool, Questions]:
        """Give the rules on what is still expected, and on what was given up."""
        if kind not in self._questions:
            given_up = (rule for rule in rules_on(kind) if rule.code in OF_GIVEN_UP)
            self._questions[kind] = {True: Questions(rules_on(kind)), False: Questions(given_up)}
        return self._questions[kind]

    # What concerns many records.

    def own(self, reader: Reader) -> Partnership | None:
        """Give the own partnership."""
        if not self._own_read:
            self._own, self._own_read = own_partnership(reader), True
        return self._own

    def _rules_in_force(self, reader: Reader) -> RulesInForce:
        return self._ground.in_force(reader, self.own(reader))

    def _dues_under(self, rules: RuleSet) -> LumpSum:
        """Give what works out lump sums; the values that hold for one time are one object."""
        found = self._dues.get(id(rules))
        if found is None:
            found = self._dues[id(rules)] = lump_sums(rules, self._country_name)
        return found

    def _read_organisations(self, reader: Reader, ids: Iterable[Id]) -> None:
        if len(self._organisations) > MOST_REMEMBERED:
            self._organisations.clear()
        missing = [id_ for id_ in ids if id_ not in self._organisations]
        if missing:
            self._organisations |= reader.get_many(Organisation, missing)

    def _parts(
        self, reader: Reader, kind: str, field: str, ids: Sequence[Id], columns: tuple[str, ...]
    ) -> Mapping[Id, list[tuple[Any, ...]]]:
        """Give the columns of the records of `kind` that name one of these in `field`."""
        if kind not in self._totals:
            self._totals[kind] = reader.total(kind)
        found: dict[Id, list[tuple[Any, ...]]] = defaultdict(list)
        if self._totals[kind]:
            for _, of, *told in reader.naming(kind, field, ids, (field, *columns)):
                found[of].append(tuple(told))
        return found

    def _waivers(
        self, reader: Reader, kind: str, ids: Sequence[Id]
    ) -> Mapping[Id, list[tuple[str, date | None]]]:
        """Give the codes that are waived for records, each with the last day of that."""
        rows = self._parts(reader, "waiver", kind, ids, ("rule_code", "expires_on"))
        return {id_: [(code.strip(), day) for code, day in those] for id_, those in rows.items()}

    # The cases.

    def _exchanges(
        self, reader: Reader, ids: Sequence[Id], days: Days
    ) -> Iterator[tuple[Id, _Seen]]:
        own, in_force = self.own(reader), self._rules_in_force(reader)
        countries, holidays = self._facts.countries, self._ground.holidays(reader)
        exchanges = reader.get_many(Exchange, ids)
        visitors = {e.vo for e in exchanges.values() if e.vo}
        self._read_organisations(reader, visitors | {e.ho for e in exchanges.values() if e.ho})
        doubles = self._doubles_of(reader, visitors)
        twins = {twin.id for those in doubles.values() for twin in those}
        self._visits.read(reader, visitors | twins)
        around = surroundings(reader, exchanges, partial(self._organisations_of, reader))
        payments = self._parts(reader, "payment", "exchange", ids, _MONEY)
        payers = {one[_PAYER] for told in payments.values() for one in told if one[_PAYER]}
        self._read_organisations(reader, payers)
        photos = photographed(reader, partial(self._parts, reader), exchanges)
        logs = self._parts(reader, "exchange_day", "exchange", ids, ("date", "day_kind"))
        for id_, exchange in exchanges.items():
            visitor = self._organisations.get(exchange.vo) if exchange.vo else None
            host = self._organisations.get(exchange.ho) if exchange.ho else None
            paid = [self._booking(*told) for told in payments.get(id_, ())]
            logged = [LoggedDay(*told) for told in logs.get(id_, ())]
            rules = in_force.on(exchange.start)
            dues = self._dues_under(rules)
            case = ExchangeCase(
                stay=stay_of(_with_days(exchange, logged), (visitor, host), paid, in_force, dues),
                rules=rules,
                exchange=exchange,
                visitor=visitor,
                host=host,
                own=own,
                visits=self._visits.of(exchange.vo),
                payments=paid,
                days=logged,
                countries=countries,
                holidays=holidays,
                today=days(id_),
                around=around[id_],
                caps=in_force,
                where=self._ground.locality(reader, exchange, host) if logged else NOWHERE,
                doubles=[
                    (twin, self._visits.of(twin.id))
                    for twin in (doubles.get(exchange.vo, ()) if exchange.vo else ())
                ],
                photos=photos.get(id_, (0, 0)),
            )
            yield id_, _Seen(case, case.expected)

    def _doubles_of(self, reader: Reader, visitors: Iterable[Id]) -> Mapping[Id, Sequence[Twin]]:
        """Give the organisations that may be the same as a visitor."""
        known = (self._organisations.get(vo) for vo in visitors)
        return self._doubles.of(reader, (one for one in known if one is not None))

    def _booking(
        self, kind: PaymentKind | None, on: date | None, cents: int | None, *whom: Any
    ) -> Booking:
        payee, name, payer, *texts = whom
        cluster = self._organisations.get(payer) if payer else None
        partnership = cluster.partnership if cluster else None
        told = tuple(text for text in (name, *texts) if text)
        return Booking(kind, on, cents, payee, name, partnership, told)

    def _organisations_of(self, reader: Reader, ids: Iterable[Id]) -> Mapping[Id, Organisation]:
        """Give organisations by their ids, reading those that are not known yet."""
        self._read_organisations(reader, ids)
        return self._organisations

    def _organisation_cases(
        self, reader: Reader, ids: Sequence[Id], days: Days
    ) -> Iterator[tuple[Id, _Seen]]:
        rules = self._rules_in_force(reader).on()
        visiting = {vo for _, vo in reader.naming("exchange", "vo", ids, ("vo",))}
        organisations = reader.get_many(Organisation, ids)
        known = organisation_facts(organisations, partial(self._parts, reader), reader)
        doubles = self._doubles.of(reader, organisations.values())
        for id_, organisation in organisations.items():
            case = OrganisationCase(
                organisation,
                id_ in visiting,
                rules,
                self._facts.countries,
                self._facts.identifiers,
                days(id_),
                self._facts,
                known.same_name(organisation),
                known.same_vat(organisation),
                known.cluster(id_),
                known.hosted(id_),
                known.same_domain(organisation),
                doubles.get(id_, ()),
            )
            yield id_, _Seen(case)

    def _events(self, reader: Reader, ids: Sequence[Id], days: Days) -> Iterator[tuple[Id, _Seen]]:
        parts = partial(self._parts, reader)
        of = partial(self._organisations_of, reader)
        for id_, case in event_cases(reader, ids, days, parts, of):
            yield id_, _Seen(case)


def _lifted(waivers: Iterable[tuple[str, date | None]], today: date) -> Container[str]:
    """Give the codes of the waivers that hold today."""
    return {code for code, expires_on in waivers if expires_on is None or expires_on >= today}


def _with_days(exchange: Exchange, logged: Sequence[LoggedDay]) -> Exchange:
    """Give an exchange of which no days are declared those of its log; what is declared stays."""
    if exchange.working_days is not None or not logged:
        return exchange
    return exchange.replace(working_days=counted_days(None, logged))
