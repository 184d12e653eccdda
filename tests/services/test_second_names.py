"""A document with a second name on its drive: nothing that must go stays there unnoticed."""

import os
from contextlib import closing

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.privacy.forgetting import forget
from smartct_desktop.services.privacy.planning import plan_forgetting
from smartct_desktop.services.protection import protect
from smartct_desktop.storage.backups import backups_root
from smartct_desktop.system.whereabouts import has_other_names
from tests.services.stored import OWN, ticking
from tests.services.two_copies import DAY

pytestmark = pytest.mark.skipif(not hasattr(os, "link"), reason="needs hard links")

NAME = "Ada Quxenborg"


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.smartct"


@pytest.fixture
def planned(path, facts):
    """A document that names a person, a backup of it, and the plan to forget that person."""
    with closing(OWN.open(path, ticking(), facts)) as document:
        with document.edit("person") as edit:
            ada = edit.add(Person(name=NAME))
        backup = document.backup(backups_root() / document.id)
        plan = plan_forgetting(document, document.read, facts, ada.id, DAY, unlawful=True)
    return plan, backup


def linked(path):
    """Give a file a second name."""
    second = path.with_name(f"second-{path.name}")
    os.link(path, second)
    return second


def test_that_nobody_is_forgotten_in_a_file_that_stays_under_a_second_name(path, planned, facts):
    second = linked(path)
    before = path.read_bytes()

    with pytest.raises(Trouble, match="has a second name on its drive"):
        forget(path, planned[0], "asked", path.with_name("c.txt"), facts)

    assert path.read_bytes() == before
    second.unlink()
    forget(path, planned[0], "asked", path.with_name("c.txt"), facts)
    assert NAME.encode() not in path.read_bytes()


def test_that_a_backup_with_a_second_name_is_told(path, planned, facts):
    plan, backup = planned
    linked(backup).rename(path.with_name("kept by hand"))

    receipt = forget(path, plan, "asked", path.with_name("c.txt"), facts)

    (left,) = receipt.left
    assert backup.name in left
    assert "second name" in left


def test_that_a_password_is_not_given_to_a_file_that_stays_plain_under_a_second_name(path):
    OWN.open(path, ticking()).close()
    second = linked(path)
    before = second.read_bytes()

    with pytest.raises(Trouble, match="has a second name on its drive"):
        protect(path, "quite a long password")

    assert second.read_bytes() == path.read_bytes() == before


def test_that_a_link_to_a_document_is_no_second_name(path, tmp_path):
    OWN.open(path, ticking()).close()
    (tmp_path / "link.smartct").symlink_to(path)

    assert not has_other_names(path)
    assert not has_other_names(tmp_path / "gone.smartct")
    with closing(open_document(tmp_path / "link.smartct")) as document:
        assert document.path == path
    linked(path)
    assert has_other_names(path)
