"""Forgetting a person: nothing of them is left anywhere, and figures stay."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.exchange_person import ExchangePerson
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.sender import Judgement, Sender
from smartct_desktop.domain.records.waiver import Waiver
from smartct_desktop.services.attaching import Owner, attach_files
from smartct_desktop.services.figures import figures
from smartct_desktop.services.opening import new_partnership, open_document
from smartct_desktop.services.privacy.anonymous_copy import write_anonymous_copy
from smartct_desktop.services.privacy.bytes_left import forms_of, holds
from smartct_desktop.services.privacy.certificate import digest_of
from smartct_desktop.services.privacy.forgetting import forget
from smartct_desktop.services.privacy.plan import Mode
from smartct_desktop.services.privacy.planning import plan_forgetting
from smartct_desktop.services.privacy.restricting import lift, restrict
from smartct_desktop.services.settings import Settings
from smartct_desktop.services.working_copies import WorkingCopy
from smartct_desktop.storage.backups import backups_root
from smartct_desktop.system.paths import settings_folder

TODAY = date(2026, 11, 23)
NAME, MAIL, FORMER = "Ada Quxenbörg", "ada.quxenborg@marker.example", "aq@former.example"
PHONE = "+49 170 9876543"
MARKS = ("Quxenbörg", "Quxenborg", "QUXENBÖRG", "quxenb", MAIL, FORMER, "9876543")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


def made(path):
    """A document in which the person stands in records of all sorts; gives who it is."""
    document = new_partnership(path, "Marker")
    with document.edit(f"import of {NAME}.xlsx") as edit:
        ada = edit.add(
            Person(name=NAME, given_name="Ada", family_name="Quxenbörg", email=FORMER, phone=PHONE)
        )
        other = edit.add(Person(name="Ada Lopez", email="lopez@other.example"))
        event = edit.add(
            Event(title=f"Talk by {NAME}", status=EventStatus.HELD, start=date(2022, 3, 1))
        )
        edit.add(Attendance(event=event.id, person=ada.id, name_text="Quxenborg A.", email=MAIL))
        edit.add(Attendance(event=event.id, name_text="QUXENBÖRG, ADA", attended=True))
        edit.add(Attendance(event=event.id, name_text="Quxenbörg, Ada", email=MAIL))
        edit.add(Attendance(event=event.id, person=other.id, name_text="Ada Lopez"))
        firm = edit.add(
            Organisation(
                name="Muster GmbH", contact=NAME, contact_email=MAIL, contact_phone="0170 9876543"
            )
        )
        visit = edit.add(
            Exchange(visitor=ada.id, vo=firm.id, remark=f"Call {NAME} (0170/987 65 43)")
        )
        edit.add(ExchangePerson(exchange=visit.id, person=ada.id))
        edit.add(Payment(exchange=visit.id, amount_cents=100, payee_as_written=f"{NAME}"))
        edit.add(Waiver(rule_code="ELG-01", exchange=visit.id, reason="x", granted_by=NAME))
        sender = edit.add(Sender(name="Office", answers=f'{{"who is": "{NAME}"}}'))
        edit.add(Judgement(subject="person", written=NAME, record=ada.id, sender=sender.id))
    with document.edit(f"change of E-mail ({NAME})") as edit:
        edit.set(edit.get(Person, ada.id), "email", MAIL)
    with document.edit("change of Remark") as edit:
        edit.set(edit.get(Exchange, visit.id), "remark", "Quxenbörgs bus was late")
    note = path.with_name("notes Quxenborg.txt")
    note.write_text(f"{NAME} signed. " * 50, encoding="utf-8")
    attach_files(
        document, Owner("exchange", visit.id, "x"), [note], Progress(), most=10**6, today=TODAY
    )
    note.unlink()
    document.settle_all()
    return document, ada.id


def planned(document, facts, person, mode=Mode.ANONYMISE, *, unlawful=True):
    return plan_forgetting(
        document, document.read, facts, person, TODAY, mode=mode, unlawful=unlawful
    )


def numbers(path):
    with closing(open_document(path)) as document:
        return {one.code: one.value for one in figures(document.read, TODAY)}


def left_in(folder):
    """The files below a folder with anything of the person in them."""
    forms = {mark.encode(code) for mark in MARKS for code in ("utf-8", "utf-16-le")}
    forms |= forms_of([NAME, "Quxenbörg", MAIL, FORMER])
    return [path.name for path in folder.rglob("*") if path.is_file() and holds(path, forms)]


@pytest.mark.parametrize("mode", list(Mode))
def test_that_nothing_of_a_person_is_left_and_figures_stay(tmp_path, facts, mode):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    document.backup(backups_root() / document.id)
    plan = planned(document, facts, ada, mode)
    document.close()
    own = Settings(settings_folder() / "settings.json")
    own.set("find.last", [f"remark:{NAME}", "something else"])
    own.save()
    before = numbers(path)
    assert left_in(tmp_path)

    receipt = forget(path, plan, f"asked by {NAME}", tmp_path / "certificate.txt", facts)

    assert left_in(tmp_path) == []
    assert numbers(path) == before
    assert receipt.left == ()
    kept = Settings(settings_folder() / "settings.json")
    assert kept.get("find.last") == ["something else"]
    with closing(open_document(path)) as document:
        assert document.integrity() == []
        there = document.read.get_many(Person, [ada])
        assert bool(there) is (mode is Mode.ANONYMISE)
        names = [one.name for one in document.read.all(Person)]
        assert "Ada Lopez" in names
        steps = 0
        while document.read.next_undo() is not None:
            document.undo()
            steps += 1
        assert steps > 3
        while document.read.next_redo() is not None:
            document.redo()
        assert document.integrity() == []
    for backup in (tmp_path / "home").rglob("*.smartct-backup"):
        assert holds(backup, [b"Ada Lopez"])


def test_that_the_certificate_tells_all_but_the_name(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    plan = planned(document, facts, ada)
    document.close()
    told = forget(path, plan, "asked by letter", tmp_path / "c.txt", facts).certificate
    text = (tmp_path / "c.txt").read_text(encoding="utf-8")
    assert text == told.text
    assert "asked by letter" in text
    assert "17(1)(d)" in text
    assert digest_of(told.salt, NAME) in text
    with closing(open_document(path)) as document:
        assert any(told.number in step.label for step in document.read.history(0, 5))


def test_that_texts_that_were_not_ticked_stay_and_are_told(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    plan = planned(document, facts, ada)
    title = next(one for one in plan.mentions if one.place[2] == "title")
    document.close()
    kept = plan.ticking({title.place: False}, {})
    forget(path, kept, "asked", tmp_path / "c.txt", facts)
    with closing(open_document(path)) as document:
        assert [one.title for one in document.read.all(Event)] == [f"Talk by {NAME}"]
    assert "event: Title" in (tmp_path / "c.txt").read_text(encoding="utf-8")


def test_that_a_namesake_keeps_name_and_records(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    with document.edit("x") as edit:
        same = edit.add(Person(name=NAME, email="another@one.example"))
        event = next(iter(document.read.all(Event)))
        edit.add(Attendance(event=event.id, person=same.id, name_text=NAME))
    plan = planned(document, facts, ada)
    document.close()
    forget(path, plan, "asked", tmp_path / "c.txt", facts)
    with closing(open_document(path)) as document:
        assert document.read.get(Person, same.id).name == NAME
        assert document.read.get(Person, ada).name == plan.pseudonym
        attending = [one for one in document.read.all(Attendance) if one.person == same.id]
        assert [one.name_text for one in attending] == [NAME]


def test_that_what_has_to_be_kept_is_kept(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    plan = planned(document, facts, ada, unlawful=False)
    assert "not known yet" in plan.refusal
    assert "Restrict" in plan.hint
    own = next(iter(document.read.all(Partnership)))
    with document.edit("paid") as edit:
        edit.update(own.replace(balance_paid_on=date(2019, 1, 1)))
    assert planned(document, facts, ada, unlawful=False).refusal is None
    with document.edit("held") as edit:
        held = edit.get(Partnership, own.id)
        edit.update(held.replace(hold=True, hold_reason="an audit of 2024"))
    plan = planned(document, facts, ada)
    assert "an audit of 2024" in plan.refusal
    document.close()
    before = path.read_bytes()
    with pytest.raises(Trouble, match="an audit"):
        forget(path, plan, "asked", tmp_path / "c.txt", facts)
    assert path.read_bytes() == before
    assert not (tmp_path / "c.txt").exists()


@pytest.fixture
def worked_on(tmp_path, facts):
    """A document that is kept elsewhere, worked on in a copy of ours, with a step there."""
    kept = tmp_path / "Nextcloud" / "a.smartct"
    kept.parent.mkdir()
    document, ada = made(kept)
    plan = planned(document, facts, ada)
    document.close()
    copy = WorkingCopy.begin(kept)
    with closing(open_document(copy.path)) as document, document.edit("later") as edit:
        edit.set(edit.get(Person, ada), "function", "Director")
    return kept, copy, plan


def test_that_nobody_is_forgotten_while_work_was_not_written_back(tmp_path, facts, worked_on):
    kept, copy, plan = worked_on
    copy.end()
    before, working = kept.read_bytes(), copy.path.read_bytes()
    with pytest.raises(Trouble, match="not written back to it yet"):
        forget(kept, plan, "asked", tmp_path / "c.txt", facts)
    assert (kept.read_bytes(), copy.path.read_bytes()) == (before, working)
    assert not (tmp_path / "c.txt").exists()


def test_that_nothing_is_left_where_working_copies_lie(tmp_path, facts, worked_on):
    kept, copy, plan = worked_on
    copy.write_back()
    folder = copy.path.parent
    shutil.copytree(folder, tmp_path / "killed")
    copy.end()
    shutil.move(tmp_path / "killed", folder)  # as if the program had been killed before it ended
    assert copy.path.name in left_in(folder)

    forget(kept, plan, "asked", tmp_path / "c.txt", facts)

    assert left_in(tmp_path) == []
    assert not folder.exists()
    again = WorkingCopy.begin(kept)  # it is made anew from what is there now
    again.end()
    assert left_in(tmp_path) == []


def test_that_what_cannot_be_reached_is_told_before_and_in_the_certificate(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    document.save_copy(tmp_path / "a (conflicted copy 2026-11-01).smartct")
    (tmp_path / "a.smartct.damaged-20260101-000000").write_bytes(b"what was left")
    own = Settings(settings_folder() / "settings.json")
    own.set("backups.second", str(tmp_path / "stick"))
    own.save()
    plan = planned(document, facts, ada)
    document.close()
    stick, copy, damaged, *_ = plan.exports
    assert "second copies of backups" in stick
    assert "stick: connect that drive first" in stick
    assert copy == "the copy a (conflicted copy 2026-11-01).smartct beside the document"
    assert "damaged-20260101" in damaged

    forget(path, plan, "asked", tmp_path / "c.txt", facts)

    assert "conflicted copy 2026-11-01" in (tmp_path / "c.txt").read_text(encoding="utf-8")


def test_that_somebody_who_was_restricted_is_forgotten_in_the_backups_of_that_time(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    restrict(document, ada, f"{NAME} contests it", TODAY)
    document.backup(backups_root() / document.id)
    assert planned(document, facts, ada, Mode.ERASE).restricted
    lift(document, ada)
    plan = planned(document, facts, ada, Mode.ERASE)
    document.close()
    receipt = forget(path, plan, "asked", tmp_path / "c.txt", facts)
    assert receipt.left == ()
    assert left_in(tmp_path) == []


def test_that_an_open_document_is_left_alone(tmp_path, facts):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    with closing(document):
        plan = planned(document, facts, ada)
        with pytest.raises(InUse):
            forget(path, plan, "asked", tmp_path / "c.txt", facts)


@pytest.mark.parametrize("after", [1.2, 2.0, 2.6])
def test_that_a_killed_erasure_leaves_the_document_before_or_after(tmp_path, facts, after):
    path = tmp_path / "a.smartct"
    document, ada = made(path)
    document.close()
    call = [sys.executable, "-m", "smartct_desktop", "forget", str(path), ada]
    with subprocess.Popen(
        [*call, "--unlawful", "--reason", "x", "--certificate", str(tmp_path / "c.txt")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
    with closing(open_document(path)) as document:
        assert document.integrity() == []
        person = document.read.get(Person, ada)
        if person.name == NAME:
            plan = planned(document, facts, ada)
    if person.name == NAME:
        (tmp_path / "c.txt").unlink(missing_ok=True)
        forget(path, plan, "asked", tmp_path / "c.txt", facts)
    assert left_in(tmp_path) == []


def test_that_a_copy_without_personal_data_has_no_original_value(tmp_path):
    path, out = tmp_path / "a.smartct", tmp_path / "copy" / "b.smartct"
    document, _ = made(path)
    document.close()
    out.parent.mkdir()
    write_anonymous_copy(path, out)
    assert left_in(out.parent) == []
    assert not holds(out, [b"Lopez", b"lopez@other"])
    assert numbers(out) == numbers(path)
    with closing(open_document(out)) as copy:
        assert copy.integrity() == []
        assert len(list(copy.read.all(Person))) == 2
        names = [one.name for one in copy.read.all(Person)]
        assert [len(name) for name in names] == [len(NAME), len("Ada Lopez")]
        while copy.read.next_undo() is not None:
            copy.undo()
    with pytest.raises(Trouble, match="already a file"):
        write_anonymous_copy(path, out)


TEXTS = st.lists(
    st.sampled_from(
        [NAME, NAME.upper(), "Quxenborg", MAIL, PHONE, "0170 987 65 43", "bus", "10 km", "—", "x@y"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(
    max_examples=40 if os.environ.get("SMARTCT_LONG") else 2,
    phases=[Phase.explicit, Phase.generate],
)
@given(texts=st.lists(TEXTS, min_size=6, max_size=6))
def test_that_whatever_was_written_nothing_is_left(tmp_path_factory, facts, texts):
    folder = tmp_path_factory.mktemp("random")
    path = folder / "a.smartct"
    document = new_partnership(path, "Marker", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    with document.edit(texts[0]) as edit:
        ada = edit.add(Person(name=NAME, email=MAIL, phone=PHONE, function=texts[1]))
        event = edit.add(Event(title=texts[2], remark=texts[3], status=EventStatus.HELD))
        edit.add(Attendance(event=event.id, name_text=texts[4]))
        edit.add(Attendance(event=event.id, name_text=texts[5], email=MAIL))
    with document.edit(texts[1]) as edit:
        edit.set(edit.get(Event, event.id), "remark", texts[0])
    plan = planned(document, facts, ada.id)
    document.close()
    before = numbers(path)
    forget(path, plan, "asked", folder / "c.txt", facts)
    assert left_in(folder) == []
    assert numbers(path) == before
