"""No SQL is put together from texts: values are always bound."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "smartct_desktop"
RUNNERS = {"execute", "executemany", "executescript", "exec_driver_sql", "text"}
OWN_NAMES_ONLY = {
    "cipher.py",  # the key, in hexadecimal digits: a pragma cannot be given one otherwise
    "connection.py",  # settings of the file, which cannot be bound
    "damaged_file.py",  # the same
    "mending.py",  # tables and columns of the catalogue or of the file's own list, quoted
    "rekeying.py",  # tables and columns of the file's own list, quoted, and whole numbers
    "rescuing.py",  # tables of the catalogue
}
"""Modules that put names into SQL, which cannot be bound; values they bind like all others."""


def put_together(node):
    """Whether an expression is a text made of pieces while the program runs."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def offenders(folder):
    found = set()
    for path in folder.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            runs = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if runs and node.func.attr in RUNNERS and node.args and put_together(node.args[0]):
                found.add(path.name)
    return found


def test_that_no_sql_is_made_of_texts():
    assert offenders(PACKAGE / "storage") <= OWN_NAMES_ONLY


def test_that_the_walk_finds_sql_that_is_made_of_texts(tmp_path):
    (tmp_path / "bad.py").write_text('raw.execute(f"SELECT {name}")\n', encoding="utf-8")
    (tmp_path / "good.py").write_text('raw.execute("SELECT ?", (name,))\n', encoding="utf-8")

    assert offenders(tmp_path) == {"bad.py"}
