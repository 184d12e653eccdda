"""What one of our own workbooks is: which report, of which period and partner, in which language.

The first sheet says it, in the words of the report's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from smartct_desktop.domain.book import Book, Sheet
from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.report import Words
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.privacy.restricting import TERM
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS, ReportKind
from smartct_desktop.services.reports.masking import MASKED
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.wording import LANGUAGES, Wording

TITLES: Mapping[str, str] = {
    "KPI report": "kpi",
    "Exchange register": "exchange-register",
    "Partnership composition": "partnership-composition",
    "Payment run": "payment-run",
    "Waiting list": "waiting-list",
    "Events": "events",
    "SMEs counted": "smes",
    "Open issues": "issues",
    **{schema_of(kind.code).plural: kind.code for kind in LISTS if kind.code != "event"},
}
"""The titles on the first sheet of the reports that can be compared, and their codes."""

_DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4})"
_PERIODS = ("{first} to {last}", "from {first}", "until {last}")
_HOLES = ("{first}", "{last}")
_KINDS = {kind.code: kind for kind in (*LISTS, *REPORTS)}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the first sheet of a workbook says it is.

    `restricted` says that people were left out whose data must not be used.
    """

    kind: ReportKind
    language: str
    period: Period
    partner: Id | None
    partner_name: str
    made_on: datetime
    masked: bool
    restricted: bool = False


def recognise_report(book: Book, partners: Mapping[Id, str]) -> Recognised:
    """Say what one of our own workbooks is. Raises `Trouble` for any other file."""
    for language in LANGUAGES:
        told = _First(book, language)
        if told.kind is not None and told.made_on is not None:
            partner, name = told.partner(partners, book.file_name)
            return Recognised(
                told.kind,
                language,
                told.period(book.file_name),
                partner,
                name,
                told.made_on,
                told.masked,
                told.restricted,
            )
    raise Trouble(
        Sentence("{name} is not one of the reports that this program writes.", name=book.file_name),
        Sentence(
            "Choose a workbook as it was exported or sent, such as the KPI report or the exchange "
            "register; its first sheet must be there."
        ),
    )


class _First:
    """The first sheet, read as one in a certain language."""

    def __init__(self, book: Book, language: str) -> None:
        self._say = Wording(language, ProgrammeFacts()).say
        about = self._say(Words().about)
        sheet = next((one for one in book.sheets if one.name == about), None)
        self._rows = list(_texts(sheet)) if sheet is not None else []

    @property
    def kind(self) -> ReportKind | None:
        """The report, None if the sheet does not name one in this language."""
        title = self._rows[0][0] if self._rows else None
        codes = [code for english, code in TITLES.items() if self._say(english) == title]
        return _KINDS[codes[0]] if len(codes) == 1 else None

    @property
    def made_on(self) -> datetime | None:
        """When it was made."""
        found = self._fact(Words().made_on)
        return found.astimezone() if isinstance(found, datetime) else None

    @property
    def masked(self) -> bool:
        """Whether personal data were taken out."""
        return any(self._say(MASKED.meaning) in row for row in self._rows)

    @property
    def restricted(self) -> bool:
        """Whether people were left out whose data must not be used."""
        return any(row[:1] == (self._say(TERM),) for row in map(tuple, self._rows))

    def period(self, file: str) -> Period:
        """Give the period. Raises `Trouble` if it cannot be understood."""
        found = self._fact(Words().period)
        if found is None:
            return Period()
        for template in _PERIODS:
            shape = self._say(template)
            first, last = (shape.find(hole) for hole in _HOLES)
            pattern = re.escape(shape)
            for hole in _HOLES:
                pattern = pattern.replace(re.escape(hole), _DAY)
            match = re.fullmatch(pattern, str(found))
            if match is None:
                continue
            numbers = [int(number) for number in match.groups()]
            days = [date(*reversed(numbers[at : at + 3])) for at in range(0, len(numbers), 3)]
            if first >= 0 and last >= 0:
                return Period(*(days if first < last else reversed(days)))
            return Period(days[0]) if first >= 0 else Period(None, days[0])
        raise Trouble(
            Sentence(
                "{name} names a period that cannot be understood: {found}.", name=file, found=found
            ),
            Sentence("Choose the workbook as it was exported."),
        )

    def partner(self, partners: Mapping[Id, str], file: str) -> tuple[Id | None, str]:
        """Give the partner whose work is told, and the name. Raises `Trouble` for an unknown."""
        found = self._fact("Partner")
        if found is None or found == self._say("all partners"):
            return None, ""
        named = [id_ for id_, name in partners.items() if name == found]
        if len(named) == 1:
            return named[0], str(found)
        raise Trouble(
            Sentence(
                "{name} tells the work of {partner}, which is no partner in this document.",
                name=file,
                partner=found,
            ),
            Sentence("Open the document that the workbook was made from."),
        )

    def _fact(self, english: str) -> object:
        term = self._say(english)
        return next((row[1] for row in self._rows if len(row) > 1 and row[0] == term), None)


def _texts(sheet: Sheet) -> Iterator[Sequence[object]]:
    for row in sheet.rows:
        yield row.values
