"""Names that are no files on some system."""

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.system.file_names import refuse_device
from smartct_desktop.system.second_names import write_beside

DEVICES = [
    *("CON", "con.xlsx", "Nul.csv", "AUX.tar.gz", "prn .pdf", "COM1.xlsx", "com¹.csv", "LPT9"),
    *("CONIN$", "conout$.xlsx"),
]


@pytest.mark.parametrize("name", DEVICES)
def test_that_nothing_is_written_under_the_name_of_a_device(tmp_path, name):
    """On Windows it would be gone; a file made elsewhere could not be opened there."""
    with pytest.raises(Trouble, match="for a device, not for a file"):
        write_beside(tmp_path / name, lambda file: file.write(b"x"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["contract.xlsx", "con-1.csv", "auxiliary", "com10.pdf", "null.csv", "a.con", ""]
)
def test_that_names_that_only_look_so_are_taken(name):
    refuse_device(name)
