"""What stood in a file that goes is overwritten, unless it is somebody else's file as well."""

import os

import pytest

from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.wiping import wipe, wiped_when_replaced

CONTENT = b"Zweibr\xc3\xbccken" * 200_000


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def former(path):
    """The file as somebody sees it who opened it before, under no name at the end."""
    with path.open("rb", buffering=0) as file:
        yield file


def everything(file):
    return os.pread(file.fileno(), 2 * len(CONTENT), 0)


def test_that_a_removed_file_was_overwritten(path, former):
    wipe(path)

    assert not path.exists()
    assert everything(former) == bytes(len(CONTENT))


def test_that_a_replaced_file_is_overwritten(path, former):
    with wiped_when_replaced(path):
        write_atomic(path, lambda file: file.write(b"new"))

    assert path.read_bytes() == b"new"
    assert everything(former) == bytes(len(CONTENT))


def test_that_a_file_that_stays_is_left_alone(path):
    with wiped_when_replaced(path):
        pass
    with pytest.raises(KeyError), wiped_when_replaced(path):
        raise KeyError

    assert path.read_bytes() == CONTENT


def test_that_a_file_with_a_second_name_keeps_its_content(path, tmp_path):
    other = tmp_path / "other.txt"
    other.hardlink_to(path)
    with wiped_when_replaced(path):
        write_atomic(path, lambda file: file.write(b"new"))
    assert other.read_bytes() == CONTENT

    path.unlink()
    path.hardlink_to(other)
    wipe(path)
    assert other.read_bytes() == CONTENT
