"""What the log keeps, and that nothing personal is in it."""

import logging
import os
import stat
import subprocess
import sys
import threading
from decimal import Decimal
from enum import Enum
from pathlib import Path
from uuid import UUID

import pytest

from smartct_desktop.system.logs import (
    LOG_BYTES,
    LOG_FILES,
    LOG_NAME,
    MESSAGE_LENGTH,
    discreet,
    outline,
    start_log,
    watch_errors,
)

MARKERS = [
    "Ana Exampleová",
    "ana@example.org",
    "Βασίλης",
    "ES91 2100 0418 4502 0005 1332",
    "+34 600 123 456",
    "2021-11-16",
    "16.11.2021",
    "Beispiel",
]
OURS = logging.getLogger("smartct_desktop.tests")


class Colour(Enum):
    """A closed vocabulary: its names are ours, not a person's."""

    RED = "red"


class Odd(Exception):
    """An error of ours that quotes a cell."""


@pytest.fixture
def log(tmp_path):
    handler = start_log(tmp_path)
    yield tmp_path / LOG_NAME
    logging.getLogger().removeHandler(handler)
    handler.close()


@pytest.fixture
def told():
    """The errors that were told of, with the hooks in place for this test only."""
    before = sys.excepthook, threading.excepthook
    errors: list[BaseException] = []
    watch_errors(errors.append)
    yield errors
    sys.excepthook, threading.excepthook = before


def fails(value, depth=0):
    if depth:
        fails(value, depth - 1)
    raise Odd(f"no such person: {value}")


def fill(logger, size):
    for _ in range(size // MESSAGE_LENGTH):
        logger.info("x" * 2 * MESSAGE_LENGTH)


@pytest.mark.parametrize("marker", MARKERS)
def test_that_no_value_reaches_the_log(log, marker):
    OURS.info("read %s from %s", marker, {"name": marker})
    OURS.warning("row %(row)s of %(name)s", {"row": 7, "name": marker})
    said_by_a_library = f"refused \"{marker}\" and '{marker}'"
    logging.getLogger("a.library").error(said_by_a_library)
    logging.getLogger("a.library").error("%d rows", Decimal(12))
    try:
        fails(marker)
    except Odd:
        OURS.exception("cannot read %s", marker)
        OURS.error("again", exc_info=True, stack_info=True)

    text = log.read_text(encoding="utf-8")
    assert marker not in text
    assert "row 7 of …" in text
    assert "test_logs.Odd" in text


def test_that_numbers_types_codes_and_our_ids_are_kept(log):
    OURS.info(
        "%s %s %s %s %s %s",
        12,
        Odd,
        ValueError("Ana"),
        Colour.RED,
        "IMP-05",
        UUID("0123456789abcdef0123456789abcdef"),
    )

    assert log.read_text(encoding="utf-8").endswith(
        ": 12 Odd ValueError RED IMP-05 01234567-89ab-cdef-0123-456789abcdef\n"
    )


def test_that_a_library_only_warns(log):
    logging.getLogger("a.library").info("chatter")
    OURS.info("our own step")

    assert "chatter" not in log.read_text(encoding="utf-8")
    assert "our own step" in log.read_text(encoding="utf-8")


def test_that_another_handler_still_sees_the_whole_text(log, caplog):
    OURS.info("read %s", "Ana")

    assert caplog.messages == ["read Ana"]
    assert "Ana" not in log.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits")
def test_that_only_its_owner_may_read_the_log(log):
    fill(OURS, 2 * LOG_BYTES)

    files = list(log.parent.glob(LOG_NAME + "*"))
    assert len(files) > 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_that_the_log_stays_small(log):
    fill(OURS, 7 * LOG_BYTES)

    files = list(log.parent.glob(LOG_NAME + "*"))
    assert len(files) == LOG_FILES
    assert sum(path.stat().st_size for path in files) <= LOG_FILES * LOG_BYTES


def test_that_a_log_is_forgotten_after_thirty_days(tmp_path):
    old, new, other = (tmp_path / name for name in (LOG_NAME + ".4", LOG_NAME + ".1", "mine.txt"))
    for path in (old, new, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (0, 0))

    handler = start_log(tmp_path)
    logging.getLogger().removeHandler(handler)
    handler.close()

    assert not old.exists()
    assert new.exists()
    assert other.exists()


def test_that_an_outline_names_types_and_lines_and_what_led_there():
    try:
        try:
            fails("Ana", depth=2)
        except Odd as error:
            raise ValueError("Ana") from error
    except ValueError as error:
        lines = outline(error).splitlines()

    assert lines[0] == "ValueError"
    assert lines[1].startswith("  test_logs.py:")
    assert lines[2:4] == ["because of", f"{Odd.__module__}.Odd"]
    assert [line.split()[-1] for line in lines[5:]] == ["fails"] * 3
    assert not any("Ana" in line for line in lines)


def test_that_an_outline_of_a_group_names_its_parts():
    group = ExceptionGroup("Ana", [KeyError("Ana"), OSError("Ana")])

    assert outline(group) == "ExceptionGroup\nKeyError\nOSError"


def test_that_an_outline_ends_when_errors_point_at_each_other():
    one, other = KeyError(), OSError()
    one.__cause__, other.__cause__ = other, one

    assert outline(one) == "KeyError\nbecause of\nOSError"


def test_that_an_outline_shows_no_folder_of_a_person(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import json\njson.loads('{')\n", encoding="utf-8")
    code = (
        "import runpy, sys\nfrom smartct_desktop.system.logs import outline\n"
        f"try: runpy.run_path({str(script)!r})\nexcept ValueError as error: print(outline(error))"
    )
    root = str(Path(__file__).resolve().parents[2])
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )

    assert "  script.py:2 <module>" in run.stdout
    assert str(tmp_path) not in run.stdout
    assert "/" not in run.stdout.replace("site-packages/", "")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('value "Ana" refused', "value … refused"),
        ("write to ana@example.org now", "write to … now"),
        ("file /srv/people/ana.xlsx is locked", "file … is locked"),
        ("on 2021-11-16 and 1/2/21", "on … and …"),
        ("call +34 600 123 456", "call …"),
        ("UNIQUE constraint failed: person.id", "UNIQUE constraint failed: person.id"),
        ("12 of 40 rows", "12 of 40 rows"),
    ],
)
def test_that_a_text_is_made_discreet(text, left):
    assert discreet(text) == left


def test_that_an_uncaught_error_is_logged_and_told(log, told):
    error = Odd("Ana")

    sys.excepthook(Odd, error, None)

    assert told == [error]
    assert "uncaught" in log.read_text(encoding="utf-8")
    assert "Ana" not in log.read_text(encoding="utf-8")


def test_that_an_uncaught_error_of_a_thread_is_logged_and_told(log, told):

    thread = threading.Thread(target=fails, args=("Ana",))
    thread.start()
    thread.join()

    assert [type(error) for error in told] == [Odd]
    assert " fails\n" in log.read_text(encoding="utf-8")
    assert "Ana" not in log.read_text(encoding="utf-8")


def test_that_stopping_the_program_is_no_error(log, told, capsys):

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert told == []
    assert log.read_text(encoding="utf-8") == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err
