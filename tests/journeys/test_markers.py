"""What people are called stays in the document: a byte search of all that a whole day writes.

The same days prove that the window opens no socket to a network.
"""

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smartct_desktop.domain.fields import Email, LongText, Text
from smartct_desktop.domain.personal import Personal
from smartct_desktop.services.drafts import FOLDER as DRAFTS
from tests.storage.made import world
from tests.ui.import_assistant.partner_files import exchange, exchanges
from tests.ui.world import make_small_document

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc, and moves the home folder"
)
ROOT = Path(__file__).parents[2]
TYPED = 6
KINDS = (
    *("organisation", "person", "profile", "event", "session", "attendance", "exchange"),
    *("exchange_day", "payment", "waiver", "partnership"),
)
NO_NETWORK = """
import os, sys
def note(name, arguments):
    network = name in {"socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}
    if name == "socket.__new__":
        network = int(arguments[1]) not in {-1, 1}  # taken from a number, or within the machine
    if network:
        os.write(os.open(os.environ["NETWORK_NOTED"], os.O_CREAT | os.O_WRONLY, 0o600), b"!")
sys.addaudithook(note)
"""


def word(number):
    """A word that nothing else holds."""
    chance = random.Random(number)
    return "Qx" + "".join(chance.choice("bcdfgjklmnpqrtvwz") for _ in range(9)).lower()


def marked(schema, marks):
    """A mark for each text of a record that tells of people, or where anybody can be named."""
    found = {}
    for field in schema.fields:
        about = (field.personal or field.free_text) and not field.derived
        about = about and field.personal is not Personal.ACCOUNT  # only a masked one is kept
        if about and isinstance(field.type, Email):
            found[field.name] = f"{next(marks)}@example.org"
        elif about and isinstance(field.type, Text | LongText):
            found[field.name] = next(marks)
    return found


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """Lays out a document full of marks, and files to be imported; gives how to work with it."""
    base = tmp_path_factory.mktemp("marked")
    return Day(base)


class Day:
    """A home of its own, in which the program is started."""

    def __init__(self, base):
        self.home, self.folder, self.noted = base / "home", base / "work", base / "network"
        for made in (self.home, self.folder / "out", base / "site"):
            made.mkdir(parents=True)
        (self.home / "tmp").mkdir()
        (base / "site" / "sitecustomize.py").write_text(NO_NETWORK)
        self.document = self.folder / "small.smartct"
        self.marks = [word(number) for number in range(120)]
        self._fill(iter(self.marks[TYPED:]))
        self.environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("XDG_")},
            "HOME": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(base / "site"),
            "NETWORK_NOTED": str(self.noted),
        }
        self.environment.pop("SMARTCT_HOME", None)

    def _fill(self, marks):
        """One more record of each kind that can name people, every such text a mark."""
        self.used = 0
        document, _ = make_small_document(self.document)
        with closing(document), document.edit("marks") as edit:
            for record in world(random.Random(1), KINDS, 1, filled=0):
                given = marked(record.schema, marks)
                self.used += len(given)
                if "restricted_because" in given:
                    given["restricted_on"] = date(2022, 6, 1)
                edit.add(replace(record, **given))
        rows = [exchange(n, visiting_organisation=f"{next(marks)} S.L.") for n in range(3)]
        good = exchanges(self.folder / "good.xlsx", *rows)
        content = good.read_bytes()
        (self.folder / "torn.xlsx").write_bytes(content[: len(content) * 2 // 3])
        page = "\n".join(f"{next(marks)};{next(marks)};31.31.2021" for _ in range(5))
        (self.folder / "page.csv").write_text(f"Name;Firm;Start\n{page}\n")

    def work(self, ending):
        words = [self.document, self.folder, ",".join(self.marks[:TYPED]), ending]
        return subprocess.run(
            [sys.executable, "-m", "tests.journeys.marked", *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=400,  # against hanging only
        )

    def command(self, *words):
        """Run a command of the command line; gives its exit code, and what it says of errors."""
        ran = subprocess.run(
            [sys.executable, "-m", "smartct_desktop", *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            check=False,
            timeout=400,  # against hanging only
        )
        return ran.returncode, ran.stderr

    def leaks(self, *contents):
        """Which marks stand in what was written, but for copies of the document."""
        found = [(path, path.read_bytes()) for path in self.written()]
        found += [(Path("said"), content) for content in contents]
        return sorted(
            f"{mark} in {path}"
            for path, content in found
            for mark in self.marks
            for encoding in ("utf-8", "utf-16-le", "utf-16-be")
            if mark.lower().encode(encoding) in content.lower()
        )

    def written(self):
        """All that the program wrote of its own accord: no backups, which are documents."""
        return [
            path for path in self.home.rglob("*") if path.is_file() and "backups" not in path.parts
        ]


@pytest.fixture(scope="module")
def ended_well(day):
    """What came of a day, and the marks that it left; other tests may leave some later."""
    ran = day.work("well")
    return ran, day.leaks(ran.stdout, ran.stderr)


def test_that_what_people_are_called_stays_in_the_document(day, ended_well):
    """After typing, searching, importing, exporting, failing: no word of it anywhere else."""
    ran, leaks = ended_well
    assert ran.returncode == 0, ran.stderr.decode()
    told = json.loads(ran.stdout.splitlines()[-1])
    names = {path.name for path in day.written()}

    assert day.used + TYPED >= 50
    assert told["asked"] >= 1
    assert told["imported"][0] == "DONE"
    assert "DONE" not in told["imported"][1:]
    assert {"smartct.log", "settings.json"} <= names
    assert day.marks[2].encode() in day.document.read_bytes()
    assert (day.folder / "out" / "list.xlsx").is_file()
    assert leaks == []


def test_that_the_window_opens_no_socket_to_a_network(day, ended_well):
    """Neither the window nor any process that it starts, by Python's account or the system's."""
    told = json.loads(ended_well[0].stdout.splitlines()[-1])

    assert told["network"] == []
    assert not told["loaded"]
    assert not told["known"]
    assert not day.noted.exists()


def test_that_the_eye_for_networks_sees_one(day):
    """What never warns proves nothing."""
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    subprocess.run([sys.executable, "-c", code], env=day.environment, check=True)

    assert day.noted.exists()
    day.noted.unlink()


def test_that_commands_leave_no_name_behind_either(day):
    """What they print was asked for; what they keep by themselves names nobody."""
    firm = day.marks[TYPED]
    before = day.leaks()
    ran = [
        day.command("import", day.document, day.folder / "torn.xlsx"),
        day.command("show", day.document, "person", "--filter", f"{firm}:{firm}"),
        day.command("export", day.document, "person", day.folder / "missing" / "a.xlsx"),
        day.command("export", day.document, "payments", day.folder / "out" / "CON.xlsx"),
    ]

    assert [code for code, _ in ran] == [2] * 4, ran
    assert day.leaks() == before
    assert not day.noted.exists()


@pytest.mark.usefixtures("ended_well")
def test_that_a_crash_leaves_nothing_but_what_was_being_typed(day):
    """That is kept for the person, in a file for their eyes only, until it is written or not."""
    crashed = day.work("badly")

    assert crashed.returncode == -signal.SIGSEGV, crashed.stderr.decode()
    leaks = day.leaks(crashed.stdout, crashed.stderr)
    assert leaks
    assert all(f"/{DRAFTS}/" in leak for leak in leaks), leaks
    (draft,) = {leak.split(" in ")[1] for leak in leaks}
    assert Path(draft).stat().st_mode & 0o077 == 0
