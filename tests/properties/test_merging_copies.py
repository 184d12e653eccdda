"""Two copies, changed at random: merging them obeys its laws, whatever was done in which order."""

import datetime as dt
import os
import random
import shutil
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Reference
from smartct_desktop.domain.joining import Answer, Answers, Topic
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.sender import Judgement, Sender, Verdict
from smartct_desktop.services.attaching import Owner, attach_files
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.deleting import delete, plan_deletion
from smartct_desktop.services.editing import next_number
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.merging import merge, plan_merger
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import shipped_facts
from tests.services.steps import add
from tests.services.stored import OWN, ticking

LONG = os.environ.get("SMARTCT_LONG") == "1"
FACTS = shipped_facts()
SEEDS = st.integers(0, 2**32)
MIRRORED = {Answer.OURS: Answer.THEIRS, Answer.THEIRS: Answer.OURS}


def begin(path):
    """Three firms, two stays with their days, a payment, a sender."""
    own = OWN.open(path, ticking(), FACTS)
    ids = (Id(f"{n:032x}") for n in range(1, 100))
    firms = [Organisation(id=next(ids), name=f"Firm {n}", country="ES") for n in range(3)]
    stays = [
        Exchange(
            id=next(ids), number=f"O-2021-{n:03d}", vo=firms[0].id, ho=firms[1].id, start=day(n)
        )
        for n in (1, 2)
    ]
    days = [ExchangeDay(exchange=stay.id, date=day(4), day_kind=DayKind.FULL) for stay in stays]
    add(
        own,
        *firms,
        *stays,
        *days,
        Payment(exchange=stays[0].id, amount_cents=100),
        Sender(name="S"),
    )
    return own


def day(n):
    return dt.date(2021, 5, 1 + n)


def state(document, *, numbers=True):
    """All that people filled in, by kind and id."""
    return {
        (schema.kind, record.id): {
            f.name: getattr(record, f.name) for f in schema.told if numbers or f.name != "number"
        }
        for schema in SCHEMAS
        for record in document.read.all(schema.record)
    }


class Worker:
    """Somebody who does at random what people do with a copy; each has ways of their own."""

    def __init__(self, seed, document, folder, floor=2):
        self.random = random.Random(seed)
        self.document = document
        self.folder = folder
        self.floor = floor  # the newest step that is never undone

    def some(self, type_):
        found = list(self.document.read.all(type_))
        return self.random.choice(found) if found else None

    def id(self):
        """Ids that are the same each time: which of two is smaller makes a difference."""
        return Id(f"{self.random.getrandbits(128):032x}")

    def work(self, most):
        deeds = (
            *(self.write, self.write, self.write, self.begin, self.delete, self.undo, self.undo),
            *(self.redo, self.merge, self.attach, self.learn, self.part),
        )
        for _ in range(self.random.randrange(most + 1)):
            with suppress(Trouble):
                self.random.choice(deeds)()

    def write(self):
        stay = self.some(Exchange)
        if stay is None:
            return
        firm = self.some(Organisation)
        values = self.random.choice(
            [
                {"remark": self.random.choice(["a", "b", "a\nb", "c\na", None])},
                {"mode": self.random.choice([None, *Mode])},
                {"activities": tuple(self.random.sample(["A1", "A2", "A3"], 2))},
                {"start": day(self.random.randrange(6))},
                {"end": day(10 + self.random.randrange(6))},
                {"vo_cluster": firm.id if firm else None},
                {"cxc_id": self.random.choice(["X1", "X2", None])},
            ]
        )
        with self.document.edit("change") as edit:
            edit.update(stay.replace(**values))

    def begin(self):
        firm = Organisation(
            id=self.id(), name=self.random.choice("UVW"), vat=self.random.choice(["V1", None])
        )
        number = next_number(self.document.read, day(0))
        add(
            self.document,
            firm,
            Exchange(id=self.id(), number=number, vo=firm.id, start=day(self.random.randrange(2))),
            Person(id=self.id(), name=self.random.choice("PQ"), organisation=firm.id),
        )

    def part(self):
        stay = self.some(Exchange)
        if stay is not None:
            n = 5 + self.random.randrange(3)
            add(
                self.document,
                ExchangeDay(id=self.id(), exchange=stay.id, date=day(n), day_kind=DayKind.FULL),
            )

    def delete(self):
        record = self.some(self.random.choice([Exchange, Organisation]))
        if record is not None:
            deletion = plan_deletion(self.document.read, record.schema.kind, [record.id])
            delete(self.document, deletion)

    def merge(self):
        one, other = self.some(Organisation), self.some(Organisation)
        if one is not None and one.id != other.id:
            plan_ = plan_merger(self.document.read, "organisation", one.id, other.id)
            merge(self.document, plan_)

    def attach(self):
        stay = self.some(Exchange)
        if stay is not None:
            path = self.folder / "paper.txt"
            path.write_text(self.random.choice("123"))
            owner = Owner("exchange", stay.id, "stay")
            done = attach_files(self.document, owner, [path], Progress(), most=1000, today=day(0))
            if done.touched is not None:
                self.document.announce(done.touched)

    def learn(self):
        firm, sender = self.some(Organisation), self.some(Sender)
        if firm is not None:
            judged = Judgement(
                id=self.id(),
                subject="organisation",
                written=self.random.choice("MN"),
                record=firm.id,
                verdict=self.random.choice(list(Verdict)),
            )
            add(self.document, judged)
        text = f'{{"{self.random.choice("fg")}": {{"q": "{self.random.choice("12")}"}}}}'
        with self.document.edit("import") as edit:
            edit.update(sender.replace(answers=text))

    def undo(self):
        if self.document.read.next_undo().no > self.floor:
            self.document.undo()

    def redo(self):
        self.document.redo()


