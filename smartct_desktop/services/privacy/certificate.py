"""The certificate of an erasure: what was done, when, by whom and why; never whose data it was."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.privacy.grounds import Ground
from smartct_desktop.services.privacy.plan import Mode
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.version import version

_MODES = {
    Mode.ANONYMISE: "made anonymous (country and organisation stay)",
    Mode.ERASE: "erased with the record of the person",
}
_OTHERS = {
    "change": "changes in the history",
    "step": "names of steps in the history",
    "paper": "contents of attached files",
    "backup": "backups rewritten",
    "file": "files of the program (settings, drafts, logs)",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is certified. `counts` are by kind of record, and by the words of `_OTHERS`."""

    number: str
    document: str
    at: datetime
    by: str
    reason: str
    ground: Ground
    mode: Mode
    counts: Mapping[str, int]
    figures: int
    sha256: str
    salt: str
    name: str
    left: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The certificate as it is written."""
        lines = [
            "CERTIFICATE OF ERASURE",
            "",
            f"Number        {self.number}",
            f"Document      {self.document}",
            f"Done at       {self.at.isoformat(timespec='seconds')}",
            f"Done by       {self.by}",
            f"Reason        {self.reason}",
            f"Legal ground  {self.ground.sentence}",
            f"Personal data {_MODES[self.mode]}",
            f"Program       SmartCT Desktop {version()}",
            "",
            "What was rewritten or removed",
            *(f"  {count:>7}  {_label(kind)}" for kind, count in self.counts.items() if count),
            "",
            f"All {self.figures} figures are the same as before.",
            "The bytes of the document were searched afterwards for the names, addresses and phone",
            "numbers that mean this person and nobody else: none was found.",
            *self._left_lines(),
            "",
            "Digest of the document afterwards (SHA-256)",
            f"  {self.sha256}",
            "Whom it was about, as SHA-256 of salt and folded name: who knows the name can check",
            f"  salt   {self.salt}",
            f"  digest {digest_of(self.salt, self.name)}",
        ]
        return "\n".join(lines) + "\n"

    def _left_lines(self) -> list[str]:
        if not self.left:
            return []
        return ["", "Not reached", *(f"  {line}" for line in self.left)]

    def write(self, path: Path) -> None:
        """Write it, for its owner only. Raises `Trouble`."""
        raw = self.text.encode()
        write_atomic(path, lambda file: file.write(raw))


def digest_of(salt: str, name: str) -> str:
    """Give what stands for a name in a certificate."""
    return hashlib.sha256(f"{salt}{fold(name)}".encode()).hexdigest()


def _label(kind: str) -> str:
    if kind in BY_KIND:
        return str(BY_KIND[kind].plural).lower()
    return Sentence(_OTHERS[kind])
