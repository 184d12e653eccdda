"""Attendance, papers, feedback, facts: lists of odd shapes, and files that hold several."""

import datetime as dt
from decimal import Decimal

import pytest

from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.importing.commit import commit
from smartct_desktop.services.importing.plan import Action, Outcome
from tests.services.importing.books import book, day, exchange, exchanges
from tests.services.importing.shapes import Page, left_out, said, told, topics

NEW = {"which_event:Sheet1": "new"}
MARCH = [day("2022-03-21"), day("2022-03-22")]


# ------------------------------------------------------------------------------------- attendance


@pytest.mark.parametrize("merged", [[(2, 3, 2, 4), (2, 5, 2, 6)], []])
@pytest.mark.parametrize("days", [("21.03.", "22.03."), (MARCH[0], MARCH[1])])
def test_that_half_days_are_sessions_of_half_a_day(shaped, stored, days, merged):
    plan = shaped(
        Page(
            [
                ["Werkstatt Hafenlogistik – Kiel, 21. bis 22. März 2022"],
                [],
                ["Nachname", "Vorname", "Organisation", days[0], None, days[1], None],
                [None, None, None, "VM", "NM", "VM", "NM"],
                ["Auster", "Jonna", "Kaikante GmbH", "x", "x", None, "x"],
                ["Brandt", "Ove", "Adler Optik GmbH", None, "x", "x", None],
            ],
            merged=merged,
        ),
        answers=NEW,
    )

    assert told(plan, "session", "no", "date") == [
        (1, "2022-03-21"),
        (2, "2022-03-21"),
        (3, "2022-03-22"),
        (4, "2022-03-22"),
    ]
    assert {weight for (weight,) in told(plan, "attendance", "weight_total")} == {0.5}
    seen = stored(plan, Attendance)
    days = [one.weight_total for one in seen if one.name_text == "Jonna Auster"]
    assert sum(days) == Decimal("1.5")
    assert len(seen) == 5


@pytest.mark.parametrize(
    "above",
    [
        [["Veranstaltung:", "Hafentage"], ["Datum:", "21.03.2022"], ["Ort:", "Kiel"]],
        [["Evento: Hafentage"], ["Data: 21/3/2022"], ["Città: Kiel"]],
        [["Събитие", "Hafentage"], ["Дата", MARCH[0]], ["Град", "Kiel"]],
    ],
)
def test_that_labels_above_a_list_tell_the_event(shaped, above):
    rows = [["Nachname", "Vorname", "Unterschrift"], ["Auster", "Jonna", "x"]]

    plan = shaped(Page([*above, [], *rows]), answers=NEW)

    assert told(plan, "event", "title", "start", "city") == [("Hafentage", "2022-03-21", "Kiel")]


GUESTS = [
    ["Matchmaking Lübeck", day("2021-10-05"), "Jonna Auster", "Kaikante GmbH"],
    ["Matchmaking Lübeck", day("2021-10-05"), "Ove Brandt", "Adler Optik GmbH"],
    ["Matchmaking Sofia", day("2022-03-08"), "Jonna Auster", "Kaikante GmbH"],
]
BOTH = {
    "which_event:Sheet1:Matchmaking Lübeck": "new",
    "which_event:Sheet1:Matchmaking Sofia": "new",
}


def test_that_a_list_of_several_events_makes_each(shaped, stored):
    plan = shaped(Page([["Event", "Date", "Name", "Organisation"], *GUESTS]), answers=BOTH)

    assert told(plan, "event", "title", "start") == [
        ("Matchmaking Lübeck", "2021-10-05"),
        ("Matchmaking Sofia", "2022-03-08"),
    ]
    assert told(plan, "attendance", "event", "name_text") == [
        ("Matchmaking Lübeck", "Jonna Auster"),
        ("Matchmaking Lübeck", "Ove Brandt"),
        ("Matchmaking Sofia", "Jonna Auster"),
    ]
    assert len(told(plan, "person", "name")) == 2
    assert len({one.event for one in stored(plan, Attendance)}) == 2


def test_that_each_day_of_an_event_in_a_list_is_a_session(shaped, stored):
    rows = [["Foro", on, "Jonna Auster", "Kaikante GmbH"] for on in MARCH]

    plan = shaped(
        Page([["Acto", "Fecha", "Nombre y apellidos", "Entidad"], *rows, GUESTS[2]]),
        answers=BOTH | {"which_event:Sheet1:Foro": "new"},
    )

    assert told(plan, "event", "title", "start", "end")[0] == ("Foro", "2022-03-21", "2022-03-22")
    assert len(stored(plan, Session)) == 2
    assert plan.counts.add == 3


