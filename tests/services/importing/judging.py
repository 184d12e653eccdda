"""What the program makes of labelled pairs: how many it takes for one, proposes, or misses."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from smartct_desktop.domain.record import new_id
from smartct_desktop.services.importing.identity import PROPOSED_FROM, Mention, OrganisationIndex
from smartct_desktop.services.importing.known import KnownOrganisation

EMPTY = dict.fromkeys(KnownOrganisation.__slots__)


@dataclass
class Score:
    """Counts of pairs by outcome; `by_rule` tells them apart by what was done to the name."""

    taken: Counter = field(default_factory=Counter)
    by_rule: dict = field(default_factory=lambda: defaultdict(Counter))

    @property
    def precision(self):
        """How many of the pairs that were taken for one are one."""
        right, wrong = self.taken["same", "sure"], self.taken["other", "sure"]
        return right / (right + wrong)

    def share(self, *outcomes):
        """How many of the pairs that are one had one of these outcomes."""
        return sum(self.taken["same", o] for o in outcomes) / sum(
            n for (label, _), n in self.taken.items() if label == "same"
        )

    def __str__(self):
        first = (
            f"precision of sure matches {self.precision:.4f}, recall {self.share('sure'):.3f}, "
            f"with what is proposed {self.share('sure', 'proposed'):.3f}, "
            f"with what is asked {self.share('sure', 'proposed', 'asked', 'among'):.3f}"
        )
        lines = [
            first,
            *(f"  {rule}: {dict(counts)}" for rule, counts in sorted(self.by_rule.items())),
        ]
        return "\n".join(lines)


def score(dictionary, cases):
    """Judge all cases against one document that holds every stored name."""
    stored = {}
    for case in cases:
        if (case.stored, case.country) not in stored:
            facts = {"id": new_id(), "name": case.stored, "country": case.country}
            stored[case.stored, case.country] = KnownOrganisation(**(EMPTY | facts))
    index = OrganisationIndex(dictionary.names, list(stored.values()), {})
    found = Score()
    for case in cases:
        meant = stored[case.stored, case.country].id
        match = index.find(Mention(case.written, country=case.written_country))
        outcome = outcome_of(match, meant)
        label = "same" if case.same else "other"
        found.taken[label, outcome] += 1
        found.by_rule[f"{label}: {case.rule}"][outcome] += 1
    return found


def outcome_of(match, meant):
    if match.target is not None:
        return "sure" if match.target.id == meant else "sure of another"
    ids = [candidate.target.id for candidate in match.candidates]
    if meant not in ids:
        return "missed"
    if ids[0] != meant:
        return "among"
    return "proposed" if match.candidates[0].score >= PROPOSED_FROM else "asked"
