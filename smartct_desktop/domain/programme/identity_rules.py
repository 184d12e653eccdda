"""Whether an organisation is one of its own, and described in known words (ORG)."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.fields import Term, Terms
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.organisation_case import OrganisationCase
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.organisation import Organisation

_TERMS = tuple(
    (field.name, field.label, field.type.vocabulary)
    for field in Organisation.schema.fields
    if isinstance(field.type, Term | Terms)
)
"""Name, label and vocabulary of the fields that hold terms."""


def _named(case: OrganisationCase) -> Iterator[Said]:
    if not any(map(str.isalnum, case.organisation.name)):
        yield Said("name")


def _the_only_one(case: OrganisationCase) -> Iterator[Said]:
    """Look for another one of the same name, in the same country as far as both are known."""
    own = case.organisation
    doubles = {twin.id for twin in case.same_vat}
    for twin in case.same_name:
        apart = own.country and twin.country and own.country != twin.country
        if not apart and twin.id not in doubles:
            yield Said("name", {"other": twin.name})
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
        "There is another organisation of the name {other}.",
        "Compare both and make one of them, or record a waiver if they are two.",
        "own reading",
        _the_only_one,
        waivable=True,
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
        "own reading",
        _vat_of_its_own,
    ),
)
"""The rules on what an organisation is called."""
