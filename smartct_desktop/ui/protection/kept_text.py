"""Texts in the settings that may name people: closed while the document is a protected one."""

from __future__ import annotations

import base64
import binascii

from smartct_desktop.domain.key import Key
from smartct_desktop.services.settings import Json
from smartct_desktop.system.sealing import Unreadable, sealed, unsealed

_MARK = "sealed:"


def closed_text(text: str, key: Key | None, about: str) -> str:
    """Give the text as it is written into the settings; `about` is the name of the setting."""
    if key is None or not text:
        return text
    return _MARK + base64.b64encode(sealed(text.encode(), key, about)).decode()


def opened_text(stored: str, key: Key | None, about: str) -> str:
    """Give the text again; nothing if it belongs to another document."""
    if not stored.startswith(_MARK):
        return stored
    if key is None:
        return ""
    try:
        return unsealed(base64.b64decode(stored[len(_MARK) :]), key, about).decode()
    except (Unreadable, binascii.Error, UnicodeDecodeError):
        return ""


def without_closed(values: dict[str, Json]) -> dict[str, Json]:
    """Give the settings without the texts that are closed: nobody can look what they say."""
    return {
        name: value
        for name, value in values.items()
        if not (isinstance(value, str) and value.startswith(_MARK))
    }
