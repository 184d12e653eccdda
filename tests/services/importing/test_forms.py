"""Forms: labels with their values beside them, one record on a sheet or several."""

import pytest

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.importing.plan import Action, Role
from tests.services.importing.books import day
from tests.services.importing.shapes import Page, lines, said, told, topics

STAY = ("ref", "vo", "ho", "start", "end", "amount_cents")
COUNTRIES = ("vo_country", "ho_country")
ADLER = ("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", "2021-11-15", "2021-11-19")


def german(ref, vo, ho, start="2021-11-15", end="2021-11-19"):
    """A form with a title, blank rows and labels with colons."""
    return [
        ["Austauschbogen ClusterXchange"],
        [],
        ["Austausch-Nr.:", ref],
        ["Entsendende Organisation:", vo],
        ["Land:", "Deutschland"],
        [],
        ["Aufnehmende Organisation:", ho],
        ["Land:", "Spanien"],
        ["Beginn:", day(start)],
        ["Ende:", day(end)],
        ["Betrag EUR:", 830],
        [],
        ["Bitte bis Monatsende zurücksenden."],
    ]


def test_that_one_german_form_a_sheet_is_one_exchange_each(shaped, stored):
    plan = shaped(
        Page(german("A-1", "Adler Optik GmbH", "Bosc Digital, S.L."), "Bogen 1"),
        Page(german("A-2", "Kaikante GmbH", "Nord Robòtica, S.L."), "Bogen 2"),
        name="Bögen.xlsx",
    )

    assert told(plan, "exchange", *STAY) == [
        ("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", "2021-11-15", "2021-11-19", 83000),
        ("A-2", "Kaikante GmbH", "Nord Robòtica, S.L.", "2021-11-15", "2021-11-19", 83000),
    ]
    assert told(plan, "exchange", *COUNTRIES) == [("DE", "ES")] * 2
    assert lines(plan, "exchange") == [(3, 4, 5, 7, 8, 9, 10, 11)] * 2
    assert [sheet.role for sheet in plan.sheets] == [Role.FORM] * 2
    assert not plan.open_questions
    assert len(stored(plan, Exchange)) == 2


