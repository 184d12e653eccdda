"""A rectangle of cells as other programs take it: TSV, HTML with typed cells, and exactly ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from html import escape
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import (
    Day,
    FieldType,
    LongText,
    Money,
    Number,
    Time,
    Value,
    Whole,
)
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.services.revising.pasting import Rectangle
from smartct_desktop.services.revising.revision import Given
from smartct_desktop.services.revising.understanding import plain_text
from smartct_desktop.services.texts import Texts

OWN_FORMAT = "application/x-smartct-cells+json"
"""The name under which the exact values lie on the clipboard."""

_VERSION = 1
_QUOTED = frozenset('\t\r\n"')
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet programs, for days after February 1900


@dataclass(frozen=True, slots=True)
class Head:
    """A column that is copied: what stands over it, and the code of its field ("exchange.start").

    `code` is empty for a column whose values belong to no field of the records themselves.
    """

    heading: str
    type: FieldType
    code: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that is copied, with the caption of the record it names, if it names one."""

    value: Value
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Copied:
    """What goes to the clipboard, in three ways of saying the same."""

    text: str
    html: str
    own: str


def copied(
    texts: Texts, heads: Sequence[Head], rows: Iterable[Sequence[Cell]], *, headings: bool
) -> Copied:
    """Write a rectangle down; with its headings in the first row, or without."""
    from smartct_desktop.spreadsheets.csv_out import with_guard

    lines: list[str] = []
    table: list[str] = []
    exact: list[list[Any]] = []
    if headings:
        lines.append("\t".join(_quoted(with_guard(head.heading)) for head in heads))
        table.append("".join(f"<th>{escape(head.heading)}</th>" for head in heads))
    for row in rows:
        plain = [
            plain_text(texts, head.type, cell.value, cell.caption)
            for head, cell in zip(heads, row, strict=True)
        ]
        lines.append(
            "\t".join(
                _quoted(text if _is_typed(head.type) else with_guard(text))
                for head, text in zip(heads, plain, strict=True)
            )
        )
        table.append("".join(map(_html_cell, heads, row, plain)))
        exact.append(
            [
                [text, _dumped(head, cell.value)]
                for head, cell, text in zip(heads, row, plain, strict=True)
            ]
        )
    body = "".join(f"<tr>{cells}</tr>\n" for cells in table)
    own = {"version": _VERSION, "columns": [head.code for head in heads], "rows": exact}
    if headings:
        own["headings"] = [head.heading for head in heads]
    return Copied(
        "".join(f"{line}\r\n" for line in lines) if len(lines) > 1 else "".join(lines),
        f"{_HTML_HEAD}<table>\n{body}</table>{_HTML_FOOT}",
        json.dumps(own, ensure_ascii=False),
    )


def understood_own(text: str) -> Rectangle | None:
    """The rectangle that `Copied.own` holds; None if it is not one of this version."""
    try:
        own = read_json(text)
        if own["version"] != _VERSION:
            return None
        columns = [_type_of(code) for code in own["columns"]]
        rows = [tuple(Given(str(name)) for name in own["headings"])] if "headings" in own else []
        rows += [
            tuple(_entered(type_, *cell) for type_, cell in zip(columns, row, strict=True))
            for row in own["rows"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Rectangle(tuple(rows))


# Exact values, in the way in which the document keeps them.


def _type_of(code: str) -> FieldType | None:
    kind, _, name = code.partition(".")
    return BY_KIND[kind].by_name[name].type if name else None


def _dumped(head: Head, value: Value) -> Any:
    from smartct_desktop.storage.codecs import codec_of

    if not head.code or value in (None, ()):
        return None
    codec = codec_of(head.type)
    kept = codec.write(value) if codec.write else value
    return codec.dump(kept) if codec.dump else kept


def _entered(type_: FieldType | None, text: str, kept: Any) -> Given:
    """One cell; raises ValueError and the like for what is no value of its type."""
    from smartct_desktop.domain.fields import Terms
    from smartct_desktop.storage.codecs import codec_of

    if type_ is None:
        return Given(str(text))
    if kept is None:
        blank: Value = () if isinstance(type_, Terms) else None
        return Given("", blank, known=True, type=type_)
    codec = codec_of(type_)
    entered = codec.enter(kept) if codec.enter else kept
    value = codec.read(entered) if codec.read else entered
    return Given(str(text), value, known=True, type=type_)


# For spreadsheet programs.

_HTML_HEAD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
    "<style>br{mso-data-placement:same-cell}</style></head><body><!--StartFragment-->"
)
_HTML_FOOT = "<!--EndFragment--></body></html>"


def _is_typed(type_: FieldType) -> bool:
    return isinstance(type_, Money | Number | Whole | Day | Time)


def _quoted(text: str) -> str:
    """As Excel puts a cell with tabs, line breaks or quotes on the clipboard."""
    if _QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace("\r\n", "\n").replace('"', '""') + '"'


def _html_cell(head: Head, cell: Cell, text: str) -> str:
    """A cell that LibreOffice (`sdval`) and Excel (`x:num`) take for what it is.

    Anything that is no number, day or time is marked as text, so that "=1+1" and "007" stay.
    """
    value = cell.value
    if value is None:
        return "<td></td>"
    match head.type:
        case Money():
            return _number(f"{int(str(value)) / 100:.2f}", "0.00", text)
        case Number(places):
            form = f"0.{'0' * places}" if places else "0"
            return _number(str(value), form, text)
        case Whole():
            return _number(str(value), "0", text)
        case Day() if isinstance(value, date):
            return _number(str((value - _EPOCH).days), "YYYY-MM-DD", text, "Short Date")
        case Time() if isinstance(value, time):
            share = (value.hour * 60 + value.minute) / 1440
            return _number(f"{share:.10f}", "HH:MM", text, "Short Time")
        case LongText() | _:
            body = "<br>".join(escape(line) for line in text.split("\n"))
            return f'<td sdnum="1033;0;@" style=\'mso-number-format:"\\@"\'>{body}</td>'


def _number(exact: str, form: str, text: str, office: str = "") -> str:
    style = office or form
    return (
        f'<td sdval="{exact}" sdnum="1033;0;{form}" x:num="{exact}"'
        f" style='mso-number-format:\"{style}\"'>{escape(text)}</td>"
    )
