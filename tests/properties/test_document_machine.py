"""In whatever order things are done: undo, redo and a restart bring back exactly what was."""

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.resources import resource
from tests.services.stored import SAMPLE, ticking

LONG = os.environ.get("SMARTCT_LONG") == "1"
FACTS = ProgrammeFacts()
TODAY = dt.date(2022, 10, 1)


def state_of(document):
    """Every record of the document by its id."""
    return {record.id: record for schema in SCHEMAS for record in document.read.all(schema.record)}


class DocumentMachine(RuleBasedStateMachine):
    """Does at random what people do, and remembers every state the document was in."""

    book: Book | None = None

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp(prefix="smartct-machine-"))
        self.document = SAMPLE.open(self.folder / "d.smartct", ticking(), FACTS)
        self.states = [{}, state_of(self.document)]
        self.place = 1

    def teardown(self):
        self.document.close()
        shutil.rmtree(self.folder)

    def note(self):
        """A new state follows the present one; what was undone is left behind."""
        state = state_of(self.document)
        if state != self.states[self.place]:
            self.states[self.place + 1 :] = [state]
            self.place += 1

    @rule(name=st.text("abcäßБж ", min_size=1).filter(str.strip))
    def add_organisation(self, name):
        with self.document.edit("new organisation") as edit:
            edit.add(Organisation(name=name.strip()))
        self.note()

    @rule(data=st.data(), status=st.sampled_from(ExchangeStatus), days=st.integers(0, 40))
    def edit_some_exchange(self, data, status, days):
        ids = [id_ for id_, r in self.states[self.place].items() if isinstance(r, Exchange)]
        if not ids:
            return
        with self.document.edit("change of an exchange") as edit:
            exchange = edit.get(Exchange, data.draw(st.sampled_from(sorted(ids))))
            start = dt.date(2021, 3, 1)
            edit.update(
                exchange.replace(status=status, start=start, end=start + dt.timedelta(days))
            )
        self.note()

    @rule(data=st.data())
    def remove_some_exchange(self, data):
        ids = [id_ for id_, r in self.states[self.place].items() if isinstance(r, Exchange)]
        if not ids:
            return
        with self.document.edit("removal of an exchange") as edit:
            edit.remove("exchange", data.draw(st.sampled_from(sorted(ids))))
        self.note()

    @precondition(lambda self: self.place > 0)
    @rule(accept=st.booleans())
    def import_the_partners_file(self, accept):
        importer = Importer(self.document, FACTS, TODAY)
        if DocumentMachine.book is None:
            DocumentMachine.book = importer.read(resource(PARTNER_FILE), Progress())
        wish = Wish(accept_proposals=accept)
        plan = importer.plan_with(DocumentMachine.book, {}, wish, Progress())
        counts = plan.counts
        importer.commit(plan)
        self.note()
        again = importer.plan_with(DocumentMachine.book, {}, wish, Progress())
        assert (again.counts.add, again.counts.change) == (0, 0)
        assert again.counts.rows == counts.rows

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self):
        self.document.undo()
        self.place -= 1

    @precondition(lambda self: self.place + 1 < len(self.states))
    @rule()
    def redo(self):
        self.document.redo()
        self.place += 1

    @rule()
    def restart(self):
        assert self.document.integrity() == []
        path = self.document.path
        self.document.close()
        self.document = open_document(path)

    @invariant()
    def the_document_is_in_the_state_remembered(self):
        if hasattr(self, "document"):
            assert state_of(self.document) == self.states[self.place]


TestDocumentMachine = DocumentMachine.TestCase
TestDocumentMachine.settings = settings(
    max_examples=400 if LONG else 6,
    stateful_step_count=40 if LONG else 12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
