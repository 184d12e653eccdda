"""From what stands in the filter field of a tab to what its query asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Filter, Path, Query
from smartct_desktop.services.filtering.offerings import Offerings
from smartct_desktop.services.filtering.terms import Phrase, Refusal, Terms, Word
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.grid.filter_field import FilterField
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # reading filters is not needed for the first picture
    from smartct_desktop.domain.reading import Bucket
    from smartct_desktop.services.filtering.completion import Completion
    from smartct_desktop.services.filtering.language import Language

_MANY = 20_000
"""In a document with more records of the kind, counting values would take too long to type on."""


class Filtering(QObject):
    """Reads the field. What is not understood is said, and what was understood last stays.

    `refused` comes with a refusal, or None when the text is understood.
    """

    refused = Signal(object)

    def __init__(self, tools: Tools, tab: TableTab, field: FilterField) -> None:
        super().__init__(field)
        self._tools = tools
        self._tab = tab
        self._field = field
        self._desk: Desk | None = None
        self._language: Language | None = None
        self._kept: Language | None = None
        self._completion: Completion | None = None
        self._buckets: dict[Path, Sequence[Bucket]] = {}
        self._terms: Terms = ()
        self.refusal: Refusal | None = None
        field.focused.connect(self._prepare)

    def attach(self, desk: Desk | None) -> None:
        """Filter the records of a document."""
        self._desk = desk
        self._language = self._kept = self._completion = None
        self._terms = ()
        self.forget_counts()
        self._field.complete_with(self._complete if desk is not None else None)
        self._refuse(None)

    def forget_counts(self) -> None:
        """The document changed: values may be held by other records."""
        self._buckets.clear()

    def begin(self, path: Path) -> None:
        """Begin to write a filter of a field."""
        if self._desk is not None:
            self._field.begin(f"{self.language.names.written(path, stable=False)}:")

    def understand(self) -> None:
        """Read what stands in the field."""
        text = self._field.text()
        if self._desk is None or not text.strip():
            self._terms = ()
            self._refuse(None)
            return
        found = self.language.read(text)
        if isinstance(found, Refusal):
            self._stay(text, found)
            self._refuse(found)
        else:
            self._terms = found
            self._refuse(None)

    def _stay(self, text: str, refusal: Refusal) -> None:
        """Leave the rows as they were while one condition is written anew, and no longer.

        Words that are no more in the text go: nobody asked for "stat" on the way to "status:".
        """
        rest = self.language.read_without(text, refusal)
        gone = [term for term in self._terms if term not in rest]
        conditions = all(not isinstance(term, Word | Phrase) for term in gone)
        if not conditions or any(term not in self._terms for term in rest):
            self._terms = rest

    @property
    def terms(self) -> Terms:
        """What was understood last."""
        return self._terms

    def asked(self, terms: Terms) -> tuple[str, tuple[Filter, ...]]:
        """The words to search and the filters of terms, as of today."""
        if not terms:
            return "", ()
        from smartct_desktop.services.filtering.meaning import Meaning

        found = Meaning(self._tab.kind, local_today()).of(terms)
        return found.search, found.filters

    @property
    def language(self) -> Language:
        """The language of the tab's records, with dates and numbers as this person writes them."""
        if self._language is None:
            from smartct_desktop.services.filtering.language import Language

            assert self._desk is not None
            self._language = Language(self._tab.kind, self._desk.facts, self._desk.texts)
        return self._language

    @property
    def kept(self) -> Language:
        """The language in which filters are kept."""
        if self._kept is None:
            from smartct_desktop.services.filtering.language import Language
            from smartct_desktop.services.texts import ISO, Texts

            assert self._desk is not None
            texts = Texts(self._desk.facts, ISO)
            self._kept = Language(self._tab.kind, self._desk.facts, texts)
        return self._kept

    def _prepare(self) -> None:
        """Read the words for fields and answers in a job: with the first key it would be felt."""
        desk = self._desk
        if desk is None or self._language is not None:
            return
        kind, facts, texts = self._tab.kind, desk.facts, desk.texts

        def work(_progress: Progress) -> Language:
            from smartct_desktop.services.filtering.language import Language

            language = Language(kind, facts, texts)
            language.prepare()
            return language

        def take(language: Language) -> None:
            if self._desk is desk and self._language is None:
                self._language = language

        title = tr("Reading the names of fields")
        self._tools.jobs.run(work, take, self._tools.report, title=title, shown=False)

    def _refuse(self, refusal: Refusal | None) -> None:
        self.refusal = refusal
        self._field.show_refusal(refusal)
        self.refused.emit(refusal)

    def _complete(self, text: str, cursor: int) -> Offerings:
        if self._completion is None:
            from smartct_desktop.services.filtering.completion import Completion

            self._completion = Completion(self.language, self._count)
        return self._completion.at(text, cursor)

    def _count(self, path: Path) -> Sequence[Bucket]:
        """The values of a field with their counts, unless there are too many records."""
        desk = self._desk
        if desk is None or desk.reader.total(self._tab.kind) > _MANY:
            return ()
        if path not in self._buckets:
            query = Query(self._tab.kind, filters=self._tab.filters)
            self._buckets[path] = desk.reader.buckets(query, path)
        return self._buckets[path]
