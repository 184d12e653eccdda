"""The set-up: what run.py promises before anything is installed, and what the locks hold."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-dev.lock"]
PINNED = re.compile(r"([a-z0-9-]+)==([\w.]+)( ; [^\\]+)?")


def pins(lock):
    """Name and version of every package in the lock, by its marker."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "")
    return [PINNED.match(line) for line in text.splitlines()]


def wanted(requirement):
    return re.split(r"[<>=!~;\s]", requirement)[0].lower()


@pytest.fixture
def checkout(tmp_path):
    """What run.py needs of a checkout, without the packages."""
    for name in ["run.py", *LOCKS]:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "smartct_desktop").mkdir()
    shutil.copy(ROOT / "smartct_desktop" / "__main__.py", tmp_path / "smartct_desktop")
    return tmp_path


def run_py(checkout, *arguments):
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=checkout,
        env=os.environ | {"PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_an_old_python_can_read_run_py_far_enough_to_say_so():
    text = (ROOT / "run.py").read_text(encoding="utf-8")

    body = ast.parse(text, feature_version=(3, 6)).body
    first = [type(statement).__name__ for statement in body[:3]]

    assert first == ["Expr", "Import", "If"]
    assert "sys.version_info < (3, 11)" in ast.unparse(body[2])


def test_that_run_py_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert names - set(sys.stdlib_module_names) == {"smartct_desktop"}


def test_that_an_empty_wheelhouse_is_explained_in_two_sentences(checkout):
    (checkout / "wheelhouse").mkdir()

    run = run_py(checkout, "--version")

    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert run.stderr.splitlines()[-1] == (
        f"The folder {checkout / 'wheelhouse'} lacks a package for this computer and this Python. "
        "Fill it as README.md says, or remove it to use the internet, then start again."
    )
    assert not (checkout / ".venv" / "set-up.json").exists()


@pytest.mark.parametrize("lock", LOCKS)
def test_that_a_lock_pins_every_package_with_its_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = text.splitlines()

    assert all(pins(lock))
    assert text.count("--hash=sha256:") >= len(pins(lock))
    for line in lines:
        assert re.fullmatch(
            r"[a-z0-9-]+==[\w.]+( ; [^\\/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        )


def test_that_the_locks_agree():
    everything = {pin[0] for pin in pins("requirements-dev.lock")}

    for lock in LOCKS:
        assert {pin[0] for pin in pins(lock)} <= everything


def test_that_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    program = {wanted(line) for line in project["project"]["dependencies"]}
    tests = {wanted(line) for line in groups["test"]}
    tools = {wanted(line) for line in groups["dev"] if isinstance(line, str)}

    assert program <= {pin[1] for pin in pins("requirements.lock")}
    assert program | tests <= {pin[1] for pin in pins("requirements-test.lock")}
    assert program | tests | tools <= {pin[1] for pin in pins("requirements-dev.lock")}


def test_that_a_plain_start_installs_no_test_tools():
    names = {pin[1] for pin in pins("requirements.lock")}

    assert names.isdisjoint({"pytest", "hypothesis", "openpyxl", "coverage", "ruff", "mypy"})
