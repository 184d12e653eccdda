"""Files of many programs and places: what stands in them is taken, asked about, or refused."""

import datetime as dt
from pathlib import Path

import pytest

from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.services.opening import new_partnership
from tests.services.importing.books import TODAY, day
from tests.services.importing.foreign import (
    modern,
    opened,
    table,
    text,
    web_archive,
    web_page,
    with_parts_replaced,
    xml_workbook,
)

FILES = Path(__file__).parents[2] / "spreadsheets" / "files"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    made = new_partnership(tmp_path_factory.mktemp("made") / "own.smartct", "Ours")
    yield made
    made.close()


@pytest.fixture
def sent(document, dictionary, tmp_path):
    """Plans the import of a file with this content; a path is taken as it is."""

    def planned(content, name="list.csv", answers=None):
        path = content
        if not isinstance(content, Path):
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        known = Known(document.read)
        return Planner(dictionary).plan(opened(path), known, answers or {}, TODAY)

    return planned


def stays(plan):
    """What was read of each exchange by its reference: names, first and last day, km, cents."""
    found = {}
    for record in plan.records:
        if record.kind == "exchange":
            values = record.values
            found[values.get("ref")] = (
                name(values.get("vo")),
                name(values.get("ho")),
                values.get("start"),
                values.get("end"),
                asked(values.get("distance_km")),
                asked(values.get("amount_cents")),
            )
    return found


def name(target):
    return getattr(target, "name", target)


def asked(value):
    """A value; one that is asked about as "?" with what is proposed."""
    return ("?", value.propose) if isinstance(value, Asked) else value


def topics(plan):
    return {question.topic for question in plan.open_questions}


def codes(plan):
    return {finding.code for finding in plan.findings}


def row(ref, vo, country, days, *numbers, ho="Bosc Digital, S.L.", ho_country="ES"):
    return [ref, vo, country, ho, ho_country, *days, *numbers]


HOST = "Bosc Digital, S.L."
NOVEMBER = (day("2021-11-16"), day("2021-11-20"))
MARCH = (day("2022-03-07"), day("2022-03-11"))


