"""The lump sum that each exchange of a file is entitled to, and which rates it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from smartct_desktop.domain.fields import Number
from smartct_desktop.domain.programme.amount import DueFacts, Entitlement, due
from smartct_desktop.domain.programme.facts import Rate, RateStatus, RuleSet
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.stay import GIVEN_UP
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.number_column import reply_reader
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue
from smartct_desktop.services.importing.questions import Place

_KILOMETRES = Number(places=1, unit="km")


class Entitlements:
    """Works out the lump sums of one table."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._facts = table.work.dictionary.facts
        self._known: dict[tuple[int, DueFacts], Entitlement] = {}
        self._unconfirmed: dict[str, list[Draft]] = {}

    def add(self, draft: Draft, host: Named | None, stored: Exchange | None) -> None:
        """Work out the lump sum of one exchange; left blank where a fact is missing or asked.

        What the file leaves blank is taken from the exchange as stored.
        """
        values: Mapping[str, PlanValue] = draft.values
        if stored is not None:
            told = {name: value for name, value in values.items() if value is not None}
            values = {**stored.schema.values(stored), **told}
        start, days, km = map(values.get, ("start", "working_days", "distance_km"))
        mode = values.get("mode") or draft.defaults.get("mode")
        virtual = mode is Mode.VIRTUAL
        status = values.get("status") or draft.defaults.get("status")
        country = values.get("ho_country") or (host and host.mention.country)
        country = country if isinstance(country, str) else None
        on = start if isinstance(start, date) else None
        rate = self._table.work.rates.find(country, on)
        rules = self._table.work.rates.on(on)
        days = days if isinstance(days, Decimal) else None
        open_ = rate and not virtual and km is None and status not in GIVEN_UP
        if rate and open_ and self._hangs_on_distance(values, days, rate, rules):
            km = self._asked_distance(draft, rate, rules)
        if isinstance(km, Asked):
            return
        stay = DueFacts(
            None,
            mode if isinstance(mode, Mode) else None,
            self._facts.country_name(country) if country else None,
            rate.full_cents if rate else None,
            days,
            km if isinstance(km, Decimal) else None,
        )
        found = worth = self._due(stay, rules)
        if isinstance(status, ExchangeStatus) and status in GIVEN_UP:
            found = self._due(replace(stay, status=status), rules)
            if worth.cents is not None:  # the plan format says what the stay would have been worth
                draft.told["entitlement_cents"] = worth.cents
        if found.cents is None:
            return
        draft.calculated["entitlement_cents"] = found.cents
        draft.calculated["entitlement_note"] = str(found.because)
        if rate and not virtual and found.cents and rate.status is RateStatus.INFERRED:
            self._unconfirmed.setdefault(rate.iso2, []).append(draft)

    def _due(self, facts: DueFacts, rules: RuleSet) -> Entitlement:
        """Work out a sum; stays that are alike are worked out once.

        The values that hold for one time are one object.
        """
        key = (id(rules), facts)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = due(facts, rules)
        return found

    def _hangs_on_distance(
        self,
        values: Mapping[str, PlanValue],
        days: Decimal | None,
        rate: Rate,
        rules: RuleSet,
    ) -> bool:
        """Whether half the sum is agreed for a long stay: right only if the host is near."""
        amount = values.get("amount_cents")
        long = days is not None and days >= rules.full_from_days
        return long and isinstance(amount, int) and amount * 2 == rate.full_cents

    def _asked_distance(self, draft: Draft, rate: Rate, rules: RuleSet) -> Decimal | Asked | None:
        """Ask how far the host is; nobody has to know."""
        row = draft.rows[0]
        name = f"{row}: {draft.values['ref']}" if "ref" in draft.values else str(row)
        place = Place(
            "distance",
            "row",
            Sentence("How many kilometres lie between these visitors and their hosts?"),
            self._table.sheet,
        )
        given = self._table.work.asking.ask(
            place,
            name,
            rows=[row],
            proposed=True,
            text=Sentence(
                "Half the lump sum for a stay of this length is right only below {near} km.",
                near=rules.near_km,
            ),
        )
        if given is None:
            asked = Asked(place.id, name, rate.full_cents // 2)
            draft.calculated["entitlement_cents"] = asked
            draft.waits.append(place.id)
            return asked
        distance = reply_reader(_KILOMETRES)(given.value)
        if isinstance(distance, Decimal):
            draft.values["distance_km"] = distance
            return distance
        return Asked(place.id, "")

    def findings(self) -> Iterator[PlanFinding]:
        """Say which rates are not confirmed, once for the table."""
        if not self._unconfirmed:
            return
        names = sorted(self._facts.country_name(iso2) for iso2 in self._unconfirmed)
        rows = {row for drafts in self._unconfirmed.values() for d in drafts for row in d.rows}
        yield PlanFinding(
            "AMT-13",
            Severity.WARNING,
            Sentence(
                "The lump sums for {countries} are those of a comparable scheme. Confirm them "
                "against the grant agreement.",
                countries=", ".join(names),
            ),
            self._table.sheet,
            tuple(sorted(rows)),
        )
