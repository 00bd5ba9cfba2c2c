"""CPU time of whole process trees, read from /proc: what a request really costs, whoever does the work."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def milliseconds(roots: Iterable[int]) -> float:
    """User and system time that these processes and all below them have used so far, in milliseconds."""
    parents, used = _processes()
    return sum(used[pid] for pid in _below(set(roots), parents)) * 1000 / TICKS


def named(name: str) -> list[int]:
    """The processes of this name that are nobody's child of the same name, such as the one postmaster."""
    parents, _used = _processes()
    found = {pid for pid in parents if _name(pid) == name}
    return [pid for pid in found if parents[pid] not in found]


def _processes() -> tuple[dict[int, int], dict[int, int]]:
    parents, used = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name may hold spaces and brackets; what follows the last bracket does not.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        pid = int(folder.name)
        parents[pid] = int(fields[1])
        # Children that have ended are counted in their parent's third and fourth figure.
        used[pid] = sum(int(ticks) for ticks in fields[11:15])
    return parents, used


def _below(roots: set[int], parents: dict[int, int]) -> set[int]:
    found = {pid for pid in roots if pid in parents}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
