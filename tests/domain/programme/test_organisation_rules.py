"""What the rules say about one organisation."""

import re
from types import SimpleNamespace

import pytest

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.organisation_rules import size_findings, vat_findings

VAT = {"DE": r"DE\d{9}", "GR": r"EL\d{9}", "ES": r"ES[A-Z0-9]\d{7}[A-Z0-9]"}


class Patterns:
    """Knows German, Greek and Spanish VAT numbers."""

    def fits(self, kind, iso2, text):
        assert kind == "vat"
        pattern = VAT.get(iso2)
        return re.fullmatch(pattern, text) is not None if pattern else None


@pytest.mark.parametrize(
    ("vat", "country", "said"),
    [
        ("DE811569869", "DE", []),
        ("DE81156986", "DE", ["ORG-04"]),
        ("EL123456789", "GR", []),
        ("ESB12345678", None, []),
        (None, "DE", []),
        ("CHE123", "CH", []),
    ],
)
def test_that_a_vat_number_is_built_like_those_of_its_country(vat, country, said):
    found = list(vat_findings(vat, country, Patterns()))

    assert [finding.code for finding in found if finding.code == "ORG-04"] == said
    assert all(finding.severity is Severity.WARNING for finding in found)


@pytest.mark.parametrize(
    ("staff", "sme", "said"),
    [
        (249, True, []),
        (250, True, ["ORG-05"]),
        (5000, False, []),
        (5000, None, []),
        (None, True, []),
    ],
)
def test_that_an_sme_has_fewer_than_250_people(staff, sme, said):
    assert [
        finding.code
        for finding in size_findings(staff, SimpleNamespace(sme_staff_below=250), sme=sme)
    ] == said
