"""A pytest plug-in (`-p tests.without_qt`) that makes Qt impossible to import.

What is not the window must work, and be tested, on a machine without Qt.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

BLOCKED = ("PySide6", "shiboken6")


class NoQt(MetaPathFinder):
    """Answers for the blocked packages before anybody who could find them is asked."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse a blocked package; leave all others to the next finder."""
        del path, target
        if fullname.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{fullname} is blocked in this run", name=fullname)
        return None


def pytest_addoption(parser):
    parser.addini("qt_api", "of pytest-qt, which is not loaded in this run")
    parser.addini("qt_log_level_fail", "of pytest-qt, which is not loaded in this run")
    parser.addini("qt_log_ignore", "of pytest-qt, which is not loaded in this run", "linelist")


def pytest_configure():
    sys.meta_path.insert(0, NoQt())
