"""A funder's template is filled with what it asks for; nothing is left empty without a word."""

import datetime as dt

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.period import Period
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.settings import Settings
from smartct_desktop.services.template_filling import fill_template, template_of, told
from smartct_desktop.services.templates.mapping import (
    RegionMap,
    TemplateMap,
    read_map,
    remember,
    remembered,
)
from tests.services.templates.conftest import MADE_AT, STAYS

SPRING = Period(dt.date(2022, 3, 1), dt.date(2022, 5, 31))
ROW = {"A3": "{{exchange.number}}", "B3": "{{exchange.vo}}", "C3": "{{exchange.start}}"}


def column(sheet, letter, first, last):
    return [sheet[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_that_figures_and_facts_stand_where_they_are_asked_for(given, filled):
    form = filled(
        given(
            {
                "A1": "{{partnership.acronym}}",
                "A2": " {{ Exchanges.Validated }} ",
                "A3": "{{EXCH_VALIDATED_VOP.target}}",
                "A4": "{{made_on}}",
                "A5": "{{exchanges.validated.share}}",
            }
        )
    )
    assert column(form, "A", 1, 5) == ["SmartCTClusters", STAYS, 50, dt.datetime(2022, 7, 1), 0.1]
    assert form["A4"].number_format == "dd.mm.yyyy"
    assert form["A5"].number_format == "0.0%"


def test_that_a_period_counts_inside_and_up_to_its_end(given, filled):
    cells = {"A1": "{{exchanges.validated}}", "A2": "{{exchanges.validated.achieved}}"}
    form = filled(
        given({**cells, "A3": "{{period}}"}), wish=Wish(Period(dt.date(2022, 4, 1), SPRING.last))
    )
    assert column(form, "A", 1, 3) == [2, 3, "01.04.2022 to 31.05.2022"]


def test_that_texts_with_several_names_are_said_in_the_language(given, filled):
    text = (
        "{{exchanges.validated}} von {{exchanges.validated.target}} ({{exchanges.validated.share}})"
    )
    form = filled(given({"A1": f"{text}, {{{{period}}}}"}), wish=Wish(SPRING, language="de"))
    assert form["A1"].value == "3 von 50 (6,0 %), 01.03.2022 bis 31.05.2022"


def test_that_a_row_of_braces_gets_the_rows_of_its_list(given, filled):
    def prepare(workbook, form):
        box = workbook.add_format({"border": 1, "num_format": "0.00"})
        for row in range(3, 9):
            for place in range(4):
                form.write_blank(row, place, None, box)

    form = filled(given({**ROW, "D3": "{{exchange.amount}}"}, prepare))
    assert column(form, "A", 3, 9) == [*(f"S-{n}" for n in range(1, 6)), None, None]
    assert form["B3"].value == "Müller & Söhne <1>"
    assert form["C4"].value == dt.datetime(2022, 4, 14)
    assert form["D5"].value == 415.5
    assert form["D5"].border.left.style == "thin"


def test_that_rows_go_on_behind_the_prepared_ones_only_where_nothing_follows(given, filled, plan):
    def prepare(workbook, form):
        form.write_blank("A4", None, workbook.add_format({"border": 1}))

    form = filled(given(ROW, prepare))
    assert column(form, "A", 3, 8) == [*(f"S-{n}" for n in range(1, 6)), None]
    assert form["A7"].border.left.style == "thin"

    blocked = plan(given({**ROW, "A6": "Signature"}, prepare))
    assert blocked.problems == (
        "Form!A3:C3 has room for 2 rows, and there are 5 (Exchange register).",
    )
    far = plan(given({**ROW, "A9": "Signature", "F4": "beside"}, prepare))
    assert far.problems == ()


@pytest.mark.parametrize("formula", ["=SUM(C3:C4)", "=COUNTA($A$2:$A$4)", "=Form!A3:A3"])
def test_that_a_formula_that_would_miss_rows_is_named(given, plan, formula):
    def prepare(workbook, form):
        form.write_blank("A4", None, workbook.add_format({"border": 1}))
        form.write_formula("E1", formula)

    (problem,) = plan(given(ROW, prepare)).problems
    assert "Form!E1 counts in the prepared ones only" in problem


def test_that_formulas_over_whole_columns_are_in_nobodys_way(given, plan):
    def prepare(_workbook, form):
        form.write_formula("E1", "=COUNTA(A:A)")
        form.write_formula("E2", "=COUNTA(A3:A99)")

    assert plan(given(ROW, prepare)).problems == ()


def test_that_a_formula_in_the_row_keeps_rows_from_being_added(given, plan):
    def prepare(_workbook, form):
        form.write_formula("B3", '=A3&"!"')

    asked = {"A3": "{{exchange.number}}", "C3": "{{exchange.start}}"}
    assert "has room for 1 rows" in plan(given(asked, prepare)).problems[0]


def test_that_merged_rows_are_filled_and_others_end_the_area(given, filled, plan):
    def merged(rows):
        def prepare(workbook, form):
            box = workbook.add_format({"border": 1})
            form.merge_range("B3:C3", "{{exchange.vo}}", box)
            for row in range(4, 4 + rows):
                form.merge_range(f"B{row}:C{row}", None, box)

        return prepare

    asked = {"A3": "{{exchange.number}}"}
    assert column(filled(given(asked, merged(STAYS))), "B", 3, 3) == ["Müller & Söhne <1>"]

    def other(_workbook, form):
        form.merge_range("B3:C3", "{{exchange.vo}}")
        form.merge_range("B5:C6", "something else")

    assert "has room for 1 rows" in plan(given(asked, other)).problems[0]


def table(name, last, **more):
    def prepare(_workbook, form):
        columns = [{"header": one} for one in ("Nr.", "Visiting organisation", "Note")]
        form.add_table(1, 0, last, 2, {"name": name, "columns": columns, **more})

    return prepare


def test_that_a_table_of_ours_fills_by_its_headings_and_grows(given, filled):
    said = TemplateMap(regions={"List": RegionMap("exchange", {"Nr.": "number"})})
    form = filled(given({}, table("List", 2)), said)
    assert form.tables["List"].ref == form.tables["List"].autoFilter.ref == "A2:C7"
    assert column(form, "A", 2, 7) == ["Nr.", *(f"S-{n}" for n in range(1, 6))]

    form = filled(given({}, table("smartct_exchange", 9)))
    assert form.tables["smartct_exchange"].ref == "A2:C10"
    assert column(form, "B", 3, 4) == ["Müller & Söhne <1>", "Müller & Söhne <2>"]
    assert column(form, "A", 3, 4) == [None, None]


def test_that_a_table_with_totals_does_not_grow(given, plan):
    totals = {"total_row": True}
    said = TemplateMap(regions={"List": RegionMap("exchange", {"Nr.": "number"})})
    assert "has room for 2 rows" in plan(given({}, table("List", 4, **totals)), said).problems[0]


def test_that_examples_in_an_area_are_replaced_and_it_is_said(given, filled, plan):
    path = given({"A3": "Example Ltd", "A4": "Other Ltd", "A12": "old", "B3": "a note"})
    said = TemplateMap(regions={"Form!A3:B12": RegionMap("exchange", {"A": "vo"})})
    assert plan(path, said).remarks == (
        "Form!A3:B12: B stay as they are.",
        "Form!A3:B12: 3 cells hold something already, which is replaced (the first is Form!A3).",
    )
    form = filled(path, said)
    assert column(form, "A", 3, 12) == [
        *(f"Müller & Söhne <{n}>" for n in range(1, 6)),
        *[None] * 5,
    ]
    assert form["B3"].value == "a note"


def test_that_an_unknown_name_is_refused_with_its_cell_and_the_nearest(given, filled, plan):
    asked = {"A1": "{{exchanges.validted}}", "A2": "{{qqq}}", "A9": "{{exchange.vx_country}}"}
    asks, nearest = "{} asks for {}, which is not known", "{}; the nearest name is {}."
    wrong = asks.format("Form!A1", "exchanges.validted")
    other = asks.format("Form!A9", "exchange.vx_country")
    assert plan(given(asked)).problems == (
        nearest.format(wrong, "exchanges.validated"),
        asks.format("Form!A2", "qqq") + ".",
        nearest.format(other, "exchange.vo_country"),
    )
    with pytest.raises(Trouble, match="Form!A1 asks for"):
        filled(given(asked))
    said = {
        "exchanges.validted": "exchanges.validated",
        "exchange.vx_country": "exchange.vo_country",
        "Form!A2": "",
    }
    form = filled(given(asked), TemplateMap(said))
    assert [form["A1"].value, form["A2"].value] == [STAYS, None]
    assert column(form, "A", 9, 13) == ["DE"] * STAYS


def test_that_names_of_cells_and_picked_cells_are_filled(given, filled, plan):
    def named(workbook, _form):
        workbook.define_name("smartct_exchanges_validated", "=Form!$B$1")
        workbook.define_name("Total", "=Form!$B$2")
        workbook.define_name("smartct_nonsense", "=Form!$B$4")

    path = given({"A1": "Validated"}, named)
    assert [one.asked for one in plan(path).places if one.needed] == [
        "smartct_exchanges_validated",
        "smartct_nonsense",
    ]
    said = {
        "Total": "smes.visiting",
        "Form!C9": "period",
        "smartct_nonsense": "",
        "Gone!A1": "period",
    }
    form = filled(path, TemplateMap(said))
    assert [form["B1"].value, form["B2"].value] == [STAYS, STAYS]
    assert form["C9"].value == "until 01.07.2022"
    assert (
        "Gone!A1 is not in this template; it is passed over."
        in plan(path, TemplateMap(said)).remarks
    )


def test_that_formulas_arrays_and_hidden_merged_cells_are_never_overwritten(given, plan):
    def cells(_workbook, form):
        form.write_formula("A1", "=1+1")
        form.write_array_formula("B1:B3", "{=A1:A3}")
        form.merge_range("D1:E2", "x")

    said = dict.fromkeys(("Form!A1", "Form!B2", "Form!E2"), "period")
    assert plan(given({}, cells), TemplateMap(said)).problems == (
        "Form!A1 holds a formula, which is not overwritten.",
        "Form!B2 belongs to a formula of several cells.",
        "Form!E2 is hidden by merged cells; Form!D1 is shown.",
    )


def test_that_what_stays_blank_or_unfilled_is_said(given, plan):
    def more(_workbook, form):
        form.set_footer("&L{{period}}")
        form.insert_textbox("H1", "as of {{made_on}}")
        form.write_formula("F1", '="{{period}}"')

    asked = {"A1": "{{partner.name}}", "A2": "{{period.from}}", **ROW}
    del asked["A3"]
    empty = Wish(Period(dt.date(1999, 1, 1), dt.date(1999, 1, 2)))
    remarks = set(plan(given(asked, more), wish=empty).remarks)
    assert remarks >= {
        "Form!A1 stays blank: nothing is known for partner.name.",
        "Form!B3:C3 stays empty: there is nothing to list (Exchange register).",
        "{{period}} stands in a header or footer, which is not filled.",
        "{{made_on}} stands in a text box, which is not filled.",
        "Form!F1: braces within a formula are not filled.",
    }


def test_that_a_list_of_nothing_clears_its_braces(given, filled):
    empty = Wish(Period(dt.date(1999, 1, 1), dt.date(1999, 1, 2)))
    assert column(filled(given(ROW), wish=empty), "A", 3, 3) == [None]


def test_that_a_partner_can_be_chosen_and_lists_that_cannot_follow_say_so(work, given, plan):
    partner = partners(work.read)[0]
    asked = {"A1": "{{partner.name}}", "A3": "{{all.exchange.number}}"}
    made = plan(given(asked), wish=Wish(SPRING, partner.id))
    assert made.places[0].filled_by.value == partner.name
    assert made.rows[0].count == STAYS
    assert made.remarks[0].endswith("of all days, not only of the period.")


def test_that_flags_and_closed_lists_are_words_of_the_language(given, filled):
    asked = {"A1": "{{exchange.counted}}", "B1": "{{all.exchange.status}}"}
    form = filled(given(asked), wish=Wish(language="de"))
    assert form["A1"].value == "ja"
    assert form["B1"].value == "validiert"


def test_that_people_stand_with_initials_if_that_is_asked_and_it_is_known_otherwise(given, plan):
    path = given({"A1": "{{all.person.name}}", "B1": "{{period}}"})
    open_ = plan(path)
    masked = plan(path, wish=Wish(masked=True))
    names, short = (
        [row.known.cell(one, row.columns[0]) for one in row.known.rows]
        for (row,) in (open_.rows, masked.rows)
    )
    assert open_.personal
    assert not masked.personal
    assert len(names) == len(short) > 0
    assert all(
        len(one) < len(name) and one.endswith(".") for one, name in zip(short, names, strict=True)
    )


def test_that_a_template_that_asks_for_nothing_says_how_to_ask(given, filled):
    with pytest.raises(Trouble, match="asks for nothing") as refused:
        filled(given({"A1": "Report"}))
    assert "{{period}}" in refused.value.hint


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("template.xlsx", "is the template itself"),
        ("filled.xlsm", "ends in .xlsx"),
        ("other.xlsx", "is no workbook"),
    ],
)
def test_that_no_other_file_is_replaced(work, given, tmp_path, name, words):
    path = given({"A1": "{{period}}"})
    (tmp_path / "other.xlsx").write_text("a letter")
    before = path.read_bytes()
    with pytest.raises(Trouble, match=words):
        fill_template(
            path,
            template_of(path, Progress()),
            work,
            ProgrammeFacts(),
            wish=Wish(),
            said=TemplateMap(),
            made_at=MADE_AT,
            path=tmp_path / name,
            progress=Progress(),
        )
    assert path.read_bytes() == before
    assert (tmp_path / "other.xlsx").read_text() == "a letter"


