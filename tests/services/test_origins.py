"""Every value says who typed it or which file brought it, also after undo and other detours."""

import pytest

from smartct_desktop.domain.changes import Change, Origin, Related, Relation, Source, Step
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.origins import read_origin

JUNE = Source("Juni.xlsx", "0" * 64, "NEU")


@pytest.fixture
def firm(own):
    """A firm that was typed in."""
    firm = Organisation(name="Mobitest", city="Sofia")
    with own.edit("new organisation") as edit:
        edit.add(firm)
    return firm


def change(document, record, label="change", source=None, origin=None, **values):
    with document.edit(label, source) as edit:
        edit.update(edit.get(type(record), record.id).replace(**values), origin)


def origins(document, record):
    now = document.read.get(type(record), record.id)
    found = {field.name: read_origin(document.read, now, field.name) for field in now.schema.fields}
    return {name: origin for name, origin in found.items() if origin is not None}


def told(one):
    """“Sofia (new organisation)” for a value and its step."""
    row = f", row {one.origin.row}" if one.origin else ""
    again = f", again by {one.again.label}" if one.again else ""
    return f"{one.value} ({one.step.label}{row}{again})"


def story(document, record, field):
    found = origins(document, record).get(field)
    return None if found is None else [told(found.now), *map(told, found.before)]


def test_that_a_value_typed_with_a_new_record_comes_from_that_step(own, firm):
    assert story(own, firm, "city") == ["Sofia (new organisation)"]
    assert origins(own, firm)["city"].now.source is None


def test_that_a_field_that_was_always_blank_has_no_origin(own, firm):
    assert story(own, firm, "vat") is None


def test_that_former_values_follow_newest_first(own, firm):
    change(own, firm, "second", city="Varna")
    change(own, firm, "other field", vat="BG1")
    change(own, firm, "third", city="Plovdiv")

    assert story(own, firm, "city") == [
        "Plovdiv (third)",
        "Varna (second)",
        "Sofia (new organisation)",
    ]
    assert story(own, firm, "vat") == ["BG1 (other field)"]
    assert story(own, firm, "name") == ["Mobitest (new organisation)"]


def test_that_a_value_of_a_file_tells_sheet_row_and_sender(own, firm):
    change(own, firm, "import", JUNE, Origin("Visits", 12), city="Varna")

    now = origins(own, firm)["city"].now
    assert (now.source, now.origin) == (JUNE, Origin("Visits", 12))
    assert story(own, firm, "name") == ["Mobitest (new organisation)"]


def test_that_a_value_that_was_emptied_tells_who_emptied_it(own, firm):
    change(own, firm, "emptied", city=None)

    assert story(own, firm, "city") == ["None (emptied)", "Sofia (new organisation)"]


def test_that_an_undone_step_is_as_if_it_had_never_been(own, firm):
    change(own, firm, "second", city="Varna")
    own.undo()
    assert story(own, firm, "city") == ["Sofia (new organisation)"]

    own.redo()
    assert story(own, firm, "city") == ["Varna (second)", "Sofia (new organisation)"]


def test_that_a_step_set_aside_is_as_if_it_had_never_been(own, firm):
    change(own, firm, "second", city="Varna")
    own.undo()
    change(own, firm, "third", vat="BG1")

    assert story(own, firm, "city") == ["Sofia (new organisation)"]


def test_that_a_value_a_later_step_brought_back_keeps_its_first_origin(own, firm):
    change(own, firm, "import", JUNE, Origin("Visits", 12), city="Varna")
    no = own.read.next_undo().no
    change(own, firm, "other", vat="BG1")
    now = own.read.get(Organisation, firm.id)
    back = (Change(now, now.replace(city="Sofia")),)
    own.do(Step("undoing of import", back, about=Related(no, Relation.UNDOES)))

    assert story(own, firm, "city") == [
        "Sofia (new organisation, again by undoing of import)",
        "Varna (import, row 12)",
        "Sofia (new organisation)",
    ]


def test_that_a_removed_record_that_came_back_keeps_the_origins_of_its_values(own, firm):
    change(own, firm, "import", JUNE, Origin("Visits", 12), city="Varna")
    with own.edit("removal") as edit:
        edit.remove("organisation", firm.id)
    no = own.read.next_undo().no
    gone = firm.replace(city="Varna")
    own.do(Step("undoing of removal", (Change(None, gone),), about=Related(no, Relation.UNDOES)))

    assert story(own, firm, "city") == [
        "Varna (import, row 12, again by undoing of removal)",
        "Sofia (new organisation)",
    ]


def test_that_values_of_before_a_merge_keep_their_origins(own, firm):
    other = Organisation(name="Mobitest Ltd", vat="BG1")
    with own.edit("new organisation 2") as edit:
        edit.add(other)
    with own.edit("merge") as edit:
        edit.update(firm.replace(vat="BG1"))
        edit.remove("organisation", other.id)

    assert story(own, firm, "city") == ["Sofia (new organisation)"]
    assert story(own, firm, "vat") == ["BG1 (merge)"]
