"""The answers a question can have: to choose from, in words, or to type with the right editor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import get_args

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Field,
    FieldType,
    Number,
    Options,
    PartialDay,
    Reference,
    Terms,
    Text,
    Value,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Item, Question, Reply
from smartct_desktop.services.importing.cells import cell_type
from smartct_desktop.services.importing.columns import NOTHING
from smartct_desktop.services.importing.mentions import NEW
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.field_words import field_name, list_name
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.understood import Understanding

_ORDERS: Mapping[str, tuple[str, str]] = {
    "dmy": ("Day first", "dmy"),
    "mdy": ("Month first", "mdy"),
    "ymd": ("Year first", "ymd"),
}
_WORDS: Mapping[Reply, str] = {
    None: "Leave it blank",
    NEW: "A new one",
    NOTHING: "Not needed: leave it out",
    "yes": "Yes",
    "no": "No",
    "unknown": "Not known",
    "comma": "A comma before the decimals",
    "point": "A point before the decimals",
    "convert": "Turn them into euro",
    "leave out": "Leave it out",
    "import": "Import them",
    "another": "Another record",
    "as they stand": "The dates are right as they stand",
    "turned": "Day and month are turned around",
    "store": "Store them",
    "record": "It is a record",
    "semicolon": "A semicolon ;",
    "tab": "A tab",
    "bar": "A bar |",
}
_NEW_WORDS: Mapping[str, str] = {
    "which_organisation": "A new organisation",
    "same_organisation": "Another organisation",
    "same_person": "Another person",
    "same_exchange": "A new exchange",
}
_TYPES: Mapping[str, FieldType] = {
    "country": Country(),
    "visitor_country": Country(),
    "organisation_type": Choice(OrganisationType),
    "distance": Number(places=1, unit="km"),
    "which_day": Day(),
    "threshold": Whole(most=24 * 60),
    "scale": Whole(most=100),
}
_CONTRADICTION = ":contradiction in "
_FIELD_TYPES = get_args(FieldType)
_PERIOD = re.compile(r"\s*(?:[-–—]|/|\bto\b|\bbis\b)\s+|\s+(?:[-–—/])\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose: what is replied, and how it is put."""

    reply: Reply
    title: str
    detail: str = ""


class Wording:
    """Puts answers in words and reads typed ones."""

    def __init__(self, texts: Texts, understanding: Understanding) -> None:
        self._texts = texts
        self._understanding = understanding

    def answers(self, outlook: Outlook, question: Question, item: Item) -> tuple[Answer, ...]:
        """What can be chosen; nothing where any answer of the right kind fits."""
        return tuple(self._answer(outlook, question, reply) for reply in item.options)

    def in_words(self, outlook: Outlook, question: Question, item: Item, reply: Reply) -> str:
        """A reply as a person would say it."""
        if item.others and reply not in item.options:
            return _chosen_other(outlook, reply)
        if item.options:
            return self._answer(outlook, question, reply).title
        if reply is None:
            return tr("blank")
        type_ = _type_of(outlook, question)
        if isinstance(reply, str):
            parts = reply.split("/")
            days = [day for part in parts if (day := _day(part)) is not None]
            if len(days) == len(parts):
                return " – ".join(self._understanding.text(day, "") for day in days)
        if type_ is not None and not isinstance(type_, Terms):
            value = Decimal(str(reply)) if isinstance(reply, float) else reply
            return self._texts.shown(type_, value)
        return str(reply)

    def field(self, outlook: Outlook, question: Question) -> Field:
        """A field of the type that the answer must have, for its editor."""
        type_ = _type_of(outlook, question) or Text()
        label, help_ = tr("Answer"), str(question.text)
        return Field(
            name="answer",
            label=label,
            type=type_,
            kind="",
            help=help_,
            section="",
            width=20,
            required=False,
            key=False,
            personal=None,
            calculated=False,
        )

    def other(self, item: Item) -> Field:
        """A field for a stored record that is none of the options."""
        return Field(
            *("other", tr("Another one"), Reference(item.others), "", "", "", 20),
            required=False,
            key=False,
            personal=None,
            calculated=False,
        )

    def value_of(self, outlook: Outlook, question: Question, reply: Reply) -> Value:
        """What the editor shows for a reply, such as a proposal."""
        type_ = _type_of(outlook, question)
        if isinstance(reply, str):
            if isinstance(type_, Terms):
                return tuple(reply.split("; "))
            day = _day(reply)
            if day is not None and not isinstance(type_, Text | None):
                return day if isinstance(type_, PartialDay) or not day.day else day.first
            return reply
        return Decimal(str(reply)) if isinstance(reply, float) else reply

    def reply_of(self, outlook: Outlook, question: Question, value: Value) -> Reply:
        """What is replied for a value of the editor. Raises `Invalid`."""
        match value:
            case date() | PartialDate():
                return value.isoformat()
            case Decimal():
                return int(value) if value == value.to_integral_value() else float(value)
            case tuple():
                return "; ".join(value) or None
            case Options():
                return str(value.value)
            case str() if _is_period(outlook, question):
                return self._period(value)
            case str() | int() | bool() | None:
                return value
            case _:
                return str(value)

    def _period(self, text: str) -> str:
        """Read “2.3.2021 – 4.3.2021”, or one day."""
        day = Field(
            *("answer", tr("Answer"), PartialDay(), "", "", "", 20),
            required=True,
            key=False,
            personal=None,
            calculated=False,
        )
        ends = [self._texts.read(day, part) for part in _PERIOD.split(text) if part.strip()]
        if not ends or len(ends) > 2 or not all(isinstance(end, PartialDate) for end in ends):
            raise Invalid(
                Sentence("Type one day, or two with a dash and blanks between them."), "answer"
            )
        return "/".join(str(end) for end in ends)

    def _answer(self, outlook: Outlook, question: Question, reply: Reply) -> Answer:
        sample = str(question.text.values.get("sample", ""))
        match question.topic, reply:
            case "date_order", str() if reply in _ORDERS:
                words, order = _ORDERS[reply]
                return Answer(reply, tr(words), self._ordered(sample, order))
            case "what_is_this_column", str() if reply != NOTHING:
                return Answer(reply, _meaning(outlook, question, reply))
            case "same_columns", str() if reply in outlook.columns.get(question.sheet, {}):
                heading = outlook.columns[question.sheet][reply].header
                words = tr("Column {letter}: “{heading}”", letter=reply, heading=heading)
                return Answer(reply, words)
            case topic, "new" if topic in _NEW_WORDS:
                return Answer(reply, tr(_NEW_WORDS[topic]))
            case "which_table", str() if list_name(reply):
                return Answer(reply, list_name(reply))
            case "delimiter", "comma":
                return Answer(reply, tr("A comma ,"))
            case "number", "comma" | "point":
                return Answer(reply, tr(_WORDS[reply]), _number(sample, reply))
            case _:
                return Answer(reply, self._plain(outlook, question, reply))

    def _plain(self, outlook: Outlook, question: Question, reply: Reply) -> str:
        type_ = _type_of(outlook, question)
        if isinstance(type_, Choice) and reply is not None:
            for option in type_.options:
                if option.value == reply:
                    return tr(option.label)
        if reply is None or isinstance(reply, str):
            words = _WORDS.get(reply)
            if words is not None:
                return tr(words)
        return str(reply)

    def _ordered(self, sample: str, order: str) -> str:
        """“06/12/2021 is 6 December 2021”, under one order of day and month."""
        numbers = [int(part) for part in re.findall(r"\d+", sample)]
        if len(numbers) != len(order):
            return ""
        parts = dict(zip(order, numbers, strict=True))
        year = parts["y"] + (2000 if parts["y"] < 100 else 0)
        try:
            day = date(year, parts["m"], parts["d"])
        except ValueError:
            return ""
        return tr("{sample} is {day}", sample=sample, day=self._understanding.text(day, ""))


