"""The views that come with the program: what each means, said in filters over fields.

They state the programme's rules as far as fields of the exchange tell them, derived ones included.
"""

from __future__ import annotations

from smartct_desktop.domain.programme.counting import counting_statuses
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.query import Path, Sort
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.views import View

EXCHANGES = "exchanges"
"""The word by which settings know the tab of the exchanges."""

_PAPERS = ("number", "vo", "ho", "start", "end", "status", "ctq", "agreement", "vo_report")
_MONEY = (
    *("number", "vo", "vo.country", "ho", "end", "entitlement_cents", "amount_cents"),
    *("payment_note", "pay_by", "status"),
)
_BY_END = (Sort(Path(("end",))),)

# A paper known to be there is no longer waited for, whatever the status says. "-a | -b" means:
# not both. Virtual exchanges have no agreement.
_WAITING = (
    "status:MACC,CTQ,REPDUE,VOREP,REPS",
    "-status:MACC | -ctq:yes",
    "-status:CTQ | -agreement:yes",
    "-status:CTQ | -mode:virtual",
    "-status:VOREP | -ho_report:yes",
    "-status:REPS | -evidence:yes",
)


def shipped_views(rules: RuleSet, counted_from: CountingStatus) -> list[View]:
    """Give the shipped views of the exchanges under the rules of a call.

    `counted_from` is the state from which the own partnership counts exchanges.
    """
    return [_waiting(), _payable(rules), _late(rules), *_counted(counted_from)]


def _waiting() -> View:
    return View(
        name=Sentence("Waiting for papers"),
        tab=EXCHANGES,
        columns=(*_PAPERS, "ho_report", "evidence"),
        filter=" ".join(_WAITING),
        hint=Sentence(
            "Exchanges that cannot go on before a paper comes: matched ones without a Commitment "
            "to Quality, committed ones without a financial agreement (virtual ones need none), "
            "ended ones whose reports are due, and ones with both reports but no evidence of the "
            "stay. The status tells what is waited for; a paper ticked as there is not."
        ),
        shipped=True,
    )


def _payable(rules: RuleSet) -> View:
    return View(
        name=Sentence("Payable now"),
        tab=EXCHANGES,
        columns=_MONEY,
        sort=_BY_END,
        filter="-payable_on:-",
        hint=Sentence(
            "Exchanges of which all conditions of the lump sum are met, and nothing was paid yet: "
            "“Payment” says for the others what is missing. It is due within {days} days after "
            "the last condition was met.",
            days=rules.payment_days,
        ),
        shipped=True,
    )


def _late(rules: RuleSet) -> View:
    reports = "status:REPDUE,VOREP"
    return View(
        name=Sentence("Late"),
        tab=EXCHANGES,
        columns=_MONEY,
        sort=_BY_END,
        filter=" ".join(
            (
                f"{reports} | pay_by<today",
                f"-{reports} | end<today-{rules.ho_report_due_days} | pay_by<today",
            )
        ),
        hint=Sentence(
            "Exchanges whose reports are still due more than {reports} days after the end, and "
            "those whose lump sum should have been paid by now.",
            reports=rules.ho_report_due_days,
        ),
        shipped=True,
    )


def _counted(counted_from: CountingStatus) -> list[View]:
    found = counting_statuses(counted_from)
    status = "status:" + ",".join(one.value for one in ExchangeStatus if one in found)
    return [
        View(
            name=Sentence("Counted"),
            tab=EXCHANGES,
            filter=f"-counted:no counted:yes | {status} counted:yes | vop:- | vop.own:yes",
            hint=Sentence(
                "Exchanges that count towards the target: from the status {status} on, once, for "
                "the visitor's partnership if it is the own one or not given. What “Counts” says "
                "goes before the rule.",
                status=counted_from.label,
            ),
            shipped=True,
        ),
        View(
            name=Sentence("Not counted"),
            tab=EXCHANGES,
            filter=(
                f"-counted:yes counted:no | -{status} | -vop:- "
                f"counted:no | -{status} | -vop.own:yes"
            ),
            hint=Sentence(
                "All other exchanges: planned and under way, given up, counted by another "
                "partnership, or taken out by hand."
            ),
            shipped=True,
        ),
    ]
