"""Named views: kept, passed on as files, and the shipped ones."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.services.settings import Settings
from smartct_desktop.services.views import (
    LONGEST_NAME,
    OwnViews,
    View,
    checked_name,
    read_views,
    write_views,
)

VIEW = View(
    "Spanish hosts",
    "exchanges",
    columns=("number", "vo.country"),
    widths={"number": 120},
    sort=(Sort(Path.of("start"), descending=True), Sort(Path.of("vo"))),
    filter="ho.country:ES",
    groups=("status",),
)
TABS = ("exchanges", "events")


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.json")


def test_that_own_views_survive_a_restart_and_come_by_name(settings, tmp_path):
    views = OwnViews(settings)
    views.put(VIEW)
    views.put(View("another", "exchanges"))
    views.put(View("Fairs", "events"))
    settings.save()

    again = OwnViews(Settings(tmp_path / "settings.json"))

    assert again.of("exchanges") == [View("another", "exchanges"), VIEW]
    assert again.of("events") == [View("Fairs", "events")]
    assert again.of("clusters") == []


def test_that_a_view_of_the_same_name_is_replaced_whatever_its_case(settings):
    views = OwnViews(settings)
    views.put(VIEW)
    views.put(View("SPANISH HOSTS", "exchanges"))

    assert [view.name for view in views.of("exchanges")] == ["SPANISH HOSTS"]
    assert views.find("exchanges", "spanish hosts") is not None
    assert views.free_name("exchanges", "Spanish hosts") == "Spanish hosts 2"
    assert views.free_name("exchanges", "Other") == "Other"


def test_that_views_are_renamed_and_removed(settings):
    views = OwnViews(settings)
    views.put(VIEW)
    renamed = views.rename(VIEW, "Hosts in Spain")

    assert [view.name for view in views.of("exchanges")] == ["Hosts in Spain"]
    views.remove(renamed)
    assert views.of("exchanges") == []
    assert settings.get("views.exchanges") is None


def test_that_what_cannot_be_read_in_the_settings_is_passed_over(settings):
    settings.set("views.exchanges", [{"name": 5}, "x", VIEW.to_json(), {"name": "a", "tab": "b"}])
    assert OwnViews(settings).of("exchanges") == [VIEW]
    settings.set("views.exchanges", "nonsense")
    assert OwnViews(settings).of("exchanges") == []


def test_that_a_name_is_one_line_of_some_length():
    assert checked_name("  two \n words ") == "two words"
    for name in ("", "  ", "x" * (LONGEST_NAME + 1), "a\x00b"):
        with pytest.raises(ValueError, match="name"):
            checked_name(name)


def test_that_views_go_through_a_file(tmp_path):
    path = tmp_path / "mine.json"
    write_views([VIEW, View("Fairs", "events")], path)
    assert read_views(path, TABS) == [VIEW, View("Fairs", "events")]
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_views(path, TABS)[0] == VIEW


@pytest.mark.parametrize(
    ("whole", "sentence"),
    [
        ("{", "no file of views"),
        ("[]", "no file of views"),
        ('{"format": "other"}', "no file of views"),
        ('{"format": "smartct-views"}', "version is missing"),
        ('{"format": "smartct-views", "version": true}', "version is missing"),
        ('{"format": "smartct-views", "version": 2}', "newer version"),
        ('{"format": "smartct-views", "version": 1}', "no view in"),
        ('{"format": "smartct-views", "version": 1, "views": []}', "no view in"),
        ('{"format": "smartct-views", "version": 1, "views": [5]}', "View 1 in"),
        ("[" * 100_000, "no file of views"),
        (" " * 1_000_001, "too large"),
    ],
)
def test_that_another_file_is_refused_with_a_sentence(tmp_path, whole, sentence):
    path = tmp_path / "odd.json"
    path.write_text(whole, encoding="utf-8")
    with pytest.raises(Trouble) as refused:
        read_views(path, TABS)
    assert sentence in refused.value.sentence
    assert "odd.json" in refused.value.sentence


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": None},
        {"tab": 5},
        {"columns": "number"},
        {"columns": [5]},
        {"widths": []},
        {"widths": {"number": 5}},
        {"widths": {"number": True}},
        {"sort": [["start"]]},
        {"sort": {}},
        {"filter": []},
        {"groups": [None]},
    ],
)
def test_that_a_damaged_view_is_refused_and_nothing_taken_over(tmp_path, change):
    path = tmp_path / "damaged.json"
    views = [VIEW.to_json(), VIEW.to_json() | change]
    path.write_text(json.dumps({"format": "smartct-views", "version": 1, "views": views}))
    with pytest.raises(Trouble) as refused:
        read_views(path, TABS)
    assert "View 2 in “damaged.json” is damaged." in refused.value.sentence


def test_that_a_view_for_an_unknown_table_and_a_missing_file_are_refused(tmp_path):
    path = tmp_path / "far.json"
    write_views([View("Ships", "harbours")], path)
    with pytest.raises(Trouble, match="does not exist here"):
        read_views(path, TABS)
    with pytest.raises(Trouble, match="cannot be read"):
        read_views(tmp_path / "nothing.json", TABS)


TEXTS = st.text(max_size=20)


@given(
    name=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=LONGEST_NAME),
    columns=st.lists(TEXTS, max_size=3),
    widths=st.dictionaries(TEXTS, st.integers(20, 2000), max_size=3),
    sort=st.lists(st.tuples(TEXTS, st.booleans()), max_size=3),
    filter_=TEXTS,
    facets=st.none() | st.lists(TEXTS, max_size=3).map(tuple),
)
def test_that_any_view_is_read_as_it_was_written(  # noqa: PLR0917 -- all parts of a view
    name, columns, widths, sort, filter_, facets
):
    sorts = tuple(Sort(Path.of(path), down) for path, down in sort)
    frozen = columns[0] if columns else ""
    view = View(name, "events", tuple(columns), widths, sorts, filter_, ("status",), frozen, facets)
    assert View.from_json(json.loads(json.dumps(view.to_json()))) == view
