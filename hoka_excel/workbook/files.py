"""Replace a file in one instant, and keep dated backups.

A program killed at any moment leaves the old file or the new one, never a half: the new one is written beside
it, forced to the disk, and only then put in its place.
"""

import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import EDQUOT, ENAMETOOLONG, ENOSPC
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hoka_excel.core.errors import WorkbookError, system_reason
from hoka_excel.workbook.admission import opened_file
from hoka_excel.workbook.long_paths import reachable
from hoka_excel.workbook.temporaries import temporary_beside

_REPLACE_TRIES = 6
_FIRST_WAIT_SECONDS = 0.05


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a stream to write the new content of `path` to; on leaving, it takes the place of the old.

    Links are followed first: the file a link points to is replaced, not the link. The new file keeps the
    permissions and the extended attributes of the old. An exception leaves everything as it was.

    Raises:
        WorkbookError: the folder or the file is read-only, the disk is full, the name is too long, or
            another program holds the file.
    """
    target = reachable(Path(os.path.realpath(path)))
    temporary = temporary_beside(target)
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise WorkbookError("file.read_only", file=path)
        with temporary.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            _copy_attributes(target, temporary)
        _put_in_place(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _copy_attributes(source: Path, target: Path) -> None:
    """Copy mode and extended attributes as far as the file system allows, but not the times."""
    target.chmod(stat.S_IMODE(source.stat().st_mode))
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(source):
                os.setxattr(target, name, os.getxattr(source, name))


def _put_in_place(temporary: Path, target: Path) -> None:
    """Rename over the old file; on Windows a virus scanner or Excel may hold it for a moment."""
    wait = _FIRST_WAIT_SECONDS
    for _ in range(_REPLACE_TRIES - 1):
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(wait)
            wait *= 2
        else:
            return
    temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk, where folders can be opened at all."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def explained(error: OSError, path: Path) -> WorkbookError:
    """Say in one line why `path` cannot be written."""
    if isinstance(error, FileNotFoundError):
        return WorkbookError("file.no_folder", file=path)
    if isinstance(error, PermissionError):
        return WorkbookError("file.read_only", file=path)
    if error.errno in {ENOSPC, EDQUOT}:
        return WorkbookError("file.disk_full", file=path)
    if error.errno == ENAMETOOLONG:
        return WorkbookError("file.name_too_long", file=path)
    return WorkbookError("file.not_written", file=path, reason=system_reason(error))


def back_up(path: Path, folder: Path, now: datetime, keep: int) -> Path:
    """Copy a file to `folder` under a dated name and prune its older copies, never the one just made.

    Args:
        path: what is about to change.
        folder: where the copies are kept; made when it is not there.
        now: the moment in the name.
        keep: how many copies of this file to keep, at least 1; the oldest go first.

    Returns:
        The copy, such as "begroting.2026-11-22T093000.bak.xlsx"; a second one in the same second is
        "begroting.2026-11-22T093000-2.bak.xlsx".

    Raises:
        WorkbookError: the copy cannot be made.
    """
    folder, moment = reachable(folder), f"{now:%Y-%m-%dT%H%M%S}"
    copy = folder / f"{path.stem}.{moment}.bak{path.suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        older = _backups(path, folder)
        number = 1 + max((backup.number for backup in older if backup.moment == moment), default=0)
        if number > 1:
            copy = folder / f"{path.stem}.{moment}-{number}.bak{path.suffix}"
        with replacing(copy) as stream, opened_file(path) as source:
            shutil.copyfileobj(source, stream)
        for old in older[: max(0, len(older) + 1 - keep)]:
            old.file.unlink()
    except OSError as error:
        raise explained(error, copy) from error
    return copy


class _Backup(NamedTuple):
    """A copy of a file: the moment in its name, and its number among those of that moment."""

    moment: str
    number: int
    file: Path


def _backups(path: Path, folder: Path) -> list[_Backup]:
    """List the copies of a file in a folder, the oldest first."""
    stem, suffix = re.escape(os.path.normcase(path.stem)), re.escape(os.path.normcase(path.suffix))
    dated = re.compile(rf"{stem}\.(\d{{4}}-\d\d-\d\d[Tt]\d{{6}})(?:-(\d+))?\.bak{suffix}")
    names = [(file, dated.fullmatch(os.path.normcase(file.name))) for file in folder.iterdir()]
    return sorted(
        _Backup(found[1].upper(), int(found[2] or 1), file) for file, found in names if found is not None
    )
