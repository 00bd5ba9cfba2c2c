"""Files that are on the disk whole or not at all."""

import os
from pathlib import Path

from django.conf import settings


def settle(part: Path, path: Path) -> None:
    """Give a file that is written and synced its name, in the folder's own file system; the name is on the disk then."""
    part.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    part.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
