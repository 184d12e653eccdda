"""Text tables: their rows, quotation marks, delimiters and line numbers."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.book import BookFormat
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets.csv_out import with_guard
from smartct_desktop.spreadsheets.csv_records import records
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.request import FileChoice
from tests.spreadsheets.workbooks import read_here


def read_text(tmp_path, content, **options):
    path = tmp_path / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_here(path, form=BookFormat.TEXT, **options)


def table(tmp_path, content, **options):
    (only,) = read_text(tmp_path, content, **options).sheets
    return [(row.number, row.values) for row in only.rows]


def test_that_a_bulgarian_list_is_read_in_its_own_letters(tmp_path):
    content = (
        "Код;Посетител;Държава;Начало;Сума (евро);Бележки\r\n"
        "ЕВ-01;„Зелена Спирка“ ЕООД;България;4.10.2021 г.;415,00;\r\n"
        "ЕВ-02;„Кабел и Син“ АД;България;7.3.2022 г.;1 100,00;под 200 км\r\n"
    )
    book = read_text(tmp_path, content.encode("cp1251"))

    assert book.text is not None
    assert (book.text.encoding, book.text.delimiter) == ("cp1251", ";")
    assert not book.text.certain
    assert book.text.encodings[0].certainty > 0.95
    assert book.text.encodings[0].sample.startswith("Код;Посетител")
    assert len(book.text.encodings) > 1
    assert book.sheets[0].name is None
    assert book.sheets[0].rows[1].values == (
        "ЕВ-01",
        "„Зелена Спирка“ ЕООД",
        "България",
        "4.10.2021 г.",
        "415,00",
    )


def test_that_every_value_is_a_text_and_blanks_are_none(tmp_path):
    assert table(tmp_path, "a;01067;;=1;\n;;\n;x\n") == [
        (1, ("a", "01067", None, "=1")),
        (3, (None, "x")),
    ]


def test_that_a_very_long_cell_does_not_hide_the_delimiter(tmp_path):
    csv.field_size_limit(131_072)  # as it is in a new process

    rows = table(tmp_path, f"a;b\n1;{'x' * 400_000}\n2;y\n")

    assert [values[0] for _, values in rows] == ["a", "1", "2"]
    assert len(rows[1][1][1]) == 400_000


def test_that_rows_bear_the_number_of_the_line_they_begin_on(tmp_path):
    content = 'a;b\n\n"x\ny\nz";1\nc;d\r\n"p\r\nq";2\r\nlast;3'

    assert table(tmp_path, content) == [
        (1, ("a", "b")),
        (3, ("x\ny\nz", "1")),
        (6, ("c", "d")),
        (7, ("p\r\nq", "2")),
        (9, ("last", "3")),
    ]


def test_that_lines_may_end_as_on_old_computers(tmp_path):
    assert table(tmp_path, "a;b\rc;d\r") == [(1, ("a", "b")), (2, ("c", "d"))]
    assert table(tmp_path, "a;b\r\nc;d\r\n\x1a") == [(1, ("a", "b")), (2, ("c", "d"))]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_that_a_first_line_that_names_the_delimiter_is_obeyed(tmp_path, delimiter):
    book = read_text(tmp_path, f"sep={delimiter}\r\na;b,c{delimiter}d\r\n")

    assert book.text.delimiter == delimiter
    assert book.text.delimiter_certain
    assert book.text.hint_line == 1
    assert [row.number for row in book.sheets[0].rows] == [2]
    assert book.sheets[0].rows[0].values[-1].endswith("d")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('"a";"b"', ["a", "b"]),
        ('"say ""so""";2', ['say "so"', "2"]),
        ('5" pipe;6" pipe', ['5" pipe', '6" pipe']),
        ('"Zelena" OOD;BG', ['"Zelena" OOD', "BG"]),
        ('1;"open;2', ["1", '"open', "2"]),
        ('"open', ['"open']),
        ('1;"a" b;', ["1", '"a" b', ""]),
        ('"";x', ["", "x"]),
    ],
)
def test_that_quotation_marks_belong_to_the_text_unless_they_enclose_a_field(line, fields):
    following = "next;line"
    untidy: list[int] = []

    found = list(records([f"{line}\n", f"{following}\n"], ";", 1, untidy))

    assert found == [(1, fields), (2, ["next", "line"])]


def test_that_a_mark_that_is_never_closed_swallows_no_rows(tmp_path):
    lines = "".join(f"{n};x\n" for n in range(3, 5000))
    book = read_text(tmp_path, f'a;b\n1;"open\n{lines}')

    assert len(book.sheets[0].rows) == 4999
    assert book.sheets[0].rows[1].values == ("1", '"open')
    assert book.notes == (
        "In line 2 a quotation mark is not closed properly; the line was taken as it is.",
    )


