"""Whatever is done in whatever order, the Overview from what was kept is that counted anew."""

import datetime as dt
import os

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.overview import overview, overview_of
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.stock import Stock, touched_ids
from smartct_desktop.system.resources import resource
from tests.properties import test_findings_machine as findings

LONG = bool(os.environ.get("SMARTCT_LONG"))
YEAR = Scope(since=dt.date(2021, 11, 10), until=dt.date(2021, 11, 30))


class Figures(findings.Findings):
    """Does what is done to the findings, and listens to the steps as the window does."""

    @initialize()
    def begin(self):
        super().begin()
        self.imported = False
        self.listen()

    def listen(self):
        self.stock = None
        self.heard = []
        self.document.subscribe(self.heard.append)
        self.document.subscribe_findings(self.forget)

    def forget(self):
        self.stock = None

    @rule()
    def open_again(self):
        super().open_again()
        self.listen()

    @rule(part=st.integers(0, 3))
    def make_an_organisation_a_partner(self, part):
        own = own_partnership(self.document.read)
        organisations = list(self.document.read.all(Organisation))
        if own is not None and organisations:
            one = organisations[part % len(organisations)]
            with self.document.edit("partner") as edit:
                edit.set(one, "partnership", own.id if one.partnership is None else None)

    @rule(counted_from=st.sampled_from(CountingStatus))
    def change_from_when_exchanges_count(self, counted_from):
        own = own_partnership(self.document.read)
        if own is not None:
            with self.document.edit("counted") as edit:
                edit.set(own, "counted_from", counted_from)

    @precondition(lambda self: not self.imported)
    @rule()
    def import_a_file(self):
        importer = Importer(self.document, findings.FACTS, self.today)
        book = importer.read(resource(PARTNER_FILE), Progress())
        wish = Wish(accept_proposals=True)
        importer.commit(importer.plan_with(book, {}, wish, Progress()))
        self.imported = True

    @property
    def today(self):
        return self.clock().date()

    @invariant()
    def the_findings_are_those_of_now(self):
        """Stands for the invariant of the findings, which has a test of its own."""
        self.document.settle_all()
        touched = touched_ids(self.heard)
        self.heard.clear()
        with self.document.reader() as reader:
            if self.stock is None:
                self.stock = Stock.read(reader, findings.FACTS, self.today)
            else:
                self.stock = self.stock.renewed(reader, findings.FACTS, self.today, touched)
            clusters = partners(reader)[:1]
            for scope in (EVERYTHING, YEAR, *(Scope(partner=c.id) for c in clusters)):
                kept = overview_of(self.stock, reader, scope)
                anew = overview(reader, findings.FACTS, self.today, scope)
                assert told(kept) == told(anew)
                each_figure_is_its_sets(kept)


def told(shown):
    """Give an overview without the order inside of its sets."""
    money = shown.money
    return {
        "figures": {f.code: (f.value, f.target, *sets(f.behind)) for f in shown.figures},
        "months": [(m.first, set(m.counted), set(m.expected)) for m in shown.months.months],
        "elsewhere": set(shown.months.elsewhere),
        "partners": {p.partner: (set(p.counted), set(p.expected)) for p in shown.partners},
        "ways": {(w.visitor, w.host): set(w.exchanges) for w in shown.ways.ways},
        "called off": set(shown.ways.called_off),
        "money": [sets(one) for one in (money.paid, money.due, money.promised)],
        "left": money.left,
        "waiting": sorted(shown.waiting, key=repr),
        "names": shown.names,
        "deletion": sets(shown.deletion.behind),
    }


def sets(behind):
    return set(behind.counted), set(behind.pipeline), dict(behind.left_out), dict(behind.weights)


def each_figure_is_its_sets(shown):
    money = (shown.money.paid, shown.money.due, shown.money.promised)
    for behind in (*(figure.behind for figure in shown.figures), *money):
        left_out = [id_ for id_, _ in behind.left_out]
        every = [*behind.counted, *behind.pipeline, *left_out]
        assert len(every) == len(set(every))
        assert behind.value == sum(behind.weights.get(id_, 1) for id_ in behind.counted)
    assert not set(money[1].counted) & set(money[2].counted)


TestFigures = Figures.TestCase
TestFigures.settings = settings(
    max_examples=12 if LONG else 4, stateful_step_count=20 if LONG else 12
)
