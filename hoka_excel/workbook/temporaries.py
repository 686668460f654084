"""Files and folders that are there only while a workbook is written, and who made them.

Their names end in .tmp, which OneDrive does not sync.
"""

import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir
from typing import NamedTuple
from uuid import uuid4

SUFFIX = ".tmp"
_NAME = re.compile(rf"\.(\d+)-([0-9A-Za-z_.-]+)-[0-9a-f]{{12}}\.hoka{re.escape(SUFFIX)}")
_UNFIT = re.compile("[^0-9A-Za-z_.-]+")
_LONGEST_MACHINE = 40
_DAY_SECONDS = 86_400
"""No workbook takes so long to write."""

IsRunning = Callable[[int], bool]
"""Tells whether a process of this machine is alive."""


class Maker(NamedTuple):
    """The process that made a file, and its machine."""

    process: int
    machine: str

    @classmethod
    def here(cls) -> "Maker":
        """Name this process."""
        return cls(os.getpid(), _UNFIT.sub("_", socket.gethostname())[:_LONGEST_MACHINE] or "_")

    @classmethod
    def of(cls, path: Path) -> "Maker | None":
        """Read who made a temporary from its name; None when it is none of ours."""
        found = _NAME.fullmatch(path.name)
        return cls(int(found[1]), found[2]) if found else None

    def has_left(self, path: Path, alive: IsRunning) -> bool:
        """Say whether it will do no more to a file that it made.

        That is sure of a process of this machine that is not alive. Of any other it is taken to be so once
        the file has not changed for a day.
        """
        if self.machine == Maker.here().machine and not alive(self.process):
            return True
        try:
            return time.time() - path.stat().st_mtime > _DAY_SECONDS
        except OSError:
            return False


def temporary_beside(path: Path) -> Path:
    """Make up a name in the folder of `path` that nobody else has."""
    maker = Maker.here()
    return path.with_name(f".{maker.process}-{maker.machine}-{uuid4().hex[:12]}.hoka{SUFFIX}")


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder for this user alone, in the system's folder for temporary files; it goes afterwards."""
    folder = temporary_beside(Path(gettempdir()) / "hoka")
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def is_running(process: int) -> bool:
    """Ask the system; on Windows, where the question would end the process, assume that it is."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return not _is_defunct(process)


def _is_defunct(process: int) -> bool:
    """Whether a process has ended and only waits to be taken note of; where the system does not say, no."""
    try:
        told = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return False
    return told.rpartition(b")")[2].split()[:1] == [b"Z"]
