"""Pasting a rectangle of texts: what changes, what is refused and why, what lies beyond."""

from datetime import date

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.revising.clipboard_text import read_clipboard
from smartct_desktop.services.revising.committing import commit
from smartct_desktop.services.revising.copying import Cell, Head, copied
from smartct_desktop.services.revising.pasting import COVERED, PasteWish, Rectangle
from smartct_desktop.services.revising.pasting import paste as plan_paste
from smartct_desktop.services.revising.revision import Given, Target

NOBODY = (
    "“Nobody Ltd” is not the name of any organisation: add it first, or write the name as it"
    " stands there."
)
BOTH = (
    "“gamma gmbh” can mean Delta (ES); Gamma GmbH (DE, Halle). Choose the right one in the list"
    " of Visiting organisation."
)


def test_that_texts_are_understood_by_the_type_of_their_field(document, world, paste, differences):
    revision = paste(
        "exchange",
        [world.first, world.second],
        ["start", "amount_cents", "status", "ho_country", "vo"],
        "17.11.2021|1,245.50 €|paid|Spain|„Бета“ ООД",
        "2021-10-05|415|CANC|BG|Gamma GmbH",
    )
    commit(document, revision)

    first = document.read.get(Exchange, world.first)
    assert first.start == date(2021, 11, 17)
    assert (first.amount_cents, first.status) == (124_550, ExchangeStatus.PAID)
    assert (first.ho_country, first.vo) == ("ES", world.beta)
    assert differences(revision)[0] == ("SCT-2021-001", "start", "16.11.2021", "17.11.2021")
    assert revision.refusals == ()
    assert revision.same == 1
    assert document.read.next_undo().label == "paste of 9 cells (2 exchanges)"


def test_that_one_undo_brings_everything_back(document, world, paste):
    before = document.read.get(Exchange, world.first)
    commit(document, paste("exchange", [world.first], ["start", "end"], "1.12.2021|3.12.2021"))

    document.undo()

    assert document.read.get(Exchange, world.first) == before


@pytest.mark.parametrize(
    "case",
    [
        ("start", "31.2.2022", "From takes a day that exists, such as 16.11.2021."),
        (
            "start",
            "03/04/2022",
            "“03/04/2022” can be 2022-04-03 or 2022-03-04: write From as year-month-day.",
        ),
        ("start", "3.4.85", "“3.4.85” does not say in which century: write the whole year."),
        ("amount_cents", "1.245,50", "Agreed takes a number such as 1234.5."),
        ("amount_cents", "-5", "Agreed cannot be this amount."),
        ("status", "perhaps", "“perhaps” is not in the list of Status."),
        ("vo", "Nobody Ltd", NOBODY),
        ("entitlement_cents", "999", "Due is worked out by the program."),
        ("ctq", "maybe", "Commitment to Quality takes yes, no or nothing."),
    ],
)
def test_that_what_cannot_be_read_is_refused_with_a_sentence(world, paste, refused, case):
    field, text, sentence = case
    revision = paste("exchange", [world.first], [field], text)

    assert list(refused(revision).values()) == [sentence]
    assert revision.changes == ()


def test_that_a_day_with_foreign_signs_and_one_reading_is_taken(world, paste, differences):
    revision = paste("exchange", [world.first], ["start"], "17/11/2021")

    assert differences(revision) == [("SCT-2021-001", "start", "16.11.2021", "17.11.2021")]


def test_that_a_name_of_two_records_is_refused_with_both(document, world, paste, refused):
    with document.edit("a namesake") as edit:
        edit.add(Organisation(name="Delta", country="ES", aliases="Gamma GmbH\nG."))

    revision = paste("exchange", [world.first], ["vo"], "gamma gmbh")

    assert list(refused(revision).values()) == [BOTH]


def test_that_an_alias_names_its_record(document, world, paste):
    with document.edit("an alias") as edit:
        alpha = edit.get(Organisation, world.alpha)
        edit.update(alpha.replace(aliases="Alfa Sociedad\nALF"))

    revision = paste("exchange", [world.second], ["vo"], "alf")

    assert revision.changes[0].after.vo == world.alpha


def test_that_the_caption_that_stands_there_is_no_change_even_if_two_have_it(
    document, world, paste
):
    with document.edit("a namesake") as edit:
        edit.add(Organisation(name="Gamma GmbH"))

    revision = paste("exchange", [world.third], ["vo"], "Gamma GmbH")

    assert (revision.same, revision.changes, revision.refusals) == (1, (), ())


def test_that_a_blank_clears_but_not_what_must_be_filled_in(world, paste, differences, refused):
    revision = paste("organisation", [world.gamma], ["name", "city"], "|")

    assert differences(revision) == [("Gamma GmbH", "city", "Halle", "")]
    assert refused(revision) == {("Gamma GmbH", "Name"): "Name must be filled in."}


def test_that_two_days_are_taken_together_where_one_alone_would_contradict(world, paste):
    revision = paste("exchange", [world.first], ["start", "end"], "1.2.2022|4.2.2022")

    assert revision.refusals == ()
    assert revision.changes[0].after.end == date(2022, 2, 4)


