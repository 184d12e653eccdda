"""The sheet of charts of a written workbook, one under another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smartct_desktop.domain.charts import Chart, Drawn, Series
from smartct_desktop.domain.report import Report, Table
from smartct_desktop.spreadsheets.cells_out import clean, shorten
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.print_out import set_running_lines
from smartct_desktop.spreadsheets.xlsx_face import (
    XlsxChart,
    XlsxSheet,
    XlsxWorkbook,
    done,
    put_text,
)

_A4 = 9
_TYPES = {Drawn.BARS: "bar", Drawn.COLUMNS: "column", Drawn.LINE: "line"}
_COLOURS = ("#1D4E89", "#C2571A", "#4B8B5A", "#7A5195")
"""One for each series in turn; apart from each other also for those who see no red."""
_INK, _LINE = "#374151", "#D5DAE1"
_WIDTH = 1010  # pixels: two thirds of the width of a printed page
_USUAL, _EACH_BAR, _AROUND_BARS = 380, 34, 130  # heights in pixels
_ROW = 20
_COLUMN = 64
_GAP = 2  # rows between two charts
_LONGEST_TITLE = 250
_MOST_UPRIGHT = 12  # labels that stand beside each other without being turned


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart and where its rows were written: the name of the sheet, first row and number."""

    chart: Chart
    table: Table
    sheet: str
    first: int
    rows: int


def has_charts(report: Report) -> bool:
    """Whether the workbook gets a sheet of charts."""
    return any(table.charts for table in report.tables)


def write_charts(
    report: Report,
    workbook: XlsxWorkbook,
    place: tuple[XlsxSheet, str],
    looks: Looks,
    drawings: Iterable[Drawing],
) -> None:
    """Write the charts, when all their rows are written."""
    sheet, name = place
    put_text(sheet, 0, 0, clean(f"{report.title} · {name}"), looks.title)
    done(sheet.set_row(0, 24))
    if report.partnership:
        put_text(sheet, 1, 0, clean(report.partnership), looks.subtitle)
    row = 3
    for drawing in drawings:
        count = drawing.rows if drawing.chart.rows is None else drawing.chart.rows
        if not count:
            continue
        bars = any(one.drawn is Drawn.BARS for one in drawing.chart.series)
        height = _AROUND_BARS + _EACH_BAR * count if bars else _USUAL
        chart = _chart(workbook, drawing, count, height, bars=bars)
        done(sheet.insert_chart(row, 0, chart, {"object_position": 2}))
        row += height // _ROW + 1 + _GAP
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    done(sheet.print_area(0, 0, row, _WIDTH // _COLUMN + 1))
    sheet.fit_to_pages(1, 0)
    set_running_lines(sheet, report, name)


def _chart(
    workbook: XlsxWorkbook, drawing: Drawing, count: int, height: int, *, bars: bool
) -> XlsxChart:
    charts: dict[Drawn, XlsxChart] = {}
    for place, one in enumerate(drawing.chart.series):
        if one.drawn not in charts:
            charts[one.drawn] = workbook.add_chart({"type": _TYPES[one.drawn]})
        charts[one.drawn].add_series(_series(drawing, one, count, _COLOURS[place % len(_COLOURS)]))
    first, *others = (charts[drawn] for drawn in Drawn if drawn in charts)
    for other in others:
        first.combine(other)
    _dress(first, drawing, count, bars=bars)
    first.set_size({"width": _WIDTH, "height": height})
    return first


def _dress(chart: XlsxChart, drawing: Drawing, count: int, *, bars: bool) -> None:
    """Give the chart its title, its axes and its legend, all in one quiet style."""
    font = {"color": _INK, "size": 9}
    title = shorten(clean(drawing.chart.title), _LONGEST_TITLE, "…")
    chart.set_title({"name": title, "name_font": {"color": _INK, "size": 13}, "overlay": False})
    rows: dict[str, object] = {"num_font": font, "line": {"color": _LINE}}
    if bars:
        rows["reverse"] = True  # the first row on top, as in the table
    elif count > _MOST_UPRIGHT:
        rows["num_font"] = {**font, "rotation": -60}
    numbers: dict[str, object] = {
        "num_font": font,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": _LINE, "width": 0.75}},
        "min": 0,
        "num_format": "#,##0",
    }
    if drawing.chart.top is not None:
        numbers["max"] = drawing.chart.top
    if drawing.chart.measure:
        numbers |= {"name": clean(drawing.chart.measure), "name_font": {**font, "bold": False}}
    across, upright = (numbers, rows) if bars else (rows, numbers)
    chart.set_x_axis(across)
    chart.set_y_axis(upright)
    if len(drawing.chart.series) > 1:
        chart.set_legend({"position": "bottom", "font": font})
    else:
        chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": _LINE}})
    chart.show_blanks_as("gap")


def _series(drawing: Drawing, one: Series, count: int, colour: str) -> dict[str, object]:
    headings = [column.heading for column in drawing.table.columns]
    labels, values = headings.index(drawing.chart.labels), headings.index(one.heading)
    last = drawing.first + count - 1
    options: dict[str, object] = {
        "name": [drawing.sheet, drawing.first - 1, values],
        "categories": [drawing.sheet, drawing.first, labels, last, labels],
        "values": [drawing.sheet, drawing.first, values, last, values],
    }
    if one.drawn is Drawn.LINE:
        return options | {"line": {"color": colour, "width": 2.25}}
    options |= {"fill": {"color": colour}, "border": {"none": True}, "gap": 60}
    if one.drawn is Drawn.BARS:
        options["data_labels"] = {"value": True, "font": {"color": _INK, "size": 9}}
    return options
