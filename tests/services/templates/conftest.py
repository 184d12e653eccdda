"""What the tests of templates share: a partnership at work, and templates to fill with it."""

import datetime as dt

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.opening import new_sample
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.template_filling import fill_template, plan_filling, template_of
from smartct_desktop.services.templates.mapping import TemplateMap
from tests.services.stored import ticking
from tests.spreadsheets.workbooks import new_book

MADE_AT = dt.datetime(2022, 7, 1, 9, 30)
STAYS = 5


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A document with five stays that count, from March to July 2022; tests only read it."""
    facts = ProgrammeFacts()
    path = tmp_path_factory.mktemp("work") / "sample.smartct"
    document = new_sample(path, facts, clock=ticking())
    own, home = own_partnership(document.read), partners(document.read)[0]
    with document.edit("stays") as edit:
        for number in range(1, STAYS + 1):
            visitor = Organisation(
                name=f"Müller & Söhne <{number}>", country="DE", type=OrganisationType.SME
            )
            start = dt.date(2022, 2 + number, 14)
            stay = Exchange(
                number=f"S-{number}",
                vo=visitor.id,
                vop=own.id,
                vo_cluster=home.id,
                start=start,
                end=start + dt.timedelta(4),
                amount_cents=41_550,
                status=ExchangeStatus.VAL,
                vo_report=True,
                vo_report_validated_on=start + dt.timedelta(20),
            )
            edit.add(visitor)
            edit.add(stay)
            edit.add(Person(name=f"Jana Sachs-Weber {number}"))
    yield document
    document.close()


@pytest.fixture
def given(tmp_path):
    """Make a template: texts by cell of the sheet "Form", then whatever `more` does to it."""

    def given_(cells, more=None, name="template.xlsx"):
        path = tmp_path / name
        workbook = new_book(path)
        form = workbook.add_worksheet("Form")
        for cell, value in cells.items():
            form.write(cell, value)
        if more is not None:
            more(workbook, form)
        workbook.close()
        return path

    return given_


@pytest.fixture
def plan(work):
    """Plan how a template is filled."""

    def plan_(path, said=None, wish=None):
        wish = wish or Wish()
        with work.reader() as reader:
            return plan_filling(
                template_of(path, Progress()),
                reader,
                ProgrammeFacts(wish.language),
                wish=wish,
                said=said or TemplateMap(),
                made_at=MADE_AT,
            )

    return plan_


@pytest.fixture
def filled(work, tmp_path):
    """Fill a template; gives its sheet "Form" as another library reads it."""

    def filled_(path, said=None, wish=None):
        wish = wish or Wish()
        target = tmp_path / "filled.xlsx"
        fill_template(
            path,
            template_of(path, Progress()),
            work,
            ProgrammeFacts(wish.language),
            wish=wish,
            said=said or TemplateMap(),
            made_at=MADE_AT,
            path=target,
            progress=Progress(),
        )
        return openpyxl.load_workbook(target)["Form"]

    return filled_
