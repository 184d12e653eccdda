"""Whatever is done in whatever order, the findings kept are those the rules would give now."""

import datetime as dt
import itertools
import os
import tempfile
from pathlib import Path as FilePath
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.query import Contains, Listing, Not, Path, Problems, Query
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.waiver import Waiver
from smartct_desktop.services.deleting import delete, plan_deletion
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.services.programme import ProgrammeFacts
from tests.properties.few_records import TYPES, Records
from tests.templates import Template

LONG = "SMARTCT_LONG" in os.environ
FACTS = ProgrammeFacts()
NOON = dt.datetime(2022, 7, 1, 12, 0, tzinfo=dt.UTC)
SEEDS = st.integers(0, 2**32)
MOSTLY = st.sampled_from((*TYPES, Exchange, Exchange, Organisation, Payment, Waiver))


def begun(path, clock):
    document = new_partnership(path, "Ours", clock=clock)
    Records(document).begin()
    return document, None


def seconds(days=lambda: 0):
    """A clock that goes on by a second each time it is asked."""
    asked = itertools.count()
    return lambda: NOON + dt.timedelta(days=days(), seconds=next(asked) % 60)


BEGUN = Template(begun, seconds)


class Findings(RuleBasedStateMachine):
    """Does at random what people do, on different days."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.days = 0
        self.clock = seconds(lambda: self.days)
        self.document = BEGUN.open(FilePath(self.folder.name) / "d.smartct", self.clock)

    @rule(seed=SEEDS, type_=MOSTLY)
    def add_a_record(self, seed, type_):
        Records(self.document).add(Random(seed), type_)

    @rule(seed=SEEDS, type_=MOSTLY, whole=st.booleans())
    def change_a_record(self, seed, type_, whole):
        chance = Random(seed)
        id_ = Records(self.document).some(chance, type_)
        if id_ is None:
            return
        values = Records(self.document).values(chance, type_)
        if not whole:
            name = chance.choice(sorted(values))
            values = {name: values[name]}
        try:
            with self.document.edit("change", typed=not whole) as edit:
                edit.update(self.document.read.get(type_, id_).replace(**values))
        except (Invalid, Trouble):
            pass

    @rule(seed=SEEDS, type_=st.sampled_from(TYPES))
    def remove_a_record(self, seed, type_):
        chance = Random(seed)
        id_ = Records(self.document).some(chance, type_)
        if id_ is not None and chance.random() < 0.5:
            try:
                kind = type_.schema.kind
                delete(self.document, plan_deletion(self.document.read, kind, [id_]))
            except Trouble:
                pass

    @rule()
    def undo(self):
        if self.document.read.next_undo() is not None:
            self.document.undo()

    @rule()
    def redo(self):
        if self.document.read.next_redo() is not None:
            self.document.redo()

    @rule()
    def sleep_over_it(self):
        self.days += 1

    @rule()
    def open_again(self):
        path = self.document.path
        self.document.close()
        self.document = open_document(path, clock=self.clock, facts=FACTS)

    @invariant()
    def the_findings_are_those_of_now(self):
        self.document.settle_all()
        reader = self.document.read
        assessed = {
            (kind, id_): one for kind, id_, one in self.document.checker.all_assessed(reader)
        }
        expected = {key: tuple(one.findings) for key, one in assessed.items() if one.findings}
        self.derived_fields_are_those_of_now(assessed)
        kept = {}
        for kind in ("exchange", "organisation", "event"):
            window = reader.window(Query(kind))
            found = reader.findings(kind, window.ids(0, 1000))
            kept |= {(kind, id_): those for id_, those in found.items()}
            with_problems = reader.window(Query(kind, filters=(Problems(),))).ids(0, 1000)
            assert sorted(with_problems) == sorted(found)
            without = reader.count(Query(kind, filters=(Not(Problems()),)))
            assert without == window.count - len(found)
        assert kept == expected
        told = reader.list_findings(Listing(), 0, 10_000)
        assert len(told) == sum(map(len, expected.values()))
        assert sum(count.findings for count in reader.finding_counts()) == len(told)

    def derived_fields_are_those_of_now(self, assessed):
        for exchange in self.document.read.all(Exchange):
            kept = {f.name: getattr(exchange, f.name) for f in Exchange.schema.derived}
            assert kept == assessed["exchange", exchange.id].values
            if exchange.entitlement_note is not None:
                because = Path(("entitlement_note",))
                words = Contains(because, exchange.entitlement_note)
                found = self.document.read.window(Query("exchange", filters=(words,)))
                assert exchange.id in found.ids(0, 1000)

    def teardown(self):
        if hasattr(self, "document"):
            self.document.close()
            self.folder.cleanup()


TestFindings = Findings.TestCase
TestFindings.settings = settings(max_examples=200 if LONG else 8, stateful_step_count=20)