def test_that_a_row_without_an_event_is_refused(shaped):
    rows = [*GUESTS, [None, None, "Ona Prat", "Bosc Digital, S.L."]]

    plan = shaped(Page([["Събитие", "Дата", "Име", "Организация"], *rows]), answers=BOTH)

    assert {r.number for r in plan.rows if r.action is Action.REFUSE} == {5}
    assert said(plan, "IMP-04") == {5}


# ----------------------------------------------------------------------------------------- papers


@pytest.fixture
def two_exchanges(take):
    take(book(exchanges(exchange(), exchange("A-2", "Kaikante GmbH", "Nord Robòtica, S.L."))))


@pytest.mark.usefixtures("two_exchanges")
def test_that_one_paper_in_each_row_is_gathered_by_exchange(shaped, stored):
    plan = shaped(
        Page([
            ["Austausch-Nr.", "Dokument", "Liegt vor", "Datum"],
            ["A-1", "Vereinbarung", "ja", day("2021-11-01")],
            ["A-1", "Bericht des Besuchers", "nein", None],
            ["A-2", "Vereinbarung", None, day("2021-12-01")],
        ]),
        accept_proposals=True,
    )  # fmt: skip

    changed = {
        name: new
        for record in plan.records
        if record.kind == "exchange"
        for name, (_, new) in record.changes.items()
    }
    assert changed["agreement"] is True
    assert plan.counts.change == 3
    found = {e.ref: (e.agreement, e.agreement_on, e.vo_report) for e in stored(plan, Exchange)}
    assert found == {
        "A-1": (True, day("2021-11-01"), False),
        "A-2": (True, day("2021-12-01"), None),
    }


@pytest.mark.usefixtures("two_exchanges")
def test_that_a_paper_of_an_unknown_name_is_asked_about(shaped):
    plan = shaped(
        Page([
            ["Код", "Документ", "Получен"],
            ["A-1", "Споразумение", "да"],
            ["A-2", "Справка-декларация", "да"],
        ])
    )  # fmt: skip

    (question,) = plan.open_questions
    assert (question.topic, [item.key for item in question.items]) == (
        "documents",
        ["Справка-декларация"],
    )
    assert {row.number: row.action for row in plan.rows} == {2: Action.CHANGE, 3: Action.WAIT}


# --------------------------------------------------------------------------------------- feedback

FORM = ["Timestamp", "How satisfied are you overall (1-5)?", "What did you like?"]
RATED = NEW | {"which_question:Sheet1": FORM[1], "scale:Sheet1": 5}


def answered(*marks):
    start = dt.datetime(2022, 3, 23, 10, 0)
    return [[start + dt.timedelta(minutes=n), mark, "The coffee"] for n, mark in enumerate(marks)]


def test_that_raw_feedback_becomes_number_and_mean_of_the_event(shaped, stored):
    rows = answered(5, "4 - good", 3, None)

    plan = shaped(Page([["Hafentage 2022"], FORM, *rows]), answers=RATED)

    (event,) = stored(plan, Event)
    found = (event.satisfaction_mean, event.satisfaction_n, event.satisfaction_max)
    assert found == (Decimal("4.00"), 3, Decimal(5))
    assert {c.header for c in plan.columns if c.field is None} == {FORM[0], FORM[2]}
    assert said(plan, "IMP-03") == {"A", "C"}
    assert not told(plan, "person", "name")


def test_that_feedback_asks_for_question_scale_and_event(shaped):
    headings = ["Zeitstempel", "Wie zufrieden waren Sie insgesamt?", "Wie nützlich war es für Sie?"]

    plan = shaped(Page([headings, *answered(1, 2, 1)]))

    assert topics(plan) == ["which_event", "which_question"]
    assert plan.counts.wait == 3


def test_that_a_mark_that_is_none_keeps_the_mean_from_being_wrong(shaped):
    plan = shaped(Page([FORM, *answered(5, 5, 5, 5, 5, 5, "molto", 7)]), answers=RATED)

    assert not told(plan, "event", "title")
    assert {str(f.sentence) for f in plan.findings if f.code == "IMP-08"} == {
        "Row 8: “molto” is no mark.",
        "Row 9: “7” is no mark.",
    }


