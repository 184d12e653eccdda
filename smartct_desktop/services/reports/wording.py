"""The words of reports in the six languages: headings, labels, and what the writer itself says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property, lru_cache

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.charts import Chart, Ratio
from smartct_desktop.domain.collection import Filling
from smartct_desktop.domain.fields import Choice, Field, Term, Terms
from smartct_desktop.domain.report import Column, Definition, Report, Row, Table, Value, Words
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.cells import WORDS_OF, cell_type
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.resources import read_text

LANGUAGES = ("en", "de", "es", "ca", "bg", "it")

_TABLES = ("reports/words.csv", "reports/rules.csv")
"""What reports say of themselves, and what the rules say in them."""

_BETWEEN = "; "
"""What stands between several terms in one cell."""

_IN_SENTENCES = ("event.status", "event.format", "exchange.vo_type", "exchange.status")
"""The closed lists whose labels stand in sentences ("its status is Cancelled")."""


@lru_cache(maxsize=1)
def wordings() -> Mapping[str, Mapping[str, str]]:
    """Give what reports say in English, and how it is said in the other languages."""
    found: dict[str, Mapping[str, str]] = {}
    for table in _TABLES:
        rows = csv.DictReader(io.StringIO(read_text(table), newline=""), strict=True)
        found.update((row["en"], row) for row in rows)
    return found


class Wording:
    """Says a report in one language. What nobody has translated yet stays English."""

    def __init__(self, language: str, facts: ProgrammeFacts) -> None:
        self._language = language
        self._facts = facts
        self._texts = wordings()

    def report(self, report: Report) -> Report:
        """Give the report in the language; its rows are translated as they are read."""
        if self._language == "en":
            return report
        say = self.say
        return replace(
            report,
            title=say(report.title),
            period=say(report.period),
            language=self._language,
            tables=tuple(map(self._table, report.tables)),
            facts=tuple(map(self._definition, report.facts)),
            definitions=tuple(map(self._definition, report.definitions)),
            words=Words(**{f.name: say(getattr(report.words, f.name)) for f in fields(Words)}),
        )

    def say(self, text: str) -> str:
        """Give a text, or a sentence with what fills it, in the language."""
        if isinstance(text, Sentence) and text.values:
            template = self._told(text.template)
            values = {
                name: self._filling(value) if isinstance(value, str) else value
                for name, value in text.values.items()
            }
            return Sentence(template, **values)
        return self._told(text)

    def heading(self, column: Column) -> str:
        """Give the heading of a column: as written down, or as partners say it."""
        told = self._texts.get(column.heading)
        if told is not None:
            return told[self._language]
        return self._usual.get(column.code, column.heading) if column.code else column.heading

    def _told(self, text: str) -> str:
        told = self._texts.get(text)
        if told is not None:
            return told[self._language]
        if not isinstance(text, Sentence):
            return text
        return self._fields.get(text) or self._listed.get(text, text)

    @cached_property
    def _listed(self) -> Mapping[str, str]:
        """The words of closed lists; only for sentences that are one."""
        found: dict[str, str] = {}
        for code in WORDS_OF:
            for label, word in labels_in(self._facts, code, self._language).items():
                found.setdefault(label, word)
        return found

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        """The labels of fields, as partners call them; only for sentences that are one."""
        found: dict[str, str] = {}
        for schema in SCHEMAS:
            for field in schema.fields:
                if field.code in self._usual:
                    found.setdefault(field.label, self._usual[field.code])
        return found

    def _filling(self, text: str) -> str:
        """Give what fills a sentence in the language; it may be the label of a closed list."""
        told = self.say(text)
        return self._labels.get(told, told)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for code in _IN_SENTENCES:
            found.update(labels_in(self._facts, code, self._language))
        return found

    @property
    def _usual(self) -> Mapping[str, str]:
        return _usual_headings(self._facts, self._language)

    def _definition(self, definition: Definition) -> Definition:
        return Definition(self.say(definition.term), self.say(definition.meaning))

    def _table(self, table: Table) -> Table:
        said = [self._cells(column) for column in table.columns]

        def rows() -> Iterator[Row]:
            for row in table.rows:
                yield tuple(say(value) for say, value in zip(said, row, strict=True))

        headings = self._headings(table)
        of = {c.heading: heading for c, heading in zip(table.columns, headings, strict=True)}
        columns = tuple(
            replace(
                column,
                heading=heading,
                note=self.say(column.note),
                marks=tuple(replace(m, text=str(say(m.text))) for m in column.marks),
                ratio=column.ratio and Ratio(of[column.ratio.part], of[column.ratio.whole]),
            )
            for column, heading, say in zip(table.columns, headings, said, strict=True)
        )
        return replace(
            table,
            name=self.say(table.name),
            columns=columns,
            rows=rows(),
            note=self.say(table.note),
            filling=table.filling and self._filling_in(table.filling),
            closing=tuple(map(self.say, table.closing)),
            charts=tuple(self._chart(chart, of) for chart in table.charts),
            expected=table.row_count,
        )

    def _chart(self, chart: Chart, of: Mapping[str, str]) -> Chart:
        """Give the chart in the language; its columns bear other headings there."""
        return replace(
            chart,
            title=self.say(chart.title),
            labels=of[chart.labels],
            series=tuple(replace(one, heading=of[one.heading]) for one in chart.series),
            measure=self.say(chart.measure),
        )

    def _filling_in(self, filling: Filling) -> Filling:
        say = self.say
        entries = (
            replace(e, hint=say(e.hint), prompt=say(e.prompt), refusal=say(e.refusal))
            for e in filling.entries
        )
        return replace(filling, entries=tuple(entries))

    def _headings(self, table: Table) -> list[str]:
        """Give the headings; where two columns would bear one word, the later stays English."""
        found: list[str] = []
        for column in table.columns:
            heading = self.heading(column)
            taken = heading.casefold() in map(str.casefold, found)
            found.append(column.heading if taken else heading)
        return found

    def _cells(self, column: Column) -> Callable[[Value], Value]:
        """Give the way to say the values of a column: closed lists by their words."""
        labels = labels_in(self._facts, column.code, self._language)
        several = isinstance(cell_type(column.code), Terms) if labels else False

        def say(value: Value) -> Value:
            if isinstance(value, Sentence):
                return labels.get(value) or self.say(value)
            if several and isinstance(value, str):
                return _BETWEEN.join(labels.get(one, one) for one in value.split(_BETWEEN))
            return labels.get(value, value) if isinstance(value, str) else value

        return say


def labels_in(facts: ProgrammeFacts, code: str, language: str) -> Mapping[str, str]:
    """Give the labels of a column of a closed list with their words in a language.

    An import understands each of these words again.
    """
    type_ = cell_type(code) if code else None
    kind = WORDS_OF.get(code)
    if kind is None:
        return {}
    sure: dict[str, list[str]] = {}
    for word in facts.words.of(kind):
        if word.language == language and word.sure:
            sure.setdefault(word.code, []).append(word.text)
    match type_:
        case Choice():
            return {o.label: sure[o.value][0] for o in type_.options if o.value in sure}
        case Term() | Terms():
            vocabulary = type_.vocabulary
            named = {facts.term_label(vocabulary, term): those for term, those in sure.items()}
            return {label: _best(label, those, language) for label, those in named.items()}
        case _:
            return {}


def _best(label: str, sure: Sequence[str], language: str) -> str:
    """Give the word that reports use, if it is one of those; else the usual one."""
    told = wordings().get(label)
    word = told[language] if told is not None else ""
    return word if word.casefold() in map(str.casefold, sure) else sure[0]


def heading_of(facts: ProgrammeFacts, field: Field, language: str) -> str:
    """Give what partners call a field in a language; its own label where nobody knows."""
    return _usual_headings(facts, language).get(field.code, field.label)


@lru_cache(maxsize=12)
def _usual_headings(facts: ProgrammeFacts, language: str) -> Mapping[str, str]:
    """Give the first word of each code in the language that means nothing else of the kind."""
    meanings: dict[tuple[str, str], set[str]] = {}
    for heading in facts.headings.all:
        key = (heading.field.partition(".")[0], heading.text.casefold())
        meanings.setdefault(key, set()).add(heading.field)
    found: dict[str, str] = {}
    for heading in facts.headings.all:
        group = heading.field.partition(".")[0]
        clear = len(meanings[group, heading.text.casefold()]) == 1 and not heading.note
        if heading.language == language and clear:
            found.setdefault(heading.field, heading.text)
    return found
