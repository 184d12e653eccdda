"""The words of the lists of our collection template, read back as what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from smartct_desktop.domain import book
from smartct_desktop.domain.fields import Choice, Term, Terms
from smartct_desktop.domain.folding import fold
from smartct_desktop.services.importing.cells import cell_type
from smartct_desktop.services.importing.understood import RawColumn
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.list_words import option_words, term_words


class CollectedWords:
    """Reads the words that a cell of the template offers, in any of its languages.

    In other lists some of them may mean several things ("Other"); in ours each means one.
    """

    def __init__(self, facts: ProgrammeFacts) -> None:
        self._facts = facts
        self._known: dict[str, Mapping[str, str]] = {}

    def read(self, column: RawColumn) -> RawColumn:
        """Give the column with the codes of its words; what is no word of a list stays."""
        words = self._words(column.code)
        if not words:
            return column
        several = isinstance(cell_type(column.code), Terms)
        values = [_read(value, words, several=several) for value in column.values]
        return replace(column, values=values)

    def _words(self, code: str) -> Mapping[str, str]:
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = self._all_words(code)
        return known

    def _all_words(self, code: str) -> Mapping[str, str]:
        facts = self._facts
        match cell_type(code):
            case Choice(options):
                return {
                    fold(word): option.value
                    for option in options
                    for word in option_words(facts, code, option)
                }
            case Term(vocabulary) | Terms(vocabulary):
                return {
                    fold(word): term.code
                    for term in facts.terms(vocabulary)
                    for word in term_words(facts, vocabulary, term.code)
                }
            case _:
                return {}


def _read(value: book.Value, words: Mapping[str, str], *, several: bool) -> book.Value:
    if not isinstance(value, str):
        return value
    pieces = [piece for piece in value.split(";") if piece.strip()] if several else [value]
    codes = [words.get(fold(piece)) for piece in pieces]
    return "; ".join(filter(None, codes)) if codes and all(codes) else value
