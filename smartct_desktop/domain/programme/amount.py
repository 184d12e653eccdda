"""The lump sum an exchange is entitled to, and the reason in one line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.stay import GIVEN_UP
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Entitlement:
    """An amount in euro cents, `None` where facts are missing; `because` explains it."""

    cents: int | None
    because: Sentence


@dataclass(slots=True, unsafe_hash=True)
class DueFacts:  # not frozen, for the sake of looks at everything; nobody changes one
    """What the lump sum of one exchange follows from; `None`: not known.

    `country` is the name of the country of the stay as it is shown, `cap_cents` its full lump sum
    on the day of the start.
    """

    status: ExchangeStatus | None
    mode: Mode | None
    country: str | None
    cap_cents: int | None
    working_days: Decimal | None
    distance_km: Decimal | None


def due(facts: DueFacts, rules: RuleSet) -> Entitlement:
    """Say what is due for one exchange: the one answer that window, rules and reports show.

    Nothing for an exchange that was given up, or interrupted too early. Another stay shorter than
    the call allows is not eligible: what is due for it stays open until its days are corrected or
    it is given up.
    """
    if facts.status in GIVEN_UP and facts.status is not None:
        return Entitlement(0, Sentence("nothing: {status}", status=facts.status.label))
    virtual = facts.mode is Mode.VIRTUAL
    days, least = facts.working_days, rules.min_working_days
    if not virtual and days is not None and days < least:
        if facts.status is ExchangeStatus.INT:
            words = Sentence("nothing: interrupted after {days} working days", days=_plain(days))
            return Entitlement(0, words)
        too_short = Sentence(
            "{days} working days: fewer than {least}, not eligible", days=_plain(days), least=least
        )
        return Entitlement(None, too_short)
    return entitlement(
        virtual=virtual,
        host_country=facts.country,
        cap_cents=facts.cap_cents,
        working_days=days,
        distance_km=facts.distance_km,
        full_from_days=rules.full_from_days,
        near_km=rules.near_km,
    )


def entitlement(  # noqa: PLR0913 (the facts the rule needs)
    *,
    virtual: bool,
    host_country: str | None,
    cap_cents: int | None,
    working_days: Decimal | None,
    distance_km: Decimal | None,
    full_from_days: int,
    near_km: int,
) -> Entitlement:
    """Compute the lump sum: the host country's cap, halved once if the stay is short or near.

    Source: "About ClusterXchange" (reduced by half below five working days and/or 200 km; the cap
    is that of the host country; virtual exchanges carry no money). An unknown distance counts as
    far, an unknown number of days leaves the amount open.
    """
    if virtual:
        return Entitlement(0, Sentence("virtual: no lump sum"))
    if host_country is None:
        return Entitlement(None, Sentence("the country of the stay is missing"))
    if cap_cents is None:
        return Entitlement(
            None, Sentence("no lump sum is known for {country}", country=host_country)
        )
    if working_days is None:
        return Entitlement(None, Sentence("the working days are missing"))
    cap = _cap_told(cap_cents, host_country)
    short = working_days < full_from_days
    near = distance_km is not None and distance_km < near_km
    days = _days_told(working_days)
    if distance_km is None:
        far = Sentence("distance not known")
    else:
        far = Sentence("{km} km", km=_plain(distance_km))
    if not short and not near:
        because = Sentence("{cap}, in full: {days}, {far}", cap=cap, days=days, far=far)
        return Entitlement(cap_cents, because)
    under_days = Sentence("{days} (under {full})", days=days, full=full_from_days)
    under_km = Sentence("{km} (under {near})", km=far, near=near_km)
    template = "{cap}, halved once: " + ", ".join(
        name for name, holds in (("{days}", short), ("{km}", near)) if holds
    )
    values = {"days": under_days} if short else {}
    because = Sentence(template, cap=cap, **values, **({"km": under_km} if near else {}))
    return Entitlement(cap_cents // 2, because)


@lru_cache
def _cap_told(cents: int, country: str) -> Sentence:
    return Sentence("{cap} € cap for {country}", cap=euro(cents), country=country)


@lru_cache
def _days_told(days: Decimal) -> Sentence:
    return Sentence("{days} working days", days=_plain(days))


def euro(cents: int) -> str:
    """Write an amount without needless cents."""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"


def _plain(number: Decimal) -> str:
    """Write a number without needless noughts."""
    return f"{number.normalize():f}"
