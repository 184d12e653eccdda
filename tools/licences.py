"""Writes resources/licences: whose work is in the program, under which licence, and its text.

    python tools/licences.py

Run it after a package of requirements.lock was added, with the packages installed. The names of
the licences are kept in `packages.csv`; a package that is not in it yet is listed with an empty
one, for a person to fill in: what packages say of themselves is too uneven to be taken blindly.
"""

# ruff: noqa: INP001 -- run by its path

from __future__ import annotations

import csv
import re
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
FOLDER = HERE / "resources" / "licences"
LIST = FOLDER / "packages.csv"
HEADINGS = ("package", "licence", "page", "text")
PINNED = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
BESIDE = ("Inter", "Lucide", "OpenSSL", "Python", "SQLCipher")
"""What is in the program besides packages: typeface, icons, the language in a built one, and what
is within packages: SQLCipher in sqlcipher3, OpenSSL in that and in cryptography."""

OF_QT = {"pyside6-essentials", "shiboken6"}
"""They bring no text; resources/licences holds the LGPL 3 and the GPL 3, on which it rests."""


def main() -> int:
    """Write the texts and the list; 1 if a licence must be filled in."""
    with LIST.open(encoding="utf-8", newline="") as file:
        known = {row["package"]: row for row in csv.DictReader(file)}
    rows = []
    for name in PINNED.findall((HERE / "requirements.lock").read_text(encoding="utf-8")):
        row = known.get(name, dict.fromkeys(HEADINGS, "") | {"package": name})
        texts = "" if name in OF_QT else _texts(name)
        if texts:
            row["text"] = f"{name}.txt"
            (FOLDER / row["text"]).write_text(texts, encoding="utf-8")
        rows.append(row)
    rows += [known[name] for name in BESIDE]
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    unknown = [row["package"] for row in rows if not row["licence"]]
    if unknown:
        sys.stdout.write(f"Fill in the licences of {', '.join(unknown)} in {LIST}\n")
    return 1 if unknown else 0


def _texts(name: str) -> str:
    """The licence files of an installed package, one below the other."""
    files = metadata.distribution(name).files or ()
    found = sorted(
        path
        for path in files
        if "dist-info" in str(path) and re.match(r"licen[cs]e|notice|copying", path.name.lower())
    )
    texts = (path.read_text(encoding="utf-8") for path in found)
    return "\n\n".join(text.replace("\r\n", "\n").strip() + "\n" for text in texts)


if __name__ == "__main__":
    sys.exit(main())
