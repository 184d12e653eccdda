"""Tables of odd shapes: stacked, merged, repeated, side by side, hidden, coloured."""

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.books import day, text_book
from tests.services.importing.shapes import Page, left_out, lines, said, told, topics

STAY = ("ref", "vo", "ho", "start", "end")
FROM, TO = day("2021-11-15"), day("2021-11-19")
ADLER = ("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", "2021-11-15", "2021-11-19")
KAI = ("A-2", "Kaikante GmbH", "Nord Robòtica, S.L.", "2021-12-13", "2021-12-17")
SEEWIND = {"cluster:Sheet1": "Verband Seewind e. V."}


def test_that_a_record_over_two_rows_is_one(shaped, stored):
    plan = shaped(
        Page([
            ["Exchanges 2021"],
            ["Ref", "Visiting organisation", "Start", "Amount EUR"],
            [None, "Host organisation", "End", "Status"],
            ["A-1", "Adler Optik GmbH", FROM, 830],
            [None, "Bosc Digital, S.L.", TO, "closed"],
            ["A-2", "Kaikante GmbH", day("2021-12-13"), 415],
            [None, "Nord Robòtica, S.L.", day("2021-12-17"), "closed"],
            ["Total", None, None, 1245],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY, "amount_cents") == [(*ADLER, 83000), (*KAI, 41500)]
    assert lines(plan, "exchange") == [(4, 5), (6, 7)]
    assert left_out(plan) == {8: "total_row"}
    assert (plan.counts.add, plan.counts.skip) == (4, 2)
    assert [(c.letter, c.field) for c in plan.columns][4:] == [
        ("B", "ho"),
        ("C", "end"),
        ("D", "status"),
    ]
    assert len(stored(plan, Exchange)) == 2


def test_that_a_finding_names_the_row_of_a_record_in_which_the_cell_stands(shaped):
    plan = shaped(
        Page([
            ["Nr.", "Besuchende Organisation", "Beginn"],
            [None, "Gastgebende Organisation", "Ende"],
            ["A-1", "Adler Optik GmbH", FROM],
            [None, "Bosc Digital, S.L.", day("2021-11-12")],
        ])
    )  # fmt: skip

    (wrong,) = [f for f in plan.findings if f.code == "DUR-01"]
    assert (wrong.letter, wrong.rows) == ("C", (4,))
    assert {row.number: row.action for row in plan.rows} == dict.fromkeys((3, 4), Action.REFUSE)


def test_that_a_record_over_three_rows_is_one(shaped):
    plan = shaped(
        Page([
            ["Kennung", "Besuchende Organisation", "Beginn"],
            [None, "Gastgebende Organisation", "Ende"],
            [None, "Besucher E-Mail", "Betrag EUR"],
            ["A-1", "Adler Optik GmbH", FROM],
            [None, "Bosc Digital, S.L.", TO],
            [None, "jonna@adler.example", 830],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY, "amount_cents") == [(*ADLER, 83000)]
    assert lines(plan, "exchange") == [(4, 5, 6)]


def test_that_rows_without_a_number_are_paired_where_their_cells_differ_in_kind(shaped):
    plan = shaped(
        Page([
            ["Organización visitante", "Fecha de inicio", "Importe"],
            ["Organización anfitriona", "Fecha de fin", "Observaciones"],
            ["Adler Optik GmbH", FROM, 830],
            ["Bosc Digital, S.L.", TO, "todo bien"],
            ["Kaikante GmbH", day("2021-12-13"), 830],
            ["Nord Robòtica, S.L.", day("2021-12-17"), "—"],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY[1:]) == [ADLER[1:], KAI[1:]]


def test_that_the_country_of_each_side_may_stand_in_the_row_below(shaped):
    plan = shaped(
        Page([
            ["Посещаваща организация", "Приемаща организация", "Начало", "Сума (евро)"],
            ["Държава", "Държава", "Край", "Валута"],
            ["Алфа Оптик ООД", "Bosc Digital, S.L.", FROM, 415],
            ["BG", "ES", TO, "EUR"],
            ["Гама Оптик ЕООД", "Torre Digital S.r.l.", FROM, 450],
            ["BG", "IT", TO, "EUR"],
        ])
    )  # fmt: skip

    names = ("vo", "vo_country", "ho", "ho_country", "start", "end")
    assert told(plan, "exchange", *names) == [
        ("Алфа Оптик ООД", "BG", "Bosc Digital, S.L.", "ES", "2021-11-15", "2021-11-19"),
        ("Гама Оптик ЕООД", "BG", "Torre Digital S.r.l.", "IT", "2021-11-15", "2021-11-19"),
    ]


def test_that_rows_of_records_in_no_order_are_refused(shaped):
    plan = shaped(
        Page([
            ["Organizzazione visitante", "Data inizio"],
            ["Organizzazione ospitante", "Data fine"],
            ["Adler Optik GmbH", FROM],
            ["Bosc Digital, S.L.", TO],
            ["Kaikante GmbH", day("2021-12-13")],
        ])
    )  # fmt: skip

    assert not plan.records
    assert "not always in the same order" in plan.message


def test_that_headings_of_two_languages_are_no_records_over_two_rows(shaped):
    plan = shaped(
        Page([
            ["Ref", "Visiting organisation", "Host organisation", "Start", "End"],
            ["Kennung", "Besuchende Organisation", "Gastgebende Organisation", "Beginn", "Ende"],
            ["A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", FROM, TO],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY) == [ADLER]


@pytest.mark.parametrize("merged", [[(0, 1, 0, 2), (0, 3, 0, 5), (0, 6, 0, 7)], []])
def test_that_headings_of_two_rows_are_read_merged_or_not(shaped, merged):
    plan = shaped(
        Page(
            [
                ["Ref", "Visitor", None, "Host", None, None, "Stay", None],
                [None, "Name", "Country", "Name", "Country", "City", "From", "To"],
                ["A-1", "Adler Optik GmbH", "DE", "Bosc Digital, S.L.", "ES", "Olot", FROM, TO],
            ],
            merged=merged,
        )
    )

    assert told(plan, "exchange", *STAY, "vo_country", "ho_country", "ho_city") == [
        (*ADLER, "DE", "ES", "Olot")
    ]
    assert not plan.open_questions


def test_that_a_refusal_names_the_missing_column_in_words(shaped):
    plan = shaped(Page([["Visiting organisation", "Start", "End"], ["Adler Optik GmbH", FROM, TO]]))

    assert "needs a column for: the host organisation" in plan.message


SECTIONS = [
    (["Company", "City", "Country", "Employees"], "Germany", "Subtotal", "Grand total"),
    (["Firma", "Ort", "Land", "Mitarbeiter"], "Deutschland", "Zwischensumme", "Summe"),
    (["Razón social", "Ciudad", "País", "Empleados"], "Alemania", "Subtotal", "Suma total"),
    (["Raó social", "Ciutat", "País", "Treballadors"], "Alemanya", "Subtotal", "Suma"),
    (["Наименование", "Град", "Държава", "Служители"], "Германия", "Междинна сума", "Общо"),
    (["Ragione sociale", "Città", "Paese", "Dipendenti"], "Germania", "Subtotale", "Totale"),
]


@pytest.mark.parametrize("words", SECTIONS)
def test_that_sections_sums_and_headings_again_are_no_members(shaped, stored, words):
    headings, section, part, total = words
    plan = shaped(
        Page([
            ["2021"],
            headings,
            [section],
            ["Kaikante GmbH", "Kiel", None, 12],
            ["Adler Optik GmbH", "Lübeck", None, 30],
            [part, None, None, 42],
            [],
            headings,
            ["Nordlicht GmbH", "Husum", None, 3],
            [total, None, None, 45],
            [],
            ["* 31.12.2021"],
        ]),
        answers=SEEWIND,
        name="members.xlsx",
    )  # fmt: skip

    assert told(plan, "organisation", "name", "city", "country", "headcount") == [
        ("Kaikante GmbH", "Kiel", "DE", 12),
        ("Adler Optik GmbH", "Lübeck", "DE", 30),
        ("Nordlicht GmbH", "Husum", "DE", 3),
    ]
    assert left_out(plan) == {
        3: "section_row",
        6: "subtotal_row",
        8: "repeated_header",
        10: "total_row",
        12: "footnote",
    }
    assert len(stored(plan, Membership)) == 3


def test_that_units_and_patterns_below_the_headings_are_a_hint(shaped):
    plan = shaped(
        Page([
            ["Код", "Организация посетител", "Организация домакин", "Начало", "Край", "Разстояние"],
            [None, None, None, "дд.мм.гггг", "дд.мм.гггг", "км"],
            ["A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", FROM, TO, 1300],
            ["стр. 1 от 1"],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY, "distance_km") == [(*ADLER, 1300)]
    assert left_out(plan) == {2: "separator_hint", 4: "footnote"}


def test_that_two_lists_side_by_side_are_two(shaped, stored):
    plan = shaped(
        Page([
            ["Socis del Clúster Muntanya de Catalunya", None, None, None, "Actes"],
            ["Raó social", "País", "Ciutat", None, "Acte", "Data", "Ciutat"],
            ["Bosc Digital, S.L.", "Espanya", "Olot", None, "Fira de Vic", "5/10/2021", "Vic"],
            ["Nord Robòtica, S.L.", "Espanya", "Ripoll"],
            ["Riu Software, S.L.", "Espanya", "Manresa"],
        ]),
        answers={"which_table:Sheet1:2": "membership", "which_table:Sheet1:2E": "event"}
        | {"cluster:Sheet1": "Clúster Muntanya de Catalunya", "date_order:Sheet1!F": "dmy"},
    )  # fmt: skip

    assert told(plan, "organisation", "name", "city") == [
        ("Bosc Digital, S.L.", "Olot"),
        ("Nord Robòtica, S.L.", "Ripoll"),
        ("Riu Software, S.L.", "Manresa"),
    ]
    assert told(plan, "event", "title", "start", "city") == [("Fira de Vic", "2021-10-05", "Vic")]
    assert (plan.counts.rows, plan.counts.add) == (4, 3)
    assert len(stored(plan, Membership)) == 3


def test_that_one_list_in_two_blocks_of_columns_is_read_whole(shaped, stored):
    headings = ["Organisation", "Country", "City"]
    plan = shaped(
        Page([
            [*headings, None, *headings],
            ["Kaikante GmbH", "Germany", "Kiel", None, "Adler Optik GmbH", "Germany", "Lübeck"],
            ["Nordlicht GmbH", "Germany", "Husum", None, "Deich AG", "Germany", "Emden"],
        ]),
        answers=SEEWIND,
        name="members.xlsx",
    )  # fmt: skip

    assert sorted(told(plan, "organisation", "name", "city")) == [
        ("Adler Optik GmbH", "Lübeck"),
        ("Deich AG", "Emden"),
        ("Kaikante GmbH", "Kiel"),
        ("Nordlicht GmbH", "Husum"),
    ]
    assert plan.counts.add == 2
    names = {o.name for o in stored(plan, Organisation)}
    assert {"Deich AG", "Nordlicht GmbH"} <= names


def test_that_a_blank_column_divides_no_list(shaped):
    plan = shaped(
        Page([
            ["Codice", "Visitante", "Ospitante", None, "Inizio", "Fine", None, "Note"],
            ["A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", None, FROM, TO, None, "bene"],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY, "remark") == [(*ADLER, "bene")]


def test_that_tables_below_each_other_with_titles_and_notes_are_all_read(shaped, stored):
    plan = shaped(
        Page([
            ["Übersicht 2021"],
            [],
            ["Austausche"],
            ["Kennung", "Besuchende Organisation", "Gastgebende Organisation", "Beginn", "Ende"],
            ["A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", FROM, TO],
            ["Summe", 1],
            [],
            ["Veranstaltungen"],
            ["Veranstaltung", "Datum", "Ort"],
            ["Hafentage", day("2021-10-05"), "Lübeck"],
            [],
            ["Zahlungen"],
            ["Datum", "Betrag EUR", "Empfänger", "Austausch"],
            [day("2022-02-01"), 830, "Adler Optik GmbH", "A-1"],
            ["Hinweis: alle Beträge in Euro"],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY) == [ADLER]
    assert told(plan, "event", "title", "start", "city") == [("Hafentage", "2021-10-05", "Lübeck")]
    assert told(plan, "payment", "date", "amount_cents", "exchange", "organisation") == [
        ("2022-02-01", 83000, "A-1", "Adler Optik GmbH")
    ]
    assert left_out(plan) == {6: "total_row", 15: "footnote"}
    (exchange,) = stored(plan, Exchange)
    assert exchange.ref == "A-1"


def test_that_a_small_table_above_a_larger_one_is_read(shaped):
    plan = shaped(
        Page([
            ["Members"],
            ["Organisation", "Country", "Type", "SME"],
            ["Lantern Ltd", "IE", "SME", "yes"],
            ["University of Athlone", "IE", "university", "no"],
            [],
            ["Events"],
            ["Title", "Start", "End", "City", "Country"],
            ["Kick-off", day("2022-01-10"), day("2022-01-11"), "Dublin", "IE"],
        ])
    )  # fmt: skip

    assert told(plan, "organisation", "name", "country", action=Action.WAIT) == [
        ("Lantern Ltd", "IE"),
        ("University of Athlone", "IE"),
    ]
    assert told(plan, "event", "title", "start") == [("Kick-off", "2022-01-10")]


def test_that_a_table_of_two_columns_below_another_is_no_part_of_it(shaped):
    plan = shaped(
        Page([
            ["Title", "Start", "City"],
            ["Kick-off", day("2022-01-10"), "Dublin"],
            [],
            ["Organisation", "Country"],
            ["Lantern Ltd", "IE"],
            ["Candle Ltd", "IE"],
        ])
    )  # fmt: skip

    assert told(plan, "event", "title") == [("Kick-off",)]
    assert told(plan, "organisation", "name") == [("Lantern Ltd",), ("Candle Ltd",)]


@pytest.mark.parametrize(
    ("cell", "city", "country"),
    [
        ("Spanien / Bilbao", "Bilbao", "ES"),
        ("Sofia (Bulgarien)", "Sofia", "BG"),
        ("Bergamo (BG)", "Bergamo (BG)", None),
        ("San Sebastián, Bilbao", "San Sebastián, Bilbao", None),
        ("Luxemburg / Luxemburg", "Luxemburg / Luxemburg", None),
    ],
)
def test_that_a_cell_with_city_and_country_is_both(shaped, cell, city, country):
    plan = shaped(
        Page([
            ["Besuchende Organisation", "Gastgeber", "Land / Ort", "Beginn", "Ende"],
            ["Adler Optik GmbH", "Bosc Digital, S.L.", cell, FROM, TO],
        ]),
        answers={"what_is_this_column:Sheet1!C": "ho_city"},
    )  # fmt: skip

    (found,) = [record for record in plan.records if record.kind == "exchange"]
    assert (found.values.get("ho_city"), found.values.get("ho_country")) == (city, country)


_TWO_HEADINGS = Page([
    ["Country", "Name", "City", "Type", "SME"],
    ["(see the list below for the years)"],
    ["Organisation", "State", "Town"],
    ["Lantern Ltd", "IE", "Athlone"],
    ["Candle Ltd", "IE", "Cork"],
])  # fmt: skip


@pytest.mark.parametrize("rows", ["3", "3-3", " 3 – 3 "])
def test_that_a_person_can_say_where_the_headings_are(shaped, rows):
    plan = shaped(_TWO_HEADINGS, answers={"heading_rows:Sheet1": rows})

    assert [sheet.header_rows for sheet in plan.sheets] == [(3,)]
    assert lines(plan, "organisation") == [(4,), (5,)]


@pytest.mark.parametrize("rows", ["many", "0", "9", "3-1", "1-5"])
def test_that_rows_that_can_be_no_headings_are_refused(shaped, rows):
    with pytest.raises(Invalid):
        shaped(_TWO_HEADINGS, answers={"heading_rows:Sheet1": rows})


def test_that_hidden_sheets_wait_for_an_answer_and_hidden_columns_are_said(shaped):
    rows = [["Código", "Organización visitante", "Organización anfitriona", "Fecha de inicio"]]
    plan = shaped(
        Page([*rows, ["A-1", *ADLER[1:3], FROM]], "Vista", hidden_columns=(3,)),
        Page([*rows, ["A-2", *KAI[1:3], day("2021-12-13")]], "Oculta", hidden="hide"),
        Page([*rows, ["A-3", "Deich AG", KAI[2], FROM]], "Muy oculta", hidden="very_hidden"),
    )

    assert told(plan, "exchange", "ref") == [("A-1",)]
    assert told(plan, "exchange", "ref", action=Action.WAIT) == [("A-2",), ("A-3",)]
    assert topics(plan) == ["hidden_sheet"]
    assert said(plan, "IMP-12") == {None}


def test_that_rows_hidden_by_a_filter_wait(shaped):
    rows = [["Код", "Организация посетител", "Организация домакин", "Начало"]]
    rows += [[f"A-{n}", f"Фирма {n} ООД", "Bosc Digital, S.L.", FROM] for n in range(1, 5)]

    plan = shaped(Page(rows, filtered=(2,)))

    assert told(plan, "exchange", "ref", action=Action.WAIT) == [("A-2",)]
    assert len(told(plan, "exchange", "ref")) == 3
    assert topics(plan) == ["filtered_rows"]


def test_that_what_only_colour_line_or_comment_says_is_said(shaped):
    rows = [["Ref", "Visiting organisation", "Host organisation", "Start"]]
    rows += [[f"A-{n}", f"Deich {n} AG", "Bosc Digital, S.L.", FROM] for n in range(1, 9)]

    plan = shaped(
        Page(
            rows,
            looks={3: {"bg_color": "#FFC7CE"}, (5, 1): {"font_strikeout": True}},
            comments={(6, 1): "withdrawn?"},
        )
    )

    assert said(plan, "IMP-17") == {4, 6, 7}
    assert plan.counts.add == 8


def test_that_stripes_mean_nothing(shaped):
    rows = [["Ref", "Visiting organisation", "Host organisation", "Start"]]
    rows += [[f"A-{n}", f"Deich {n} AG", "Bosc Digital, S.L.", FROM] for n in range(1, 9)]

    plan = shaped(Page(rows, looks={n: {"bg_color": "#EEEEEE"} for n in range(2, 9, 2)}))

    assert not said(plan, "IMP-17")


def test_that_the_cluster_may_stand_in_the_first_column(shaped, stored):
    plan = shaped(
        Page([
            ["Clúster", "Soci", "País", "Ciutat"],
            ["Clúster Muntanya de Catalunya", "Bosc Digital, S.L.", "Espanya", "Olot"],
            ["Verband Seewind e. V.", "Kaikante GmbH", "Alemanya", "Kiel"],
        ])
    )  # fmt: skip

    assert told(plan, "membership", "cluster", "organisation") == [
        ("Clúster Muntanya de Catalunya", "Bosc Digital, S.L."),
        ("Verband Seewind e. V.", "Kaikante GmbH"),
    ]
    assert len(stored(plan, Membership)) == 2


def test_that_unmerged_headings_of_a_text_file_are_read(plan):
    found = plan(
        text_book([
            ["Gast", "", "Gastgeber", "", "Beginn", "Ende"],
            ["Name", "Land", "Name", "Land", "", ""],
            ["Adler Optik GmbH", "DE", "Bosc Digital, S.L.", "ES", "15.11.2021", "19.11.2021"],
        ])
    )  # fmt: skip

    assert told(found, "exchange", *STAY[1:], "vo_country", "ho_country") == [
        (*ADLER[1:], "DE", "ES")
    ]
