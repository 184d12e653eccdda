"""Messages to the partners about what is waited for, in their language, ready to copy."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.papers import Party
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.privacy.restricting import Restriction
from smartct_desktop.services.waiting import Missing, What
from smartct_desktop.system.resources import read_text

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "ca": "Català",
    "bg": "Български",
    "it": "Italiano",
}
"""The languages of the messages, each under its own name."""

_TABLE = "letters/sentences.csv"
_OF_COUNTRY = {"DE": "de", "AT": "de", "ES": "es", "AD": "ca", "BG": "bg", "IT": "it"}
_CATALONIA = "ES51"
_OURS = frozenset({What.PAYMENT, What.VALIDATION})
_KEYS = {
    What.VISITOR_REPORT: "what.visitor_report",
    What.HOST_REPORT: "what.host_report",
    What.EVIDENCE: "what.evidence",
    What.AGREEMENT: "what.agreement",
    What.COMMITMENT: "what.commitment",
}
_PARTIES = {
    Party.VISITOR: "party.visitor",
    Party.HOST: "party.host",
    Party.VISITOR_PARTNERSHIP: "party.visitor_partnership",
    Party.HOST_PARTNERSHIP: "party.host_partnership",
}
_SIGNED = frozenset({What.AGREEMENT, What.COMMITMENT})
_ORDER = {"en": "{0:%d/%m/%Y}", "de": "{0:%d.%m.%Y}", "bg": "{0:%d.%m.%Y} г."}
_USUAL_ORDER = "{0:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: to whom, with which subject, and its text in one language."""

    partner: Id
    name: str
    email: str | None
    language: str
    subject: str
    text: str
    exchanges: tuple[Id, ...]


def language_for(partner: Organisation) -> str:
    """Give the language in which a partner is written to, by its country and region."""
    if (partner.region_code or "").startswith(_CATALONIA):
        return "ca"
    return _OF_COUNTRY.get(partner.country or "", "en")


class Letters:
    """Writes the messages; reads what it names once. Work for a job if there are very many."""

    def __init__(
        self, reader: Reader, waiting: Iterable[Missing], read: Callable[[str], str] = read_text
    ) -> None:
        rows = list(csv.DictReader(io.StringIO(read(_TABLE), newline=""), strict=True))
        self._texts = {
            language: {row["key"]: row[language] for row in rows} for language in LANGUAGES
        }
        self._by_partner: defaultdict[Id, list[Missing]] = defaultdict(list)
        self.of_nobody: list[Missing] = []
        for one in waiting:
            if one.what in _OURS:
                continue
            if one.partner is None:
                self.of_nobody.append(one)
            else:
                self._by_partner[one.partner].append(one)
        ids = {one.exchange for those in self._by_partner.values() for one in those}
        self._exchanges = reader.get_many(Exchange, ids)
        named = {o for e in self._exchanges.values() for o in (e.vo, e.ho) if o is not None}
        self._names = reader.captions("organisation", named)
        self._partners = reader.get_many(Organisation, self._by_partner)
        own = own_partnership(reader)
        self._acronym = own.acronym if own is not None else "ClusterXchange"
        self._restriction = Restriction.read(reader)

    @property
    def partners(self) -> list[Organisation]:
        """Those who are written to, by name."""
        return sorted(self._partners.values(), key=lambda partner: partner.name.casefold())

    def count(self, partner: Id) -> int:
        """How many things this partner is asked for."""
        return len(self._by_partner[partner])

    def write(self, partner: Organisation, language: str | None = None) -> Letter:
        """Write the message to a partner, in its own language unless another is wanted."""
        language = language or language_for(partner)
        texts, missing = self._texts[language], self._by_partner[partner.id]
        lines = [texts["greeting"], "", texts["intro"]]
        for exchange, those in _by_exchange(missing).items():
            lines += ["", self._stay(self._exchanges[exchange], language)]
            lines += [f"  – {self._thing(one, language)}" for one in those]
        lines += ["", texts["closing"], ""]
        return Letter(
            partner.id,
            partner.name,
            self._address(partner.contact_email),
            language,
            texts["subject"].format(partnership=self._acronym),
            "\n".join(lines),
            tuple(_by_exchange(missing)),
        )

    def _address(self, email: str | None) -> str | None:
        """Give the address, unless the data of whoever has it must not be used."""
        return None if email and self._restriction.names(email) else email

    def _stay(self, exchange: Exchange, language: str) -> str:
        texts = self._texts[language]
        days = [
            _day(day, language)
            for day in (
                exchange.start or exchange.planned_start,
                exchange.end or exchange.planned_end,
            )
            if day is not None
        ]
        return texts["stay"].format(
            number=exchange.number or exchange.ref or "",
            visitor=self._name(exchange.vo, language),
            host=self._name(exchange.ho, language),
            days=" – ".join(dict.fromkeys(days)) or texts["unknown"],
        )

    def _name(self, organisation: Id | None, language: str) -> str:
        name = self._names.get(organisation, "") if organisation is not None else ""
        return name or self._texts[language]["unknown"]

    def _thing(self, one: Missing, language: str) -> str:
        texts = self._texts[language]
        parts = [texts[_KEYS[one.what]]]
        if one.what in _SIGNED:
            parts += [texts[_PARTIES[party]] for party in one.parties]
        if one.due is not None:
            parts.append(texts["due"].format(day=_day(one.due, language)))
        return ", ".join(parts)


def _by_exchange(missing: Iterable[Missing]) -> dict[Id, list[Missing]]:
    found: defaultdict[Id, list[Missing]] = defaultdict(list)
    for one in missing:
        found[one.exchange].append(one)
    return found


def _day(day: date, language: str) -> str:
    return _ORDER.get(language, _USUAL_ORDER).format(day)
