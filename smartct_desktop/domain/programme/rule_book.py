"""The values of all rule sets: those that ship, and over them those of the document, by day.

`RuleBook.value` says what holds for a rule set on a day, and where that comes from. A value of the
document holds for stays that start within its time; of several that hold, the one that began last
counts, of two that began on one day the one that was recorded last. Where no value of the document
holds, the shipped one does.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.facts import (
    DayCount,
    Evidence,
    Origin,
    Permission,
    Rate,
    RateStatus,
    RuleSet,
    TypePermission,
)
from smartct_desktop.domain.programme.lookups import Rates
from smartct_desktop.domain.programme.rule_keys import (
    CAP,
    KEYS,
    MAY_HOST,
    MAY_VISIT,
    RuleKey,
    RuleSetValue,
    rule_key,
)
from smartct_desktop.domain.records.rule_value import RuleValue, ValueStatus


@dataclass(frozen=True, slots=True)
class ValueInForce:
    """A value of a rule set on a day, and where it comes from.

    `record` is the record of the document that says so, None for a shipped value. Money is in
    cents. `source` are keys of the shipped sources, or the words of the document.
    """

    key: RuleKey
    value: RuleSetValue
    status: ValueStatus
    source: str
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source_on: date | None = None
    record: Id | None = None

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.key.write(self.value)


class RuleBook:
    """What the rules of the calls are, for one document at one moment."""

    def __init__(
        self, shipped: Mapping[str, RuleSet], rates: Rates, own: Iterable[RuleValue] = ()
    ) -> None:
        self._shipped = shipped
        self._rates = rates
        self._own: dict[tuple[str, str], list[RuleValue]] = defaultdict(list)
        for value in own:
            if rule_key(value.name) is not None and value.rule_set in shipped:
                self._own[value.rule_set, value.name].append(value)
        self._starts = {code: _starts(self._of(code)) for code in shipped}
        self._sets: dict[tuple[str, int], RuleSet] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """The rule sets there are."""
        return tuple(self._shipped)

    def starts(self, code: str) -> Sequence[date]:
        """Give the days from which on values of the document change a rule set. KeyError."""
        return self._starts[code]

    def cap_changes(self, rule_set: str, iso2: str) -> Sequence[date]:
        """Give the days from which on the lump sum of a host country may be another one."""
        own = self._own.get((rule_set, f"{CAP}.{iso2}"), ())
        return sorted({*_starts(own), *self._rates.changes(iso2)})

    def value(self, rule_set: str, name: str, on: date | None = None) -> ValueInForce | None:
        """Say what holds for stays that start on a day, and with which source.

        An unknown day is taken for the last of all: what has no end holds. None where nobody knows
        a value, as for the lump sum of a country outside the programme. Raises KeyError for a rule
        set or a value that does not exist.
        """
        key = rule_key(name)
        if key is None or rule_set not in self._shipped:
            raise KeyError((rule_set, name))
        own = self._holding(rule_set, name, on)
        if own is not None:
            return _of_document(key, own)
        return self._as_shipped(rule_set, key, on)

    def values(self, rule_set: str, on: date | None = None) -> Iterator[ValueInForce]:
        """Give all values of a rule set on a day, in the order of an editor. Raises KeyError."""
        shipped = self._shipped[rule_set]
        names = [key.name for key in KEYS]
        for table in (MAY_VISIT, MAY_HOST):
            names += [f"{table}.{kind}" for kind in shipped.permissions]
        names += [f"{CAP}.{iso2}" for iso2 in self._rates.countries(rule_set)]
        more = [name for code, name in self._own if code == rule_set and name not in set(names)]
        for name in (*names, *more):
            found = self.value(rule_set, name, on)
            if found is not None:
                yield found

    def rule_set(self, code: str, on: date | None = None) -> RuleSet:
        """Give a rule set as it holds for stays that start on a day; see `value`. KeyError."""
        shipped, starts = self._shipped[code], self._starts[code]
        if not starts:
            return shipped
        place = len(starts) if on is None else bisect_right(starts, on)
        found = self._sets.get((code, place))
        if found is None:
            found = self._sets[code, place] = self._changed(shipped, on)
        return found

    def rate(self, rule_set: str, iso2: str, on: date | None) -> Rate | None:
        """Give the lump sum of a host country for stays that start on a day, None if unknown.

        None as well for an unknown day in a country whose lump sum has changed.
        """
        own = self._own.get((rule_set, f"{CAP}.{iso2}"))
        if not own:
            return self._rates.find(iso2, on, rule_set)
        if on is None:
            known = self._rates.find(iso2, None, rule_set)
            sums = {_cents(value) for value in own} | ({known.full_cents} if known else set())
            if any(value.valid_from or value.valid_to for value in own) and len(sums) > 1:
                return None
        holding = self._holding(rule_set, f"{CAP}.{iso2}", on)
        return _rate(iso2, holding) if holding else self._rates.find(iso2, on, rule_set)

    def _of(self, code: str) -> Iterator[RuleValue]:
        for (rule_set, _), values in self._own.items():
            if rule_set == code:
                yield from values

    def _holding(self, rule_set: str, name: str, on: date | None) -> RuleValue | None:
        held: RuleValue | None = None
        day = on or date.max
        for value in self._own.get((rule_set, name), ()):
            holds = (value.valid_from or day) <= day <= (value.valid_to or day)
            begun = value.valid_from or date.min
            if holds and (held is None or begun >= (held.valid_from or date.min)):
                held = value
        return held

    def _as_shipped(self, code: str, key: RuleKey, on: date | None) -> ValueInForce | None:
        shipped = self._shipped[code]
        if key.table == CAP:
            rate = self._rates.find(key.of, on, code)
            return _of_rate(key, rate) if rate else None
        if key.table:
            permission = shipped.permissions.get(key.of)
            return _of_permission(key, permission) if permission else None
        value: Any = getattr(shipped, key.name)
        word = value.value if isinstance(value, DayCount) else value
        origin = shipped.origins[key.name]
        return ValueInForce(key, word, _status(origin), _told(origin), shipped.notes[key.name])

    def _changed(self, shipped: RuleSet, on: date | None) -> RuleSet:
        values: dict[str, Any] = {}
        origins, notes = dict(shipped.origins), dict(shipped.notes)
        permissions = dict(shipped.permissions)
        for code, name in self._own:
            held = self._holding(code, name, on) if code == shipped.code else None
            key = rule_key(name)
            if held is None or key is None or key.table == CAP:
                continue
            value = key.read(held.value)
            if key.table:
                permissions[key.of] = _permitted(key, str(value), permissions.get(key.of), held)
                continue
            values[name] = DayCount(value) if name == "payment_days_kind" else value
            origins[name] = _origin(held)
            notes[name] = held.note or ""
        return dataclasses.replace(
            shipped,
            **values,
            permissions=MappingProxyType(permissions),
            origins=MappingProxyType(origins),
            notes=MappingProxyType(notes),
        )


def _starts(values: Iterable[RuleValue]) -> Sequence[date]:
    """Give the days on which some value begins to hold or holds no more; one of them is enough."""
    days: set[date] = set()
    for value in values:
        days.add(value.valid_from or date.min)
        if value.valid_to and value.valid_to < date.max:
            days.add(value.valid_to + timedelta(1))
    return sorted(days)


def _cents(value: RuleValue) -> int:
    key = rule_key(value.name)
    read = key.read(value.value) if key else None
    assert isinstance(read, int)
    return read


def _rate(iso2: str, value: RuleValue) -> Rate:
    confirmed = value.status is ValueStatus.CONFIRMED
    status = RateStatus.CONFIRMED if confirmed else RateStatus.INFERRED
    return Rate("", iso2, _cents(value), status, value.valid_from, value.valid_to, _origin(value))


def _origin(value: RuleValue) -> Origin:
    confirmed = value.status is ValueStatus.CONFIRMED
    return Origin(Evidence.SOURCED if confirmed else Evidence.INFERRED, (value.source,))


def _permitted(
    key: RuleKey, word: str, known: TypePermission | None, value: RuleValue
) -> TypePermission:
    permission = known or TypePermission(
        key.of, Permission.WAIVER, Permission.WAIVER, "", _origin(value)
    )
    told, note, origin = Permission(word), value.note or permission.note, _origin(value)
    if key.table == MAY_VISIT:
        return dataclasses.replace(permission, may_visit=told, note=note, origin=origin)
    return dataclasses.replace(permission, may_host=told, note=note, origin=origin)


def _of_document(key: RuleKey, value: RuleValue) -> ValueInForce:
    return ValueInForce(
        key,
        key.read(value.value),
        value.status or ValueStatus.INFERRED,
        value.source,
        value.note or "",
        value.valid_from,
        value.valid_to,
        value.source_on,
        value.id,
    )


def _of_rate(key: RuleKey, rate: Rate) -> ValueInForce:
    confirmed = rate.status is RateStatus.CONFIRMED
    status = ValueStatus.CONFIRMED if confirmed else ValueStatus.INFERRED
    return ValueInForce(
        key, rate.full_cents, status, _told(rate.origin), "", rate.valid_from, rate.valid_to
    )


def _of_permission(key: RuleKey, permission: TypePermission) -> ValueInForce:
    word: Permission = getattr(permission, key.table)
    origin = permission.origin
    return ValueInForce(key, word.value, _status(origin), _told(origin), permission.note)


def _status(origin: Origin) -> ValueStatus:
    """Say of a shipped value whether a source says so."""
    sourced = origin.evidence is Evidence.SOURCED
    return ValueStatus.CONFIRMED if sourced else ValueStatus.INFERRED


def _told(origin: Origin) -> str:
    return "; ".join(origin.sources)