def test_that_a_bulgarian_list_with_mixed_line_ends_is_read(sent):
    rows = table(
        "bg",
        row("BG-1", "Зелена Спирка ЕООД", "България", ("16.11.2021 г.", "20.11.2021 г."), "1 750",
            "1 100,00"),
        row("BG-2", "Кабел и Син АД", "България", ("7.3.2022г.", "11.III.2022"), "850", "415,50"),
    )  # fmt: skip
    found = sent(text(rows, ends=["\r\n", "\n", "\r\n"]).encode("cp1251"))

    assert stays(found) == {
        "BG-1": ("Зелена Спирка ЕООД", HOST, *NOVEMBER, 1750, 110000),
        "BG-2": ("Кабел и Син АД", HOST, *MARCH, 850, 41550),
    }
    assert not topics(found) & {"encoding", "delimiter", "date_order", "number"}
    assert "IMP-15" in codes(found)


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", ["\t", "|", ";"])
def test_that_a_german_list_is_read_in_any_encoding(sent, encoding, delimiter):
    rows = table(
        "de",
        row("DE-1", "Müller & Söhne GmbH", "Deutschland", ("16.11.2021", "20.11.21"), "1.300",
            "1.234,50 €"),
        row("DE-2", '"Größe" Straßenbau AG', "Österreich", ("7. März 2022", "11. März 2022"),
            "606,5", "830,-"),
    )  # fmt: skip
    found = sent(text(rows, delimiter).encode(encoding))

    assert stays(found) == {
        "DE-1": ("Müller & Söhne GmbH", HOST, *NOVEMBER, 1300, 123450),
        "DE-2": ('"Größe" Straßenbau AG', HOST, *MARCH, pytest.approx(606.5), 83000),
    }
    assert not topics(found) & {"encoding", "delimiter"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_that_a_spanish_list_in_utf16_without_a_mark_is_read(sent, encoding):
    rows = table(
        "es",
        row("ES-1", "Muñoz Energía, S.A.", "España", ("16/11/2021", "20/11/2021"), "1300", "830,50",
            ho="Adler Optik GmbH", ho_country="Alemania"),
    )  # fmt: skip
    found = sent(text(rows).encode(encoding))

    assert stays(found) == {
        "ES-1": ("Muñoz Energía, S.A.", "Adler Optik GmbH", *NOVEMBER, 1300, 83050)
    }
    assert not topics(found) & {"encoding", "delimiter", "date_order"}


def test_that_commas_and_lines_inside_of_quoted_cells_stay_there(sent):
    rows = [
        [f'"{cell}"' for cell in line]
        for line in table(
            "it",
            row("IT-1", "Officine Verdi\n& Figli S.r.l.", "Italia", ("16/11/2021", "20/11/2021"),
                "1.300", "1.100,00", ho='Bosc ""Digital"", S.L.', ho_country="Spagna"),
        )
    ]  # fmt: skip
    found = sent(text(rows, ","))

    (stay,) = stays(found).values()
    assert stay[:2] == ("Officine Verdi & Figli S.r.l.", 'Bosc "Digital", S.L.')
    assert stay[2:4] == NOVEMBER
    assert stay[5] == 110000


def test_that_a_greek_list_whose_letters_two_encodings_have_is_asked_about(sent):
    rows = table(
        "en", row("EL-1", "Άλφα Τεχνική ΑΕ", "Greece", ("16/11/2021", "20/11/2021"), "2300", "830")
    )
    found = sent(text(rows).encode("iso8859-7"))

    assert "encoding" in topics(found)
    assert [record.action for record in found.records if record.kind == "exchange"] == [Action.WAIT]


@pytest.mark.parametrize(
    ("encoding", "vo"),
    [
        ("cp1250", "Železářství Příbram s.r.o."),
        ("iso8859-2", "Zakład Usług Łączności sp. z o.o."),
        ("cp1253", "Ομάδα Καινοτομίας Ξάνθης ΑΕ"),
        ("cp1251", "Клъстер Щастливо Бъдеще ООД"),
        ("iso8859-5", "Сдружение Зелен Живот ЕООД"),
        ("mac_roman", "Müller Größenmaß Österreich GmbH"),
    ],
)
def test_that_letters_of_other_places_are_read_or_asked_about(sent, encoding, vo):
    rows = table("en", row("X-1", vo, "Germany", ("16/11/2021", "20/11/2021"), "1300", "830"))
    found = sent(text(rows).encode(encoding))

    assert stays(found)["X-1"][0] == vo or "encoding" in topics(found)


def test_that_a_text_that_calls_itself_a_workbook_is_read_as_text(sent):
    rows = table(
        "ca",
        row("CA-1", "Fusteria Núria, S.L.", "Espanya", ("16/11/2021", "20/11/2021"), "1300", "830",
            ho="Adler Optik GmbH", ho_country="Alemanya"),
    )  # fmt: skip
    found = sent(text(rows, "\t"), "llista.xls")

    assert stays(found)["CA-1"][2:] == (*NOVEMBER, 1300, 83000)


def test_that_a_page_that_calls_itself_a_workbook_is_read(sent):
    rows = table(
        "bg",
        row("BG-1", "Зелена Спирка ЕООД", "България", ("16.11.2021 г.", "20.11.2021 г."), "1 750",
            "1 100,00<sup>1</sup>"),
    )  # fmt: skip
    head = '<meta http-equiv=Content-Type content="text/html; charset=windows-1251">'
    found = sent(web_page(rows, head).encode("cp1251"), "obmeni.xls")

    assert stays(found)["BG-1"][:4] == ("Зелена Спирка ЕООД", HOST, *NOVEMBER)
    assert stays(found)["BG-1"][5] == ("?", None)  # a footnote, or 1,100.001


def test_that_an_xml_workbook_is_read(sent):
    rows = table("de", row("DE-1", "Müller & Söhne GmbH", "Deutschland", NOVEMBER, 1300, 1234.5))
    found = sent(xml_workbook(rows), "Liste.xls")

    assert stays(found)["DE-1"] == ("Müller & Söhne GmbH", HOST, *NOVEMBER, 1300, 123450)


def test_that_a_web_archive_is_read(sent):
    rows = table(
        "es",
        row("ES-1", "Muñoz Energía, S.A.", "España", ("16/11/2021", "20/11/2021"), "1300", "830,50",
            ho="Adler Optik GmbH", ho_country="Alemania"),
    )  # fmt: skip
    found = sent(web_archive(web_page(rows)), "lista.mht")

    assert stays(found)["ES-1"][2:] == (*NOVEMBER, 1300, 83050)


def test_that_a_binary_workbook_of_another_program_is_read(sent):
    found = sent(FILES / "scambi_by_sheetjs.xlsb")

    assert stays(found) == {
        "IT-1": ("Officine Verdi S.r.l.", HOST, *NOVEMBER, 1300, 83050),
        "IT-2": ("Caffè Perù S.p.A.", "Адлер ООД", *MARCH, 1150, 110000),
    }


def test_that_days_counted_from_1904_are_the_same_days(sent, tmp_path):
    rows = table("it", row("IT-1", "Officine Verdi S.r.l.", "Italia", NOVEMBER, 1300, 830.5))
    found = sent(modern(tmp_path / "scambi.xlsx", rows, from_1904=True))

    assert stays(found)["IT-1"][2:4] == NOVEMBER
    assert "IMP-19" in codes(found)


def test_that_day_numbers_of_1904_are_proposed_as_such(sent, tmp_path):
    serial = (NOVEMBER[0] - dt.date(1904, 1, 1)).days
    rows = table("en", row("X-1", "Adler Optik GmbH", "DE", (serial, NOVEMBER[1]), 1300, 830))
    found = sent(modern(tmp_path / "list.xlsx", rows, from_1904=True))

    (asked,) = [q for q in found.open_questions if q.topic == "serial_numbers"]
    assert asked.items[0].propose == "2021-11-16"


def test_that_numbers_and_days_stored_as_texts_are_read(sent, tmp_path):
    rows = table(
        "en",
        row("X-1", "Adler Optik GmbH", "Germany", ("16 Nov 2021", "2021-11-20"), "1,300",
            "€1,234.50"),
        row("X-2", "Weserkran Bau AG", "Germany", ("07/03/2022", "2022-03-11"), " 606 ",
            "830.00"),
        row("X-3", "Stahl Nord KG", "Germany", ("28/03/2022", "1 April 2022"), "0", "€415"),
    )  # fmt: skip
    found = sent(modern(tmp_path / "list.xlsx", rows))

    # The amounts say that the comma stands between thousands, but only propose it for distances.
    assert stays(found)["X-1"][2:] == (*NOVEMBER, ("?", 1300), 123450)
    assert stays(found)["X-2"][2:] == (*MARCH, 606, 83000)


def test_that_errors_and_formulas_without_a_result_are_refused_and_told(sent, tmp_path):
    rows = table(
        "en",
        row("X-1", "Adler Optik GmbH", "Germany", NOVEMBER, 1300, None),
        row("X-2", "Weserkran Bau AG", "Germany", MARCH, 1300, None),
    )

    def write(_book, sheet):
        sheet.write_formula("I2", "=REF", None, "#REF!")
        sheet.write_formula("I3", "=415*2", None, "@@")

    path = modern(tmp_path / "list.xlsx", rows, write=write)
    part = "xl/worksheets/sheet1.xml"
    with_parts_replaced(
        path, part, lambda xml: xml.replace("<v>@@</v>", "").replace(' t="str"', "")
    )
    found = sent(path)

    refused = {record.number: record.action for record in found.rows}
    assert refused == {2: Action.REFUSE, 3: Action.REFUSE}
    assert {"IMP-04", "IMP-09"} <= codes(found)


def test_that_parts_of_rich_text_do_not_become_figures(sent, tmp_path):
    rows = table("en", row("X-1", "Adler Optik GmbH", "Germany", NOVEMBER, 1300, None))

    def write(book, sheet):
        raised = book.add_format({"font_script": 1})
        sheet.write_rich_string("I2", "830", raised, "1", " ")

    found = sent(modern(tmp_path / "list.xlsx", rows, write=write))

    assert stays(found)["X-1"][5] == ("?", None)


def test_that_characters_nobody_sees_are_left_out_and_told(sent, tmp_path):
    rows = table(
        "en",
        row("X-1", "Adler\u202e HbmG\u202c Optik", "Germany", NOVEMBER, 1300, 830),
        row("X-2", "Weser\u200bkran Bau AG", "Germany", ("07\u200e/03\u200e/2022", MARCH[1]), 9,
            "8\u200b30"),
        row("X-3", "Stahl\x92Nord KG", "Germany", ("28/03/2022", day("2022-04-01")), 1300,
            "\u202e038"),
    )  # fmt: skip
    found = sent(modern(tmp_path / "list.xlsx", rows))

    told = stays(found)
    assert told["X-1"][0] == "Adler HbmG Optik"
    assert told["X-2"][0] == "Weserkran Bau AG"
    assert (told["X-2"][2], told["X-2"][5]) == (MARCH[0], 83000)
    assert told["X-3"][0] == "StahlNord KG"
    assert told["X-3"][5][0] == "?"  # it is shown as 830
    said = [finding for finding in found.findings if "nobody sees" in str(finding.sentence)]
    assert "U+202E" in str(said[0].sentence)
    assert {row for finding in said for row in finding.rows} == {2, 3, 4}


def test_that_a_cell_of_400000_characters_is_refused_and_the_others_are_taken(sent):
    rows = table(
        "en",
        row("X-1", "A" * 400_000, "Germany", ("16/11/2021", "20/11/2021"), "1300", "830"),
        row("X-2", "Adler Optik GmbH", "Germany", ("16/11/2021", "20/11/2021"), "1300", "830"),
    )
    found = sent(text(rows))

    assert {record.number: record.action for record in found.rows} == {
        2: Action.REFUSE,
        3: Action.ADD,
    }
    longest = max(len(str(finding.sentence)) for finding in found.findings)
    assert longest < 1000


def test_that_16384_columns_are_read(sent, tmp_path):
    wide = ["note"] * (16_384 - 9)
    rows = table("en", row("X-1", "Adler Optik GmbH", "Germany", NOVEMBER, 1300, 830))
    rows = [line + wide for line in rows]
    found = sent(modern(tmp_path / "list.xlsx", rows))

    assert stays(found)["X-1"] == ("Adler Optik GmbH", HOST, *NOVEMBER, 1300, 83000)


def test_that_an_old_workbook_with_texts_as_numbers_is_read(sent):
    found = sent(FILES / "lista_by_xlwt.xls")

    assert stays(found)["ES-1"][2:] == (*NOVEMBER, ("?", 1300), ("?", 83050))
    assert stays(found)["ES-2"][2:] == (*MARCH, 1300, 110000)
    # 830.5 in a column of texts with a comma may have been 830.500: asked about.
    assert {q.id for q in found.open_questions} >= {"number:Lista!I:typed"}


def test_that_days_typed_into_a_program_of_another_order_are_asked_about(sent, tmp_path):
    rows = table(
        "en",
        row("X-1", "Adler Optik GmbH", "Germany", ("11/16/2021", "11/20/2021"), 1300, 830),
        row("X-2", "Weserkran Bau AG", "Germany", (day("2022-07-03"), day("2022-11-03")), 9, 830),
    )
    found = sent(modern(tmp_path / "list.xlsx", rows))
    answers = {q.id: "turned" for q in found.open_questions if q.id.endswith("turned")}
    again = sent(tmp_path / "list.xlsx", answers=answers)

    assert len(answers) == 2
    assert stays(again)["X-2"][2:4] == MARCH


def test_that_quotation_marks_that_are_never_closed_swallow_no_row(sent):
    rows = table(
        "en",
        row("X-1", '"Adler Optik GmbH', "Germany", ("16/11/2021", "20/11/2021"), "1300", "830"),
        row("X-2", 'Weserkran 5" Bau AG', "Germany", ("16/11/2021", "20/11/2021"), "9", "830"),
    )
    found = sent(text(rows))

    assert set(stays(found)) == {"X-1", "X-2"}
    assert any("line 2" in str(finding.sentence) for finding in found.findings)


def test_that_a_list_of_members_in_a_german_code_page_of_old_is_read(sent):
    content = "Firma;Rechtsform;PLZ;Ort;Land;Mitarbeiter\r\n"
    content += "Jäger & Söhne;GmbH;01067;Dresden;Deutschland;1.250\r\n"
    found = sent(content.encode("cp850"))

    (firm,) = [record for record in found.records if record.kind == "organisation"]
    assert firm.values["name"] == "Jäger & Söhne"
    assert firm.values["postcode"] == "01067"
    assert firm.values["headcount"] == 1250
