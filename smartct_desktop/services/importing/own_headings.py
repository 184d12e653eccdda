"""The headings of our own exports, in all languages, and the fields that they stand over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from smartct_desktop.domain.book import Sheet
from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.report import Column
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.composition import COLUMNS as COMPOSITION
from smartct_desktop.services.reports.exchange_register import COLUMNS as REGISTER
from smartct_desktop.services.reports.wording import LANGUAGES, heading_of, wordings

RECORD_ID = "row.record_id"

_SEARCHED = 60

_REPORTS: Mapping[str, tuple[Column, ...]] = {"exchange": REGISTER, "organisation": COMPOSITION}
"""The reports that list records of one kind."""


@lru_cache(maxsize=4)
def own_headings(facts: ProgrammeFacts) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give for each kind its headings, folded, with the codes they can stand for.

    The code "" says that the column is worked out and never taken. In some language one word may
    stand for two fields.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)

    def note(kind: str, text: str, code: str) -> None:
        key, known = heading_key(text), found[kind]
        codes = known.get(key, ())
        if code not in codes:
            known[key] = (*codes, code)

    for kind, columns in _REPORTS.items():
        for column in columns:
            for text in _said(column.heading):
                note(kind, text, column.code)
    for schema in SCHEMAS:
        for text in _said("Record id"):
            note(schema.kind, text, RECORD_ID)
        for field in schema.fields:
            code = "" if field.calculated else field.code
            for text in _said(field.label):
                note(schema.kind, text, code)
            for language in LANGUAGES[1:]:
                note(schema.kind, heading_of(facts, field, language), code)
    return found


def is_about(sheet: Sheet) -> bool:
    """Whether a sheet is the first one of our reports, which says how they were made."""
    made, counted = set(_said("Made on")), {(s["sheet"], s["records"]) for s in _about_words()}
    begun = sheet.rows[:_SEARCHED]
    return any(row.value(0) in made for row in begun) and any(
        (row.value(0), row.value(2)) in counted for row in begun
    )


def _about_words() -> Iterator[Mapping[str, str]]:
    sheet, records = wordings()["Sheet"], wordings()["Records"]
    for language in LANGUAGES:
        yield {"sheet": sheet[language], "records": records[language]}


def heading_key(text: str) -> str:
    """Give the form in which headings are compared."""
    return fold(text) or text.strip()


def _said(text: str) -> Iterable[str]:
    told = wordings().get(text)
    return dict.fromkeys(told[language] for language in LANGUAGES) if told else (text,)
