"""Attaching files to records, opening and saving what is attached."""

from __future__ import annotations

import mimetypes
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, BinaryIO

from smartct_desktop.domain.changes import Change, Step, Touched
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Among, Path, Query
from smartct_desktop.domain.reading import Outdated, Reader
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.settings import Settings
from smartct_desktop.system.file_names import DEVICE
from smartct_desktop.system.files import write_atomic

if TYPE_CHECKING:
    from smartct_desktop.storage.packing import Packed

OWNERS = ("exchange", "event", "organisation", "person")
"""The kinds of records that files can be attached to; each is a field of `Attachment`, too."""

MOST_MB = 50
"""Megabytes of one file, unless the setting `attachments.most_mb` names another limit."""

OPENED_PREFIX = "smartct-attached-"
_OPENED_SECONDS = 24 * 3600
_LONGEST_NAME = 200  # bytes; systems take 255, and a copy gets a number
_TRIES = 20  # of a look that others' changes come in between

_HARMLESS = frozenset(
    {
        *(".pdf", ".txt", ".csv", ".tsv", ".rtf", ".md", ".log", ".json", ".xml", ".ics", ".vcf"),
        *(".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp"),
        *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"),
        *(".eml", ".msg", ".zip", ".7z", ".mp3", ".wav", ".mp4", ".mov", ".p7s", ".p7m", ".asice"),
    }
)
"""What opens in a viewer; anything else might be a program and is asked about."""

_ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that cannot be shown or seen, or that turn the rest of a name round."""

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Owner:
    """The record that files are attached to, and what it is called."""

    kind: str
    id: Id
    name: str


@dataclass(frozen=True)
class Here:
    """A file that the record has already, under the name given."""

    file_name: str
    known_as: str


@dataclass(frozen=True)
class Attached:
    """What came of attaching files.

    `touched` is for `Document.announce`, None if nothing was written. `elsewhere` names, for a file
    that was attached, the other records that have it, too.
    """

    touched: Touched | None
    added: tuple[Attachment, ...]
    here: tuple[Here, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]
    failed: tuple[Trouble, ...]


def most_bytes(settings: Settings) -> int:
    """Give how large a file may be to be attached."""
    most = settings.get("attachments.most_mb")
    return (most if isinstance(most, int) and most > 0 else MOST_MB) << 20


def attach_files(  # noqa: PLR0913 (what is attached to what, and how)
    document: Document,
    owner: Owner,
    paths: Sequence[FilePath],
    progress: Progress,
    *,
    most: int,
    today: date,
) -> Attached:
    """Attach files of at most so many bytes each, as one step. Work for a job.

    What cannot be read is told in `failed`, the others are attached. Raises `Trouble` if nothing
    can be written, `Cancelled`; then nothing was.
    """
    failed: list[Trouble] = []
    with ExitStack() as opened:
        contents: list[tuple[str, Packed]] = []
        for path in paths:
            try:
                contents.append(
                    (shown_name(path.name), opened.enter_context(_pack(path, most, progress)))
                )
            except Trouble as trouble:
                failed.append(trouble)
        papers, here, elsewhere = _look_up(document, owner, contents, today)
        touched = None
        if papers:
            step = Step(_label(owner, papers), tuple(Change(None, paper) for paper in papers))
            progress.report(Sentence("Writing the files into the document"))
            touched = document.write(step, progress, [packed for _, packed in contents])
    return Attached(touched, tuple(papers), tuple(here), tuple(elsewhere), tuple(failed))


def attachments_of(owner: Owner) -> Query:
    """The attachments of a record."""
    return Query("attachment", filters=(Among(Path((owner.kind,)), frozenset({owner.id})),))


def also_attached_to(reader: Reader, paper: Attachment) -> list[str]:
    """Name the other records to which the same content is attached."""
    names: dict[tuple[str, Id], None] = {}
    for other in _with_content(reader, paper.sha256):
        for kind in OWNERS:
            id_ = getattr(other, kind)
            if other.id != paper.id and id_ is not None and id_ != getattr(paper, kind):
                names[kind, id_] = None
    captions = (reader.captions(kind, [id_]).get(id_, "") for kind, id_ in names)
    return [caption for caption in captions if caption]


def save_content(document: Document, paper: Attachment, target: FilePath) -> None:
    """Write an attached file to `target`, replacing what is there. Raises `Trouble`; a job."""

    def produce(file: BinaryIO) -> None:
        file.writelines(document.content(paper.sha256, paper.file_name))

    write_atomic(target, produce)


def is_harmless(file_name: str) -> bool:
    """Whether a file of this name opens in a viewer, and is surely no program."""
    return FilePath(safe_name(file_name)).suffix.lower() in _HARMLESS


def shown_name(name: str) -> str:
    """Give a file's name as it is kept: normalised, what cannot be shown replaced."""
    clean = _ODD.sub(_REPLACED, unicodedata.normalize("NFC", name)).strip()
    return clean or _REPLACED


