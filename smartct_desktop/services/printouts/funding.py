"""The line that says who pays for the partnership."""

from __future__ import annotations

from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.sentence import Sentence


def funding_line(own: Partnership | None) -> str:
    """Give the line; nothing for a partnership of which no call is known.

    Both calls that the rules are about were financed by the COSME programme.
    """
    if own is None or not (own.call or own.rule_set):
        return ""
    if own.grant_number:
        return Sentence(
            "Co-funded by the COSME programme of the European Union, grant {number}",
            number=own.grant_number,
        )
    return Sentence("Co-funded by the COSME programme of the European Union")
