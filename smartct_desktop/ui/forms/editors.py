"""Which editor a type of field deserves: the one place in the window that matches over types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Field,
    Flag,
    Id,
    Link,
    LongText,
    Money,
    Number,
    PartialDay,
    Reference,
    Term,
    Terms,
    Text,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.facts import Term as TermFact
from smartct_desktop.domain.query import Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.searching import search_for_text, searched_words
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.forms.choice_editors import ChooseEditor, FindEditor
from smartct_desktop.ui.forms.day_editors import DayEditor
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.forms.line_editors import AddressEditor, LineEditor, LongTextEditor
from smartct_desktop.ui.forms.offers import Offer, matching
from smartct_desktop.ui.forms.terms_editor import TermsEditor
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_FOUND = 30  # records offered at once
_CREATED = frozenset({"organisation", "person"})


@dataclass(frozen=True)
class Editors:
    """Makes the editor of any field of the document that is shown."""

    look: Look
    texts: Texts
    facts: ProgrammeFacts
    reader: Reader
    create: Callable[[str, str], Id | None]  # kind and name of a record that is not there yet

    def make(self, field: Field, *, in_cell: bool, new: bool = True) -> FieldEditor:
        """Make the editor for a field, in a cell of a table or in a form.

        `new` offers to make a record that is not there yet, where the field names one.
        """
        type_ = field.type
        match type_:
            case Text() | Whole() | Number() | Money() | Time():
                return LineEditor(field, self.texts, self.look, in_cell=in_cell)
            case Email() | Link():
                return AddressEditor(field, self.texts, self.look, in_cell=in_cell)
            case LongText():
                return LongTextEditor(field, self.texts, self.look, in_cell=in_cell)
            case Day() | PartialDay():
                return DayEditor(field, self.texts, self.look, in_cell=in_cell)
            case Flag():
                yes_or_no = (Offer(True, tr("yes")), Offer(False, tr("no")))
                return ChooseEditor(field, yes_or_no, in_cell=in_cell, blank=tr("unknown"))
            case Choice(options):
                answers = tuple(Offer(option, tr(option.label)) for option in options)
                return ChooseEditor(field, answers, in_cell=in_cell)
            case Terms(vocabulary):
                return TermsEditor(field, self._terms(vocabulary), self.look, in_cell=in_cell)
            case Term(vocabulary):
                offers = self._terms(vocabulary)
                return self._finder(field, offers, in_cell=in_cell)
            case Country():
                return self._finder(field, self._countries(), in_cell=in_cell)
            case Reference(kind):
                return FindEditor(
                    field,
                    partial(self._records, kind),
                    partial(self._named, field, kind, new and kind in _CREATED),
                    self.look,
                    in_cell=in_cell,
                    create=partial(self.create, kind) if new and kind in _CREATED else None,
                )
            case _:
                assert_never(type_)

    def _finder(self, field: Field, offers: Sequence[Offer], *, in_cell: bool) -> FindEditor:
        find, understand = partial(matching, offers), partial(self.texts.read, field)
        return FindEditor(field, find, understand, self.look, in_cell=in_cell)

    def _terms(self, vocabulary: str) -> tuple[Offer, ...]:
        return tuple(
            Offer(term.code, self.facts.term_label(vocabulary, term.code), self._above(term))
            for term in self.facts.terms(vocabulary)
        )

    def _above(self, term: TermFact) -> str:
        return self.facts.term_label(term.vocabulary, term.parent) if term.parent else term.family

    def _countries(self) -> tuple[Offer, ...]:
        """Those that take part come first."""
        offers = [
            (not country.in_cosme, self.facts.country_name(country.iso2), country.iso2)
            for country in self.facts.countries
        ]
        return tuple(Offer(code, name, code) for _, name, code in sorted(offers))

    def _records(self, kind: str, typed: str) -> list[Offer]:
        """The records of a kind whose texts contain what was typed, first those called so.

        What is too long to look for is in no record.
        """
        try:
            searched_words(typed)
        except Invalid:
            return []
        return self._found(kind, typed, typed)

    def _found(self, kind: str, search: str, typed: str) -> list[Offer]:
        window = self.reader.window(Query(kind, _beside(kind), search=search))
        try:
            rows = window.rows(0, _FOUND)
        finally:
            window.close()
        captions = self.reader.captions(kind, [row.id for row in rows])
        offers = [
            Offer(row.id, captions.get(row.id, ""), " ".join(str(v) for v in row.values if v))
            for row in rows
        ]
        wanted = fold(typed)
        return sorted(offers, key=lambda offer: not fold(offer.text).startswith(wanted))

    def _named(self, field: Field, kind: str, creates: bool, typed: str) -> Value:  # noqa: FBT001 (bound first)
        """The one record that is called exactly so. Raises `Invalid`."""
        found = self._found(kind, search_for_text(typed), typed)
        same = [o for o in found if fold(o.text) == fold(typed)]
        if len(same) == 1:
            return same[0].value
        if same:
            why = "“{text}” is there several times. Choose one of the list."
        elif creates:
            why = "“{text}” is not known. Press ↓ to choose one of the list, or to make a new one."
        else:
            why = "“{text}” is not known. Choose one of the list."
        raise Invalid(Sentence(why, text=typed), field.name)


def _beside(kind: str) -> tuple[Path, ...]:
    """What tells records of the same name apart."""
    names = schema_of(kind).by_name
    return tuple(Path((name,)) for name in ("country", "city", "start") if name in names)
