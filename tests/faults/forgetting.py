"""Forgetting a person while things fail."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.housekeeping import sweep
from smartct_desktop.services.privacy.forgetting import forget
from smartct_desktop.services.privacy.kept_backups import all_backups
from smartct_desktop.services.privacy.planning import plan_forgetting
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.storage.backups import backups_root, check_backup
from smartct_desktop.storage.store import Store
from smartct_desktop.system.backup import Health
from tests.faults.deeds import small
from tests.faults.judging import AT, Deed, document, held

NAME = "Ada Quxenborg"
ID = Id("ada0" * 8)


def with_person(folder: Path) -> None:
    """A document that names a person, and a backup of it."""
    small(folder)
    with closing(document(folder)) as opened:
        with opened.edit(f"new person {NAME}") as edit:
            edit.add(Person(id=ID, name=NAME, given_name="Ada", family_name="Quxenborg"))
        with opened.edit("remark") as edit:
            edit.set(next(iter(opened.read.all(Exchange))), "remark", f"Call {NAME}")
        opened.settle_all()
        opened.backup(backups_root() / opened.id)


def forget_person(folder: Path, done: Callable[[], object]) -> None:
    """Forget the person in the document and in its backup."""
    with closing(document(folder)) as opened:
        known = plan_forgetting(opened, opened.read, shipped_facts(), ID, AT.date(), unlawful=True)
    certificate = folder / "certificate.txt"
    path = folder / "a.smartct"
    forget(path, known, "asked for", certificate, shipped_facts(), clock=lambda: AT)
    done()


def judge_forgotten(folder: Path) -> object:
    """Give what the document says, and whether it names the person.

    Raises unless all backups are whole, and if the document does not name them any more but any
    other file does; except for a backup that could not be written, which the certificate tells.
    """
    sweep(AT.timestamp())  # what the program does when it starts
    path = folder / "a.smartct"
    backups = all_backups(path)
    health = {check_backup(one, AT).health for one in backups}
    assert health == {Health.GOOD}, [one.path.name for one in backups]
    held(path)
    named = [one.name for one in sorted(folder.rglob("*")) if one.is_file() and _names(one)]
    told = folder / "certificate.txt"
    left = told.read_text(encoding="utf-8") if told.exists() else ""
    assert path.name in named or all(name in left for name in named), named
    with closing(Store.open(path, read_only=True)) as store:
        said = tuple((one.id, one.goals, one.remark) for one in store.read.all(Exchange))
        return path.name in named, said, store.read.history_count(), store.read.total("person")


def _names(path: Path) -> bool:
    return b"quxenborg" in path.read_bytes().lower()


FORGETTING = Deed("forgetting", with_person, forget_person, judge_forgotten)