def test_that_names_and_health_in_a_feedback_form_are_not_kept(shaped):
    headings = ["Nome", "Allergie", "Quanto è soddisfatto dell'evento (1-5)?"]

    plan = shaped(Page([headings, ["Ada Rossi", "noci", 4], ["Ugo Neri", None, 5]]))

    assert said(plan, "GDP-01") == {"B"}
    assert "Ada Rossi" not in repr(plan.records)


# ------------------------------------------------------------------------------------------ facts


def test_that_lump_sums_are_asked_about_where_they_are_others(shaped, stored):
    rates = [["Deutschland", 830], ["Spanien", 850], ["Irland", 1000], ["Bulgarien", "600,00"]]

    asking = shaped(Page([["Land", "Pauschale EUR"], *rates]))
    plan = shaped(
        Page([["Land", "Pauschale EUR"], *rates]),
        answers={"rates:Sheet1": {"3: ES": "use", "5: BG": "leave out"}},
    )

    assert topics(asking) == ["rates"]
    assert left_out(asking) == {2: "known", 4: "known"}
    assert asking.counts.wait == 2
    (value,) = stored(plan, RuleValue)
    assert (value.rule_set, value.name, value.value) == ("G1", "cap.ES", "850")
    assert value.source == "partner.xlsx"


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["VO", "HO", "Start", "HO country", "Amount EUR"], "exchange"),
        (["Payee", "Reference", "Paid on", "Country", "Amount EUR"], "payment"),
    ],
)
def test_that_sums_of_different_countries_are_no_lump_sums(shaped, headings, kind):
    sums = {"ES": 830, "DE": 830, "IT": 900, "BG": 560}
    rows = [[f"Adler {c} GmbH", f"Bosc {c}, S.L.", MARCH[0], c, sum_] for c, sum_ in sums.items()]
    plan = shaped(Page([headings, *rows]))

    assert len([record for record in plan.records if record.kind == kind]) == 4
    assert left_out(plan) == {}


def test_that_holidays_become_records_where_the_program_does_not_know_them(shaped, stored):
    rows = [
        [day("2022-01-06"), "Reyes", "España", None],
        [day("2022-08-15"), "Asunción", "España", None],
        [day("2022-10-12"), "Fiesta Nacional", "España", None],
        [day("2022-12-08"), "Inmaculada", "España", None],
        [day("2022-08-31"), "San Ramón", "España", "Olot"],
    ]

    plan = shaped(Page([["Fecha", "Nombre", "País", "Municipio"], *rows], "Festivos"))

    assert told(plan, "holiday", "date", "name", "country", "city") == [
        ("2022-08-31", "San Ramón", "ES", "Olot")
    ]
    assert set(left_out(plan).values()) == {"known"}
    assert [h.city for h in stored(plan, PublicHoliday)] == ["Olot"]
    again = shaped(Page([["Fecha", "Nombre", "País", "Municipio"], *rows], "Festivos"))
    assert (again.counts.same, again.counts.add) == (1, 0)


COUNTRIES = {"DE": "Germania", "ES": "Spagna", "IT": "Italia", "BG": "Bulgaria"}
TERMS = ["Apparel", "Automotive", "Biopharmaceuticals", "Aerospace Vehicles and Defense"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (
            [["Code", "Label"], *enumerate(TERMS)],
            "the vocabulary “Sectoral industries”",
        ),
        (
            [["Codice", "Paese"], *zip(COUNTRIES, COUNTRIES.values(), strict=True)],
            "a list of countries",
        ),
    ],
)
def test_that_lists_of_words_are_said_to_be_known(shaped, rows, reason):
    plan = shaped(Page(rows))

    assert plan.outcome is Outcome.REFUSE
    assert reason in plan.message


# --------------------------------------------------------------------------------- several kinds

STAYS = ["Ref", "Visiting organisation", "Host organisation", "Start", "End", "Amount EUR"]
FIRST = ["A-1", "Adler Optik GmbH", "Bosc Digital, S.L.", day("2021-11-15"), day("2021-11-19"), 830]
WRONG = ["A-2", "Kaikante GmbH", "Nord Robòtica, S.L.", day("2021-12-13"), day("2021-12-10"), 830]
PAID = [day("2022-02-01"), 830, "A-1", "Adler Optik GmbH"]


def several(*, stays=(FIRST,)):
    """A workbook of five lists whose new records refer to each other."""
    return (
        Page([["Date", "Amount", "Exchange", "Payee"], PAID], "Payments"),
        Page([["Exchange ref", "Document", "Received"], ["A-1", "Agreement", "yes"]], "Papers"),
        Page([STAYS, *stays], "Exchanges"),
        Page([["Event", "Date", "Name", "Organisation"], *GUESTS[:2]], "Guests"),
        Page([["Event", "Date", "City"], ["Matchmaking Lübeck", GUESTS[0][1], "Lübeck"]], "Events"),
    )


