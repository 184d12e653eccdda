"""Lists of exchanges: what their rows become."""

from decimal import Decimal

import pytest

from smartct_desktop.domain.book import CellError
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.plan import Action, Outcome, Target
from tests.services.importing.books import book, day, exchange, exchanges, sheet, text_book


def of(plan, kind):
    return [record for record in plan.records if record.kind == kind]


def codes(plan):
    return {finding.code for finding in plan.findings}


def test_that_a_row_becomes_an_exchange_and_its_organisations(plan):
    found = plan(book(exchanges(exchange())))

    (stay,) = of(found, "exchange")
    assert stay.action is Action.ADD
    assert stay.values["vo"] == Target("organisation", "Adler Optik GmbH", key="organisation 1")
    assert stay.values["start"] == day("2021-11-15")
    assert stay.values["working_days"] == Decimal(5)
    assert stay.values["amount_cents"] == 83000
    assert stay.values["status"] is ExchangeStatus.CLOSED
    assert stay.told["vo_country"] == "DE"
    names = {
        record.values["name"]: record.values["country"] for record in of(found, "organisation")
    }
    assert names == {"Adler Optik GmbH": "DE", "Bosc Digital, S.L.": "ES"}


def test_that_a_stay_without_a_column_for_the_mode_is_physical(plan):
    (stay,) = of(plan(book(exchanges(exchange()))), "exchange")

    assert stay.values["mode"] is Mode.PHYSICAL


def test_that_organisations_stand_once_however_often_they_are_named(plan):
    found = plan(
        book(
            exchanges(
                exchange("A-1"),
                exchange("A-2", vo="Weserkran Bau AG"),
                exchange("A-3", vo="Óptica Sol, S.A.", vo_country="Spain", ho="ADLER OPTIK GMBH",
                         ho_country="Germany"),
            )
        )
    )  # fmt: skip

    names = sorted(record.values["name"] for record in of(found, "organisation"))
    assert names == [
        "Adler Optik GmbH",
        "Bosc Digital, S.L.",
        "Weserkran Bau AG",
        "Óptica Sol, S.A.",
    ]


def test_that_a_host_that_is_a_cluster_is_not_made_anew(plan):
    found = plan(book(exchanges(exchange(ho="Clúster Muntanya de Catalunya"))))

    assert [record.values["name"] for record in of(found, "organisation")] == ["Adler Optik GmbH"]
    assert of(found, "exchange")[0].values["ho"].id is not None


def test_that_another_spelling_in_the_file_is_asked_about_and_only_that_row_waits(plan):
    found = plan(
        book(exchanges(exchange("A-1"), exchange("A-2", vo="Adler Optik", start=day("2021-11-16"))))
    )

    (question,) = found.open_questions
    assert question.topic == "same_organisation"
    assert question.items[0].options == ("Adler Optik GmbH", "new")
    assert question.items[0].propose == "Adler Optik GmbH"
    assert [row.action for row in found.rows] == [Action.ADD, Action.WAIT]
    waiting = of(found, "exchange")[1].values["vo"]
    assert isinstance(waiting, Asked)
    assert waiting.propose.name == "Adler Optik GmbH"


@pytest.mark.parametrize(("answer", "organisations"), [("Adler Optik GmbH", 2), ("new", 3)])
def test_that_the_answer_decides_on_one_organisation_or_two(plan, answer, organisations):
    answers = {"same_organisation": {"Adler Optik": answer}}

    found = plan(
        book(
            exchanges(exchange("A-1"), exchange("A-2", vo="Adler Optik", start=day("2021-11-16")))
        ),
        answers,
    )

    assert not found.open_questions
    assert len(of(found, "organisation")) == organisations


def test_that_a_word_for_a_type_fills_type_and_kind(plan):
    grid = [
        ["Visiting organisation", "Type", "Host organisation", "Start"],
        ["Ostsee Brutkasten", "Incubator", "Bosc Digital, S.L.", day("2021-11-15")],
    ]

    visitor = of(plan(book(grid)), "organisation")[0]

    assert visitor.values["type"] is OrganisationType.SCALEUP
    assert visitor.values["scaleup_kind"] == "incubator"


def test_that_papers_are_read_as_words_signs_and_dates(take, clusters):
    grid = [
        ["Visiting organisation", "Host organisation", "Start", "CtQ", "Agreement", "VO report",
         "Evidence"],
        ["Adler Optik GmbH", "Bosc Digital, S.L.", day("2021-11-15"), day("2021-10-01"), "signed",
         "missing", "x"],
    ]  # fmt: skip

    take(book(grid))

    (stay,) = clusters.read.all(Exchange)
    assert (stay.ctq, stay.ctq_on) == (True, day("2021-10-01"))
    assert (stay.agreement, stay.agreement_on) == (True, None)
    assert (stay.vo_report, stay.evidence) == (False, True)


