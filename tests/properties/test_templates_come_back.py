"""A collection template filled with any records comes back unchanged, in every language."""

import datetime as dt
import os
from random import Random

import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.planning import Planner
from smartct_desktop.services.opening import new_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.spreadsheets.worker import read_book
from tests.storage.made import world

FACTS = ProgrammeFacts()
MADE_AT = dt.datetime(2022, 7, 1, 9, 0)
TODAY = dt.date(2022, 10, 1)
LONG = bool(os.environ.get("SMARTCT_LONG"))
SEEDS = range(40 if LONG else 1)
EACH = 12 if LONG else 5
KINDS = ["organisation", "person", "membership", "exchange", "event", "session", "attendance"]
TEMPLATE = next(kind for kind in REPORTS if kind.code == "partner-template")


@pytest.fixture(scope="module", params=SEEDS)
def filled(request, tmp_path_factory):
    """A document in which one cluster has members, sends exchanges and hosts events."""
    random = Random(request.param)
    path = tmp_path_factory.mktemp("made") / "made.smartct"
    document = new_partnership(path, "Ours", clock=lambda: dt.datetime(2022, 7, 1, tzinfo=dt.UTC))
    with document.edit("all kinds") as edit:
        for record in world(random, KINDS, EACH):
            edit.add(record)
    partner = next(document.read.all(Membership)).cluster
    with document.edit("of one partner") as edit:
        for exchange in list(document.read.all(Exchange)):
            edit.set(exchange, "vo_cluster", partner)
        for event in list(document.read.all(Event)):
            edit.set(event, "host_cluster", partner)
    yield document, partner
    document.close()


@pytest.fixture(scope="module")
def planner():
    return Planner(Dictionary.of(FACTS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_filled_template_of_any_records_comes_back_unchanged(
    filled, planner, language, tmp_path
):
    document, partner = filled
    path = tmp_path / f"{language}.xlsx"
    export_report(
        TEMPLATE,
        document,
        ProgrammeFacts(language),
        path=path,
        made_at=MADE_AT,
        progress=Progress(),
        partner=partner,
        language=language,
    )

    book = read_book(path, Progress())
    plan = planner.plan(book, Known(document.read), {}, TODAY)

    changes = {record.key: dict(record.changes) for record in plan.records if record.changes}
    about_file = [finding for finding in plan.findings if finding.code.startswith("IMP")]
    assert (changes, plan.open_questions, about_file) == ({}, (), [])
    assert plan.counts.same == plan.counts.rows - plan.counts.skip > 2 * EACH