def answered(joining_of, decide):
    """Answer until nothing is open; answers may bring new questions."""
    given = {}
    for _ in range(20):
        joining = joining_of(Answers(given))
        if not joining.open:
            return joining
        for doubt in joining.open:
            given.setdefault(doubt.topic.value, {})[doubt.item] = decide(doubt).value
    raise AssertionError([doubt.item for doubt in joining.open])


def decider(seed, *, mirrored=False):
    """Decides each question at random, but the same one always alike; mirrored, for the other."""

    def decide(doubt):
        options = list(doubt.options)
        if doubt.topic is Topic.TOGETHER:
            options = options[:1] if not mirrored else options[1:2]
            return options[0]
        if mirrored:
            options = [MIRRORED.get(one, one) for one in options]
        picked = random.Random(f"{seed} {doubt.topic} {doubt.item}").choice(
            sorted(options, key=lambda one: one.value)
        )
        picked = picked if picked in options else options[0]
        return MIRRORED.get(picked, picked) if mirrored else picked

    return decide


def joined(document, path, decide):
    """Merge with answers; gives whether there was anything to merge."""
    compared = compare(document, path)
    if compared.same:
        return False
    joining = answered(lambda answers: plan(compared, answers, FACTS), decide)
    document.announce(merge_copy(document, joining))
    return True


def is_sound(document):
    """Nothing names what is not there, contents are there, and all that is kept is right."""
    assert document.integrity() == []
    assert document.read.broken_files() == []
    for schema in SCHEMAS:
        for record in document.read.all(schema.record):
            for field in schema.references:
                value = getattr(record, field.name)
                assert isinstance(field.type, Reference)
                target = schema_of(field.type.kind).record
                assert value is None or document.read.get_many(target, [value])
    document.settle_all()
    for kind, id_, one in document.checker.all_assessed(document.read):
        record = document.read.record(kind, id_)
        for name, value in one.values.items():
            assert getattr(record, name) == value


@settings(
    max_examples=600 if LONG else 6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # seeds do not get simpler
    suppress_health_check=list(HealthCheck),
)
@given(first=SEEDS, here=SEEDS, there=SEEDS, answers=SEEDS, later=SEEDS)
def test_that_merging_obeys_its_laws(first, here, there, answers, later):
    folder = Path(tempfile.mkdtemp(prefix="smartct-merging-"))
    paths = {name: folder / f"{name}.smartct" for name in ("a", "b", "base", "other_a")}
    try:
        with closing(begin(paths["a"])) as document:
            Worker(first, document, folder).work(4)
        shutil.copyfile(paths["a"], paths["b"])
        shutil.copyfile(paths["a"], paths["base"])
        with closing(open_document(paths["b"])) as document:
            Worker(there, document, folder).work(6)
        with closing(open_document(paths["a"])) as document:
            Worker(here, document, folder).work(6)
            ours = state(document)
        shutil.copyfile(paths["a"], paths["other_a"])
        untouched = paths["b"].read_bytes()
        with closing(open_document(paths["a"])) as document:
            # What is as it was brings nothing, and what is the same changes nothing.
            assert not joined(document, paths["other_a"], never)
            joined(document, paths["base"], never)
            assert state(document) == ours
            if joined(document, paths["b"], decider(answers)):
                merged = state(document)
                is_sound(document)
                document.undo()
                assert state(document) == ours
                document.redo()
                assert state(document) == merged
            merged = state(document)
            assert not joined(document, paths["b"], never)
        assert paths["b"].read_bytes() == untouched
        shutil.copyfile(paths["b"], paths["base"])
        with closing(open_document(paths["base"])) as document:
            # The other way round, with the same answers.
            joined(document, paths["other_a"], decider(answers, mirrored=True))
            assert state(document) == merged
        with closing(open_document(paths["b"])) as document:
            # The other copy gets what was merged without a question, and then both are the same.
            joined(document, paths["a"], never)
            assert state(document) == merged
            floor = document.read.next_undo().no  # who takes a merge back wants the other's no more
            Worker(later, document, folder, floor).work(3)
            after = state(document)
        with closing(open_document(paths["a"])) as document:
            joined(document, paths["b"], never)
            assert state(document) == after
            assert document.integrity() == []
    finally:
        shutil.rmtree(folder)


def never(doubt):
    raise AssertionError(doubt)
