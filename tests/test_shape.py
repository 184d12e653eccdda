"""The shape of the sources: what a reader may rely on in every file."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "smartct_desktop"
MOST_LINES = 500
NOT_OURS = {"build", "dist", "wheelhouse", "__pycache__"}
TEXTS = {"", ".cfg", ".in", ".json", ".lock", ".md", ".py", ".spec", ".svg", ".toml", ".ts", ".txt"}


def files(*suffixes):
    """All files of the checkout with one of the suffixes; hidden folders but `.ci` are tools'."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [n for n in folders if n not in NOT_OURS and (n[0] != "." or n == ".ci")]
        found += [Path(folder, name) for name in names if Path(name).suffix in suffixes]
    return sorted(found)


def modules(*layers):
    return [path for layer in layers for path in sorted((PACKAGE / layer).rglob("*.py"))]


def imports(path):
    """The full names of all that the module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(paths):
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_that_the_walk_finds_the_sources():
    found = named(files(".py"))

    assert "run.py" in found
    assert "smartct_desktop/__main__.py" in found
    assert "tests/test_shape.py" in found


def test_that_no_file_is_too_long_to_read():
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in files(".py", ".spec")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]

    assert long == []


def test_that_package_files_are_empty_and_complete():
    folders = {path.parent for path in PACKAGE.rglob("*.py")}

    assert named(p for p in PACKAGE.rglob("__init__.py") if p.stat().st_size) == []
    assert named(folder for folder in folders if not (folder / "__init__.py").is_file()) == []


def test_that_every_module_says_what_it_is_for():
    silent = [
        path
        for path in files(".py")
        if path.name != "__init__.py"
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert named(silent) == []


def test_that_no_module_has_a_name_that_says_nothing():
    vague = re.compile(r"(.*_)?(utils?|helpers?|common|base|misc|managers?|handlers?)")

    assert named(path for path in PACKAGE.rglob("*") if vague.fullmatch(path.stem)) == []


def test_that_no_file_knows_a_path_of_one_machine():
    machine = re.compile(r"(?<![\w.{])/(?:home|Users|root|work|mnt)/\w|\b[A-Z]:\\+Users\\")

    assert [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files(*TEXTS)
        for match in machine.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ] == []


def test_that_qt_is_imported_in_the_window_only():
    window = {*modules("ui"), PACKAGE / "app.py"}

    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path in PACKAGE.rglob("*.py")
        if path not in window
        for name in imports(path)
        if name.startswith(("PySide6", "shiboken6"))
    ] == []


def test_that_the_domain_asks_neither_clock_nor_disk():
    forbidden = re.compile(
        r"(io|os|pathlib|random|shutil|socket|subprocess|tempfile|time|urllib)(\..*)?"
    )
    asks = re.compile(r"\b(open|input|print|today|now|utcnow)\(")

    asked = {
        f"{path.relative_to(ROOT).as_posix()}: {found}"
        for path in modules("domain")
        for found in [
            *(name for name in imports(path) if forbidden.fullmatch(name)),
            *(ast.unparse(call) for call in calls(path) if asks.match(called(call))),
        ]
    }

    assert asked == set()


def calls(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def called(call):
    return ast.unparse(call.func).rpartition(".")[2] + "("


def test_that_the_program_never_uses_the_network():
    network = re.compile(r"(PySide6\.QtNetwork|ftplib|http|requests|smtplib|socket|ssl|urllib)\b.*")

    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in imports(path)
        if network.fullmatch(name) and not name.startswith("urllib.parse")
    ] == []


@pytest.mark.parametrize(
    "layer", ["domain", "storage", "spreadsheets", "services", "system", "cli"]
)
def test_that_importing_a_layer_below_the_window_loads_no_qt(layer):
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules(layer)]
    assert names

    script = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print(sorted(n for n in sys.modules if n.startswith(('PySide6', 'shiboken6'))))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.stdout.strip(), run.stderr) == ("[]", "")
