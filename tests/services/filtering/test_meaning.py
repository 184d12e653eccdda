"""What terms find: the language asked of a real document, compared with what it promises."""

from datetime import date
from decimal import Decimal

import pytest

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Among, AnyOf, Between, Ids, Not, Path, Query
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.services.filtering.backwards import condition_of
from smartct_desktop.services.filtering.language import Language
from smartct_desktop.services.filtering.meaning import Meaning
from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.services.opening import new_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts, TextStyle
from tests.services.stored import ticking

FACTS = ProgrammeFacts()
TEXTS = Texts(FACTS, TextStyle())
TODAY = date(2022, 3, 15)


class Found:
    """A document, and what filters find in it."""

    def __init__(self, document):
        self._document = document

    def add(self, *records):
        with self._document.edit("records") as edit:
            for record in records:
                edit.add(record)

    def __call__(self, text, kind="exchange", name="number"):
        """The numbers or names that a filter finds."""
        terms = Language(kind, FACTS, TEXTS).read(text)
        assert not isinstance(terms, Refusal), terms
        asked = Meaning(kind, TODAY).of(terms)
        query = Query(kind, (Path((name,)),), asked.filters, asked.search)
        window = self._document.read.window(query)
        return {row.values[0] for row in window.rows(0, window.count)}


@pytest.fixture
def find(own):
    return Found(own)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (
            "Łódzki Klaster Żywności",
            ["lodz", "ŁÓDZ", "zywn", "klaster lodzki", '"klaster zywnosci"'],
        ),
        (
            "Straßenbau Müller GmbH",
            ["strassen", "STRASSE", "muller", "müller", '"strassenbau muller"'],
        ),
        ("Søby Værft på Ærø", ["soby", "vaerft", "aero", "Ærø", '"pa aero"']),
        ("Đuro Đaković, Čačak", ["duro", "dakovic", "ĐAKOVIĆ", "cacak"]),
        ("Όμιλος Ελλάς Αθήνα", ["ομιλοσ", "ΕΛΛΆΣ", "αθηνα", '"ελλας αθηνα"']),
        ("„Зелена Спирка“ ЕООД", ["ЗЕЛЕНА", "спирк", '"зелена спирка"', "„Зелена Спирка“"]),
        ("Clúster d'Energia de Cataluña", ["cataluna", "d'energia", "CLUSTER"]),
    ],
)
def test_that_words_are_found_without_case_and_accents_in_every_script(find, name, typed):
    find.add(Organisation(name=name), Organisation(name="Somebody else"))

    for text in typed:
        assert find(text, "organisation", "name") == {name}, text
        if " " not in text:
            assert find(f"-{text}", "organisation", "name") >= {"Somebody else"}
            assert name not in find(f"-{text}", "organisation", "name")
            assert find(f"name:{text}", "organisation", "name") == {name}


def test_that_quotation_marks_want_whole_words_side_by_side(find):
    find.add(
        Exchange(number="1", goals="A smart city lab"),
        Exchange(number="2", goals="City of smart people"),
        Exchange(number="3", goals="smart citylab"),
    )

    assert find("smart city") == {"1", "2", "3"}
    assert find('"smart city"') == {"1"}
    assert find('-"smart city"') == {"2", "3"}
    assert find('goals:"smart city"') == {"1"}
    assert find("city-lab") == {"1"}  # signs part words, which stay side by side


@pytest.fixture(scope="module")
def stays(tmp_path_factory):
    """Three exchanges, for many filters."""
    document = new_partnership(
        tmp_path_factory.mktemp("stays") / "stays.smartct", "Ours", clock=ticking()
    )
    find = Found(document)
    spain = Organisation(name="Álfa", country="ES", type=OrganisationType.SME, aliases="Alpha Ltd")
    bulgaria = Organisation(name="Бета", country="BG", name_latin="Beta")
    find.add(
        spain,
        bulgaria,
        Exchange(
            number="1",
            vo=spain.id,
            ho=bulgaria.id,
            start=date(2021, 11, 16),
            working_days=Decimal(3),
            amount_cents=41_500,
            status=ExchangeStatus.PAID,
            ctq=True,
            mode=Mode.PHYSICAL,
            activities=("networking",),
        ),
        Exchange(
            number="2",
            vo=bulgaria.id,
            ho=spain.id,
            start=date(2022, 3, 31),
            working_days=Decimal("5.5"),
            amount_cents=100_000,
            status=ExchangeStatus.READY,
            ctq=False,
        ),
        Exchange(number="3", ho=spain.id, start=date(2022, 3, 15)),
    )
    yield find
    document.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("status:paid", "1"),
        ("status:paid,ready", "12"),
        ("-status:paid", "23"),
        ("status:-", "3"),
        ("status:*", "12"),
        ("ctq:yes", "1"),
        ("ctq:no", "2"),
        ("ctq:unknown", "3"),
        ("-ctq:yes", "23"),
        ("ctq:no,unknown", "23"),
        ("visitor.country:ES", "1"),
        ("visitor.country:BG,Spain", "12"),
        ("host country:ES", "23"),
        ("-host country:ES", "1"),
        ("visitor country:-", "3"),
        ("visitor type:SME", "1"),
        ("visiting organisation:alpha", "1"),
        ("visiting organisation:Beta", "2"),
        ('visiting organisation:"alpha ltd"', "1"),
        ("vo:-", "3"),
        ("days>3", "2"),
        ("days>=3", "12"),
        ("days<5.5", "1"),
        ("days:3", "1"),
        ("days:3;5.5", "12"),
        ("days:3..5", "1"),
        ("agreed>415", "2"),
        ("agreed:415", "1"),
        ("agreed:>=415", "12"),
        ("agreed:1,000", "2"),
        ("agreed:100..500€", "1"),
        ("start:2021", "1"),
        ("start:2022-03", "23"),
        ("start:03/2022", "23"),
        ("start:31.03.2022", "2"),
        ("start:2021-11..2022-03", "123"),
        ("start:>2022-03", ""),
        ("start:>2021", "23"),
        ("start:<2022", "1"),
        ("start<=2022-03", "123"),
        ("start:..2022-03-15", "13"),
        ("start:today", "3"),
        ("start:>today", "2"),
        ("start:today-30..today", "3"),
        ("start:2021,2022-03-31", "12"),
        ("start:>9999-12-31", ""),
        ("start:<0001-01-01", ""),
        ("status:paid | ctq:no", "12"),
        ("alfa status:ready", "2"),
        ("alfa | status:paid", "123"),
        ("-", "123"),
        ("& -&", "123"),
    ],
)
def test_that_conditions_find_what_they_say(stays, text, found):
    assert stays(text) == set(found)


