"""Files as partners send them, byte for byte: encodings, delimiters, formats of programs."""

import datetime as dt
import zipfile

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.limits import Limits
from tests.spreadsheets.workbooks import read_here

HEADINGS = {
    "en": "Ref;Visiting organisation;VO country;Host organisation;HO country;Start;End;"
    "Distance km;Amount EUR",
    "de": "Austausch-Nr.;Besuchende Organisation;Land VO;Gastgebende Organisation;Land HO;Beginn;"
    "Ende;Entfernung km;Betrag EUR",
    "es": "Código;Organización visitante;País VO;Organización anfitriona;País HO;Inicio;Fin;"
    "Distancia km;Importe EUR",
    "ca": "Codi;Organització visitant;País VO;Organització amfitriona;País HO;Inici;Fi;"
    "Distància km;Import EUR",
    "bg": "Код;Посещаваща организация;Държава VO;Приемаща организация;Държава HO;Начало;Край;"
    "Разстояние км;Сума (евро)",
    "it": "Codice;Organizzazione visitante;Paese VO;Organizzazione ospitante;Paese HO;Inizio;Fine;"
    "Distanza km;Importo EUR",
}


def table(language, *rows):
    """The headings in a language and the rows below them, each as a list of texts."""
    return [HEADINGS[language].split(";"), *map(list, rows)]


def text(grid, delimiter=";", ends="\r\n"):
    """A text table; `ends` are the line ends, used in turn."""
    lines = [delimiter.join(row) for row in grid]
    return "".join(line + (ends[n % len(ends)] if isinstance(ends, list) else ends)
                   for n, line in enumerate(lines))  # fmt: skip


def web_page(grid, head="", wrap="{}"):
    """A page with a table, as programs write them that call it .xls."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{wrap.format(cell)}</td>" for cell in row) + "</tr>" for row in grid
    )
    return f"<html><head>{head}</head><body><table border=1>{rows}</table></body></html>"


def xml_workbook(grid):
    """An XML workbook of Excel 2003; days are DateTime, numbers Number."""

    def cell(value):
        match value:
            case dt.date():
                kind, shown = "DateTime", f"{value.isoformat()}T00:00:00.000"
            case int() | float():
                kind, shown = "Number", str(value)
            case _:
                kind, shown = "String", value.replace("&", "&amp;")
        return f'<Cell><Data ss:Type="{kind}">{shown}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in grid)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Liste"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def web_archive(page):
    """A web archive around a page."""
    return (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=next\r\n\r\n--next\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{page}\r\n--next--\r\n"
    )


def modern(path, grid, *, from_1904=False, write=None):
    """An .xlsx workbook; days under a format of days. `write(book, sheet)` adds to it."""
    with xlsxwriter.Workbook(path, {"date_1904": from_1904}) as made:
        sheet = made.add_worksheet("List")
        days = made.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(grid):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, days)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write_number(number, column, value)
        if write is not None:
            write(made, sheet)
    return path


def with_parts_replaced(path, part, change):
    """Change the text of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    return path


def opened(path):
    """The book of a file, recognised by its content."""
    return read_here(path, form=recognise(path, path.name, Limits()))
