"""What each key does and where: those of the actions, and those that belong to a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tab_names import LABELS


@dataclass(frozen=True)
class KeyUse:
    """One key: where it counts, what it is (as Qt writes keys), and what it does."""

    place: str
    keys: str
    words: str


_TABLE, _CELL, _FORM = "In a table", "While a cell is edited", "In the record pane and forms"
_COLUMNS, _GROUPS, _FACETS = "Columns of a table", "On the heading of a group", "In the facets"
_LISTS, _OFFERS = "In the lists of a record", "In lists that drop down"
_FIELD, _PALETTE, _NOTE = "In a filter field", "In “Search or command”", "In notes and chips"

_PLACES = {
    _TABLE: (
        ("Up", "Row above; with Shift the selection grows"),
        ("Down", "Row below; with Shift the selection grows"),
        ("Left", "Column to the left"),
        ("Right", "Column to the right"),
        ("Ctrl+Down", "To the edge, as with every arrow; with Shift the selection grows up to it"),
        ("Home", "First column"),
        ("End", "Last column"),
        ("Ctrl+Home", "First row"),
        ("Ctrl+End", "Last row"),
        ("PgUp", "A page up"),
        ("PgDown", "A page down"),
        ("Ctrl+A", "Select everything"),
        ("Shift+Space", "Select whole rows"),
        ("Ctrl+Space", "Select whole columns"),
        ("F2", "Edit the cell"),
        ("Return", "Edit the cell"),
        ("Shift+Return", "Row above"),
        ("Tab", "On to the record pane, or to the next cell after a value was typed"),
    ),
    _COLUMNS: (
        ("Alt+Down", "Menu of the column"),
        ("Alt+Right", "Wider"),
        ("Alt+Left", "Narrower"),
        ("Alt+Shift+Right", "Move to the right"),
        ("Alt+Shift+Left", "Move to the left"),
    ),
    _GROUPS: (
        ("Space", "Open or close; with Ctrl all groups"),
        ("Right", "Open"),
        ("Left", "Close"),
    ),
    _FACETS: (
        ("Space", "Tick or untick a value, beside what is ticked"),
        ("Return", "Only this value; open a heading"),
        ("Del", "Untick the values of a facet"),
        ("Right", "Open a heading"),
        ("Left", "Close it"),
    ),
    _CELL: (
        ("Return", "Finish and go down; with Shift up"),
        ("Escape", "Give up editing"),
        ("Tab", "Finish and go to the right"),
        ("Shift+Tab", "Finish and go to the left"),
        ("Alt+Down", "Open the calendar of a date"),
        ("Shift+Return", "New line in a long text"),
    ),
    _FORM: (
        ("Tab", "Write the field and go to the next"),
        ("Shift+Tab", "Write the field and go to the one before"),
        ("Return", "Write the field"),
        ("Escape", "Put back what the record has"),
        ("Ctrl+Return", "Write a long text, where Enter begins a line"),
        ("Alt+Down", "Open the calendar of a date"),
    ),
    _LISTS: (
        ("Ctrl+Return", "Open the record, or the file"),
        ("Ins", "Add one"),
        ("Ctrl+Del", "Delete it"),
        ("Ctrl+V", "Paste rows, or take files from the clipboard"),
        ("Ctrl+Shift+S", "Save a file elsewhere"),
    ),
    _OFFERS: (
        ("Down", "Open the list; next line"),
        ("Up", "Line before"),
        ("Return", "Take the line"),
        ("Space", "Tick or untick a term"),
        ("Escape", "Close the list"),
    ),
    _FIELD: (
        ("Down", "What can be written here"),
        ("Return", "On to the first row"),
        ("Escape", "Empty the field; in an empty one back to the table"),
    ),
    _PALETTE: (
        ("Down", "Next line"),
        ("Up", "Line before"),
        ("Return", "Open or do it"),
        ("Escape", "Close it"),
        (">", "Commands only"),
        ("@", "Records only"),
        ("?", "Help only"),
    ),
    _NOTE: (
        ("Del", "Take a chip off"),
        ("Escape", "Close a note"),
    ),
}


def all_key_uses(actions: Actions) -> tuple[KeyUse, ...]:
    """Every key there is, the actions first."""
    return (*_of_actions(actions), *_of_tabs(), *_of_places())


def _of_actions(actions: Actions) -> Iterator[KeyUse]:
    for words, keys in actions.with_keys():
        yield KeyUse(tr("Everywhere"), keys, words)


def _of_tabs() -> Iterator[KeyUse]:
    for place, label in enumerate(LABELS.values(), 1):
        yield KeyUse(tr("Everywhere"), f"Ctrl+{place}", tr("Tab {name}", name=tr(label)))


def _of_places() -> Iterator[KeyUse]:
    for place, keys in _PLACES.items():
        for key, words in keys:
            yield KeyUse(tr(place), key, tr(words))
