"""Pictures: opened by Pillow, its size asked before a single row is unpacked."""

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from assessments.intake.refusing import Unfit

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG"}
MOST_PIXELS = 60_000_000
# WeasyPrint has Pillow load pictures that are cut off, for the whole process; their last mark tells.
ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}


def check(path: Path, name: str) -> None:
    """Raise Unfit for what is no picture of its kind, is damaged, or would fill the memory of whoever opens it."""
    wanted = FORMATS[name.rpartition(".")[2].lower()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=[wanted]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise Unfit(
                        name, f"is {width:,} by {height:,} points large, too much to open. Make it smaller."
                    )
                picture.load()
        if ENDS[wanted] not in path.read_bytes():
            raise OSError("The picture has no end.")
    except Image.DecompressionBombError as bomb:
        raise Unfit(name, "is too large to open. Make it smaller, then add it again.") from bomb
    except UnidentifiedImageError as other:
        raise Unfit(
            name, f"is no {wanted} picture, whatever it is called. Save it as {wanted} again."
        ) from other
    except (OSError, SyntaxError, ValueError) as broken:
        raise Unfit(name, "is damaged and cannot be opened. Save it again, then add it again.") from broken
