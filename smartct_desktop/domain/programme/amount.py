"""The lump sum an exchange is entitled to, and the reason in one line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Entitlement:
    """An amount in euro cents, `None` where facts are missing; `because` explains it."""

    cents: int | None
    because: Sentence


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
        return Entitlement(None, Sentence("no rate for {country}", country=host_country))
    if working_days is None:
        return Entitlement(None, Sentence("the working days are missing"))
    cap = Sentence("{country} cap {cap} €", country=host_country, cap=euro(cap_cents))
    short = working_days < full_from_days
    near = distance_km is not None and distance_km < near_km
    days = f"{working_days.normalize():f}"
    if not short and not near:
        because = Sentence("{cap} · {days} working days · full", cap=cap, days=days)
        return Entitlement(cap_cents, because)
    reason = Sentence(
        "{days} working days (< {full})" if short else "{km} km (< {near})",
        days=days,
        full=full_from_days,
        km=f"{distance_km.normalize():f}" if distance_km is not None else "",
        near=near_km,
    )
    half = cap_cents // 2
    because = Sentence(
        "{cap} · {reason} → half · {half} €", cap=cap, reason=reason, half=euro(half)
    )
    return Entitlement(half, because)


def euro(cents: int) -> str:
    """Write an amount without needless cents."""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"
