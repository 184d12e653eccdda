"""The clipboard: what other programs take from it, and what is understood of theirs."""

from datetime import date, time
from decimal import Decimal

import pytest

from smartct_desktop.domain.fields import Day, LongText, Money, Number, Text, Time, Whole
from smartct_desktop.services.revising.clipboard_html import read_html
from smartct_desktop.services.revising.clipboard_text import read_clipboard, read_tsv
from smartct_desktop.services.revising.copying import Cell, Head, copied, understood_own
from smartct_desktop.services.revising.pasting import COVERED

LIBREOFFICE = """
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<style>body,div,table { font-size:x-small }</style></head><body>
<table cellspacing="0" border="0"><colgroup width="85"></colgroup>
<tr><td height="20" align="right" valign=bottom sdval="44516" sdnum="1033;0;DD.MM.YYYY">
<font color="#000000">16.11.2021</font></td>
<td align="right" sdval="1245.5" sdnum="1033;0;#,##0.00 &quot;€&quot;"><font>1,245.50 €</font></td>
<td align="left" valign=bottom><font color="#000000">two<br>lines &quot;q&quot;</font></td>
<td align="right" sdval="0.395833333333333" sdnum="1033;0;HH:MM"><font>09:30</font></td>
<td align="right" sdval="0.5" sdnum="1033;0;0%"><font>50%</font></td>
<td align="left"><font>007</font></td></tr>
<tr><td colspan=2 rowspan=2 align="left"><font>merged</font></td>
<td align="left"><font><br></font></td><td></td><td></td><td>a &amp; &lt;b&gt;</td></tr>
<tr><td>x</td><td></td><td></td><td></td></tr>
</table></body></html>
"""

EXCEL = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!-- .xl65
{mso-number-format:"Short Date";} --></style></head><body link="#0563C1">
<table border=0 cellpadding=0 cellspacing=0 width=128><!--StartFragment-->
 <col width=64 span=2 style='width:48pt'>
 <tr height=20 style='height:15.0pt'>
  <td height=20 class=xl65 align=right width=64 style='height:15.0pt'>16/11/2021</td>
  <td align=right width=64 style='width:48pt'>1,5</td>
 </tr><!--EndFragment-->