def _chosen_other(outlook: Outlook, reply: Reply) -> str:
    """The name of a record that was chosen beside the options."""
    targets = (decision.target for decision in outlook.plan.decisions if decision.same)
    return next((one.name for one in targets if reply in (one.id, one.name)), str(reply))


def _meaning(outlook: Outlook, question: Question, word: str) -> str:
    """The field that a word of the plan format names, for the kind of list the sheet holds."""
    if "." in word and cell_type(word) is not None:
        return field_name(word)
    kind = next((s.kind for s in outlook.plan.sheets if s.name == question.sheet), None)
    for group in (kind, "organisation", "exchange", "event"):
        if group and cell_type(f"{group}.{word}") is not None:
            return field_name(f"{group}.{word}")
    return word.replace("_", " ")


def _number(sample: str, sign: str) -> str:
    """“1.100 is 1100”, under one decimal sign."""
    decimal, group = (",", ".") if sign == "comma" else (".", ",")
    plain = re.sub(r"[^\d.,]", "", sample).replace(group, "").replace(decimal, ".")
    try:
        value = Decimal(plain)
    except ArithmeticError:
        return ""
    return tr("{sample} is {number}", sample=sample, number=f"{value.normalize():f}")


def _day(text: str) -> PartialDate | None:
    try:
        return PartialDate.fromisoformat(text)
    except ValueError:
        return None


def _type_of(outlook: Outlook, question: Question) -> FieldType | None:
    """The type of what is asked for: by the topic, else that of the column; None for others."""
    if question.topic in _TYPES:
        return _TYPES[question.topic]
    if _CONTRADICTION in question.id:
        field = question.id.rpartition(_CONTRADICTION)[2]
        declared = BY_KIND["organisation"].by_name.get(field)
        return declared.type if declared else None
    column = outlook.columns.get(question.sheet, {}).get(question.letter or "")
    if column is None or column.code is None:
        return None
    type_ = cell_type(column.code)
    return type_ if isinstance(type_, _FIELD_TYPES) else None


def _is_period(outlook: Outlook, question: Question) -> bool:
    column = outlook.columns.get(question.sheet, {}).get(question.letter or "")
    code = column.code if column else None
    return code is not None and code.endswith(("dates", "times"))
