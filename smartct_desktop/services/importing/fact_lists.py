"""Lists of lump sums and of public holidays: what the program does not know becomes a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from smartct_desktop.domain.programme.rule_keys import CAP, rule_key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.money_cells import Amount
from smartct_desktop.services.importing.plan import PlanValue
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.skipped import Skipped, SkipReason
from smartct_desktop.services.importing.understood import Fault

USE, LEAVE_OUT = "use", "leave out"
"""Whether a lump sum of the file shall hold for the document."""


class HolidayTable:
    """One table of public holidays."""

    def __init__(self, table: TableWork) -> None:
        self._table = table

    def mention(self) -> None:
        """Holidays name no organisations."""

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each day that the program does not know as a holiday."""
        table = self._table
        stored = {(h.date, h.country, h.region_code, h.city): h for h in table.work.known.holidays}
        holidays = table.work.dictionary.facts.holidays
        for place, row in enumerate(table.numbers):
            day, country = table.value("holiday.date", place), self._country(place)
            region, city = (table.text(f"holiday.{n}", place) for n in ("region_code", "city"))
            draft = Draft("holiday", table.key("holiday", row), table.sheet, [row], {})
            draft.faults = [*table.faults(place), *self._lacking(place)]
            where = country if isinstance(country, str) else ""
            known = isinstance(day, date) and where and not draft.faults
            if known and holidays.on(day, where, region or "", city or ""):
                table.skipped.append(Skipped(table.sheet, row, row, SkipReason.KNOWN, "IMP-05"))
                continue
            draft.values = {
                "date": day,
                "name": table.text("holiday.name", place),
                "country": country,
                "region_code": region,
                "city": city,
            }
            draft.defaults["source"] = table.work.file_name
            found = stored.get((day, where, region, city))
            draft.id = found.id if found else None
            yield draft

    def _country(self, place: int) -> PlanValue:
        """Give the country; without such a column it is asked once."""
        table = self._table
        if table.has("holiday.country"):
            found: PlanValue = table.value("holiday.country", place)
            return found
        propose = table.sender.country if table.sender else None
        asked = Place(
            "country", "file", Sentence("In which country are these holidays kept?"), table.sheet
        )
        given = table.work.asking.ask(asked, propose=propose, certainty=0.6 if propose else 0.0)
        if given is None:
            return Asked(asked.id, "", propose)
        return table.work.dictionary.country(str(given.value)) if given.value else None

    def _lacking(self, place: int) -> Iterator[tuple[str, Fault]]:
        table = self._table
        for code, sentence in (
            ("holiday.date", Sentence("The date is missing.")),
            ("holiday.name", Sentence("The name of the holiday is missing.")),
            ("holiday.country", Sentence("The country is missing.")),
        ):
            if table.has(code) and table.value(code, place) is None:
                letter = next((m.letter for m in table.mapped if m.code == code), "")
                yield letter, Fault("IMP-04", sentence)


class RateTable:
    """One table of lump sums by country. One that differs from the program's is asked about."""

    def __init__(self, table: TableWork) -> None:
        self._table = table

    def mention(self) -> None:
        """Lump sums name no organisations."""

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each lump sum that is not the one in use."""
        table = self._table
        rule_set = table.work.rules.code
        stored = {
            value.name: value
            for value in table.work.known.rule_values
            if value.rule_set == rule_set and value.valid_from is None
        }
        for place, row in enumerate(table.numbers):
            country: Any = table.value("rate.country", place)
            cents = self._cents(place)
            draft = Draft("rule_value", table.key("rule_value", row), table.sheet, [row], {})
            draft.faults = [*table.faults(place), *_missing(country, cents)]
            name = f"{CAP}.{country}"
            key = rule_key(name) if isinstance(country, str) else None
            if key is None and not draft.faults and isinstance(country, str):
                nothing = Sentence("The programme has no lump sum for this country.")
                draft.faults.append(("", Fault("IMP-22", nothing)))
            if key is not None and not draft.faults and isinstance(cents, int):
                before = stored.get(name)
                shipped = table.work.rates.cap(country, None)
                now = key.read(before.value) if before else shipped
                if now == cents:
                    skip = Skipped(table.sheet, row, row, SkipReason.KNOWN, "IMP-05")
                    table.skipped.append(skip)
                    continue
                draft.values = {
                    "rule_set": rule_set,
                    "name": name,
                    "value": key.write(cents),
                    "source": table.work.file_name,
                }
                draft.id = before.id if before else None
                self._ask(draft, country, cents, now)
            elif not draft.faults:
                draft.waits += [v.question for v in (country, cents) if isinstance(v, Asked)]
            yield draft

    def _cents(self, place: int) -> int | Asked | None:
        found: Any = self._table.value("rate.amount", place)
        if isinstance(found, Amount):
            return found.cents
        return found if isinstance(found, int | Asked) else None

    def _ask(self, draft: Draft, country: str, cents: int, now: object) -> None:
        """Ask whether another lump sum shall hold: it changes what is due."""
        table, row = self._table, draft.rows[0]
        place = Place(
            "rates",
            "row",
            Sentence("These lump sums are not those in use. Shall they hold for this document?"),
            table.sheet,
        )
        before = f"{now / 100:.0f} €" if isinstance(now, int) else "–"
        given = table.work.asking.ask(
            place,
            f"{row}: {country}",
            rows=[row],
            options=(USE, LEAVE_OUT),
            text=Sentence(
                "{country}: {amount} €, until now {before}",
                country=country,
                amount=f"{cents / 100:.2f}".removesuffix(".00"),
                before=before,
            ),
        )
        if given is None:
            draft.waits.append(place.id)
        elif given.value == LEAVE_OUT:
            fault = Fault("IMP-05", Sentence("The row is left out, as you have said."))
            draft.faults.append(("", fault))


def _missing(country: object, cents: object) -> Iterator[tuple[str, Fault]]:
    if country is None:
        yield "", Fault("IMP-04", Sentence("The country is missing."))
    if cents is None:
        yield "", Fault("IMP-04", Sentence("The amount is missing."))
    elif isinstance(cents, int) and cents <= 0:
        yield "", Fault("IMP-08", Sentence("A lump sum is more than nothing."))
