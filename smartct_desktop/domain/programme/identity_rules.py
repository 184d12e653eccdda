"""Whether an organisation is one of its own, and described in known words (ORG)."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.fields import Term, Terms
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.freemail import FREEMAIL
from smartct_desktop.domain.programme.organisation_case import OrganisationCase
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence

_TERMS = tuple(
    (field.name, field.label, field.type.vocabulary)
    for field in Organisation.schema.fields
    if isinstance(field.type, Term | Terms)
)
"""Name, label and vocabulary of the fields that hold terms."""


_FREEMAIL = frozenset(map(fold, FREEMAIL))
_SAME_NAME = Sentence("the same name")
_SHARED_NAME = Sentence("one of the same names")
_SAME_DOMAIN = Sentence("the same domain of e-mails")


def _named(case: OrganisationCase) -> Iterator[Said]:
    if not any(map(str.isalnum, case.organisation.name)):
        yield Said("name")


def _the_only_one(case: OrganisationCase) -> Iterator[Said]:
    """Look for another one that shares a name or the domain, in the same country if both are known.

    A name is shared also if it is the Latin, the legal or another name of one of them.
    """
    own = case.organisation
    doubles = {twin.id for twin in case.same_vat}
    mails = () if fold(own.email_domain or "") in _FREEMAIL else case.same_domain
    looks = (
        ("name", _SAME_NAME, case.same_name),
        ("aliases", _SHARED_NAME, case.shared_names),
        ("email_domain", _SAME_DOMAIN, mails),
    )
    for field, why, twins in looks:
        for twin in twins:
            if not twin.is_apart(own.country) and twin.id not in doubles:
                yield Said(field, {"other": twin.name, "why": why})
                return


def _vat_of_its_own(case: OrganisationCase) -> Iterator[Said]:
    for twin in case.same_vat:
        yield Said("vat", {"vat": case.organisation.vat, "other": twin.name})
        return


def _group_known(case: OrganisationCase) -> Iterator[Said]:
    own = case.organisation
    small = own.headcount is not None and own.headcount < case.rules.sme_staff_below
    if case.visits and own.sme and small and not own.group_note:
        yield Said("group_note")


def _known_words(case: OrganisationCase) -> Iterator[Said]:
    if case.terms is None:
        return
    for name, label, vocabulary in _TERMS:
        held = getattr(case.organisation, name)
        for code in held if isinstance(held, tuple) else (held,):
            if code and not case.terms.knows(vocabulary, code):
                yield Said(name, {"code": code, "field": label})
                return


RULES: tuple[Rule[OrganisationCase], ...] = (
    Rule(
        "ORG-01",
        Severity.ERROR,
        "organisation",
        "Name missing",
        "The organisation has no name.",
        "Fill in its name.",
        "own reading",
        _named,
    ),
    Rule(
        "ORG-02",
        Severity.WARNING,
        "organisation",
        "Probably there twice",
        "There is also {other}, which has {why}.",
        "Compare both and make one of them; if they are two, tell them apart by name or country.",
        "ERDF",
        _the_only_one,
    ),
    Rule(
        "ORG-07",
        Severity.INFO,
        "organisation",
        "Group relations not known",
        "Whether it belongs to a group is not recorded; the size of an SME is that of the group.",
        "Ask for its relations to other companies.",
        "SME",
        _group_known,
    ),
    Rule(
        "ORG-12",
        Severity.WARNING,
        "organisation",
        "Unknown term",
        "{field}: the list has no term “{code}”.",
        "Choose a term of the list.",
        "own reading",
        _known_words,
    ),
    Rule(
        "ORG-13",
        Severity.ERROR,
        "organisation",
        "VAT number of another organisation",
        "{other} has the same VAT number {vat}.",
        "Make one organisation of the two, or correct the number.",
        "ERDF",
        _vat_of_its_own,
    ),
)
"""The rules on what an organisation is called."""