</table></body></html>
"""


def texts_of(rectangle):
    return [[given.text for given in row] for row in rectangle.rows]


def test_that_excel_quoting_is_read():
    text = 'a\t"two\nlines"\t"say ""hi"""\r\n\t"open\tq"uote"\t5\r\n'

    assert read_tsv(text) == [
        ["a", "two\nlines", 'say "hi"'],
        ["", '"open', 'q"uote"', "5"],
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\r\n", [["a"]]),
        ("a\n\n", [["a"], [""]]),
        ("\t", [["", ""]]),
        ('"', [['"']]),
        ('""', [[""]]),
        ('"a"b', [['"a"b']]),
        ('"a\nb', [['"a'], ["b"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_that_any_text_is_some_rectangle(text, rows):
    assert read_tsv(text) == rows


def test_that_libreoffice_says_what_its_cells_hold():
    rectangle = read_html(LIBREOFFICE)

    first = rectangle.rows[0]
    assert [given.exact for given in first] == [
        date(2021, 11, 16),
        Decimal("1245.5"),
        None,
        time(9, 30),
        None,
        None,
    ]
    assert [given.text for given in first] == [
        *("16.11.2021", "1,245.50 €", 'two\nlines "q"', "09:30", "50%", "007")
    ]


@pytest.mark.parametrize(
    ("number", "form", "exact"),
    [
        ("44516", "1033;0;DD.MM.YYYY", date(2021, 11, 16)),
        ("44516", "1031;0;TT.MM.JJJJ", date(2021, 11, 16)),
        ("44516", "1036;0;JJ/MM/AAAA", date(2021, 11, 16)),
        ("44516", "1040;0;GG/MM/AA", date(2021, 11, 16)),
        ("44516.5", "1033;0;DD.MM.YYYY HH:MM", None),
        ("0.5", "1033;0;HH:MM:SS", time(12)),
        ("1.5", "1033;0;[HH]:MM", None),
        ("44516", "1031;0;Standard", Decimal(44_516)),
        ("44516", "3082;0;Estándar", Decimal(44_516)),
        ("44516", '1033;0;#,##0.00 "DM"', Decimal(44_516)),
        ("44516", "1033;0;[$EUR] 0.00E+00", Decimal(44_516)),
        ("1", "1033;0;BOOLEAN", True),
        ("0.5", "1033;0;0%", None),
        ("nan", "1033;", None),
        ("twelve", "1033;", None),
    ],
)
def test_that_the_format_of_a_cell_says_what_its_number_is(number, form, exact):
    html = f"<table><tr><td sdval='{number}' sdnum='{form}'>shown</td></tr></table>"

    cell = read_html(html).rows[0][0]

    assert (cell.text, cell.exact, cell.known) == ("shown", exact, exact is not None)


def test_that_merged_cells_are_taken_apart_and_said():
    rectangle = read_html(LIBREOFFICE)

    assert rectangle.merged
    assert rectangle.rows[1][0].text == "merged"
    assert rectangle.rows[1][1] is COVERED
    assert rectangle.rows[2][0] is COVERED
    assert texts_of(rectangle)[1][5] == "a & <b>"
    assert texts_of(rectangle)[2] == ["", "", "x", "", "", ""]


def test_that_excel_html_is_read():
    assert texts_of(read_html(EXCEL)) == [["16/11/2021", "1,5"]]


def test_that_text_and_html_are_read_together():
    first = '16.11.2021\t1,245.50 €\t"two\nlines ""q"""\t09:30\t50%\t007'
    text = first + "\nmerged\t\t\t\t\ta & <b>\n\t\tx\t\t\t\n"

    rectangle = read_clipboard(text, LIBREOFFICE)

    assert rectangle.rows[0][0].exact == date(2021, 11, 16)
    assert rectangle.rows[0][2].text == 'two\nlines "q"'
    assert rectangle.rows[1][1] is COVERED


def test_that_the_text_is_believed_where_the_html_has_another_shape():
    assert texts_of(read_clipboard("a\tb", LIBREOFFICE)) == [["a", "b"]]


def test_that_html_without_one_table_is_no_rectangle():
    assert read_html("<p>Hello</p>") is None
    assert read_html("<table><tr><td>a</table><table><tr><td>b</table>") is None


def test_that_a_table_inside_a_cell_is_part_of_its_text():
    html = "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>"

    assert len(read_html(html).rows[0]) == 2


def copy(texts, *columns, headings=False):
    heads = [Head(*column[0]) for column in columns]
    return copied(texts, heads, [[Cell(*column[1:]) for column in columns]], headings=headings)


def test_that_numbers_and_days_are_copied_for_spreadsheets(texts):
    said = copy(
        texts,
        (("Agreed", Money()), 124_550),
        (("From", Day()), date(2021, 11, 16)),
        (("Days", Number(1)), Decimal("2.5")),
        (("Staff", Whole()), 12_000),
        (("At", Time()), time(9, 30)),
    )

    assert said.text == "1245.50\t2021-11-16\t2.5\t12000\t09:30"
    exact = [given.exact for given in read_html(said.html).rows[0]]
    assert exact == [
        *(Decimal("1245.50"), date(2021, 11, 16), Decimal("2.5"), Decimal(12_000), time(9, 30))
    ]


def test_that_text_stays_text(texts):
    said = copy(
        texts,
        (("Name", Text()), "=1+1"),
        (("Code", Text()), "007"),
        (("Phone", Text()), "+49 341 123456"),
        (("Note", LongText()), 'a "b"\nc\td'),
    )

    assert said.text == '\'=1+1\t007\t+49 341 123456\t"a ""b""\nc\td"'
    assert said.html.count('mso-number-format:"\\@"') == 4
    assert texts_of(read_clipboard(said.text)) == [["=1+1", "007", "+49 341 123456", 'a "b"\nc\td']]


def test_that_headings_come_first_where_they_are_asked_for(texts):
    said = copy(texts, (("Agreed", Money()), 100), (("City", Text()), "Halle"), headings=True)

    assert said.text == "Agreed\tCity\r\n1\tHalle\r\n"
    assert texts_of(understood_own(said.own)) == [["Agreed", "City"], ["1", "Halle"]]


@pytest.mark.parametrize(
    "own",
    [
        *("", "[]", "{}", '{"version": 2, "columns": [], "rows": []}', "\0"),
        '{"version": 1, "columns": ["exchange.nothing"], "rows": [[["a", 1]]]}',
        '{"version": 1, "columns": ["exchange.start"], "rows": [[["a", "b"]]]}',
        '{"version": 1, "columns": ["exchange.start"], "rows": [[]]}',
    ],
)
def test_that_what_is_not_ours_is_not_believed(own):
    assert understood_own(own) is None
