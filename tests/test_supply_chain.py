"""What the program is made of: locked by hashes, under licences that may be passed on."""

import csv
import re
from pathlib import Path

import pytest

from smartct_desktop.system.licences import own_licence, parts

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    *("MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause", "Apache-2.0"),
    *("PSF-2.0", "CNRI-Python", "Zlib", "OFL-1.1", "LGPL-3.0-only"),
}
"""Licences that let the program be passed on under its own; Qt's libraries stay exchangeable."""


def packages():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))


def test_that_every_package_has_an_allowed_licence():
    known = {part.name: part.licence for part in parts()}

    assert packages() - known.keys() == set()
    for name, licence in known.items():
        assert set(re.split(r" (?:AND|OR) ", licence)) <= ALLOWED, name


def test_that_nothing_is_listed_that_is_not_in_the_program():
    beside = {"Inter", "Lucide", "OpenSSL", "Python", "SQLCipher"}

    assert {part.name for part in parts()} == packages() | beside


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_that_the_whole_licence_of_every_part_comes_along(part):
    assert len(part.text) > 500
    assert re.search(r"licen[cs]e|permission", part.text, re.IGNORECASE)
    assert part.page.startswith("https://")


def test_that_the_lesser_licence_comes_with_the_one_it_rests_on():
    qt = next(part for part in parts() if part.name == "pyside6-essentials")

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.text
    assert "TERMS AND CONDITIONS" in qt.text


def test_that_the_own_licence_can_be_shown():
    assert own_licence() == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_that_packages_are_installed_by_their_hashes_only():
    """What run.py says to pip; that the locks hold the hashes is tested with the set-up."""
    text = (ROOT / "run.py").read_text(encoding="utf-8")

    for word in ("--require-hashes", "--no-deps", '"--only-binary", ":all:"'):
        assert word in text
    assert text.count('"pip"') == 1


def test_that_a_built_program_and_a_wheel_take_the_licences_along():
    spec = (ROOT / "smartct.spec").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    for text in (spec, project):
        assert "smartct_desktop/resources/licences" in text
    assert "smartct.cdx.json" in spec


def test_that_the_list_is_in_order():
    with (ROOT / "resources/licences/packages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    assert rows[0] == ["package", "licence", "page", "text"]
    assert all(len(row) == 4 and all(row) for row in rows)