def safe_name(name: str) -> str:
    """Give a name that every system takes for a file, with the ending of `name`."""
    clean = _NOT_IN_NAMES.sub("_", _ODD.sub("_", name)).strip(" .") or "file"
    if DEVICE.match(clean):
        clean = f"_{clean}"
    stem, ending = FilePath(clean).stem, FilePath(clean).suffix
    room = max(1, _LONGEST_NAME - len(ending.encode()))
    if len(ending.encode()) >= _LONGEST_NAME:
        return clean.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return stem.encode()[:room].decode(errors="ignore") + ending


def size_words(size: int | None) -> str:
    """Give a size as people say it: 312 bytes, 24 KB, 3.1 MB."""
    if size is None:
        return ""
    if size < 1000:
        return Sentence("{n} bytes", n=size)
    if size < 999_500:
        return f"{round(size / 1000)}\N{NO-BREAK SPACE}KB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"


class OpenedCopies:
    """Copies of attached files that were opened in other programs, in a private folder.

    They may only be read, so that nobody types into a copy that is thrown away, and are gone when
    the document is closed; those that are dragged elsewhere may be written there. Belongs to one
    thread, but `put` may run in a job.
    """

    def __init__(self) -> None:
        self._folder: FilePath | None = None

    def put(self, document: Document, paper: Attachment, *, for_good: bool = False) -> FilePath:
        """Write a copy of an attached file, and give its path. Raises `Trouble`.

        One that is `for_good` is taken elsewhere, and may be changed there.
        """
        try:
            if self._folder is None:
                self._folder = FilePath(tempfile.mkdtemp(prefix=OPENED_PREFIX))  # for us only
            target = FilePath(tempfile.mkdtemp(dir=self._folder)) / safe_name(paper.file_name)
            save_content(document, paper, target)
            if not for_good:
                target.chmod(stat.S_IRUSR)
        except OSError as error:
            raise Trouble(
                Sentence("There is no room for a copy of {name} to open.", name=paper.file_name),
                Sentence("Free some space on the disk, then try again."),
            ) from error
        return target

    def clear(self) -> None:
        """Remove all copies; what another program still holds goes with the next start."""
        if self._folder is not None:
            _remove_folder(self._folder)
            self._folder = None


def remove_stale_openings(now: float) -> int:
    """Remove the copies that a killed program left more than a day ago; give how many folders.

    `now` counts seconds as `time.time()` does.
    """
    removed = 0
    for folder in FilePath(tempfile.gettempdir()).glob(f"{OPENED_PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < now - _OPENED_SECONDS:
                _remove_folder(folder)
                removed += not folder.exists()
    return removed


def _pack(path: FilePath, most: int, progress: Progress) -> Packed:
    from smartct_desktop.storage.packing import pack

    try:
        return pack(path, most, progress)
    except ValueError as error:  # a name with a NUL or half a character
        raise Trouble(
            Sentence("{name} could not be opened for reading.", name=shown_name(path.name))
        ) from error


def _look_up(
    document: Document, owner: Owner, contents: Iterable[tuple[str, Packed]], today: date
) -> tuple[list[Attachment], list[Here], list[tuple[str, tuple[str, ...]]]]:
    """Make the attachments, without those that the record has already."""
    for _ in range(_TRIES):
        with suppress(Outdated), document.reader() as reader:
            return _new_ones(reader, owner, contents, today)
    raise Trouble(
        Sentence("The document is being changed all the time."), Sentence("Try again in a moment.")
    )


def _new_ones(
    reader: Reader, owner: Owner, contents: Iterable[tuple[str, Packed]], today: date
) -> tuple[list[Attachment], list[Here], list[tuple[str, tuple[str, ...]]]]:
    papers: list[Attachment] = []
    here: list[Here] = []
    elsewhere: list[tuple[str, tuple[str, ...]]] = []
    for name, packed in contents:
        known = [
            other.file_name
            for other in (*_with_content(reader, packed.sha256), *papers)
            if other.sha256 == packed.sha256 and getattr(other, owner.kind) == owner.id
        ]
        if known:
            here.append(Here(name, known[0]))
            continue
        paper = Attachment(
            file_name=name,
            sha256=packed.sha256,
            size=packed.size,
            mime=mimetypes.guess_type(name)[0],
            added_on=today,
            **{owner.kind: owner.id},
        )
        check(paper)
        papers.append(paper)
        others = also_attached_to(reader, paper)
        if others:
            elsewhere.append((name, tuple(others)))
    return papers, here, elsewhere


def _with_content(reader: Reader, sha256: str) -> list[Attachment]:
    query = Query("attachment", filters=(Among(Path(("sha256",)), frozenset({sha256})),))
    window = reader.window(query)
    try:
        ids = window.ids(0, window.count)
    finally:
        window.close()
    return list(reader.get_many(Attachment, ids).values())


def _label(owner: Owner, papers: Sequence[Attachment]) -> Sentence:
    if len(papers) == 1:
        return Sentence(
            "attachment of {file} ({record})", file=papers[0].file_name, record=owner.name
        )
    return Sentence("attachment of {n} files ({record})", n=len(papers), record=owner.name)


def _remove_folder(folder: FilePath) -> None:
    """Remove a folder with what is in it; on some systems only what may be written can go."""
    for path in folder.glob("*/*"):
        with suppress(OSError):
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
