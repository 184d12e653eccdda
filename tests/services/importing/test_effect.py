"""What an import does to the figures, told before anything is written."""

import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.figures import figures
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.plan_json import to_json
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.system.clock import local_today
from tests.services.importing.books import TODAY, book, exchange, exchanges


@pytest.fixture
def importer(clusters, facts):
    return Importer(clusters, facts, TODAY)


@pytest.fixture
def planned(importer):
    def planned(*rows, answers=None):
        read = book(exchanges(*rows), name=f"{len(rows)} rows.xlsx")
        return importer.plan_with(read, answers or {}, Wish(), Progress())

    return planned


ROWS = (
    exchange("A-1"),
    exchange("A-2", "Bauer GmbH", status="cancelled"),
    exchange("A-3", "Dohle KG", status="cancelled"),
    exchange("A-4", "Elster AG", status="ongoing"),
)


def test_that_new_records_that_do_not_count_are_told_with_the_reason(planned):
    effect = planned(*ROWS).effect

    assert effect.after["EXCH_VALIDATED_VOP"] - effect.before["EXCH_VALIDATED_VOP"] == 1
    told = [(one.reason, one.count, one.new) for one in effect.not_counting["EXCH_VALIDATED_VOP"]]
    assert told == [
        ("its status is Cancelled", 2, 4),
        ("expected, but not there yet", 1, 4),
    ]


def test_that_counted_and_not_counted_make_up_all_new_records(planned):
    effect = planned(*ROWS).effect
    gained = effect.after["EXCH_VALIDATED_VOP"] - effect.before["EXCH_VALIDATED_VOP"]
    left = sum(one.count for one in effect.not_counting["EXCH_VALIDATED_VOP"])
    assert gained + left == 4


def test_that_the_figures_after_the_import_are_those_told_before(planned, importer, clusters):
    importer.commit(planned(*ROWS[:2]))
    plan = planned(*ROWS, answers={"keep": {}})
    importer.commit(plan)
    found = {one.code: one.value for one in figures(clusters.read, local_today())}
    assert {code: found[code] for code in plan.effect.after} == plan.effect.after


def test_that_the_reasons_stand_in_the_plan_as_json(planned):
    told = to_json(planned(*ROWS))["figures"]["not_counting"]["EXCH_VALIDATED_VOP"]
    assert told[0] == {"reason": "its status is Cancelled", "count": 2, "new": 4}
