"""The History tab and old steps, with keys."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.changes import StepSort, StepState
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.document import Document
from smartct_desktop.services.editing import change_value
from smartct_desktop.services.reversal import Outcome
from smartct_desktop.storage.store import Store
from smartct_desktop.ui.history.fates import OUTCOME, WHY
from tests.journeys.asking import Answer
from tests.ui.world import fill

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NOON = datetime(2022, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def history(desktop, small):
    """The History tab after three changes of the first two exchanges, one of them twice."""
    document = desktop.document
    with document.edit("two remarks") as edit:
        for id_ in (small.first, small.second):
            edit.update(edit.get(Exchange, id_).replace(remark="R", goals="G"))
    change_value(document, small.first, Exchange.schema.by_name["remark"], "changed since")
    change_value(document, small.third, Exchange.schema.by_name["start"], date(2022, 2, 1))
    desktop.window.workbench.show_tab("history")
    desktop.settle()
    return desktop.window.workbench.current


def undo_this_step(desktop):
    desktop.key(Qt.Key.Key_Z, CONTROL | ALT)


def choose(desktop, page, label):
    """Go down the list of steps to one of them, with keys."""
    page.step_list.setFocus()
    desktop.key(Qt.Key.Key_Home)
    for _ in range(page.steps.rowCount()):
        step = page.current_step
        if step is not None and step.label == label:
            return
        desktop.key(Qt.Key.Key_Down)
    raise AssertionError(f"there is no step {label}")


def exchange(desktop, id_):
    return desktop.document.read.get(Exchange, id_)


def test_that_an_old_step_is_undone_after_showing_what_would_happen(desktop, small, history):
    choose(desktop, history, "two remarks")
    seen = []

    def look(dialog):
        model = dialog.model
        seen.append(dialog.words)
        seen.extend(
            (model.text(row, 1), model.text(row, OUTCOME)) for row in range(model.rowCount())
        )
        row = next(r for r in range(4) if model.fate(r).outcome is Outcome.KEPT)
        seen.append(model.text(row, WHY))
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, look)
    undo_this_step(desktop)
    answer.done()

    assert seen[0].startswith("3 put back, 1 kept because changed since.")
    assert sorted(seen[1:5]) == [
        ("Goals", "put back"),
        ("Goals", "put back"),
        ("Remark", "kept"),
        ("Remark", "put back"),
    ]
    assert "change of Remark (SCT-2021-001)" in seen[5]
    assert (exchange(desktop, small.first).remark, exchange(desktop, small.first).goals) == (
        "changed since",
        None,
    )
    assert exchange(desktop, small.second).remark is None
    assert desktop.window.command["undo"].text() == "Undo undo of “two remarks”"
    assert desktop.note() == "Done: undo of “two remarks”"
    page = desktop.window.workbench.current
    assert page.table.current_id == small.first

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert exchange(desktop, small.second).remark == "R"


def test_that_nothing_happens_when_the_dialog_is_left(desktop, small, history):
    choose(desktop, history, "two remarks")
    steps = desktop.document.read.history_count()

    answer = Answer(desktop, lambda _: desktop.key(Qt.Key.Key_Escape))
    undo_this_step(desktop)
    answer.done()

    assert desktop.document.read.history_count() == steps
    assert exchange(desktop, small.second).remark == "R"


def test_that_what_cannot_be_put_back_can_only_be_closed(desktop, small, history):
    field = Exchange.schema.by_name["start"]
    change_value(desktop.document, small.third, field, date(2022, 3, 1))
    choose(desktop, history, "change of From (SCT-2022-001)")
    desktop.key(Qt.Key.Key_Down)  # the older of the two
    seen = []

    def look(dialog):
        seen.append(dialog.words)
        seen.append(dialog.act_button.isVisible())
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, look)
    undo_this_step(desktop)
    answer.done()

    assert seen == ["Nothing can be put back: 1 kept because changed since.", False]


def test_that_the_newest_step_is_undone_at_once_and_done_again(desktop, small, history):
    choose(desktop, history, "change of From (SCT-2022-001)")

    undo_this_step(desktop)
    assert exchange(desktop, small.third).start is None
    assert desktop.document.read.history(0, 1)[0].state is StepState.UNDONE

    desktop.window.workbench.show_tab("history")
    choose(desktop, history, "change of From (SCT-2022-001)")
    assert desktop.window.command["turn_step"].text() == "Do this step again…"
    undo_this_step(desktop)
    assert exchange(desktop, small.third).start == date(2022, 2, 1)


def test_that_a_step_set_aside_is_kept_and_done_again(desktop, small, history):
    desktop.document.undo()
    field = Exchange.schema.by_name["remark"]
    change_value(desktop.document, small.second, field, "new branch")
    desktop.click(history.filters.sort_buttons[StepSort.SET_ASIDE])
    assert [line for line in lines(history) if "From" in line]
    choose(desktop, history, "change of From (SCT-2022-001)")
    assert "undone and set aside" in history.step_list.currentIndex().data()

    answer = Answer(desktop, lambda _: desktop.key(Qt.Key.Key_Return))
    undo_this_step(desktop)
    answer.done()

    assert exchange(desktop, small.third).start == date(2022, 2, 1)
    assert exchange(desktop, small.second).remark == "new branch"
    label = "Undo redo of “change of From (SCT-2022-001)”"
    assert desktop.window.command["undo"].text() == label


def lines(page):
    model = page.steps
    return [model.index(row).data() for row in range(model.rowCount())]


def steps(page):
    model = page.steps
    return [s.label for row in range(model.rowCount()) if (s := model.step_at(row)) is not None]


def test_that_steps_are_filtered_by_sort_kind_person_and_words(desktop, small, history):
    with desktop.document.edit("a member") as edit:
        edit.add(Membership(cluster=small.cluster, organisation=small.alpha))
    desktop.settle()
    bar = history.filters
    bar.kind.setFocus()
    names = [bar.kind.itemText(n).partition("   ")[0] for n in range(bar.kind.count())]
    for _ in range(names.index("Memberships")):
        desktop.key(Qt.Key.Key_Down)
    assert steps(history) == ["a member", "the small partnership"]
    desktop.key(Qt.Key.Key_F, CONTROL)
    desktop.type("member")
    desktop.qtbot.waitUntil(lambda: steps(history) == ["a member"])

    desktop.click(bar.sort_buttons[StepSort.IMPORT])
    assert steps(history) == []
    desktop.click(bar.clear_button)
    desktop.qtbot.waitUntil(lambda: len(steps(history)) == 5)


def test_that_the_fields_of_an_added_record_open_and_close_with_the_arrows(desktop, small, history):
    choose(desktop, history, "the small partnership")
    desktop.key(Qt.Key.Key_Return)
    table, model = history.change_table, history.changes
    assert QApplication.focusWidget() is table
    rows = model.rowCount()

    while model.line(table.currentIndex().row()).change.id != small.alpha:
        desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Right)
    row = table.currentIndex().row()
    shown = [(model.line(r).field, model.line(r).after) for r in range(row + 1, row + 5)]
    assert shown == [("Name", "Álfa, S.L."), ("Type", "SME"), ("Country", "Spain"), ("SME", "yes")]
    assert model.rowCount() == rows + 4
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Left)
    assert model.rowCount() == rows
    assert table.currentIndex().row() == row

    desktop.key(Qt.Key.Key_Return)
    page = desktop.window.workbench.current
    assert page.table.current_id == small.alpha


def test_that_from_an_undoing_step_one_gets_to_the_undone_one_and_back(desktop, history):
    choose(desktop, history, "two remarks")
    answer = Answer(desktop, lambda _: desktop.key(Qt.Key.Key_Return))
    undo_this_step(desktop)
    answer.done()
    desktop.window.workbench.show_tab("history")
    choose(desktop, history, "undo of “two remarks”")

    desktop.click(history.related_button)
    assert history.current_step.label == "two remarks"
    assert "partly undone later" in history.step_list.currentIndex().data()
    desktop.click(history.related_button)
    assert history.current_step.label == "undo of “two remarks”"


def test_that_undo_brings_the_owner_of_a_part_forward(desktop, small):
    with desktop.document.edit("a member") as edit:
        edit.add(Membership(cluster=small.cluster, organisation=small.alpha))
    desktop.tab(EXCHANGES)

    desktop.key(Qt.Key.Key_Z, CONTROL)

    page = desktop.window.workbench.current
    assert page.tab.kind == "organisation"
    assert page.table.current_id == small.cluster


def test_that_typing_again_and_again_in_one_field_is_one_step(desktop, tmp_path):
    document = Document(Store.create(tmp_path / "d.smartct", at=NOON), lambda: NOON)
    world = fill(document)
    desktop.show(document)
    page = desktop.tab(ORGANISATIONS)
    page.go_to(world.alpha)
    row = page.table.currentIndex().row()
    for city in ("A", "Al", "Alicante"):
        desktop.go_to(page, row, "city")
        desktop.key(Qt.Key.Key_F2)
        desktop.type_over(city)
        desktop.key(Qt.Key.Key_Return)

    assert document.read.get(Organisation, world.alpha).city == "Alicante"
    assert document.read.history_count() == 2
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert document.read.get(Organisation, world.alpha).city is None


@pytest.mark.usefixtures("small")
def test_that_many_records_are_deleted_and_come_back(desktop):
    with desktop.document.edit("many") as edit:
        for n in range(700):
            edit.add(Organisation(name=f"Zulu {n:03d}"))
    page = desktop.tab(ORGANISATIONS)
    desktop.key(Qt.Key.Key_F, CONTROL)
    desktop.type("zulu")
    desktop.key(Qt.Key.Key_Return)
    page.table.setFocus()
    desktop.key(Qt.Key.Key_A, CONTROL)
    asked = []

    def look(dialog):
        asked.append(dialog.accessibleName())
        desktop.key(Qt.Key.Key_Backtab)
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, look)
    desktop.key(Qt.Key.Key_Delete, CONTROL)
    answer.done()
    desktop.qtbot.waitUntil(lambda: desktop.note() == "700 organisations deleted.")

    assert asked == ["Delete 700 organisations?"]
    assert desktop.document.read.total("organisation") == 4
    desktop.key(Qt.Key.Key_Z, CONTROL)
    desktop.qtbot.waitUntil(lambda: desktop.document.read.total("organisation") == 704)
    desktop.settle()


def test_that_several_records_are_copied_at_once(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    desktop.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    desktop.key(Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)

    assert desktop.document.read.total("exchange") == 5
    assert desktop.note() == "Done: copies of 2 exchanges"
    assert page.table.current_id not in (small.first, small.second, small.third)
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.document.read.total("exchange") == 3