def test_that_what_was_said_about_a_template_is_remembered_until_it_is_another(given, tmp_path):
    said = TemplateMap({"Form!B1": "period"}, {"List": RegionMap("exchange", {"Nr.": "number"})})
    settings = Settings(tmp_path / "settings.json")
    first = template_of(given({"A1": "Report 2021"}), Progress()).fingerprint()
    remember(settings, first, said)
    settings.save()

    again = Settings(tmp_path / "settings.json")
    next_year = template_of(given({"A1": "Report 2022"}), Progress()).fingerprint()
    other = template_of(given({"A1": "Budget"}), Progress()).fingerprint()
    assert remembered(again, next_year) == said
    assert remembered(again, other) is None


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": "other/1"}', '{"format": "smartct-map/1", "x": 1}']
)
def test_that_a_map_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "map.json"
    path.write_text(text)
    with pytest.raises(Trouble, match=r"map\.json is no map"):
        read_map(path)


def test_that_what_stays_is_told_before(given, plan):
    def more(_workbook, form):
        form.insert_textbox("H1", "read this")
        form.add_sparkline("F1", {"range": "Form!A1:A2"})
        form.write_formula("G1", "=1+1")
        form.protect()

    lines = told(plan(given({"A1": "{{period}}"}, more)))
    assert lines == [
        "Nothing is lost. What stays as it is:",
        "Text boxes and drawings: 1",
        "Sparklines: 1",
        "Protection of sheets: 1",
        "The formulas stay, and count anew when the workbook is opened: 1.",
        "Protected cells are filled nevertheless; the protection stays.",
    ]
