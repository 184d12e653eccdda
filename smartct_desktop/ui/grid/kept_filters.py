"""The filters of a tab as a view keeps them: from chips and field to a text, and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import AllOf
from smartct_desktop.services.filtering.terms import Phrase, Refusal, Term, Terms, Word
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.grid.filter_field import FilterField
from smartct_desktop.ui.grid.filtering import Filtering
from smartct_desktop.ui.grid.filters import FilterChips, NamedFilter
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.tools import Tools


class KeptFilters(QObject):
    """`filtered` comes when filters were put on or taken off."""

    filtered = Signal()

    def __init__(
        self, tools: Tools, kind: str, field: FilterField, chips: FilterChips, filtering: Filtering
    ) -> None:
        super().__init__(field)
        self._tools = tools
        self._kind = kind
        self._field = field
        self._chips = chips
        self._filtering = filtering
        self._desk: Desk | None = None
        chips.edit_asked.connect(self._write_into_field)

    def attach(self, desk: Desk | None) -> None:
        """Speak of the records of a document."""
        self._desk = desk

    @property
    def kept(self) -> str:
        """All filters that are on, for keeping; the same ones are always the same text."""
        return self._written(self._terms())

    def canonical(self, kept: str) -> str:
        """A kept text as `kept` would write it."""
        terms = self._filtering.kept.read(kept) if kept else ()
        return "" if isinstance(terms, Refusal) else self._written(terms)

    @property
    def unsaid(self) -> int:
        """How many filters cannot be kept: they name records of this document."""
        return sum(self._terms_of(one) is None for one in self._chips.named)

    def put_on(self, kept: str, name: str = "") -> None:
        """Have kept filters on and no others: conditions as chips, words in the field.

        With a `name` all conditions are one chip that is called so.
        """
        terms = self._filtering.kept.read(kept)
        if isinstance(terms, Refusal):
            self._tools.note.tell(
                tr("The filter of the view is not understood: {why}", why=say(terms.sentence))
            )
            terms = ()
        words = tuple(term for term in terms if isinstance(term, Word | Phrase))
        conditions = tuple(term for term in terms if not isinstance(term, Word | Phrase))
        if name and conditions:
            chips = [self._chip(conditions, name)]
        else:
            chips = [self._chip((term,)) for term in conditions]
        self._field.setText(self._filtering.language.written(words))
        self._chips.set_all(chips)
        self.filtered.emit()

    def _chip(self, terms: Terms, name: str = "") -> NamedFilter:
        _, filters = self._filtering.asked(terms)
        text = name or self._filtering.language.written(terms)
        only = filters[0] if len(filters) == 1 else AllOf(filters)
        return NamedFilter(only, text, self._filtering.kept.written(terms, stable=True))

    def _terms(self) -> Terms:
        terms = list(self._filtering.terms)
        for one in self._chips.named:
            terms += self._terms_of(one) or ()
        return tuple(terms)

    def _terms_of(self, one: NamedFilter) -> Terms | None:
        if one.wording:
            terms = self._filtering.kept.read(one.wording)
            return None if isinstance(terms, Refusal) else terms
        from smartct_desktop.services.filtering.backwards import condition_of

        condition = condition_of(one.filter, self._kind, self._caption)
        return None if condition is None else (condition,)

    def _caption(self, kind: str, id_: Id) -> str:
        assert self._desk is not None
        return self._desk.reader.captions(kind, [id_]).get(id_, "")

    def _written(self, terms: Terms) -> str:
        """Write terms for keeping, the same ones always in the same order, words last."""
        kept = self._filtering.kept
        if not terms:
            return ""
        each = {
            (isinstance(term, Word | Phrase), kept.written((term,), stable=True)): term
            for term in terms
        }
        return kept.written([each[key] for key in sorted(each)], stable=True)

    def _write_into_field(self, chips: Sequence[NamedFilter]) -> None:
        """Take filters off and write them into the field instead, where they can be changed."""
        terms: list[Term] = []
        for one in chips:
            found = self._terms_of(one)
            if found is None:
                self._tools.note.tell(tr("This filter can be taken off, not changed."))
                return
            terms += found
        said = self._filtering.language.written(terms)
        kept = [one for one in self._chips.named if one not in chips]
        self._field.setText(" ".join(filter(None, (said, self._field.text()))))
        self._chips.set_all(kept)
        self.filtered.emit()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.setCursorPosition(len(said))
