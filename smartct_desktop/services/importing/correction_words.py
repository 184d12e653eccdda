"""What the sender of a file is told about its cells, in the sender's language."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping

from smartct_desktop.domain.book import Sheet
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Flag,
    Link,
    Money,
    Number,
    PartialDay,
    Term,
    Terms,
    Time,
    Whole,
)
from smartct_desktop.services.importing.cells import WORDS_OF, Clock, Paper, Period, Vat, cell_type
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.plan import Plan
from smartct_desktop.system.resources import read_text

LANGUAGES = ("en", "de", "es", "ca", "bg", "it")

NOTE_START = "SmartCT: "
"""What our notes on cells begin with."""

LIST_SIGN = "smartct-corrections/1"
"""Stands on the first sheet of every correction workbook, by which it is known again."""

_TABLE = "corrections/sentences.csv"
_OF_COUNTRY = {
    **dict.fromkeys(("DE", "AT", "LI"), "de"),
    "ES": "es",
    "AD": "ca",
    "BG": "bg",
    "IT": "it",
}
_ORGANISATIONS = frozenset({"exchange.vo", "exchange.ho", "organisation.name"})
_TO_TYPE: Mapping[type, str] = {
    Day: "type.day",
    PartialDay: "type.day",
    Period: "type.period",
    Money: "type.money",
    Whole: "type.number",
    Number: "type.number",
    Country: "type.country",
    Flag: "type.flag",
    Paper: "type.paper",
    Email: "type.email",
    Link: "type.link",
    Vat: "type.vat",
    Time: "type.time",
    Clock: "type.time",
}
_MOST_OPTIONS = 24
_SIGN_ROWS = 8


class CorrectionWords:
    """The sentences of one language. Raises `Trouble` if the program lacks its data file."""

    def __init__(
        self, dictionary: Dictionary, language: str, read: Callable[[str], str] = read_text
    ) -> None:
        self.language = language
        self._dictionary = dictionary
        rows = csv.DictReader(io.StringIO(read(_TABLE), newline=""), strict=True)
        self._texts: Mapping[str, str] = {row["key"]: row[language] for row in rows}

    def __contains__(self, key: str) -> bool:
        """Whether there is a sentence of its own for a key."""
        return key in self._texts

    def say(self, key: str, **values: str) -> str:
        """Give a sentence with its values."""
        return self._texts[key].format(**values)

    def why(self, word: str) -> str:
        """Say what is the matter: by the topic of a question, or the code of a finding."""
        key = f"why.{word}"
        return self._texts[key if key in self._texts else "why.other"]

    def what_to_type(self, code: str | None) -> str:
        """Say what belongs into a cell of a column, by the code of its heading."""
        if code is None:
            return self.say("type.plain")
        if code in _ORGANISATIONS:
            return self.say("type.organisation")
        type_ = cell_type(code)
        if isinstance(type_, Choice | Term | Terms):
            return self._one_of(WORDS_OF.get(code, ""))
        return self.say(_TO_TYPE.get(type(type_), "type.plain"))

    def _one_of(self, kind: str) -> str:
        """Name the words that can stand in a column with a closed list of them."""
        first: dict[str, str] = {}
        for word in self._dictionary.facts.words.of(kind):
            if word.language == self.language and word.sure and not word.detail:
                first.setdefault(word.code, word.text)
        if not first:
            return self.say("type.term")
        named = [*first.values()]
        more = ["…"] if len(named) > _MOST_OPTIONS else []
        said = self.say("type.choice", options=", ".join(named[:_MOST_OPTIONS] + more))
        return said.replace("….", "…")


def language_of_sender(plan: Plan, dictionary: Dictionary, country: str | None) -> str:
    """Tell the sender's language by the headings of the file, else by the sender's country."""
    votes: Counter[str] = Counter()
    for column in plan.columns:
        for sense in dictionary.headings.plain(column.header):
            if sense.code == column.code:
                votes.update(sense.languages & set(LANGUAGES))
    home = _OF_COUNTRY.get(country or "", "")
    best = max(votes.values(), default=0)
    likely = [language for language, count in votes.items() if count == best]
    if len(likely) == 1:
        return likely[0]
    if home and (not likely or home in likely):
        return home
    return "en"


def is_correction_list(sheet: Sheet) -> bool:
    """Whether a sheet is the list that a correction workbook has in front."""
    return any(
        isinstance(value, str) and value.strip() == LIST_SIGN
        for row in sheet.rows[:_SIGN_ROWS]
        for value in row.values
    )
