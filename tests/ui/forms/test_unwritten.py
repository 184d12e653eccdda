"""What is typed into an editor and not written: it can be told apart, kept, and put back."""

import pytest

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.fields import Choice, Flag, Id, Terms

FIELDS = {type(field.type): field for schema in SCHEMAS for field in schema.fields}


def text_for(editor):
    """Something a person could have typed so far."""
    if isinstance(editor.field.type, Terms):
        offered = [editor.ticks.index(row) for row in range(2)]
        for index in offered:
            editor.ticks.setData(index, None, 10)  # a tick
        text = editor.typed_text()
        editor.show_value(())
        return text
    if isinstance(editor.field.type, Choice | Flag):
        return editor.combo.itemText(editor.combo.count() - 1)
    return "half a"


@pytest.mark.parametrize("in_cell", [False, True], ids=["form", "cell"])
@pytest.mark.parametrize("type_", FIELDS, ids=lambda type_: type_.__name__)
def test_that_every_editor_takes_back_what_was_typed(desk, qtbot, type_, in_cell):
    field = FIELDS[type_]
    editor = desk.editors.make(field, in_cell=in_cell)
    qtbot.addWidget(editor)
    editor.show_value(None, "")
    editor.note_start(Id("a"))
    typed = text_for(editor)
    heard = []
    for signal in (editor.committed, editor.left, editor.cancelled):
        signal.connect(lambda: heard.append(True))
    before = editor.unwritten

    editor.put_text(typed)

    assert not before
    assert typed
    assert editor.unwritten
    assert editor.typed_text() == typed
    assert heard == []
    editor.show_value(None, "")
    assert not editor.unwritten