def test_that_marks_in_disorder_cost_little_time(tmp_path):
    book = read_text(tmp_path, '1;"open\n' * 20_000)

    assert len(book.sheets[0].rows) == 20_000
    assert book.notes[-1] == "So it is in 19997 further lines."


fields = st.text(
    st.sampled_from("ab;,\"\n\r\t '=é|") | st.characters(exclude_categories=["Cs"]), max_size=6
)


@settings(max_examples=150)
@given(
    grid=st.lists(st.lists(fields, min_size=2, max_size=4), min_size=1, max_size=6),
    delimiter=st.sampled_from(";,\t|"),
)
def test_that_well_formed_records_are_read_as_they_were_written(grid, delimiter):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(grid)
    untidy: list[int] = []
    lines = io.StringIO(written.getvalue(), newline="")

    assert [found for _, found in records(lines, delimiter, 1, untidy)] == grid
    assert untidy == []


def test_that_the_guard_against_formulas_is_taken_off_again(tmp_path):
    values = ["=1+1", "-x", "@name", "+49 30 1234567", "'quoted'", "''=1"]
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow([with_guard(value) for value in values])

    assert table(tmp_path, written.getvalue()) == [(1, tuple(values))]


def test_that_numbers_kept_as_text_by_a_formula_are_taken_as_text(tmp_path):
    content = '="01067";"=""0049""";="";x;="\n'

    assert table(tmp_path, content) == [(1, ("01067", "0049", None, "x", '="'))]


@pytest.mark.parametrize(
    ("content", "delimiter", "certain"),
    [
        ("a;b;c\n1;2;3\n", ";", True),
        ("a,b,c\n1,2,3\n", ",", True),
        ("a\tb\n1\t2\n", "\t", True),
        ("a|b|c\n1|2|3\n", "|", True),
        ("name;amount;x\nA;1,50;y\nB;2,50;z\n", ";", True),
        ('name,address\nA,"x;y;z"\nB,"u;v;w"\n', ",", True),
        ("Title of the list\n\na;b;c\n1;2;3\n4;5;6\n", ";", True),
        ("one column\nof words\n", "\t", True),
        ("a;b,c\nd;e,f\n", ";", False),
    ],
)
def test_that_the_delimiter_is_the_one_that_makes_an_even_table(
    tmp_path, content, delimiter, certain
):
    form = read_text(tmp_path, content).text

    assert (form.delimiter, form.delimiter_certain) == (delimiter, certain)
    assert sorted(form.delimiters) == sorted(";,\t|")


def test_that_a_person_may_choose_encoding_and_delimiter(tmp_path):
    content = "Stra\xdfe,Ort;x\n".encode("cp1252")
    book = read_text(tmp_path, content, choice=FileChoice("cp850", ","))

    assert book.sheets[0].rows[0].values == ("Stra▀e", "Ort;x")
    assert (book.text.encoding, book.text.certain) == ("cp850", True)
    assert (book.text.delimiter, book.text.delimiter_certain) == (",", True)
    assert "cp1252" in [guess.name for guess in book.text.encodings]


@pytest.mark.parametrize("encoding", ["klingon", "hex", "undefined", ""])
def test_that_an_encoding_that_does_not_exist_is_refused(tmp_path, encoding):
    with pytest.raises(Trouble, match="no encoding with the name"):
        read_text(tmp_path, "a;b\n", choice=FileChoice(encoding))


def test_that_characters_that_a_chosen_encoding_lacks_are_told(tmp_path):
    book = read_text(tmp_path, "Straße;1\n".encode("cp1252"), choice=FileChoice("utf-8"))

    assert book.sheets[0].rows[0].values[0] == "Stra\ufffde"
    assert "damaged" in book.notes[0]


def test_that_only_the_first_rows_are_read_if_no_more_are_wanted(tmp_path):
    content = "".join(f"{n};x\n" for n in range(5000))
    (first,) = read_text(tmp_path, content, rows=200).sheets
    (exact,) = read_text(tmp_path, content, rows=5000).sheets

    assert (len(first.rows), first.whole) == (200, False)
    assert (len(exact.rows), exact.whole) == (5000, True)


def test_that_long_texts_are_held_to_the_same_budgets(tmp_path):
    content = "".join(f"{n};x\n" for n in range(3000))

    with pytest.raises(Trouble, match="more than 2000 rows"):
        read_text(tmp_path, content, limits=Limits(rows=2000))
    with pytest.raises(Trouble, match="far more data"):
        read_text(tmp_path, content, limits=Limits(characters=1000))
    with pytest.raises(Trouble, match="far more data"):
        read_text(tmp_path, ";" * 500_000 + "x", limits=Limits(cells=100_000))
