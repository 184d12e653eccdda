"""What was answered about a sender's files, kept by the shape of their tables for the next one.

A shape is the set of headings of a table. What a column means, in which order its dates stand and
what its words say is the sender's habit and holds for the next file; what was said of single rows,
names or days is not. An answer that does not fit any more is no answer.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Reply
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.plan import Plan
from smartct_desktop.services.importing.questions import Place

Habits: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Answers by folded heading, and there by topic."""

_TOPICS = frozenset(
    {
        *("what_is_this_column", "date_order", "number", "serial_numbers", "currency"),
        *("status_words", "marks", "documents", "vocabulary", "organisation_type"),
        *("country", "duration_unit"),
    }
)
_PER_COLUMN = frozenset({"column", "value"})
_MOST_SHAPES = 40
_ALIKE = 0.5
_HEADINGS, _COLUMNS = "headings", "columns"


def learned_from(plan: Plan, before: str | None) -> str | None:
    """Give what is kept after an import, as JSON: what was kept before, and this file's answers."""
    shapes = _shapes(before)
    for sheet, columns in _columns_of(plan).items():
        habits = _habits(plan, sheet, columns)
        headings = sorted(set(columns.values()))
        same = next((shape for shape in shapes if shape[_HEADINGS] == headings), None)
        if not habits and same is None:
            continue
        if same is not None:
            shapes.remove(same)
        shapes.append({_HEADINGS: headings, _COLUMNS: habits or {}})
    shapes = [shape for shape in shapes if shape[_COLUMNS]]
    return json.dumps(shapes[-_MOST_SHAPES:], ensure_ascii=False) if shapes else None


def carried_over(
    kept: str | None, sheets: Iterable[tuple[str | None, Sequence[MappedColumn]]]
) -> dict[str, Any]:
    """Give the answers that hold for another file, by the ids of its questions.

    `sheets` are their names with the columns of their tables.
    """
    shapes = _shapes(kept)
    found: dict[str, Any] = {}
    for name, mapped in sheets if shapes else ():
        columns = _unique(mapped)
        habits = _of_likest(shapes, frozenset(columns))
        for heading, answers in habits.items():
            if heading not in columns:
                continue
            for topic, answer in answers.items():
                found[_place(topic, name, columns[heading]).id] = answer
    return found


def _place(topic: str, sheet: str | None, column: MappedColumn) -> Place:
    topic, _, about = topic.partition(":")
    return Place(topic, "column", Sentence(""), sheet, column.letter, about)


def _unique(columns: Sequence[MappedColumn]) -> dict[str, MappedColumn]:
    """Give the columns by their headings; of headings that stand there twice none is meant."""
    count = Counter(fold(column.header) for column in columns)
    return {
        heading: column
        for column in columns
        if (heading := fold(column.header)) and count[heading] == 1
    }


def _of_likest(shapes: Sequence[Mapping[str, Any]], headings: frozenset[str]) -> Habits:
    """Give the habits of the shape that is most like these headings, the newest of several."""
    best, habits = _ALIKE, {}
    for shape in shapes:
        kept = frozenset(shape[_HEADINGS])
        alike = len(kept & headings) / max(1, len(kept | headings))
        if alike >= best:
            best, habits = alike, shape[_COLUMNS]
    return habits


def _columns_of(plan: Plan) -> dict[str | None, dict[str, str]]:
    """Give the folded headings by letter of each sheet, without letters that two tables share."""
    found: dict[str | None, dict[str, str]] = defaultdict(dict)
    seen = Counter((column.sheet, column.letter) for column in plan.columns)
    for column in plan.columns:
        if fold(column.header) and seen[column.sheet, column.letter] == 1:
            found[column.sheet][column.letter] = fold(column.header)
    return found


def _habits(plan: Plan, sheet: str | None, columns: Mapping[str, str]) -> Habits:
    twice = {heading for heading, count in Counter(columns.values()).items() if count > 1}
    habits: dict[str, dict[str, Any]] = defaultdict(dict)
    for topic, letter, answer in _answers(plan, sheet):
        heading = columns.get(letter)
        if heading is not None and heading not in twice:
            habits[heading][topic] = answer
    return dict(habits)


def _answers(plan: Plan, sheet: str | None) -> Iterator[tuple[str, str, Any]]:
    """Give topic, letter and answer of what was said about the columns of a sheet."""
    for told in plan.told:
        if told.sheet == sheet and told.letter and told.topic in _TOPICS:
            yield told.topic, told.letter, told.answer
    for question in plan.questions:
        if question.sheet != sheet or question.letter is None or question.per not in _PER_COLUMN:
            continue
        given: dict[str, Reply] = {i.key: i.answer for i in question.items if i.answered}
        if question.topic not in _TOPICS or not given:
            continue
        about = question.id.partition(f"!{question.letter}:")[2] if sheet else ""
        topic = f"{question.topic}:{about}" if about else question.topic
        yield topic, question.letter, given[""] if question.single else given


def _shapes(kept: str | None) -> list[dict[str, Any]]:
    try:
        found = read_json(kept or "[]")
    except ValueError:
        return []
    return [
        shape
        for shape in (found if isinstance(found, list) else ())
        if isinstance(shape, dict) and _is_shape(shape.get(_HEADINGS), shape.get(_COLUMNS))
    ]


def _is_shape(headings: object, columns: object) -> bool:
    if not (isinstance(headings, list) and isinstance(columns, dict)):
        return False
    texts = all(isinstance(heading, str) for heading in headings)
    return texts and all(isinstance(topics, dict) for topics in columns.values())
