"""Where the files of written work lie: below the media folder, under names that say nothing, whole or not at all."""

import hashlib
import os
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from assessments.intake import checking, names

FOLDER = "work"
INCOMING = ".incoming-"


class Sent(Protocol):
    """A file as a request brings it."""

    name: str

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class Taken:
    """A file that was found fit and is on the disk: `path` is below the media folder."""

    name: str
    kind: str
    path: str
    size: int
    sha256: str


def take(sent: Sent) -> Taken:
    """Check a file and put it on the disk, synced, before this returns. Raises Unfit; nothing stays then."""
    name = names.tidy(sent.name)
    with _incoming() as part:
        sha256 = _write(part, sent, name)
        kind = checking.check(part, name)
        path = _place()
        part.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        part.replace(_on_disk(path))
    _sync(_on_disk(path).parent)
    return Taken(name, kind.ending, path, _on_disk(path).stat().st_size, sha256)


def read(path: str, sha256: str) -> bytes | None:
    """The bytes of a stored file, or None where the disk has lost or changed them."""
    try:
        content = _on_disk(path).read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def discard(paths: Iterable[str]) -> None:
    """Take stored files off the disk; what is gone already is no fault."""
    for path in paths:
        _on_disk(path).unlink(missing_ok=True)


def abandoned(known: Collection[str], before: datetime) -> list[str]:
    """Stored files that no row knows, and unfinished ones, last written before an instant."""
    media = Path(settings.MEDIA_ROOT)
    found = [path for path in (media / FOLDER).rglob("*") if path.is_file()]
    old = [path for path in found if path.stat().st_mtime < before.timestamp()]
    return [name for name in (path.relative_to(media).as_posix() for path in old) if name not in known]


@contextmanager
def _incoming() -> Iterator[Path]:
    """A place for what is not checked yet; nothing stays there."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    part = folder / f"{INCOMING}{uuid.uuid4().hex}"
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _write(part: Path, sent: Sent, name: str) -> str:
    digest, size = hashlib.sha256(), 0
    with part.open("xb") as file:
        for piece in sent.chunks():
            size += len(piece)
            if size > checking.LARGEST:
                raise checking.too_large(name)
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _place() -> str:
    """A new name; the first two letters of it are a folder, so that none grows too full."""
    name = uuid.uuid4().hex
    path = f"{FOLDER}/{name[:2]}/{name}"
    _on_disk(path).parent.mkdir(exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    return path


def _on_disk(path: str) -> Path:
    return Path(settings.MEDIA_ROOT) / path


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