def test_that_labels_in_two_columns_side_by_side_are_one_record(shaped):
    plan = shaped(
        Page([
            ["Exchange form"],
            ["Ref", "A-1", None, "Status", "closed"],
            ["Visiting organisation", ADLER[1], None, "Host organisation", ADLER[2]],
            ["VO country", "Germany", None, "HO country", "Spain"],
            ["Start", day("2021-11-15"), None, "End", day("2021-11-19")],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY[:5], "status", *COUNTRIES) == [
        (*ADLER, "CLOSED", "DE", "ES")
    ]
    assert [(c.letter, c.header) for c in plan.columns][-1] == ("E", "End")


def test_that_headings_between_labels_say_whose_name_it_is(shaped):
    plan = shaped(
        Page([
            ["Scheda di scambio"],
            ["Codice", "A-1"],
            ["Visitatore"],
            ["Nome", "Adler Optik GmbH"],
            ["Paese", "Germania"],
            ["Ospitante"],
            ["Nome", "Bosc Digital, S.L."],
            ["Paese", "Spagna"],
            ["Città", "Olot"],
            ["Data inizio", day("2021-11-15")],
            ["Data fine", day("2021-11-19")],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY[:5], *COUNTRIES, "ho_city") == [
        (*ADLER, "DE", "ES", "Olot")
    ]
    assert not plan.open_questions


def test_that_bulgarian_forms_of_organisations_are_read(shaped, stored):
    def form(name, vat, city):
        rows = [("Наименование", name), ("ЕИК / ДДС номер", vat), ("Град", city)]
        rows += [("Държава", "България"), ("Брой служители", 12)]
        return [["Карта на член"], *map(list, rows)]

    plan = shaped(
        Page(form("Нишава Електро ООД", "BG123456789", "София"), "1"),
        Page(form("Родопи Софт ЕООД", "BG987654321", "Пловдив"), "2"),
        answers={"cluster:1": "Клъстер Тракия", "cluster:2": "Клъстер Тракия"},
        name="членове.xlsx",
        accept_proposals=True,
    )

    assert told(plan, "organisation", "name", "city", "country", "headcount") == [
        ("Нишава Електро ООД", "София", "BG", 12),
        ("Родопи Софт ЕООД", "Пловдив", "BG", 12),
    ]
    assert {o.name for o in stored(plan, Organisation)} >= {"Нишава Електро ООД"}


def test_that_forms_below_each_other_are_a_record_each(shaped):
    def form(ref, vo):
        return [
            ["Código", ref],
            ["Organización visitante", vo],
            ["Organización anfitriona", "Bosc Digital, S.L."],
            ["Fecha de inicio", "15.11.2021"],
            ["Fecha de fin", "19.11.2021"],
            [],
        ]

    plan = shaped(Page([*form("A-1", "Adler Optik GmbH"), *form("A-2", "Kaikante GmbH")]))

    assert told(plan, "exchange", *STAY[:5]) == [
        ("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", "2021-11-15", "2021-11-19"),
        ("A-2", "Kaikante GmbH", "Bosc Digital, S.L.", "2021-11-15", "2021-11-19"),
    ]
    assert lines(plan, "exchange") == [(1, 2, 3, 4, 5), (7, 8, 9, 10, 11)]


def test_that_a_form_that_lacks_the_host_is_refused_in_words(shaped):
    plan = shaped(
        Page([
            ["Codi", "A-1"],
            ["Organització visitant", "Adler Optik GmbH"],
            ["Data d'inici", "15/11/2021"],
            ["Data de fi", "19/11/2021"],
            ["Import", 830],
        ])
    )  # fmt: skip

    assert not plan.records
    assert str(plan.message).endswith(
        "a list of exchanges needs a column for: the host organisation."
    )


def test_that_what_stands_beside_no_label_is_said(shaped):
    grid = german("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.")
    grid[8] = ["Beginn:", day("2021-11-15"), "vormittags"]

    plan = shaped(Page(grid))

    assert "Cells without a label are not read: C9." in {str(f.sentence) for f in plan.findings}


def test_that_a_finding_and_a_question_name_the_cell_of_the_form(shaped):
    grid = german("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", "2021-11-15", "2021-11-12")
    grid[10] = ["Betrag EUR:", "1.100"]

    plan = shaped(Page(grid))

    (record,) = [r for r in plan.records if r.kind == "exchange"]
    assert record.action is Action.REFUSE
    (wrong,) = [f for f in plan.findings if f.code == "DUR-01"]
    assert (wrong.letter, wrong.rows) == ("B", (10,))
    assert topics(plan) == ["number"]
    assert [(q.letter, q.rows) for q in plan.open_questions] == [("B", (11,))]


def test_that_a_list_that_lies_on_its_side_is_read(shaped, stored):
    plan = shaped(
        Page([
            ["Austausche 2021"],
            ["Kennung", "A-1", "A-2"],
            ["Besuchende Organisation", "Adler Optik GmbH", "Kaikante GmbH"],
            ["Gastgebende Organisation", "Bosc Digital, S.L.", "Nord Robòtica, S.L."],
            ["Beginn", day("2021-11-15"), day("2021-12-13")],
            ["Ende", day("2021-11-19"), day("2021-12-17")],
        ])
    )  # fmt: skip

    assert told(plan, "exchange", *STAY[:5]) == [
        ADLER,
        ("A-2", "Kaikante GmbH", "Nord Robòtica, S.L.", "2021-12-13", "2021-12-17"),
    ]
    assert {c.letter for c in plan.columns} == {"B", "C"}
    assert len(stored(plan, Exchange)) == 2


@pytest.mark.parametrize("label", ["Allergien:", "Personalausweisnummer:"])
def test_that_what_must_not_be_kept_is_not_taken_from_a_form(shaped, label):
    grid = [*german("A-1", "Adler Optik GmbH", "Bosc Digital, S.L.")[:-2], [label, "Nüsse"]]

    plan = shaped(Page(grid))

    assert said(plan, "GDP-01") == {12}
    assert "Nüsse" not in repr(plan.records)
