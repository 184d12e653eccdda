"""Freeing what a test of the window leaves, on the thread of the window and nowhere else."""

import gc
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent

YOUNG, OLDER = 0, 1


@contextmanager
def swept():
    """Free what was made within, once nothing needs it any more.

    Widgets must not be freed by a job's thread, so Python does not collect while a test runs. All
    that a test makes is young then. What outlives the search at its end (pytest itself holds the
    values of fixtures a while longer) is freed before the next test. The search through all
    modules that were ever imported took half the time of the tests.
    """
    gc.collect(OLDER)
    gc.disable()
    try:
        yield
    finally:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect(YOUNG)
        gc.enable()
