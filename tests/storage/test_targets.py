"""Names under which a document may be written, on every system."""

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT


@pytest.mark.parametrize(
    "name",
    ["con.smartct", "NUL.smartct", "Aux .smartct", "com1.smartct", "LPT9.old.smartct", "prn"],
)
def test_that_the_name_of_a_device_is_refused_with_its_reason(tmp_path, name):
    with pytest.raises(Trouble, match="for a device, not for a file"):
        Store.create(tmp_path / name, at=AT)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a:b.smartct", "a.smartct.", "a.smartct ", ":.smartct"])
def test_that_a_name_that_windows_changes_is_refused(tmp_path, name):
    with pytest.raises(Trouble, match="colon, or with a dot or space"):
        Store.create(tmp_path / name, at=AT)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["console.smartct", "com10.smartct", "nullable.smartct"])
def test_that_a_name_that_only_begins_like_a_device_is_taken(tmp_path, name):
    Store.create(tmp_path / name, at=AT).close()

    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_that_a_copy_gets_no_such_name_either(store):
    with pytest.raises(Trouble, match="Windows takes"):
        store.copy_to(store.path.with_name("nul.smartct"))
