"""What a backup holds: one archive with the database, every stored file, and a manifest to check them by."""

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"


@dataclass
class Manifest:
    """What the archive was when it was made; a restore is checked against it."""

    made_at: str
    engine: str
    migrations: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    # "AIC 2026": the next serial. A restore that gives a lower one would give numbers out twice.
    serials: dict[str, int] = field(default_factory=dict)
    # SHA-256 of each stored file, by its path below the media folder.
    files: dict[str, str] = field(default_factory=dict)


def sha256(path: Path) -> str:
    """The digest of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def pack(archive: Path, database: Path, media: Path, manifest: Manifest) -> None:
    """Write the archive; it appears under its name only when it is whole."""
    unfinished = archive.with_suffix(archive.suffix + ".unfinished")
    with tarfile.open(unfinished, "w:gz") as tar:
        tar.add(database, DATABASE)
        for path in sorted(media.rglob("*")) if media.exists() else []:
            # What begins with a dot is on its way in, and may be gone the next moment.
            if path.is_file() and not path.name.startswith("."):
                _add_file(tar, path, path.relative_to(media).as_posix(), manifest)
        _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1))
    unfinished.rename(archive)


def unpack(archive: Path, into: Path) -> Manifest:
    """Unpack into an empty folder and return the manifest. Raises tarfile.TarError or KeyError if it is no backup."""
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    facts: dict[str, Any] = json.loads((into / MANIFEST).read_text())
    facts["heads"] = {chain: tuple(head) for chain, head in facts["heads"].items()}
    return Manifest(**facts)


def _add_file(tar: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    try:
        digest = sha256(path)
        tar.add(path, f"{FILES}/{name}")
    except FileNotFoundError:
        # A learner has just taken it out of a draft.
        return
    manifest.files[name] = digest


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o640
    tar.addfile(entry, BytesIO(content))
