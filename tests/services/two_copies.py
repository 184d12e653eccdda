"""A document and a copy of it, on which two people go on."""

import datetime as dt

from smartct_desktop.domain.joining import Answers
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.sender import Sender
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.services.programme import shipped_facts
from tests.services.steps import add
from tests.services.stored import ticking
from tests.templates import Template

FACTS = shipped_facts()
DAY = dt.date(2021, 5, 3)


def begin(path, clock):
    own = new_partnership(path, "Ours", clock=clock)
    firm = Organisation(name="Firm", country="ES")
    host = Organisation(name="Host", country="DE")
    stay = Exchange(number="O-2021-001", vo=firm.id, ho=host.id)
    known = (firm, host, stay, Sender(name="Office"))
    add(own, *known)
    return own, known


BEGUN = Template(begin, ticking)


class Two:
    """A document `a`, open, and a copy `b` of it that is closed when it is merged."""

    def __init__(self, folder):
        self.folder = folder
        self.a = BEGUN.open(folder / "own.smartct", ticking(), FACTS)
        self.firm, self.host, self.stay, self.sender = BEGUN.known
        self.path = folder / "copy.smartct"
        self.b = None

    def part(self):
        """Make the copy, as somebody else opens it."""
        self.a.save_copy(self.path)
        self.b = open_document(self.path, facts=FACTS)
        return self.a, self.b

    def close(self):
        if self.b is not None:
            self.b.close()
            self.b = None

    def plan(self, answers=None, *, proposals=False):
        self.close()
        answers = Answers(answers or {}, proposals)
        return plan(compare(self.a, self.path), answers, FACTS)

    def merge(self, answers=None, *, proposals=False):
        joining = self.plan(answers, proposals=proposals)
        self.a.announce(merge_copy(self.a, joining))
        return joining


def topics(joining):
    return [doubt.topic for doubt in joining.doubts]
