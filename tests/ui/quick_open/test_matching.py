"""What is found by what is typed, and what comes first."""

import pytest

from smartct_desktop.ui.quick_open.entries import Entry, Group, Heading, arranged, ranked
from smartct_desktop.ui.quick_open.matching import find


def marked(typed, text):
    """The text with the letters that were found in brackets; None if it was not found."""
    found = find(typed, text)
    if found is None:
        return None
    return "".join(f"[{s}]" if n in found.places else s for n, s in enumerate(text))


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("new", "New record", "[N][e][w] record"),
        ("rec", "New record", "New [r][e][c]ord"),
        ("nr", "New record", "[N]ew [r]ecord"),
        ("cord", "New record", "New re[c][o][r][d]"),
        ("record new", "New record", "[N][e][w] [r][e][c][o][r][d]"),
        ("clu", "Clúster Digital", "[C][l][ú]ster Digital"),
        ("lodz", "Łódź GmbH", "[Ł][ó][d][ź] GmbH"),
        ("план", "„Планина“ ООД", "„[П][л][а][н]ина“ ООД"),
        ("strasse", "Große Straße", "Große [S][t][r][a][ß][e]"),
        ("xyz", "New record", None),
        ("dr", "New record", None),
    ],
)
def test_that_letters_are_found_whatever_case_and_accents(typed, text, shown):
    assert marked(typed, text) == shown


def test_that_a_beginning_is_best_then_a_word_then_initials_then_the_inside():
    texts = ["An export", "Export view", "Reexport", "Early x-ray port"]

    found = [find("exp", text) for text in texts]

    assert sorted(range(4), key=lambda n: -(found[n].score if found[n] else 0)) == [1, 0, 3, 2]


def test_that_everything_fits_nothing():
    assert find("", "New record").places == ()
    assert find(" – ", "New record").places == ()


def entry(key, title, group=Group.COMMANDS, reason=""):
    return Entry(key=key, group=group, title=title, act=lambda: None, reason=reason)


def titles(lines):
    return [line.entry.title for line in lines]


def test_that_what_was_used_lately_comes_before_what_fits_alike():
    entries = [entry("a", "Close"), entry("b", "Close view")]

    assert titles(ranked(entries, "clo", [])) == ["Close", "Close view"]
    assert titles(ranked(entries, "clo", ["b"])) == ["Close view", "Close"]


def test_that_what_is_off_comes_after_what_can_be_done():
    entries = [entry("a", "Copy", reason="Choose a record first."), entry("b", "Copy rows")]

    assert titles(ranked(entries, "copy", [])) == ["Copy rows", "Copy"]


def test_that_the_group_with_the_best_line_comes_first_and_tells_what_it_leaves_out():
    entries = [entry(f"c{n}", f"Save the plan {n}") for n in range(4)]
    entries.append(entry("h", "Plan", Group.HELP))

    rows = arranged(ranked(entries, "plan", []), 2)

    assert [row for row in rows if isinstance(row, Heading)] == [
        Heading(Group.HELP, 0),
        Heading(Group.COMMANDS, 2),
    ]
