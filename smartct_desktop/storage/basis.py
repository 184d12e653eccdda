"""What assessments rest on, as the document keeps it: a line each for rules, facts and day."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.programme.assessment import Basis


def written_basis(basis: Basis) -> str:
    """Give the text that is kept."""
    return f"{basis.rules}\n{basis.facts}\n{basis.on.isoformat()}"


def basis_of(text: str) -> Basis | None:
    """Read it; None if nothing was assessed yet, or by a version that kept it otherwise."""
    try:
        rules, facts, day = text.split("\n")
        return Basis(rules, facts, date.fromisoformat(day))
    except ValueError:
        return None