def test_that_one_word_of_two_meanings_is_asked_about(plan):
    found = plan(book(exchanges(exchange(status="finished"))))

    assert [question.topic for question in found.open_questions] == ["status_words"]
    answered = plan(
        book(exchanges(exchange(status="finished"))), {"status_words:Sheet1!K": {"finished": "VAL"}}
    )
    assert of(answered, "exchange")[0].values["status"] is ExchangeStatus.VAL


def test_that_a_country_is_never_guessed_by_likeness(plan):
    found = plan(book(exchanges(exchange(vo_country="Germny"))))

    (question,) = found.open_questions
    assert question.topic == "country"
    assert not question.items[0].proposed
    assert "ORG-03" in codes(found)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"vo": None}, "IMP-04"),
        ({"ho": None}, "IMP-04"),
        ({"start": None}, "IMP-04"),
        ({"end": day("2021-11-12")}, "DUR-01"),
        ({"ho": "Adler Optik GmbH", "ho_country": "Germany"}, "ELG-11"),
    ],
)
def test_that_a_row_that_cannot_be_is_refused_with_the_reason(plan, changes, code):
    found = plan(book(exchanges(exchange("A-1"), exchange("A-2", **changes))))

    assert [row.action for row in found.rows] == [Action.ADD, Action.REFUSE]
    (finding,) = [f for f in found.findings if f.severity.value == "error"]
    assert (finding.code, finding.rows) == (code, (3,))


def test_that_an_error_of_a_formula_refuses_the_row(plan):
    found = plan(book(exchanges(exchange(amount=CellError("#REF!")))))

    assert [row.action for row in found.rows] == [Action.REFUSE]
    assert "IMP-09" in codes(found)


def test_that_the_same_row_twice_is_taken_once(plan):
    found = plan(
        book(exchanges(exchange("A-1"), exchange("A-2", vo="Weserkran AG"), exchange("A-1")))
    )

    assert len(of(found, "exchange")) == 2
    assert of(found, "exchange")[0].rows == (2, 4)
    assert [(skip.first, skip.reason.value, skip.code) for skip in found.skipped] == [
        (4, "duplicate", "IMP-10")
    ]
    assert (found.counts.rows, found.counts.add, found.counts.skip) == (3, 2, 1)


def test_that_a_row_that_means_the_same_but_says_other_things_is_asked_about(plan):
    grid = exchanges(exchange("A-1"), exchange("A-1", amount=415))

    found = plan(book(grid))

    assert [question.topic for question in found.open_questions] == ["same_exchange"]
    assert [row.action for row in found.rows] == [Action.ADD, Action.WAIT]
    left = plan(book(grid), {"same_exchange:Sheet1": {"3": "leave out"}})
    assert len(of(left, "exchange")) == 1


def test_that_the_lump_sum_due_is_worked_out(plan):
    far, short, near, virtual = (
        exchange("A-1"),
        exchange("A-2", vo="Weserkran AG", end=day("2021-11-17"), days=3, amount=415),
        exchange("A-3", vo="Moorlicht KG", km=150, amount=415),
        [*exchange("A-4", vo="Hafenwind eG", amount=None)],
    )
    grid = [[*row, mode] for row, mode in zip(
        exchanges(far, short, near, virtual),
        ["Mode", "physical", "physical", "physical", "virtual"], strict=True)]  # fmt: skip

    stays = of(plan(book(grid)), "exchange")

    assert [stay.values["entitlement_cents"] for stay in stays] == [83000, 41500, 41500, 0]


def test_that_half_the_sum_without_a_distance_asks_for_it(plan):
    grid = exchanges(exchange(km=None, amount=415))

    asked = plan(book(grid))
    near = plan(book(grid), {"distance:Sheet1": {"2: A-1": 150}})
    unknown = plan(book(grid), accept_proposals=True)

    assert [question.topic for question in asked.open_questions] == ["distance"]
    assert of(near, "exchange")[0].values["entitlement_cents"] == 41500
    assert of(near, "exchange")[0].values["distance_km"] == Decimal(150)
    assert "entitlement_cents" not in of(unknown, "exchange")[0].values


