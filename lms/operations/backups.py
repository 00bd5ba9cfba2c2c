"""Making a backup, and proving that one can be restored."""

import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from assessments.models import SubmissionFileContent
from certificates.models import CertificateFile, NumberCounter
from lms.audit import verification
from lms.audit.models import ChainHead
from lms.operations import archive, snapshots
from lms.operations.archive import Manifest


@dataclass(frozen=True)
class Restored:
    """A backup that was restored beside the site: the alias of its database, its manifest, its folder."""

    alias: str
    manifest: Manifest
    folder: Path


Check = Callable[[Restored], Iterator[str]]


def back_up(to: Path, *, at: datetime) -> Manifest:
    """Write one archive of the database and all stored files. Raises BackupFailed.

    The database is copied first: rows name files that are only ever added, so every file that the
    copy names is there when the files are read.
    """
    with TemporaryDirectory(dir=to.parent) as folder:
        copy = Path(folder) / archive.DATABASE
        with snapshots.snapshot(copy) as alias:
            manifest = _describe(alias, at)
        archive.pack(to, copy, Path(settings.MEDIA_ROOT), manifest)
    return manifest


def _describe(alias: str, at: datetime) -> Manifest:
    return Manifest(
        made_at=at.isoformat(),
        engine=connection.vendor,
        migrations=_migrations(alias),
        rows=_rows(alias),
        heads={head.chain: (head.sequence, head.hash) for head in ChainHead.objects.using(alias)},
        serials=_serials(alias),
    )


def faults_of(backup: Path) -> list[str]:
    """Restore the archive beside the running site and say everything that is wrong with it; an empty list is a proof."""
    with TemporaryDirectory() as folder:
        into = Path(folder)
        try:
            manifest = archive.unpack(backup, into)
        except (tarfile.TarError, KeyError, OSError, ValueError) as fault:
            return [f"{backup.name} is no backup that can be read: {fault}."]
        if manifest.engine != connection.vendor:
            return [f"This is a backup of {manifest.engine}; the site runs on {connection.vendor}."]
        try:
            with snapshots.opened(into / archive.DATABASE) as alias:
                return [fault for check in CHECKS for fault in check(Restored(alias, manifest, into))]
        except (snapshots.BackupFailed, DatabaseError) as fault:
            return [f"The database cannot be restored: {fault}."]


def _same_migrations(restored: Restored) -> Iterator[str]:
    if (found := _migrations(restored.alias)) != restored.manifest.migrations:
        differing = sorted(set(found) ^ set(restored.manifest.migrations))
        yield f"The migrations differ from those backed up: {', '.join(differing)}."


def _same_rows(restored: Restored) -> Iterator[str]:
    found = _rows(restored.alias)
    for table, expected in restored.manifest.rows.items():
        if found.get(table) != expected:
            yield f"{table} has {found.get(table, 'no')} rows; {expected} were backed up."


def _whole_references(restored: Restored) -> Iterator[str]:
    try:
        connections[restored.alias].check_constraints()
    except DatabaseError as fault:
        yield f"A row points at nothing: {fault}."


def _same_files(restored: Restored) -> Iterator[str]:
    for name, expected in restored.manifest.files.items():
        path = restored.folder / archive.FILES / name
        if not path.is_file():
            yield f"The file {name} is missing."
        elif archive.sha256(path) != expected:
            yield f"The file {name} is not what was backed up."


def _certificates_have_their_files(restored: Restored) -> Iterator[str]:
    for file in CertificateFile.objects.using(restored.alias).iterator():
        if restored.manifest.files.get(file.path) != file.sha256:
            yield f"The certificate file {file.path} is not the one on the register."


def _work_has_its_files(restored: Restored) -> Iterator[str]:
    contents = SubmissionFileContent.objects.using(restored.alias).exclude(path="").select_related("file")
    for content in contents.iterator():
        if restored.manifest.files.get(content.path) != content.file.sha256:
            yield f"The file {content.path} is not the one that was handed in."


def _whole_chains(restored: Restored) -> Iterator[str]:
    for chain, fault in verification.faults(using=restored.alias, exported=restored.manifest.heads):
        yield f"The audit trail of {chain} does not hold: {fault.sentence}"


def _no_number_twice(restored: Restored) -> Iterator[str]:
    found = _serials(restored.alias)
    for name, serial in restored.manifest.serials.items():
        if found.get(name, 0) < serial:
            yield f"The counter {name} would give out numbers that are on the register."


CHECKS: tuple[Check, ...] = (
    _same_migrations,
    _same_rows,
    _whole_references,
    _same_files,
    _certificates_have_their_files,
    _work_has_its_files,
    _whole_chains,
    _no_number_twice,
)


def _migrations(alias: str) -> list[str]:
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def _rows(alias: str) -> dict[str, int]:
    database = connections[alias]
    counts = {}
    with database.cursor() as cursor:
        for table in sorted(database.introspection.table_names(cursor)):
            cursor.execute(f"SELECT COUNT(*) FROM {database.ops.quote_name(table)}")  # noqa: S608 - the schema's own names
            counts[table] = cursor.fetchone()[0]
    return counts


def _serials(alias: str) -> dict[str, int]:
    counters = NumberCounter.objects.using(alias).select_related("institute")
    return {f"{each.institute.certificate_prefix} {each.year}": each.next_serial for each in counters}
