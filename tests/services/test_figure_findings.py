"""What is said of the figures of a partnership as a whole."""

import datetime as dt
from decimal import Decimal

from smartct_desktop.domain.programme.figure_rules import BUDGET, BudgetCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.services.figure_findings import figure_findings
from tests.services.steps import add, change

TODAY = dt.date(2022, 7, 1)


def stays(visitor, host, count):
    return [
        Exchange(
            number=str(n),
            vo=visitor.id,
            ho=host.id,
            mode=Mode.PHYSICAL,
            status=ExchangeStatus.PAID,
            amount_cents=41500,
            working_days=Decimal(3),
            paid_on=dt.date(2022, 1, n),
            start=dt.date(2021, 11, n),
            end=dt.date(2021, 11, n + 2),
            ho_country="ES",
        )
        for n in range(1, count + 1)
    ]


def said(document, facts):
    return {f.code: f for f in figure_findings(document.read, facts, TODAY)}


def test_that_budget_pace_and_distinct_smes_are_told(own, facts):
    (ours,) = own.read.all(Partnership)
    assert said(own, facts) == {}
    firm = Organisation(name="Firm", type=OrganisationType.SME, country="BG", sme=True)
    host = Organisation(name="Host", type=OrganisationType.CLUSTER, country="ES")
    target = Target(name="Exchanges", value=50, counting_rule=CountingRule.EXCH_VALIDATED_VOP)
    add(own, firm, host, target, *stays(firm, host, 2))
    change(
        own,
        ours,
        fstp_budget_cents=80000,
        starts_on=dt.date(2020, 2, 3),
        ends_on=dt.date(2022, 12, 31),
    )

    found = said(own, facts)
    assert set(found) == {"AMT-11", "KPI-03", "KPI-05"}
    assert found["AMT-11"].sentence == (
        "830 € are paid or promised, the budget for lump sums is 800 €."
    )
    assert found["KPI-03"].sentence == "2 exchanges were made by 1 different SMEs."
    assert found["KPI-05"].sentence.startswith("Exchanges: 2 so far")
    change(own, ours, fstp_budget_cents=83000)
    assert "AMT-11" not in said(own, facts)


def test_that_money_already_gone_is_an_error():
    (promised,) = BUDGET.findings(BudgetCase(100, 101, 0))
    (paid,) = BUDGET.findings(BudgetCase(100, 0, 101))
    assert (promised.severity, paid.severity) == (Severity.WARNING, Severity.ERROR)