def test_that_rules_are_checked_before_anything_is_written(plan):
    found = plan(
        book(
            exchanges(
                exchange("A-1", ho="Weserkran AG", ho_country="Germany"),
                exchange("A-2", vo="Moorlicht KG", days=2, end=day("2021-11-16")),
                exchange("A-3", vo="Hafenwind eG", days=3, end=day("2021-11-17")),
                exchange("A-4", vo="Ebbe & Flut GmbH"),
                exchange("A-5", vo="Ebbe & Flut GmbH", start=day("2022-02-07"),
                         end=day("2022-02-11")),
            )
        )
    )  # fmt: skip

    by_row = {(f.code, row) for f in found.findings for row in f.rows}
    assert {("ELG-03", 2), ("DUR-02", 3), ("AMT-03", 4), ("ELG-08", 6)} <= by_row
    assert ("ELG-08", 5) not in by_row
    assert found.counts.add == 5


def test_that_rates_that_nobody_has_confirmed_are_said_once(plan):
    found = plan(book(exchanges(exchange("A-1"), exchange("A-2", vo="Weserkran AG"))))

    (finding,) = [f for f in found.findings if f.code == "AMT-13"]
    assert finding.rows == (2, 3)
    assert found.outcome is Outcome.NOTES


def test_that_visitors_are_one_person_by_their_address(take, clusters):
    heads = ["Visiting organisation", "Visitor", "E-mail", "Host organisation", "Start"]
    grid = [
        heads,
        ["Adler Optik GmbH", "Anke Lund", "lund@adler.example", "Bosc, S.L.", day("2021-11-15")],
        ["Adler Optik GmbH", "Lund, Anke", "LUND@adler.example", "Sol, S.A.", day("2022-02-07")],
        ["Adler Optik GmbH", "Office", "lund@adler.example", "Mar, S.A.", day("2022-03-07")],
    ]

    plan, _ = take(book(grid))

    topics = [
        (question.topic, [item.key for item in question.items]) for question in plan.questions
    ]
    assert ("same_person", ["Lund, Anke", "Office"]) in topics
    assert [person.email for person in clusters.read.all(Person)] == ["lund@adler.example"]


def test_that_amounts_in_leva_are_only_turned_into_euro_when_asked(plan):
    grid = exchanges(exchange())
    grid[0][9] = "Сума (лв.)"
    grid[1][9] = "1 623,34"

    asked = plan(text_book(grid))
    converted = plan(text_book(grid), {"currency:J": "convert"})

    (question,) = [q for q in asked.open_questions if q.topic == "currency"]
    assert question.letter == "J"
    stay = of(converted, "exchange")[0]
    assert stay.values["amount_cents"] == 83000
    assert stay.told["amount_original_cents"] == 162334
    assert stay.told["amount_original_currency"] == "BGN"


def test_that_a_number_of_two_meanings_is_asked_for_the_column(plan):
    grid = exchanges(exchange(amount="1.100"))

    (question,) = plan(book(grid)).open_questions
    comma = plan(book(grid), {"number:Sheet1!J:decimal sign": "comma"})

    assert question.topic == "number"
    assert of(comma, "exchange")[0].values["amount_cents"] == 110000


def test_that_text_files_count_physical_lines_and_say_that_the_encoding_is_guessed(plan):
    grid = [["Код", "Посетител", "Домакин", "Начало"], ["Е-1", "Тих Бряг ООД", "Bosc, S.L.",
            "4.10.2021 г."]]  # fmt: skip

    found = plan(text_book(grid, certain=False))

    assert found.sheets[0].name is None
    assert of(found, "exchange")[0].values["start"] == day("2021-10-04")
    assert "IMP-15" in codes(found)
    assert not found.open_questions


def test_that_two_data_sheets_are_both_taken_and_duplicates_over_sheets_are_not(plan):
    one = sheet(exchanges(exchange("A-1")), "2021")
    two = sheet(exchanges(exchange("A-1"), exchange("A-2", vo="Weserkran AG")), "copy")

    found = plan(book(one, two))

    assert [(record.sheet, record.rows) for record in of(found, "exchange")] == [
        ("2021", (2,)),
        ("copy", (3,)),
    ]
    assert (found.counts.add, found.counts.skip) == (2, 1)


def test_that_what_a_file_tells_of_a_known_organisation_is_a_change(take, plan, clusters):
    take(book(exchanges(exchange()), name="one.xlsx"))
    heads = ["Visiting organisation", "VO type", "Host organisation", "Start"]
    grid = [heads, ["Adler Optik GmbH", "SME", "Bosc Digital, S.L.", day("2022-05-02")]]

    (adler,) = of(plan(book(grid, name="two.xlsx")), "organisation")

    assert adler.action is Action.CHANGE
    assert adler.changes == {"type": (None, OrganisationType.SME)}
    assert adler.id in {o.id for o in clusters.read.all(Organisation)}


def amounts(*texts):
    names = ["Adler Optik GmbH", "Weserkran AG", "Moorlicht KG"]
    return exchanges(
        *(exchange(f"A-{n}", vo=names[n], amount=text) for n, text in enumerate(texts))
    )


