"""Who is a member of which cluster, and since when."""

from __future__ import annotations

from collections.abc import Iterable

from smartct_desktop.domain.fields import (
    Id,
    PartialDay,
    Reference,
    Term,
    Text,
    declared,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class Membership(
    Record,
    kind="membership",
    label="Membership",
    plural="Memberships",
    caption="organisation cluster",
):
    """An organisation's membership of one cluster."""

    cluster: Id = declared(
        "Cluster",
        Reference("organisation"),
        required=True,
        key=True,
        width=34,
        section="Membership",
    )
    organisation: Id = declared(
        "Member", Reference("organisation"), required=True, key=True, width=34
    )
    member_ref: str | None = declared("Member no.", Text(longest=60), default=None)
    member_kind: str | None = declared("Kind of member", Term("member_kind"), default=None)
    since: PartialDate | None = declared("Member since", PartialDay(), default=None)
    until: PartialDate | None = declared("Member until", PartialDay(), default=None)
    proof: str | None = declared("Proof", Text(), default=None, width=24, free_text=True)

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a cluster as a member of itself."""
        if self.organisation == self.cluster:
            yield "organisation", Sentence("A cluster cannot be a member of itself.")
