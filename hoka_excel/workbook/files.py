"""Replace a file in one instant, keep dated backups, and stay away from a file that someone has open.

A program killed at any moment leaves the old file or the new one, never a half: the new one is written beside
it, forced to the disk, and only then put in its place.
"""

import os
import shutil
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import EDQUOT, ENAMETOOLONG, ENOSPC
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from hoka_excel.core.errors import WorkbookError

_OWNER_NAME_BYTES = 54
_OWNER_FILE_BYTES = 165
_REPLACE_TRIES = 6
_FIRST_WAIT_SECONDS = 0.05
_LOCK_READ_BYTES = 1_000


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a stream to write the new content of `path` to; on leaving, it takes the place of the old.

    Links are followed first: the file a link points to is replaced, not the link. The new file keeps the
    permissions and the extended attributes of the old. An exception leaves everything as it was.

    Raises:
        WorkbookError: the folder or the file is read-only, the disk is full, the name is too long, or
            another program holds the file.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{uuid4().hex[:12]}.hoka")
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
        raise _explained(error, path) from error
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


def _explained(error: OSError, path: Path) -> WorkbookError:
    if isinstance(error, FileNotFoundError):
        return WorkbookError("file.no_folder", file=path)
    if isinstance(error, PermissionError):
        return WorkbookError("file.read_only", file=path)
    if error.errno in {ENOSPC, EDQUOT}:
        return WorkbookError("file.disk_full", file=path)
    if error.errno == ENAMETOOLONG:
        return WorkbookError("file.name_too_long", file=path)
    return WorkbookError("file.not_written", file=path, reason=error.strerror or error)


def back_up(path: Path, folder: Path, now: datetime, keep: int) -> Path:
    """Copy a file to `folder` under a dated name and prune its older copies.

    Args:
        path: what is about to change.
        folder: where the copies are kept; made when it is not there.
        now: the moment in the name.
        keep: how many copies of this file to keep, at least 1; the oldest go first.

    Returns:
        The copy, such as "begroting.2026-11-22T093000.bak.xlsx".

    Raises:
        WorkbookError: the copy cannot be made.
    """
    copy = folder / f"{path.stem}.{now:%Y-%m-%dT%H%M%S}.bak{path.suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(copy) as stream, path.open("rb") as source:
            shutil.copyfileobj(source, stream)
        dated = f"{path.stem}.????-??-??T??????.bak{path.suffix}".replace("[", "[[]")
        for old in sorted(folder.glob(dated))[:-keep]:
            old.unlink()
    except OSError as error:
        raise _explained(error, copy) from error
    return copy


def owner(path: Path) -> str | None:
    """Read who has the workbook open, from the file that Excel keeps beside it meanwhile.

    Returns:
        The name; "" when the file does not tell; None when nobody has it open.

    Source:
        The file ~$name.xlsx: 165 bytes; length and name in the ANSI code page in the first 55, from byte 55
        length (two bytes) and name in UTF-16LE.
    """
    try:
        data = path.with_name(f"~${path.name}").read_bytes()[:_OWNER_FILE_BYTES]
    except OSError:
        return None
    start = _OWNER_NAME_BYTES + 1
    length = int.from_bytes(data[start : start + 2], "little")
    wide = data[start + 2 : start + 2 + 2 * length].decode("utf-16-le", "replace")
    narrow = data[1 : 1 + data[0]].decode("cp1252", "replace") if data else ""
    return (wide or narrow).strip("\0 ")


def refuse_if_open(path: Path) -> None:
    """Refuse a workbook that someone has open in Excel, naming them.

    Raises:
        WorkbookError: there is an owner file beside it.
    """
    holder = owner(path)
    if holder is not None:
        raise WorkbookError("file.open_in_excel", file=path, holder=holder or "?")


@contextmanager
def locked(path: Path, is_running: Callable[[int], bool] | None = None) -> Iterator[None]:
    """Keep other hoka processes away from `path` for a while.

    The lock is a file beside it that names the process and the machine. A lock that a process of this
    machine left behind when it died is taken over.

    Args:
        path: the workbook.
        is_running: tells whether a process of this machine is alive; by default the system is asked.

    Raises:
        WorkbookError: another process holds the lock.
    """
    target = Path(os.path.realpath(path))
    lock = target.with_name(f".{target.name}.hoka-lock")
    own = f"{os.getpid()} {socket.gethostname()} {uuid4().hex}"
    alive = is_running or _is_running
    try:
        _take(lock, own, alive, path)
    except OSError as error:
        raise _explained(error, path) from error
    try:
        yield
    finally:
        with suppress(OSError):
            if _holder(lock) == own:
                lock.unlink()


def _take(lock: Path, own: str, is_running: Callable[[int], bool], path: Path) -> None:
    """Make the lock whole in one step: written elsewhere first, then linked under its name."""
    draft = lock.with_name(f".{uuid4().hex[:12]}.hoka")
    draft.write_text(own, encoding="utf-8")
    try:
        for _ in range(2):
            try:
                _link(draft, lock)
            except FileExistsError:
                _remove_if_stale(lock, is_running, path)
            else:
                return
        raise WorkbookError("file.locked", file=path, holder="?")
    finally:
        draft.unlink(missing_ok=True)


def _link(draft: Path, lock: Path) -> None:
    """Put the lock under its name unless there is one; not every file system has hard links."""
    try:
        os.link(draft, lock)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        with lock.open("x", encoding="utf-8") as stream:
            stream.write(draft.read_text(encoding="utf-8"))


def _remove_if_stale(lock: Path, is_running: Callable[[int], bool], path: Path) -> None:
    """Take away the lock of a process that died, renaming it first so that only one taker wins.

    Raises:
        WorkbookError: the lock is alive, or of another machine.
    """
    holder = _holder(lock)
    if holder is None:
        return
    process, _, host = holder.partition(" ")
    host = host.partition(" ")[0]
    ours = host == socket.gethostname()
    if not ours or not process.isdigit() or is_running(int(process)):
        raise WorkbookError("file.locked", file=path, holder=f"{process}@{host}")
    grave = lock.with_name(f".{uuid4().hex[:12]}.hoka")
    with suppress(FileNotFoundError):
        lock.rename(grave)
        grave.unlink()


def _holder(lock: Path) -> str | None:
    try:
        return lock.read_text(encoding="utf-8")[:_LOCK_READ_BYTES]
    except FileNotFoundError:
        return None


def _is_running(process: int) -> bool:
    """Ask the system; on Windows, where the question would end the process, assume that it is."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
