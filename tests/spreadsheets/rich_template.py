"""A template with everything that a funder's form can hold, some of it put in as Excel does."""

import datetime as dt
import io
import struct
import zipfile
import zlib

from tests.spreadsheets.workbooks import new_book

INJECTED = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros \x00\x01",
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/persons/person.xml": b"<personList/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/slicerCaches/slicerCache1.xml": b"<slicerCacheDefinition/>",
    "customXml/item1.xml": b"<form><id>G1</id></form>",
    "xl/printerSettings/printerSettings1.bin": b"\x00\x01 printer",
    "xl/ctrlProps/ctrlProp1.xml": b'<formControlPr objectType="CheckBox"/>',
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "xl/connections.xml": b"<connections/>",
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>",
}


def rich_template(path):
    """Write the template; cells to fill are Form!B3 and Form!B4."""
    plain = io.BytesIO()
    workbook = new_book(plain)
    form, data = workbook.add_worksheet("Form"), workbook.add_worksheet("Data")
    _cells(workbook, form)
    _marks(workbook, form)
    _pictures(workbook, form, data)
    workbook.define_name("Budget", "=Form!$B$4")
    workbook.set_properties({"title": "Form", "author": "The funder"})
    workbook.set_custom_property("Call", "COS-CLUSTPARTNS")
    workbook.close()
    with zipfile.ZipFile(plain) as made, zipfile.ZipFile(path, "w") as rich:
        for info in made.infolist():
            content = made.read(info)
            if info.filename == "[Content_Types].xml":
                content = content.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                    b"ms-excel.sheet.macroEnabled.main",
                ).replace(b"vnd.vnd.", b"vnd.")
            rich.writestr(info, content)
        for name, content in INJECTED.items():
            rich.writestr(name, content)
    return path


def _cells(workbook, form):
    bold, red = workbook.add_format({"bold": True}), workbook.add_format({"font_color": "red"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    form.merge_range("A1:D1", "Final report", bold)
    form.write_rich_string("A2", "Please ", bold, "read", " the ", red, "guide")
    form.write_row("A3", ["Start"])
    form.write_blank("B3", None, day)
    form.write_row("A4", ["Budget"])
    form.write_number("B4", 1)
    form.write_formula("B5", "=B4*2", None, 2)
    form.write_array_formula("C4:C5", "{=B4:B5}", None, 1)
    form.write_url("A6", "https://example.org/guide")
    form.write_comment("B4", "in euro")
    form.protect("secret", {"select_locked_cells": True})


def _marks(workbook, form):
    form.data_validation("B7", {"validate": "list", "source": ["yes", "no"]})
    form.data_validation("B8", {"validate": "integer", "criteria": ">", "value": 0})
    form.conditional_format("B4:B9", {"type": "data_bar", "data_bar_2010": True})
    form.conditional_format("B4:B9", {"type": "3_color_scale"})
    form.conditional_format(
        "B4:B9", {"type": "cell", "criteria": ">", "value": 5, "format": workbook.add_format()}
    )
    form.add_sparkline("E4", {"range": "Data!A2:A5"})
    form.add_sparkline("E5", {"range": "Data!B2:B5"})


def _pictures(workbook, form, data):
    data.add_table("A1:B5", {"name": "Numbers", "data": [[n, n * n] for n in range(4)]})
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$A$2:$A$5", "trendline": {"type": "linear"}})
    form.insert_chart("G2", chart)
    form.insert_image("G20", "logo.png", {"image_data": io.BytesIO(_picture())})
    form.insert_textbox("G30", "Fill in the blue cells")
    form.insert_button("G40", {"caption": "Check"})
    form.set_header(
        "&C&G", {"image_center": "head.png", "image_data_center": io.BytesIO(_picture())}
    )
    form.print_area("A1:F40")
    form.repeat_rows(0, 1)
    form.freeze_panes(2, 1)
    form.outline_settings(True, False, True, False)
    form.set_row(8, None, None, {"level": 1})
    data.write_datetime("D1", dt.datetime(2022, 1, 1))


def _picture():
    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
        + chunk(b"IEND", b"")
    )
