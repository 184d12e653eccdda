"""What the rules of the programme say of the exchanges and organisations of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.exchange_rules import findings
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.organisation_rules import size_findings, vat_findings
from smartct_desktop.domain.programme.stay import GIVEN_UP, Stay
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.exchange import Exchange, Mode
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Work
from smartct_desktop.services.importing.plan import (
    Action,
    PlanFinding,
    PlannedRecord,
    PlanValue,
    Target,
)


def rule_findings(
    work: Work, records: Sequence[PlannedRecord], letters: Mapping[tuple[str | None, str], str]
) -> Iterator[PlanFinding]:
    """Give the findings on all planned records; `letters` names columns by sheet and field."""
    looked = _Look(work, records)
    words = Sentence("Checking the rules")
    for record in work.progress.through(words, records, len(records)):
        if record.action is Action.REFUSE:
            continue
        found: Iterable[Finding] = ()
        if record.kind == "exchange":
            found = looked.exchange(record)
        elif record.kind == "organisation":
            found = looked.organisation(record)
        for one in found:
            yield PlanFinding(
                one.code,
                one.severity,
                one.sentence,
                record.sheet,
                record.rows[:1],
                letters.get((record.sheet, one.field)),
                record.key,
            )


class _Look:
    """Looks at planned records as they would stand in the document."""

    def __init__(self, work: Work, records: Sequence[PlannedRecord]) -> None:
        self._facts = work.dictionary.facts
        self._rates = work.rates
        self._known_stays: dict[tuple[int, Stay], tuple[Finding, ...]] = {}
        self._rules = work.rules
        self._countries: dict[str, str | None] = {o.id: o.country for o in work.known.organisations}
        for record in records:
            country = record.values.get("country")
            if record.kind == "organisation" and isinstance(country, str):
                self._countries[record.id or record.key] = country
        ids = [record.id for record in records if record.id]
        self._stored: dict[Id, Record] = {
            **work.known.full(Exchange, ids),
            **work.known.full(Organisation, ids),
        }
        self._visits = _visits(work, records)

    def exchange(self, record: PlannedRecord) -> Iterable[Finding]:
        """Give the findings on one exchange; stays that are alike are looked at once."""
        seen = self._seen(record)
        told, vo = record.told.get("vo_country"), record.values.get("vo")
        amount, start = seen("amount_cents"), seen("start")
        rules = self._rates.on(start if isinstance(start, date) else None)
        stay = Stay(
            vo_country=told if isinstance(told, str) else self._countries.get(_key(vo) or ""),
            ho_country=seen("ho_country"),
            mode=seen("mode"),
            status=seen("status"),
            working_days=seen("working_days"),
            distance_km=seen("distance_km"),
            amount_cents=amount,
            entitlement_cents=seen("entitlement_cents"),
            cap_cents=self._rates.cap(seen("ho_country"), start) if amount else None,
            money_sent=seen("paid_on") is not None,
            agreement=seen("agreement"),
            vo_report=seen("vo_report"),
            evidence=seen("evidence"),
        )
        key = (id(rules), stay)  # the values that hold for one time are one object
        found = self._known_stays.get(key)
        if found is None:
            found = self._known_stays[key] = tuple(findings(stay, rules))
        return [*found, *(self._once(record, vo) if rules.once_only else ())]

    def _once(self, record: PlannedRecord, vo: PlanValue) -> Iterator[Finding]:
        """One physical visit is paid for each organisation (ABOUT)."""
        visits = self._visits.get(_key(vo) or "", ())
        if len(visits) < 2 or visits[0] == record.key:
            return
        if _physical(record) and isinstance(vo, Target):
            sentence = Sentence(
                "{name} has a physical visit already; one is paid for each organisation.",
                name=vo.name,
            )
            yield Finding("ELG-08", Severity.ERROR, sentence, "vo")

    def organisation(self, record: PlannedRecord) -> Iterator[Finding]:
        """Give the findings on one organisation, as far as the file tells of it."""
        seen = self._seen(record)
        if "vat" in record.values:
            country = self._countries.get(record.id or record.key)
            yield from vat_findings(seen("vat"), country, self._facts.identifiers)
        if "sme" in record.values or "headcount" in record.values:
            yield from size_findings(seen("headcount"), self._rules, sme=seen("sme"))

    def _seen(self, record: PlannedRecord) -> Callable[[str], Any]:
        """Give the way to values as they would be; None while one is asked for."""
        if record.id is None and not record.waits:
            return record.values.get
        stored = self._stored.get(record.id) if record.id else None

        def value(name: str) -> Any:
            found = record.values.get(name)
            if found is None:
                return getattr(stored, name, None)
            return None if isinstance(found, Asked) else found

        return value


def _visits(work: Work, records: Sequence[PlannedRecord]) -> dict[str, list[str]]:
    """Gather the physical visits of each organisation, stored ones first."""
    found: dict[str, list[str]] = defaultdict(list)
    planned = {record.id for record in records if record.id}
    for exchange in work.known.exchanges:
        counts = exchange.status not in GIVEN_UP and exchange.mode is not Mode.VIRTUAL
        if exchange.vo and counts and exchange.id not in planned:
            found[exchange.vo].append(exchange.id)
    for record in records:
        taken = record.kind == "exchange" and record.action is not Action.REFUSE
        key = _key(record.values.get("vo")) if taken else None
        if key and _physical(record):
            found[key].append(record.key)
    return found


def _physical(record: PlannedRecord) -> bool:
    values = record.values
    return values.get("mode") is not Mode.VIRTUAL and values.get("status") not in GIVEN_UP


def _key(value: PlanValue) -> str | None:
    return (value.id or value.key) if isinstance(value, Target) else None
