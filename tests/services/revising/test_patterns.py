"""Regular expressions for replacing: what they give, what is refused, and their bound on time."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.services.revising.patterns import Pattern, TooLong
from smartct_desktop.services.revising.replacing import Replacement


def replaced(find, by, text, **how):
    one = Replacement(find, by, pattern=True, **how)
    return one.applied(text, one.read())


@pytest.mark.parametrize(
    ("find", "by", "text", "after"),
    [
        (r"SCT-(\d+)-(\d+)", "$2/$1", "SCT-2021-007", "007/2021"),
        (r"\s+$", "", "Alfa  ", "Alfa"),
        (r"^", "DE ", "Halle", "DE Halle"),
        (r"(GmbH|Ltd)\.?", "[$0]", "Alfa GmbH.", "Alfa [GmbH.]"),
        ("alfa", "$$5", "ALFA", "$5"),
        (r"(x)?(Alfa)", "$1$2", "Alfa", "Alfa"),
        (r"(\w+), (\w+)", "$2 $1", "Ivanova, Maria", "Maria Ivanova"),
        ("beta", "b", "Alfa", None),
    ],
)
def test_that_a_pattern_is_replaced_with_its_groups(find, by, text, after):
    assert replaced(find, by, text) == after


def test_that_case_and_whole_cells_count_as_they_do_for_plain_text():
    assert replaced("alfa", "b", "Alfa", match_case=True) is None
    assert replaced("al", "b", "Alfa", whole=True) is None
    assert replaced("al.*", "b", "Alfa", whole=True) == "b"
    assert Replacement("a.c", "x").applied("a.c abc") == "x abc"


@pytest.mark.parametrize(
    ("find", "sentence"),
    [
        ("(a", "at sign 1: a ) is missing."),
        ("a)", "at sign 2: there is a ) without a (."),
        ("[a-", "at sign 1: a ] is missing."),
        ("*a", "at sign 1: there is nothing before it that could be repeated."),
        ("a**", "at sign 3: it repeats what is repeated already."),
        (r"\q", "means nothing"),
        ("[z-a]", "backwards"),
        ("a" * 201, "200 signs at most"),
        ("(?P<n", "is not understood at sign"),
    ],
)
def test_that_a_wrong_pattern_is_refused_with_its_place(find, sentence):
    with pytest.raises(Invalid) as refused:
        Pattern(find, "", match_case=False)
    assert sentence in str(refused.value)


def test_that_a_group_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match=r"1 groups in brackets: there is no \$2"):
        Pattern("(a)", "$2", match_case=False)


@pytest.mark.parametrize("find", [r"\d+", "[a-z ]+", "(ab|cd)+x?", r"(\d{1,3}\.){3}", "a{2,5}b*"])
def test_that_usual_patterns_are_read(find):
    assert Pattern(find, "", match_case=False).applied("", whole=False) in {None, ""}


@pytest.mark.parametrize("find", ["(a+)+$", "(a|aa)+$", r"(\w+\s?)+$", "(?:a+){10,}b"])
def test_that_a_text_that_would_take_for_ever_is_left_alone(find):
    pattern = Pattern(find, "", match_case=False)
    assert pattern.applied("aaa", whole=False) in {None, ""}
    with pytest.raises(TooLong, match="takes too long"):
        pattern.applied("a" * 5000 + "!", whole=False)


@pytest.mark.parametrize(
    "find",
    [
        r"\d+",
        r"\d+-\d+",
        r"\s+$",
        r"(\w+), (\w+)",
        r"SCT-(\d+)-(\d+)",
        r"^(.*) \((.*)\)$",
        r"https?://\S+",
        r"[\w.]+@[\w.]+\.\w+",
        r"GmbH.*",
    ],
)
def test_that_usual_patterns_look_through_long_notes(find):
    note = "Ada, visited 12 firms; see alfa@example.org (2021-05). " * 45
    assert len(note) > 2400
    Pattern(find, "x", match_case=False).applied(note, whole=False)


@pytest.mark.parametrize("pattern", [True, False])
def test_that_a_replacement_cannot_fill_the_memory(pattern):
    """Each sign of a long text would become a long text."""
    one = Replacement("a", "x" * 10_000, pattern=pattern)
    with pytest.raises(TooLong, match="too long for a cell"):
        one.applied("a" * 10_000, one.read())


@given(st.text(max_size=30) | st.text("[]()*+?{},1a|^$\\-&", max_size=12), st.text(max_size=5))
def test_that_any_text_is_a_pattern_or_refused(find, by):
    with suppress(Invalid):
        Pattern(find, by, match_case=False).applied("Álfa, S.L. 2021", whole=False)