def test_that_a_day_that_contradicts_what_stands_there_is_refused(world, paste, refused):
    revision = paste("exchange", [world.first], ["start", "ho_city"], "1.2.2022|Halle")

    assert refused(revision) == {("SCT-2021-001", "From"): "A stay cannot end before it starts."}
    assert revision.changes[0].after.ho_city == "Halle"


def test_that_a_column_of_another_record_is_refused_for_its_reason(world, paste, refused):
    fixed = Target("Country", None, "Country belongs to the organisation: change it there.")

    revision = paste("exchange", [world.first], [fixed, "ho_city"], "ES|Halle")

    assert refused(revision) == {("SCT-2021-001", "Country"): fixed.reason}
    assert revision.cells == 1


def test_that_columns_beyond_the_last_one_are_listed(world, paste):
    revision = paste("exchange", [world.first], ["ho_city"], "Halle|DE|x")

    assert [(one.row, one.texts) for one in revision.overflow] == [(1, ("DE", "x"))]
    assert revision.cells == 1


def test_that_rows_beyond_the_last_one_can_become_records(document, world, paste):
    revision = paste(
        "organisation",
        [world.gamma],
        ["name", "country"],
        "Gamma GmbH|DE",
        "New One|ES",
        "|FR",
        fixed=(("type", OrganisationType.SME),),
    )

    assert [change.after.name for change in revision.additions] == ["New One"]
    assert [one.row for one in revision.overflow] == [3]
    assert [one.sentence for one in revision.refusals] == ["Name must be filled in."]

    commit(document, revision, additions=True)
    assert document.read.next_undo().label == "paste of 2 cells (1 new organisations)"
    assert document.read.get(Organisation, revision.additions[0].id).type is OrganisationType.SME


def test_that_rows_beyond_the_last_one_are_not_added_unasked(document, world, paste):
    revision = paste("organisation", [world.gamma], ["name"], "Gamma", "New One")

    commit(document, revision)

    assert document.read.total("organisation") == 4


@pytest.mark.usefixtures("world")
def test_that_new_exchanges_get_numbers_of_their_own(document, paste):
    revision = paste("exchange", [], ["start"], "1.3.2022", "2.3.2022", "")

    commit(document, revision, additions=True)

    added = [document.read.get(Exchange, change.id).number for change in revision.additions]
    assert added == ["SMA-2022-001", "SMA-2022-002"]


def test_that_copied_headings_are_left_out(world, paste):
    revision = paste("exchange", [world.first], ["ho_city", "start"], "Host city|From", "Halle|")

    assert [str(note) for note in revision.notes] == [
        "The first copied row holds the headings and is left out."
    ]
    assert [cell.field.name for cell in revision.changes[0].cells] == ["ho_city", "start"]


def test_that_cells_covered_by_a_merged_one_stay(document, texts, world, columns):
    targets = columns("exchange", "ho_city", "start")
    rectangle = Rectangle(((Given("Halle"), COVERED),), merged=True)

    revision = plan_paste(
        document.read, texts, PasteWish("exchange", [world.first], targets, rectangle)
    )

    assert [cell.field.name for cell in revision.changes[0].cells] == ["ho_city"]
    assert "merged" in revision.notes[0]


def test_that_a_rectangle_fills_an_area_that_it_fits_into_several_times(rectangle):
    one = rectangle("a|b")

    assert one.repeated(2, 4) == rectangle("a|b|a|b", "a|b|a|b")
    assert one.repeated(2, 3) == one


def test_that_nothing_is_written_over_what_changed_meanwhile(document, world, paste):
    revision = paste("exchange", [world.first], ["ho_city"], "Halle")
    with document.edit("meanwhile") as edit:
        edit.set(document.read.get(Exchange, world.first), "ho_city", "Leipzig")

    with pytest.raises(Trouble, match="SCT-2021-001 was changed meanwhile"):
        commit(document, revision)

    assert document.read.get(Exchange, world.first).ho_city == "Leipzig"


def test_that_a_change_of_another_field_meanwhile_is_kept(document, world, paste):
    revision = paste("exchange", [world.first], ["ho_city"], "Halle")
    with document.edit("meanwhile") as edit:
        edit.set(document.read.get(Exchange, world.first), "group", "G")

    commit(document, revision)

    first = document.read.get(Exchange, world.first)
    assert (first.ho_city, first.group) == ("Halle", "G")


@pytest.mark.parametrize("with_html", [False, True])
@pytest.mark.parametrize("kind", ["exchange", "organisation", "event"])
@pytest.mark.usefixtures("world")
def test_that_what_was_copied_as_text_is_no_change(document, texts, kind, with_html):
    schema = schema_of(kind)
    targets = [Target(field.label, field) for field in schema.fields]
    heads = [Head(field.label, field.type, field.code) for field in schema.fields]
    records = list(document.read.all(schema.record))

    def cell(record, field):
        value = getattr(record, field.name)
        referred = getattr(field.type, "kind", None)
        captions = document.read.captions(referred, [value]) if referred and value else {}
        return Cell(value, captions.get(value))

    rows = [[cell(record, field) for field in schema.fields] for record in records]
    said = copied(texts, heads, rows, headings=True)
    rectangle = read_clipboard(said.text, said.html if with_html else "")
    wish = PasteWish(kind, [record.id for record in records], targets, rectangle)

    revision = plan_paste(document.read, texts, wish)

    assert (revision.changes, revision.refusals, revision.overflow) == ((), (), ())
