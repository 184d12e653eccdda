"""Bounds the memory of the process it is called in: each system has its own way."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

_LOOK_SECONDS = 0.2
_EXIT_CODE = 3


def limit_memory(size: int, seconds: float) -> None:
    """Let this process use at most `size` bytes, and some more processor time than `seconds`.

    What goes beyond ends with a `MemoryError` or with the process. The bound on time is for a
    process whose program has died; a running program stops its readings itself.
    """
    if sys.platform == "linux":
        _limit_resources(size, seconds)
    elif sys.platform == "win32":
        _enter_job(size)
    else:
        watch_memory(size)


def watch_memory(size: int) -> None:
    """End this process soon after it has grown beyond `size`, for systems without a limit."""
    threading.Thread(target=_watch, args=(size,), daemon=True).start()


if sys.platform == "win32":

    def _limit_resources(size: int, seconds: float) -> None:
        raise NotImplementedError

    def _watch(size: int) -> None:
        raise NotImplementedError

    def _enter_job(size: int) -> None:
        """Put this process into a job object, which holds it to `size` bytes."""
        import ctypes
        from ctypes import wintypes

        class BasicLimits(ctypes.Structure):
            _fields_ = (
                ("per_process_user_time", ctypes.c_int64),
                ("per_job_user_time", ctypes.c_int64),
                ("limit_flags", wintypes.DWORD),
                ("minimum_working_set", ctypes.c_size_t),
                ("maximum_working_set", ctypes.c_size_t),
                ("active_processes", wintypes.DWORD),
                ("affinity", ctypes.c_size_t),
                ("priority_class", wintypes.DWORD),
                ("scheduling_class", wintypes.DWORD),
            )

        class ExtendedLimits(ctypes.Structure):
            _fields_ = (
                ("basic", BasicLimits),
                ("io_counters", ctypes.c_uint64 * 6),
                ("process_memory", ctypes.c_size_t),
                ("job_memory", ctypes.c_size_t),
                ("peak_process_memory", ctypes.c_size_t),
                ("peak_job_memory", ctypes.c_size_t),
            )

        process_memory, extended_information = 0x100, 9
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        limits = ExtendedLimits()
        limits.basic.limit_flags = process_memory
        limits.process_memory = size
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        # If the system refuses, the reading goes on: the budgets of the reader still hold.
        kernel.SetInformationJobObject(
            job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))

else:
    import os
    import resource
    import time

    def _limit_resources(size: int, seconds: float) -> None:
        for kind, wanted in (
            (resource.RLIMIT_AS, size),
            (resource.RLIMIT_CPU, int(2 * seconds) + 10),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            with suppress(ValueError, OSError):  # a system that refuses has limits of its own
                resource.setrlimit(kind, (bound, bound))

    def _watch(size: int) -> None:
        unit = 1 if sys.platform == "darwin" else 1024  # what the peak is counted in
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= size:
            time.sleep(_LOOK_SECONDS)
        os._exit(_EXIT_CODE)

    def _enter_job(size: int) -> None:
        raise NotImplementedError