def test_that_a_month_alone_is_taken_at_its_beginning(find):
    cluster = Organisation(name="Cluster", type=OrganisationType.CLUSTER)
    days = {"2021": PartialDate(2021), "2021-05": PartialDate(2021, 5), "2021-05-09": None}
    find.add(
        cluster,
        *(
            ClusterFigures(cluster=cluster.id, as_of=day or PartialDate(2021, 5, 9), members=place)
            for place, day in enumerate(days.values())
        ),
    )

    def found(text):
        return find(text, "snapshot", "members")

    field = Language("snapshot", FACTS, TEXTS).names.written(Path(("as_of",)), stable=False)
    assert found(f"{field}:2021") == {0, 1, 2}
    assert found(f"{field}:2021-05") == {1, 2}
    assert found(f"{field}:>=2021-05-01") == {1, 2}
    assert found(f"{field}:>2021-05-01") == {2}
    assert found(f"{field}:<2021-05") == {0}
    assert found(f"{field}:>=2021-01-01") == {0, 1, 2}


def test_that_times_are_compared(find):
    from datetime import time

    find.add(Event(title="early", start_time=time(9)), Event(title="late", start_time=time(23, 59)))

    assert find("from>9:00", "event", "title") == {"late"}
    assert find("from>=9:00", "event", "title") == {"early", "late"}
    assert find("from>23:59", "event", "title") == set()
    assert find("from:8:30..10:00", "event", "title") == {"early"}


def named(_kind, id_):
    return {"a1": "Álfa, „S.L.“"}.get(id_, "")


@pytest.mark.parametrize(
    ("filter_", "text"),
    [
        (Among(Path.of("status"), frozenset({ExchangeStatus.PAID, None})), "status:PAID,-"),
        (Not(Among(Path.of("vo.country"), frozenset({"BG"}))), "-vo.country:BG"),
        (Among(Path.of("vo"), frozenset({Id("a1")})), 'vo:"Álfa, S.L."'),
        (Among(Path.of("ho_city"), frozenset({"Bad Ems"})), 'ho_city:"Bad Ems"'),
        (Among(Path.of("start"), frozenset({date(2021, 5, 9)})), "start:2021-05-09"),
        (Between(Path.of("start"), date(2021, 5, 1), date(2021, 5, 31)), "start:2021-05"),
        (Between(Path.of("start"), date(2021, 1, 1), date(2021, 12, 31)), "start:2021"),
        (Between(Path.of("start"), date(2021, 1, 1), None), "start:2021-01-01.."),
        (Between(Path.of("working_days"), Decimal(3), Decimal(5)), "working_days:3..5"),
        (
            AnyOf(
                (
                    Between(Path.of("start"), date(2021, 5, 1), date(2021, 5, 31)),
                    Among(Path.of("start"), frozenset({None})),
                )
            ),
            "start:2021-05,-",
        ),
        (Ids(frozenset({Id("a")})), None),
        (Among(Path.of("vo"), frozenset({Id("gone")})), None),
        (AnyOf(()), None),
        (Not(Ids(frozenset())), None),
    ],
)
def test_that_filters_are_said_in_the_language_if_it_can_say_them(filter_, text):
    from smartct_desktop.services.texts import ISO

    language = Language("exchange", FACTS, Texts(FACTS, ISO))
    condition = condition_of(filter_, "exchange", named)
    said = None if condition is None else language.written((condition,), stable=True)
    assert said == text
    if said is not None:
        assert language.read(said) == (condition,)
