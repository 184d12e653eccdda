"""The part of XlsxWriter that we use, with types, because the library does not declare its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from typing import NewType, Protocol, TextIO, cast

# XlsxWriter takes a text between <r> and </r> for markup of its own and writes it as it is, and of
# two escapes that share an underscore (_x0041_x0042_) it escapes only the first. Written in several
# runs of one look both are read as one text; no run holds a whole escape.
_LIKE_MARKUP = "<r>"
_LIKE_ESCAPES = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_RUN_ENDS = re.compile(r"(?<=\A<)|(?<=\A<r)|(?<=_)(?=x[0-9A-Fa-f]{4}_)")

XlsxFormat = NewType("XlsxFormat", object)
"""How a cell looks; made by `XlsxWorkbook.add_format` and never looked into."""


class XlsxChart(Protocol):
    """One chart in the making."""

    def add_series(self, options: Mapping[str, object], /) -> None: ...

    def combine(self, chart: XlsxChart | None = None, /) -> None: ...

    def set_title(self, options: Mapping[str, object], /) -> None: ...

    def set_x_axis(self, options: Mapping[str, object], /) -> None: ...

    def set_y_axis(self, options: Mapping[str, object], /) -> None: ...

    def set_legend(self, options: Mapping[str, object], /) -> None: ...

    def set_chartarea(self, options: Mapping[str, object], /) -> None: ...

    def set_size(self, options: Mapping[str, object], /) -> None: ...

    def show_blanks_as(self, option: str, /) -> None: ...


class XlsxSheet(Protocol):
    """One worksheet. The `write_…` methods answer 0, or a negative number if nothing was written.

    Rows and columns count from 0.
    """

    row_data_fh: TextIO | None

    def write_string(
        self, row: int, col: int, string: str, cell_format: XlsxFormat | None = None, /
    ) -> int: ...

    def write_number(
        self, row: int, col: int, number: float, cell_format: XlsxFormat | None = None, /
    ) -> int: ...

    def write_datetime(
        self,
        row: int,
        col: int,
        date: date | time | timedelta,
        cell_format: XlsxFormat | None = None,
        /,
    ) -> int: ...

    def write_blank(
        self, row: int, col: int, blank: None, cell_format: XlsxFormat | None = None, /
    ) -> int: ...

    def write_formula(
        self,
        row: int,
        col: int,
        formula: str,
        cell_format: XlsxFormat | None,
        value: float | str,
        /,
    ) -> int: ...

    def write_boolean(
        self,
        row: int,
        col: int,
        boolean: bool,  # noqa: FBT001 (as XlsxWriter has it)
        cell_format: XlsxFormat | None = None,
        /,
    ) -> int: ...

    def merge_range(
        self, first_row: int, first_col: int, last_row: int, last_col: int, data: str, /
    ) -> int: ...

    def hide(self) -> None: ...

    def very_hidden(self) -> None: ...

    def write_url(
        self, row: int, col: int, url: str, cell_format: XlsxFormat | None, string: str, /
    ) -> int: ...

    def write_rich_string(self, row: int, col: int, *parts: str | XlsxFormat) -> int: ...

    def write_comment(
        self, row: int, col: int, comment: str, options: Mapping[str, object], /
    ) -> int: ...

    def set_column(
        self,
        first_col: int,
        last_col: int,
        width: float,
        cell_format: XlsxFormat | None = None,
        options: Mapping[str, object] | None = None,
        /,
    ) -> int: ...

    def set_row(
        self,
        row: int,
        height: float,
        cell_format: XlsxFormat | None = None,
        options: Mapping[str, object] | None = None,
        /,
    ) -> int: ...

    def data_validation(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        options: Mapping[str, object],
        /,
    ) -> int: ...

    def protect(self, password: str, options: Mapping[str, bool], /) -> None: ...

    def add_table(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        options: Mapping[str, object],
        /,
    ) -> int: ...

    def autofilter(
        self, first_row: int, first_col: int, last_row: int, last_col: int, /
    ) -> int: ...

    def conditional_format(
        self,
        first_row: int,
        first_col: int,
        last_row: int,
        last_col: int,
        options: Mapping[str, object],
        /,
    ) -> int: ...

    def insert_chart(
        self, row: int, col: int, chart: XlsxChart, options: Mapping[str, object], /
    ) -> int: ...

    def ignore_errors(self, options: Mapping[str, str], /) -> int: ...

    def freeze_panes(self, row: int, col: int, /) -> None: ...

    def hide_gridlines(self, option: int, /) -> None: ...

    def repeat_rows(self, first_row: int, last_row: int, /) -> None: ...

    def repeat_columns(self, first_col: int, last_col: int, /) -> None: ...

    def print_area(
        self, first_row: int, first_col: int, last_row: int, last_col: int, /
    ) -> int: ...

    def fit_to_pages(self, width: int, height: int, /) -> None: ...

    def set_landscape(self) -> None: ...

    def set_portrait(self) -> None: ...

    def set_paper(self, paper: int, /) -> None: ...

    def set_margins(self, left: float, right: float, top: float, bottom: float) -> None: ...

    def set_header(self, header: str, /) -> None: ...

    def set_footer(self, footer: str, /) -> None: ...


class XlsxWorkbook(Protocol):
    """One workbook in the making."""

    def add_worksheet(self, name: str) -> XlsxSheet: ...

    def add_chart(self, options: Mapping[str, object]) -> XlsxChart: ...

    def add_format(self, properties: Mapping[str, object]) -> XlsxFormat: ...

    def set_properties(self, properties: Mapping[str, object]) -> None: ...

    def set_custom_property(self, name: str, value: str, property_type: str) -> int: ...

    def define_name(self, name: str, formula: str) -> int: ...

    defined_names: list[list[object]]
    """Name, sheet, formula and whether it is hidden, for each name that was defined."""

    def worksheets(self) -> list[XlsxSheet]: ...

    def close(self) -> None: ...


class Target(Protocol):
    """What the finished workbook is written into: a binary file that can be positioned."""

    def write(self, data: bytes, /) -> int: ...

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def tell(self) -> int: ...

    def flush(self) -> None: ...


def new_workbook(target: Target, folder: Path, *, streamed: bool) -> XlsxWorkbook:
    """A workbook that goes into `target` when it is closed.

    `folder` takes the parts until then. A streamed workbook keeps one row in memory and must be
    written row by row; it can have no named tables.
    """
    # Imported here, because the program starts without ever writing a workbook.
    import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

    options = {"constant_memory": streamed, "tmpdir": str(folder), "use_zip64": True}
    return cast("XlsxWorkbook", xlsxwriter.Workbook(target, options))


def done(answer: int) -> None:
    """Make sure that XlsxWriter did what it was asked; it says so with a number only.

    Raises `RuntimeError`, because it can only fail where we gave it something wrong.
    """
    if answer:
        message = f"a part of the workbook was not written ({answer})"
        raise RuntimeError(message)


def put_text(sheet: XlsxSheet, row: int, col: int, text: str, look: XlsxFormat) -> None:
    """Write a text that is not empty as exactly this text, whatever it looks like."""
    if text.startswith(_LIKE_MARKUP) or ("_x" in text and _LIKE_ESCAPES.search(text)):
        done(sheet.write_rich_string(row, col, *_RUN_ENDS.split(text), look))
    else:
        done(sheet.write_string(row, col, text, look))


def finish(workbook: XlsxWorkbook) -> None:
    """Put the workbook together and write it. Raises `OSError` as it came from the system."""
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # as above

    try:
        workbook.close()
    except FileCreateError as failure:
        cause = failure.__context__
        if isinstance(cause, OSError):
            raise cause from None
        raise


def abandon(workbook: XlsxWorkbook) -> None:
    """Let go of the parts of a workbook that is not wanted, so that they can be deleted."""
    for sheet in workbook.worksheets():
        if sheet.row_data_fh is not None:
            with suppress(OSError):
                sheet.row_data_fh.close()