def test_that_a_number_against_the_proven_sign_of_its_column_is_asked_about(plan):
    found = plan(book(amounts("1.234", "415.50")))

    (question,) = found.open_questions
    assert (question.topic, [item.key for item in question.items]) == ("number", ["1.234"])
    assert [row.action for row in found.rows] == [Action.WAIT, Action.ADD]
    assert of(found, "exchange")[1].values["amount_cents"] == 41550


def test_that_numbers_that_need_different_signs_are_asked_about_together(plan):
    grid = amounts("1.234", "1,234")

    asked = plan(book(grid))
    point = plan(book(grid), {"number:Sheet1!J:decimal sign": "point"})

    (question,) = asked.open_questions
    assert question.id == "number:Sheet1!J:decimal sign"
    assert not question.items[0].proposed
    assert asked.counts.wait == 2
    assert [[item.key for item in q.items] for q in point.open_questions] == [["1.234"]]
    assert of(point, "exchange")[1].values["amount_cents"] == 123400


def test_that_an_answered_sign_holds_for_the_whole_column(plan):
    grid = amounts("1.234", "1,100")

    asked = plan(book(grid))
    point = plan(book(grid), {"number:Sheet1!J:decimal sign": "point"})
    comma = plan(book(grid), {"number:Sheet1!J:decimal sign": "comma"})

    (question,) = asked.open_questions
    assert not question.items[0].proposed
    assert [row.action for row in point.rows] == [Action.WAIT, Action.ADD]
    assert [stay.values["amount_cents"] for stay in of(comma, "exchange")] == [123400, 110]


def test_that_a_stored_reference_with_a_new_name_is_asked_about_and_never_added(take, plan):
    take(book(exchanges(exchange("A-1")), name="one.xlsx"))
    other = book(exchanges(exchange("A-1", vo="Totally Other Org")), name="two.xlsx")

    asked = plan(other)
    same = plan(other, {"same_exchange:Sheet1": {"A-1": "OUR-2021-001"}})
    new = plan(other, {"same_exchange:Sheet1": {"A-1": "new"}})

    assert [question.topic for question in asked.open_questions] == ["same_exchange"]
    assert asked.counts.wait == 1
    assert list(of(same, "exchange")[0].changes) == ["vo"]
    assert new.counts.add == 1


def test_that_a_stored_reference_and_start_with_two_new_names_are_asked_about(take, plan):
    take(book(exchanges(exchange("A-1")), name="one.xlsx"))

    found = plan(book(exchanges(exchange("A-1", vo="Neu AG", ho="Nou, S.A.")), name="two.xlsx"))

    assert [question.topic for question in found.open_questions] == ["same_exchange"]


def test_that_a_reference_for_another_stay_of_others_is_a_new_exchange(take, plan):
    take(book(exchanges(exchange("1")), name="one.xlsx"))
    row = exchange("1", vo="Neu AG", ho="Nou, S.A.", start=day("2022-02-07"),
                   end=day("2022-02-11"))  # fmt: skip

    found = plan(book(exchanges(row), name="two.xlsx"))

    assert (found.counts.add, found.open_questions) == (1, ())


def test_that_a_reference_for_two_exchanges_of_a_file_is_told(plan):
    one = sheet(exchanges(exchange("A-1"), exchange("A-2", vo="Moorlicht KG")), "2021")
    two = sheet(exchanges(exchange("A-1", vo="Weserkran AG"), exchange("A-2", vo="Moorlicht KG")),
                "2022")  # fmt: skip

    found = plan(book(one, two))

    (finding,) = [f for f in found.findings if f.code == "IMP-21"]
    assert (finding.severity.value, finding.sheet, finding.rows) == ("error", "2022", (2,))
    assert found.counts.add == 3


def test_that_rows_of_one_reference_never_change_one_stored_exchange_together(take, plan):
    take(book(exchanges(exchange("A-1")), name="one.xlsx"))
    grid = exchanges(exchange("A-1"), exchange("A-1", start=day("2022-02-07"),
                                               end=day("2022-02-11")))  # fmt: skip

    found = plan(book(grid, name="two.xlsx"))

    assert [row.action for row in found.rows] == [Action.SAME, Action.WAIT]
    (question,) = found.open_questions
    assert [item.key for item in question.items] == ["3: A-1"]


def test_that_nothing_is_due_for_a_cancelled_exchange_in_the_preview_as_in_the_record(plan):
    (stay,) = of(plan(book(exchanges(exchange("A-1", status="cancelled")))), "exchange")
    assert stay.values["entitlement_cents"] == 0