def test_that_new_records_of_one_file_refer_to_each_other(shaped, stored, clusters):
    plan = shaped(*several())

    assert not plan.open_questions
    assert plan.counts.add == plan.counts.rows == 6
    (payment,) = stored(plan, Payment)
    (made,) = clusters.read.all(Exchange)
    assert payment.exchange == made.id
    assert (made.agreement, made.ref) == (True, "A-1")


def test_that_a_file_of_several_lists_changes_nothing_the_second_time(shaped, stored):
    stored(shaped(*several()), Exchange)

    again = shaped(*several())

    assert not again.open_questions
    assert again.counts.same == again.counts.rows == 6
    assert {f.code for f in again.findings} <= {"IMP-11"}  # written anew, or the very same file


def test_that_the_guests_of_one_file_are_those_of_its_event(shaped, stored):
    plan = shaped(*several())

    seen = stored(plan, Attendance)
    assert told(plan, "event", "title", "city") == [("Matchmaking Lübeck", "Lübeck")]
    assert len({one.event for one in seen}) == 1


def test_that_what_belongs_to_a_refused_exchange_is_refused(shaped, stored):
    payments, papers, stays, *_ = several(stays=(FIRST, WRONG))
    payments.rows.append([day("2022-02-01"), 830, "A-2", "Kaikante GmbH"])
    papers.rows.append(["A-2", "Agreement", "yes"])

    plan = shaped(payments, papers, stays)

    refused = {(row.sheet, row.number) for row in plan.rows if row.action is Action.REFUSE}
    assert refused == {("Payments", 3), ("Papers", 3), ("Exchanges", 3)}
    assert said(plan, "IMP-04") == {3}
    assert len(stored(plan, Payment)) == 1


def test_that_papers_that_contradict_the_list_of_exchanges_are_refused(shaped):
    _, papers, stays, *_ = several()
    stays.rows = [[*STAYS, "Agreement"], [*FIRST, "no"]]

    plan = shaped(papers, stays)

    assert {(r.sheet, r.number): r.action for r in plan.rows} == {
        ("Papers", 2): Action.REFUSE,
        ("Exchanges", 2): Action.ADD,
    }


def test_that_two_lists_of_one_new_event_write_it_once(shaped, stored):
    title = ["Hafentage – Kiel, 21. März 2022"]
    headings = ["Name", "Organisation"]
    plan = shaped(
        Page([title, [], headings, ["Jonna Auster", "Kaikante GmbH"]], "Morning"),
        Page([title, [], headings, ["Ove Brandt", "Adler Optik GmbH"]], "Evening"),
        answers={
            **{f"which_event:{name}": "new" for name in ("Morning", "Evening")},
            **{f"which_table:{name}:3": "attendance" for name in ("Morning", "Evening")},
        },
    )

    seen = stored(plan, Attendance)
    assert len(seen) == 2
    assert len({one.event for one in seen}) == 1


def test_that_the_label_counts_the_rows_that_were_written(shaped, clusters):
    unsure = ["A-9", "Deich AG", "Bosc Digital, S.L.", "03/04/2022", "05/04/2022", 830]

    receipt = commit(shaped(Page([STAYS, FIRST, unsure])), clusters)

    assert receipt.label == "import of partner.xlsx (1 row)"


def test_that_one_vat_number_under_two_names_is_told(shaped):
    plan = shaped(
        Page([
            ["Ragione sociale", "Partita IVA", "Stato"],
            ["Luce S.r.l.", "IT01234567890", "Italia"],
            ["LUCE SRL", "IT01234567890", "Italia"],
            ["Ombra S.p.A.", "IT01234567890", "Italia"],
        ])
    )  # fmt: skip

    assert said(plan, "IMP-21") == {4}
    assert topics(plan) == ["same_organisation"]


def test_that_a_member_that_stands_twice_is_told_before_the_cluster_is_known(shaped):
    plan = shaped(
        Page([
            ["Organisation", "Country", "Member since"],
            ["Lantern Ltd", "IE", day("2020-01-01")],
            ["Lantern Ltd", "IE", day("2020-01-01")],
        ])
    )  # fmt: skip

    assert said(plan, "IMP-10") == {3}
    assert left_out(plan) == {3: "duplicate"}
