"""Figures are the sizes of their sets, and an import tells beforehand what it does to them."""

import datetime as dt

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.figures import figures
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.system.resources import resource


def by_code(document):
    return {figure.code: figure for figure in figures(document.read)}


def test_that_the_sample_has_its_targets(sample):
    found = by_code(sample)
    assert found["EXCH_VALIDATED_VOP"].target == 50
    assert found["DISTINCT_SME_VO_HO"].target == 35
    assert found["EVENTS_HELD"].value == len(found["EVENTS_HELD"].behind.counted) == 6


def test_that_the_effect_told_before_an_import_is_what_comes_true(sample, facts):
    importer = Importer(sample, facts, dt.date(2022, 10, 1))
    book = importer.read(resource(PARTNER_FILE), Progress())
    plan = importer.plan_with(book, {}, Wish(accept_proposals=True), Progress())
    before = {code: figure.value for code, figure in by_code(sample).items()}
    importer.commit(plan)
    after = {code: figure.value for code, figure in by_code(sample).items()}
    assert (dict(plan.figures_before), dict(plan.figures_after)) == (before, after)
    assert after["EXCH_VALIDATED_VOP"] == before["EXCH_VALIDATED_VOP"] + 6
