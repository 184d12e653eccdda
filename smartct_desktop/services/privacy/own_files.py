"""The program's own files: what was typed, searched for and opened last may name people, too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from smartct_desktop.domain.json_text import read_json
from smartct_desktop.services.privacy.traces import Traces
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.paths import (
    cache_folder,
    data_folder,
    log_folder,
    settings_folder,
    state_folder,
)

_MOST = 20 * 2**20
_GONE = object()


def own_folders() -> tuple[Path, ...]:
    """Give the folders in which the program keeps its own files."""
    every = (settings_folder(), state_folder(), cache_folder(), log_folder(), data_folder())
    return tuple(dict.fromkeys(every))


def clean_own_files(traces: Traces, person: str) -> int:
    """Take the person out of settings, drafts and logs; give how many files were changed.

    What was typed for the record of the person goes as a whole. Raises `Trouble`.
    """
    changed = 0
    for path in _files():
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        cleaned = _clean_json(text, traces, person) if path.suffix == ".json" else None
        if cleaned is None:
            cleaned = _clean_lines(text, traces)
        if cleaned != text:
            raw = cleaned.encode()
            write_atomic(path, lambda file, raw=raw: file.write(raw))  # type: ignore[misc]
            changed += 1
    return changed


def _files() -> Iterator[Path]:
    backups = data_folder() / "backups"
    for folder in own_folders():
        for path in folder.rglob("*"):
            kept = path.suffix in {".json", ".bad", ".log", ".txt", ".ini"} or ".log" in path.name
            if not kept or backups in path.parents or path.is_symlink():
                continue
            with suppress(OSError):
                if path.is_file() and path.stat().st_size <= _MOST:
                    yield path


def _clean_json(text: str, traces: Traces, person: str) -> str | None:
    try:
        held = read_json(text)
    except ValueError:
        return None
    cleaned = cleaned_json(held, traces, person)
    if cleaned == held:
        return text
    return json.dumps({} if cleaned is _GONE else cleaned, ensure_ascii=False, indent=1)


def cleaned_json(held: Any, traces: Traces, person: str) -> Any:
    """Give settings without what names the person: a text, a path, an entry of a list."""
    match held:
        case dict():
            kept = {}
            for name, one in held.items():
                inner = cleaned_json(one, traces, person)
                if inner is not _GONE and not _names(name, traces, person):
                    kept[name] = inner
            return kept
        case list():
            return [one for one in held if not names_person(one, traces, person)]
        case str():
            return _GONE if _names(held, traces, person) else held
        case _:
            return held


def names_person(held: Any, traces: Traces, person: str) -> bool:
    """Whether a text anywhere in settings or a draft names the person."""
    match held:
        case dict():
            every = (*held, *held.values())
            return any(names_person(one, traces, person) for one in every)
        case list():
            return any(names_person(one, traces, person) for one in held)
        case str():
            return _names(held, traces, person)
        case _:
            return False


def _names(text: str, traces: Traces, person: str) -> bool:
    return person in text or any(not one.shared for one in traces.found(text))


def _clean_lines(text: str, traces: Traces) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(not one.shared for one in traces.found(line)))
