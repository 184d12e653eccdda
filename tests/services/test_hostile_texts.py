"""What is typed to do harm, in filters, searches and replacements: nothing falls, nothing waits."""

import time
from contextlib import nullcontext
from datetime import date

import pytest

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.searching import (
    LONGEST_SEARCH,
    MOST_WORDS,
    search_for_text,
    searched_words,
)
from smartct_desktop.services.filtering.language import Language
from smartct_desktop.services.filtering.meaning import Meaning
from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.revising.patterns import Pattern, TooLong
from smartct_desktop.services.texts import Texts, TextStyle
from tests.services.stored import SAMPLE, ticking

LONG = "A search has 2000 signs at most."
MANY = "A search has 100 words at most."
HANGS = 10.0  # seconds of the processor: beyond what any machine needs for any of these

TEXTS = [
    "'; DROP TABLE exchange; --",
    "' OR '1'='1",
    '" OR ""="',
    "1; ATTACH '/tmp/x' AS y",
    "x') UNION SELECT 1--",
    "name:'; DELETE FROM person; --",
    "days>1;DROP TABLE person",
    "sqlite_master",
    "rowid:1",
    "\\'; --",
    '"',
    '""',
    '"a',
    'a" NEAR "b',
    "NEAR(a b, 2)",
    "a AND b OR NOT c",
    "name:*",
    "^abc",
    "{name}:abc",
    "-",
    "--",
    "a*",
    "(a",
    "a)",
    "+a",
    "* *",
    "%",
    "_",
    "%%%%%%%%",
    "a_c",
    "\\%",
    "[a-z]",
    "name:%",
    'name:"_%"',
    "?",
    "??",
    ":1",
    ":name",
    "@x",
    "$1",
    "#",
    "(a+)+$",
    ".*" * 500,
    "(" * 5000,
    ")" * 5000,
    "|" * 5000,
    ":" * 5000,
    "-" * 5000,
    '"' * 5000,
    "," * 5000,
    "\0",
    "a\0b",
    "\x1a",
    "\x1b[31m",
    "\r\n\r\n",
    "\ufeff",
    "\u200b\u200d",
    "\ud800",
    "a\udfffb",
    "\udc80\udc81\udc82",
    "\u202eexe.fdp",
    "\u2066ab\u2069",
    "👩‍🔬👩‍🔬",
    "é" + "\u0301" * 2000,
    "ﷺ" * 3000,
    "İıßﬀﬁ",
    "مركز",
    "ＤＲＯＰ",
    "=cmd|'/C calc'!A0",
    " ".join(f"{n:x}" for n in range(600)),
    " ".join("ab"),
    "|".join(f"{n:x}" for n in range(100)),
    " -".join(f"{n:x}" for n in range(500)),
    "host:" + ",".join(f"{n:x}" for n in range(500)),
    "a" * 1_000_000,
    "a " * 500_000,
    "😀" * 300_000,
    "\0" * 1_000_000,
    '"a" ' * 300_000,
    "a:b " * 250_000,
]


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "sample.smartct"
    document = SAMPLE.open(path, ticking(), shipped_facts())
    yield document
    document.close()


def without_hanging(do):
    """What comes of it, which must come at all: an exponential search would take years."""
    started = time.process_time()
    came = do()
    assert time.process_time() - started < HANGS
    return came


def label(text):
    return f"{text[:12]!a} {len(text)}"


@pytest.mark.parametrize("kind", ["exchange", "organisation"])
def test_that_no_filter_does_harm(document, kind):
    facts = shipped_facts()
    language = Language(kind, facts, Texts(facts, TextStyle()))
    language.prepare()
    meaning = Meaning(kind, date(2022, 7, 1))
    for text in TEXTS:
        found = without_hanging(lambda text=text: language.read(text))
        if isinstance(found, Refusal):
            assert found.sentence
            continue
        asked = meaning.of(found)
        query = Query(kind, filters=asked.filters, search=asked.search)
        without_hanging(lambda query=query: counted(document, query))


@pytest.mark.parametrize("text", TEXTS, ids=label)
def test_that_no_search_does_harm(document, text):
    """Searches of quick open and of choosing a record take the words as they are."""
    for kind in ("organisation", "event"):
        query = Query(kind, (), search=text)
        too_much = len(text) > LONGEST_SEARCH or len(set(fold(text).split())) > MOST_WORDS
        with pytest.raises(Invalid) if too_much else nullcontext():
            without_hanging(lambda query=query: counted(document, query))


def test_that_a_search_is_refused_rather_than_cut(document):
    """What is cut off would not be looked for, and nobody would know."""
    words = " ".join(f"w{n}" for n in range(MOST_WORDS))

    assert counted(document, Query("organisation", (), search=words)) == 0
    assert counted(document, Query("organisation", (), search="a " * 1000)) > 0
    for text, why in ((f"{words} more", MANY), ("a" * (LONGEST_SEARCH + 1), LONG)):
        with pytest.raises(Invalid) as refused:
            counted(document, Query("organisation", (), search=text))
        assert str(refused.value) == why


def test_that_a_name_too_long_to_search_for_is_compared_by_its_beginning():
    name = " ".join(f"wort{n}" for n in range(900))
    search = search_for_text(name)

    assert len(searched_words(search)) == MOST_WORDS
    assert name.startswith(search)
    assert searched_words(search_for_text("x" * 5000)) == []
    assert len(search_for_text("\ufdfa" * 3000)) <= LONGEST_SEARCH


def counted(document, query):
    window = document.read.window(query)
    try:
        return len(window.rows(0, min(window.count, 50)))
    finally:
        window.close()


BOMBS = [
    "(a+)+$",
    "(a*)*b",
    "(a|aa)+$",
    "(a|a)*b",
    "([a-zA-Z]+)*$",
    "(.*)*x",
    "(.*a){20}",
    "a?" * 30 + "a" * 30,
    "(?:a+){10,}b",
    "(\\w+\\s?)+$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(x+x+)+y",
    ".*.*.*.*.*.*.*=.*",
    "(?=(a+))\\1+b",
    "a{1,9999}{1,9999}",
    "(" * 200 + "a" + ")" * 200,
    "[" * 500,
    "\\" * 501,
    "(?P<n>a)(?P=n)+b",
    "(a{0,50}){0,50}b",
    "(a*)\\1b",
    "a*" + "a" * 190 + "b",
    "[" + "".join(chr(0x1F300 + 7 * n) for n in range(150)) + "a]*b",
]


@pytest.mark.parametrize("find", BOMBS, ids=label)
@pytest.mark.parametrize("text", ["a" * 40, "a" * 5000 + "!", "x=" * 200], ids=label)
def test_that_no_pattern_takes_long(find, text):
    def replace():
        try:
            return Pattern(find, "", match_case=True).applied(text, whole=False)
        except (Invalid, TooLong):
            return None

    without_hanging(replace)
