"""What was learned of a sender's files, in words: of each answer what it is about, and the answer.

A sender keeps answers by file and question, and meanings of columns by heading, both as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import Field
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence

_TOPICS: Mapping[str, Sentence] = {
    "what_is_this_column": Sentence("Meaning of the column"),
    "same_columns": Sentence("Columns that say the same"),
    "date_order": Sentence("Order of dates"),
    "date_without_year": Sentence("Year of dates without one"),
    "year_only": Sentence("Dates of which only the year is known"),
    "number": Sentence("Reading of numbers"),
    "serial_numbers": Sentence("Numbers that are dates"),
    "scale": Sentence("Unit of amounts"),
    "currency": Sentence("Currency"),
    "status_words": Sentence("Words for the state"),
    "marks": Sentence("Meaning of marks"),
    "documents": Sentence("Words for papers"),
    "vocabulary": Sentence("Words of a list"),
    "organisation_type": Sentence("Kind of organisation"),
    "country": Sentence("Country"),
    "duration_unit": Sentence("Unit of durations"),
    "blank_cells": Sentence("Blank cells"),
    "distance": Sentence("Distance"),
    "snapshot": Sentence("Figures of the cluster"),
    "cluster": Sentence("Cluster"),
    "attended": Sentence("Attendance"),
    "meeting_role": Sentence("Part in the meeting"),
    "threshold": Sentence("Minutes that count as attended"),
    "which_organisation": Sentence("Same organisation as"),
    "same_organisation": Sentence("Same organisation"),
    "same_person": Sentence("Same person"),
    "same_exchange": Sentence("Same exchange"),
    "same_event": Sentence("Same event"),
    "which_exchange": Sentence("Exchange meant"),
    "which_event": Sentence("Event meant"),
    "which_partnership": Sentence("Partnership meant"),
    "which_day": Sentence("Day meant"),
    "which_table": Sentence("Table taken"),
    "which_value": Sentence("Value that is right"),
    "keep": Sentence("Kept against the file"),
    "take": Sentence("Taken from the file"),
}

_WORDS: Mapping[str, Sentence] = {
    "new": Sentence("a new one"),
    "same": Sentence("the same"),
    "not_same": Sentence("not the same"),
    "skip": Sentence("left out"),
    "none": Sentence("none"),
    "store": Sentence("kept"),
    "dmy": Sentence("day, month, year"),
    "mdy": Sentence("month, day, year"),
    "ymd": Sentence("year, month, day"),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One thing that was learned: what about, of which name or place, and what."""

    topic: Sentence
    about: str
    answer: str


def is_lessons(field: Field) -> bool:
    """Whether a field keeps what was learned rather than a text of a person's."""
    return field.kind == "sender" and field.name in ("answers", "mappings")


def lessons_in(field: Field, text: str) -> dict[tuple[str, ...], Lesson]:
    """Give the lessons that a field of a sender keeps, by what tells them apart.

    What cannot be read is none.
    """
    try:
        found = read_json(text)
    except ValueError:
        return {}
    read = _answers(found) if field.name == "answers" else _habits(found)
    return dict(read)


def _answers(files: Any) -> Iterator[tuple[tuple[str, ...], Lesson]]:
    for sha256, answers in files.items() if isinstance(files, dict) else ():
        for question, answer in answers.items() if isinstance(answers, dict) else ():
            topic, where = _parts(question)
            items = answer if isinstance(answer, dict) else {"": answer}
            for item, given in items.items():
                about = ", ".join(part for part in (item, where) if part)
                yield (sha256, question, item), Lesson(_topic(topic), about, _said(topic, given))


def _habits(shapes: Any) -> Iterator[tuple[tuple[str, ...], Lesson]]:
    for shape in shapes if isinstance(shapes, list) else ():
        columns = shape.get("columns") if isinstance(shape, dict) else None
        for heading, topics in columns.items() if isinstance(columns, dict) else ():
            for full, answer in topics.items() if isinstance(topics, dict) else ():
                topic = full.partition(":")[0]
                items = answer if isinstance(answer, dict) else {"": answer}
                for item, given in items.items():
                    about = ", ".join(part for part in (item, heading) if part)
                    lesson = Lesson(_topic(topic), about, _said(topic, given))
                    yield (heading, full, item), lesson


def _parts(question: str) -> tuple[str, str]:
    """Split the id of a question into its topic and the place in words."""
    topic, _, rest = question.partition(":")
    where, _, about = rest.partition(":")
    sheet, _, column = where.partition("!")
    words = [sheet, Sentence("column {letter}", letter=column) if column else "", about]
    return topic, ", ".join(part for part in words if part)


def _topic(topic: str) -> Sentence:
    return _TOPICS.get(topic) or Sentence(topic.replace("_", " ").capitalize())


def _said(topic: str, answer: Any) -> str:
    match answer:
        case None:
            return Sentence("nothing")
        case True:
            return Sentence("yes")
        case False:
            return Sentence("no")
        case str() as text:
            return _text(topic, text)
        case list():
            return ", ".join(_said(topic, one) for one in answer)
        case _:
            return str(answer)


def _text(topic: str, text: str) -> str:
    kind, _, name = text.partition(".")
    if topic == "what_is_this_column" and kind in BY_KIND and name in BY_KIND[kind].by_name:
        schema = BY_KIND[kind]
        field = schema.by_name[name].label
        return Sentence("{field} ({kind})", field=field, kind=schema.label.lower())
    if topic == "organisation_type":
        return next((one.label for one in OrganisationType if one.value == text), text)
    return _WORDS.get(text, text)
